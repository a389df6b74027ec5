"""Event streams as a reader gets them: bytes in, whole events out."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class StreamedEvent:
    """One whole event; `raw` are its bytes with the blank line that ends it."""

    seq: int
    name: str
    data: str
    raw: bytes


class EventReader:
    """Takes bytes as they come, also cut in the middle of an event; signs of life are passed over."""

    def __init__(self) -> None:
        self._rest = b""

    @property
    def in_the_middle(self) -> bool:
        """Whether an event has begun and is not whole."""
        return bool(self._rest)

    def feed(self, piece: bytes) -> list[StreamedEvent]:
        blocks = (self._rest + piece).split(b"\n\n")
        self._rest = blocks.pop()
        return [_event(block) for block in blocks if not block.startswith(b":")]


def _event(block: bytes) -> StreamedEvent:
    fields = dict(line.split(": ", 1) for line in block.decode().split("\n"))
    return StreamedEvent(seq=int(fields["id"]), name=fields["event"], data=fields["data"], raw=block + b"\n\n")
