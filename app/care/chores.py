"""Work that one process at a time does for all: who has it, and until when."""

from typing import Protocol


class ChoreRecords(Protocol):
    """An owner that died keeps its chore until its time is up; whoever works on holds it anew meanwhile."""

    async def hold(self, name: str, owner: str, seconds: float) -> bool:
        """Takes the chore where it is free, run out or the owner's already. False: another has it."""
        ...

    async def let_go(self, name: str, owner: str) -> None:
        """Nothing happens where another has it."""
        ...
