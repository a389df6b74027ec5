"""Phrases with a weight, read from `rules/`: by them wishes, danger, distress, difficulty and anger are found."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.language.reading import NOTHING, Finding, Reading

FOLDER = Path(__file__).parent / "rules"
"""Files of rules; README.txt there says how they are written."""

_NAME = re.compile(r"<([a-z_]+)>")
_BUILT_IN = {
    "start": r"(?:(?<=^ )|(?<=[.,;!?] ))",
    "end": r"(?=(?: [.,;!?])* $| [.,;!?] )",
}
"""Where a sentence, or a part of it, begins and ends."""


class RulesError(Exception):
    """A file of rules cannot be read; the message names file and line."""


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """Rows, surest first; a match that an exception overlaps does not count."""

    name: str
    rows: tuple[tuple[float, re.Pattern[str]], ...]
    exceptions: tuple[re.Pattern[str], ...]
    triggers: frozenset[str]
    some: re.Pattern[str]
    """All the rows in one, for most messages hold none of them."""

    def surest(self, reading: Reading) -> Finding:
        """Nothing is tried on a message without a trigger word; a table without triggers reads any message."""
        return next(self.findings(reading), NOTHING)

    def findings(self, reading: Reading) -> Iterator[Finding]:
        """One of each row that holds, surest first."""
        if (self.triggers and self.triggers.isdisjoint(reading.words)) or not self.some.search(reading.plain):
            return
        for score, pattern in self.rows:
            for match in pattern.finditer(reading.plain):
                if not self._excepted(match, reading.plain):
                    yield Finding(score=score, evidence=reading.quoted(match))
                    break

    def excepts(self, reading: Reading) -> bool:
        """Whether one of the exceptions is in the message."""
        return any(exception.search(reading.plain) for exception in self.exceptions)

    def _excepted(self, match: re.Match[str], plain: str) -> bool:
        return any(
            other.start() < match.end() and match.start() < other.end()
            for exception in self.exceptions
            for other in exception.finditer(plain)
        )


@cache
def rules(file: str) -> Mapping[str, Phrases]:
    """The tables of `rules/<file>.txt` by name. Raises RulesError."""
    path = FOLDER / f"{file}.txt"
    names: dict[str, str] = dict(_BUILT_IN)
    tables: dict[str, list[str]] = {}
    for line in _joined(path.read_text(encoding="utf-8")):
        if line.startswith("@"):
            name, _, meaning = line[1:].partition(" = ")
            names[name] = f"(?:{_filled(meaning, names, path)})"
        elif line.startswith("["):
            name, _, triggers = line[1:].partition("]")
            tables[name] = [triggers]
        else:
            next(reversed(tables.values())).append(_filled(line, names, path))
    return {name: _table(name, lines, path) for name, lines in tables.items()}


def _joined(text: str) -> Iterator[str]:
    """Lines without comments; an indented one carries on the line before it."""
    held = ""
    for line in text.splitlines():
        if line.startswith("    "):
            held += (" " if held.startswith("[") else "") + line.strip()
            continue
        if held:
            yield held
        held = "" if line.startswith("#") else line.rstrip()
    if held:
        yield held


def _filled(pattern: str, names: Mapping[str, str], path: Path) -> str:
    try:
        return _NAME.sub(lambda match: names[match.group(1)], pattern)
    except KeyError as error:
        raise RulesError(f"{path.name}: nothing is named {error} in: {pattern}") from error


def _table(name: str, lines: list[str], path: Path) -> Phrases:
    rows = [line.partition(" ") for line in lines[1:]]
    try:
        weighed = [(float(score), _compiled(pattern)) for score, _, pattern in rows if score != "-"]
        exceptions = tuple(_compiled(pattern) for score, _, pattern in rows if score == "-")
    except (ValueError, re.error) as error:
        raise RulesError(f"{path.name}: a row of [{name}] cannot be read: {error}") from error
    return Phrases(
        name=name,
        rows=tuple(sorted(weighed, key=lambda row: -row[0])),
        exceptions=exceptions,
        triggers=frozenset(lines[0].split()),
        some=_some([pattern for score, _, pattern in rows if score != "-"]),
    )


def _some(patterns: Sequence[str]) -> re.Pattern[str]:
    """Begins with a plain space, which is looked for faster than anything else; never matches without patterns."""
    inner = "|".join(f"(?:{pattern})" for pattern in patterns if not pattern.startswith("^"))
    whole = [pattern for pattern in patterns if pattern.startswith("^")]
    return re.compile("|".join([*([f" (?:{inner})(?= )"] if inner else []), *whole]) or r"(?!)")


def _compiled(pattern: str) -> re.Pattern[str]:
    """Begins and ends at whole words; a pattern for the whole message brings its own ends."""
    return re.compile(pattern if pattern.startswith("^") else f"(?<= )(?:{pattern})(?= )")
