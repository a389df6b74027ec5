"""What the parties of a run know of each other: how far it is, and which conversations are alive."""

from collections import deque
from dataclasses import dataclass, field

NEWEST = 30


@dataclass(kw_only=True)
class Board:
    """`met` counts the messages that are through, of all parties."""

    met: int = 0
    over: bool = False
    lively: deque[str] = field(default_factory=lambda: deque(maxlen=NEWEST))

    def written_to(self, conversation: str) -> None:
        """Somebody just wrote there: the assistant is likely to be in the middle of its reply."""
        self.lively.append(conversation)
