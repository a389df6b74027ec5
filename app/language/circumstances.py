"""Circumstances that tell two rules apart, read out of their words: for whom, where, when, in what state."""

import re
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "words" / "circumstances.txt"

Circumstance = tuple[str, str]
"""Its kind, and which of them: ("age", "child*")."""


def circumstances_in(text: str) -> frozenset[Circumstance]:
    """A statement may name several, also of one kind."""
    plain = text.replace("*", " ").casefold()
    return frozenset(circumstance for circumstance, words in _table() if words.search(plain))


@cache
def _table() -> tuple[tuple[Circumstance, re.Pattern[str]], ...]:
    lines = (line for line in FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return tuple(row for line in lines for row in _rows(line))


def _rows(line: str) -> list[tuple[Circumstance, re.Pattern[str]]]:
    kind, _, rest = line.partition(":")
    members = [[word.strip() for word in member.split(",")] for member in rest.split("|")]
    return [((kind, words[0]), _pattern(words)) for words in members]


def _pattern(words: list[str]) -> re.Pattern[str]:
    forms = (re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in words)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])")
