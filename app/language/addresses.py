"""Street addresses in what an article says: the number with the street, which two articles may state differently."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "words" / "streets.txt"
"""Lines "where: words"; where a street's word stands tells what the address looks like."""


def addresses_in(text: str) -> Iterator[str]:
    """In order, folded for comparing: "14 mill lane"."""
    for match in _address().finditer(text):
        yield " ".join(match.group().replace(",", " ").casefold().split())


def without_addresses(text: str) -> str:
    """The name of a street says nothing of what stands in it."""
    return _address().sub(" ", text)


@cache
def _address() -> re.Pattern[str]:
    lines = (line.partition(": ") for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    words = {where: "|".join(map(re.escape, listed.split(", "))) for where, _, listed in lines}
    ends = "|".join(f"(?<={word})" for word in words["within"].split("|"))
    name, number = r"[A-ZÀ-Þ][\w'’-]*", r"\d{1,4}[a-z]?"
    return re.compile(
        rf"\b{number},? (?:{name} ){{1,3}}(?:{words['before']})\b"
        rf"|\b{name}(?:{ends}) {number}\b"
        rf"|\b{number},? (?:{words['behind']}) (?:[dl][\w'’]* )*{name}"
        rf"|\b(?:{words['behind']}) (?:de(?:l| la)? )?{name},? {number}\b"
    )
