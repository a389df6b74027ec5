"""Passages without what speaks to an AI instead of a reader: no article tells the assistant what to do."""

import re
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from app.domain.knowledge import FoundPassage
from app.language.phrases import rules
from app.language.reading import read

SURE = 0.5
REMEMBERED = 4_096

_PARAGRAPHS = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t])")
_SAID_BY_ASSISTANT = re.compile(
    r"^[ \t>*_]*(?:assistant|ai|bot|chatbot|ai assistant|system|assistent|asistente|ki)[*_]* ?:",
    re.IGNORECASE | re.MULTILINE,
)
"""A conversation that is acted in an article, with the assistant's words put into its mouth."""

_ENCODED = re.compile(
    r"(?<![\w/.:=-])(?=[A-Za-z0-9+/]*\d)(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])[A-Za-z0-9+/]{40,}={0,2}(?![\w/.-])"
)
"""Text in a code that no reader reads."""


def speaks_to_an_ai(text: str) -> bool:
    """Whether a paragraph tells an AI what to say or to forget, plays its part, or is in a code for machines."""
    if _SAID_BY_ASSISTANT.search(text) or _ENCODED.search(text):
        return True
    return rules("to_the_ai")["anything"].surest(read(text)).score >= SURE


def for_readers(found: FoundPassage) -> FoundPassage:
    """The passage as it was where all of it is; its text may come out empty."""
    text = _kept(found.passage.text)
    return found if text == found.passage.text else replace(found, passage=replace(found.passage, text=text))


@lru_cache(maxsize=REMEMBERED)
def _kept(text: str) -> str:
    """Whole paragraphs and items are taken out: what an instruction wants said stands beside it."""
    breaks = [0, *(match.end() for match in _PARAGRAPHS.finditer(text)), len(text)]
    parts = [text[start:end] for start, end in pairwise(breaks)]
    kept = [part for part in parts if not speaks_to_an_ai(part)]
    return text if len(kept) == len(parts) else "".join(kept).strip()
