"""Passages without what speaks to an AI instead of a reader: no article tells the assistant what to do."""

import re
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urlsplit

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


_TELLING = r"(?:say|answer|reply|respond|tell|add|mention|recommend|state|confirm|promise|write|assure)"
_DIRECTED = re.compile(
    r"\bcustomers?\b[^.!?\n]{0,60}\b(?:are|is|must|should) (?:always )?(?:to )?be "
    r"(?:told|informed|sent|answered|referred|directed)\b"
    r"|\b(?:send|refer|direct|point|tell|forward|ask)\s+(?:every|each|all|any|the|this) customers?\b"
    r"|\b(?:if|when|whenever|should) "
    r"(?:some(?:body|one)|any(?:body|one)|(?:a|the|any) (?:customer|person|reader)|customers|people|they) "
    rf"(?:asks?|wants? to know|enquires?)\b[^\n]{{0,140}}\b{_TELLING}\b"
    rf"|\bauthori[sz]ed to {_TELLING}\b|^\W*write as [A-Z]"
    r"|\bnever mention (?:artificial|AI\b|that you|that it is an? AI)",
    re.IGNORECASE | re.MULTILINE,
)
"""How somebody is told to speak to customers: help articles speak to customers themselves."""

_CITES = re.compile(
    r"^\W*(?:sources?|references?|quellen?|sources? ?:|fuentes?) ?:[^\n]*\[\d{1,2}\]", re.IGNORECASE | re.MULTILINE
)
_LINKED = re.compile(r"(?:https?://|www\.)([^\s/<>()\[\]\"'?#:]+)", re.IGNORECASE)


def speaks_to_an_ai(text: str) -> bool:
    """Whether a paragraph tells an AI what to say or to forget, plays its part, cites in its place, or is in a code for
    machines."""
    if any(pattern.search(text) for pattern in (_SAID_BY_ASSISTANT, _ENCODED, _DIRECTED, _CITES)):
        return True
    return rules("to_the_ai")["anything"].surest(read(text)).score >= SURE


def for_readers(found: FoundPassage) -> FoundPassage:
    """The passage as it was where all of it is; its text may come out empty."""
    text = _kept(found.passage.text, urlsplit(found.passage.address or "").hostname or "")
    return found if text == found.passage.text else replace(found, passage=replace(found.passage, text=text))


def disguises_a_link(text: str, host: str) -> bool:
    """Whether an address passes for another: letters of two alphabets in its host, or the company's own host in
    front of a stranger's."""
    hosts = [match[1].lower().rstrip(".") for match in _LINKED.finditer(text)]
    company = ".".join(host.split(".")[-2:]) if host else ""
    return any(_mixed(each) or (company and company in each and not _belongs(each, company)) for each in hosts)


def _mixed(host: str) -> bool:
    letters = [sign for sign in host if sign.isalpha()]
    return any(sign.isascii() for sign in letters) and not all(sign.isascii() for sign in letters)


def _belongs(host: str, company: str) -> bool:
    return host == company or host.endswith(f".{company}")


@lru_cache(maxsize=REMEMBERED)
def _kept(text: str, host: str = "") -> str:
    """Whole paragraphs and items are taken out: what an instruction wants said stands beside it."""
    breaks = [0, *(match.end() for match in _PARAGRAPHS.finditer(text)), len(text)]
    parts = [text[start:end] for start, end in pairwise(breaks)]
    kept = [part for part in parts if not speaks_to_an_ai(part) and not disguises_a_link(part, host)]
    return text if len(kept) == len(parts) else "".join(kept).strip()
