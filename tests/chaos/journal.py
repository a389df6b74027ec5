"""Journals: one file per kind of party, one JSON line per entry, written before anybody acts on it."""

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any, TextIO, TypeVar

from tests.chaos import entries as e

E = TypeVar("E", bound=e.Entry)

FILES: Mapping[type[e.Entry], str] = {
    e.Sent: "senders",
    e.Acknowledged: "senders",
    e.Denied: "senders",
    e.GaveUp: "senders",
    e.Seen: "readers",
    e.Replied: "agents",
    e.Claimed: "agents",
    e.Taken: "receiver",
    e.Broke: "faults",
    e.Ready: "faults",
    e.FinalConversation: "final",
    e.FinalCounts: "final",
}
KINDS = {kind.__name__: kind for kind in FILES}


class Journal:
    """Appends entries, numbered over all files. The process that journals is never killed: lines reach the file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._numbers = count(1)
        self._files: dict[str, TextIO] = {}

    def note(self, entry: e.Entry) -> None:
        numbered = replace(entry, n=next(self._numbers), at=time.time())
        line = {"what": type(entry).__name__, **asdict(numbered)}
        self._file(FILES[type(entry)]).write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")

    def close(self) -> None:
        for file in self._files.values():
            file.close()

    def _file(self, name: str) -> TextIO:
        if name not in self._files:
            self._files[name] = (self.folder / f"{name}.jsonl").open("a", buffering=1, encoding="utf-8")
        return self._files[name]


@dataclass(frozen=True, kw_only=True)
class Run:
    """All entries of a run, in the order of their numbers, by kind."""

    entries: Mapping[type[e.Entry], list[e.Entry]] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[e.Entry]) -> "Run":
        """Entries without a number are numbered as they come."""
        by_kind: dict[type[e.Entry], list[e.Entry]] = {}
        for place, entry in enumerate(entries, 1):
            by_kind.setdefault(type(entry), []).append(entry if entry.n else replace(entry, n=place))
        for found in by_kind.values():
            found.sort(key=lambda entry: entry.n)
        return cls(entries=by_kind)

    @classmethod
    def read(cls, folder: Path) -> "Run":
        return cls.of(entry for path in sorted(folder.glob("*.jsonl")) for entry in _lines(path))

    def all(self, kind: type[E]) -> list[E]:
        return self.entries.get(kind, [])  # type: ignore[return-value]


def _lines(path: Path) -> Iterator[e.Entry]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield _entry(json.loads(line))


def _entry(line: dict[str, Any]) -> e.Entry:
    kind = KINDS[line.pop("what")]
    if kind is e.FinalConversation:
        line["messages"] = tuple(e.FinalMessage(**message) for message in line["messages"])
        line["events"] = tuple(e.FinalEvent(**event) for event in line["events"])
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in line.items()})
