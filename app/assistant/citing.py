"""The references that a model writes into its text: brought into one form as they stream, and read out of sentences."""

import re
from collections.abc import Sequence

_BEGUN = re.compile(r"[\[【][\d\s,;†‡:–-]{0,16}(?:source|L)?[^\]】\[【]{0,12}$")
_REFERENCES = re.compile(
    r"(?P<space>\s?)[\[【](?P<numbers>\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)(?:†[^\]】]{0,24})?[\]】](?!\()"
)
_NUMBER = re.compile(r"\d+")
_READ = re.compile(r"\s?\[(\d{1,3})\](?!\()")

UNKNOWN = "unknown:"


class References:
    """Turns [1, 2], 【1】 and 【1†source】 of a stream into [1][2]; a reference that is not whole yet is kept back."""

    def __init__(self) -> None:
        self._kept = ""

    def feed(self, delta: str) -> str:
        if not self._kept and "[" not in delta and "【" not in delta:
            return delta
        text = self._kept + delta
        begun = _BEGUN.search(text)
        self._kept = text[begun.start() :] if begun else ""
        return _REFERENCES.sub(_plain, text[: len(text) - len(self._kept)])

    def end(self) -> str:
        kept, self._kept = self._kept, ""
        return kept


def _plain(match: re.Match[str]) -> str:
    return match["space"] + "".join(f"[{number}]" for number in _NUMBER.findall(match["numbers"]))


def read_references(text: str, passage_ids: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The text without its references, and the passages' ids; one that no passage has becomes "unknown:7"."""
    if "[" not in text:
        return text, ()
    numbers = dict.fromkeys(int(number) for number in _READ.findall(text))
    cited = tuple(
        passage_ids[number - 1] if 1 <= number <= len(passage_ids) else f"{UNKNOWN}{number}" for number in numbers
    )
    return _READ.sub("", text).strip(), cited
