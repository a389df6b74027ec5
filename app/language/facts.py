"""What customers say of themselves, read by few and sure patterns: it is better to miss a fact than to make one up."""

import re
from collections.abc import Iterator, Sequence

from app.domain.checking import ValueKind
from app.domain.customers import FactKind, NewFact
from app.language.names import own_name
from app.language.owned import Owned
from app.language.preferences import preferences
from app.language.values import read_values

Found = tuple[FactKind, str, str]
"""Kind, what it is about, and its value."""

LONGEST_VALUE = 80
LONGEST_READ = 4_000

_LONGEST_CONTACT_REPLY = 8
"""Words of a message that only answers how we can reach its writer."""

_EMAIL_IS_MINE = re.compile(
    r"\b(?:my e-?mail|reach me|contact me|write (?:to )?me|mail me|e-?mail me|meine e-?mail)\b", re.I
)
_PHONE_IS_MINE = re.compile(
    r"\b(?:my (?:phone|mobile|cell|tele|number)|reach me|call me|phone me|ring me|text me"
    r"|meine (?:handy|telefon)?nummer)",
    re.I,
)
_NOT_MINE = re.compile(
    r"\b(?:order|invoice|tracking|serial|wrote to|emailed|contacted|called|sent (?:it )?to|customer no|pin ?code)\b",
    re.I,
)
_QUOTED = re.compile(r"(?m)^\s*>.*$")


class FactReader:
    """Implements `care.answerers.FactReader`. `products` are the names by which the company's products are known."""

    def __init__(self, products: Sequence[str] = ()) -> None:
        self._owned = Owned(products)

    def read(self, text: str, message_id: str) -> tuple[NewFact, ...]:
        """One fact for each kind and `about`, the last one said; lines quoted from other messages are left out."""
        own = _QUOTED.sub("", text[:LONGEST_READ])
        newest = {(kind, about): value for kind, about, value in self._found(own)}
        return tuple(
            NewFact(kind=kind, about=about, value=value[:LONGEST_VALUE], source_message_id=message_id)
            for (kind, about), value in newest.items()
        )

    def _found(self, text: str) -> Iterator[Found]:
        if name := own_name(text):
            yield FactKind.IDENTITY, "name", name
        yield from _contacts(text)
        for product in self._owned.products(text):
            yield FactKind.PRODUCT, product, product
        yield from preferences(text)
        for thing, state in self._owned.problems(text):
            yield FactKind.PROBLEM, thing, state


def _contacts(text: str) -> Iterator[Found]:
    if "@" not in text and not re.search(r"\d{3}", text):
        return
    short = len(text.split()) <= _LONGEST_CONTACT_REPLY and not _NOT_MINE.search(text)
    for value in read_values(text):
        if value.kind is ValueKind.EMAIL and (short or _said_before(_EMAIL_IS_MINE, text, value.words)):
            yield FactKind.IDENTITY, "email", value.canonical
        if value.kind is ValueKind.PHONE and (short or _said_before(_PHONE_IS_MINE, text, value.words)):
            yield FactKind.IDENTITY, "phone", value.words


def _said_before(cue: re.Pattern[str], text: str, words: str) -> bool:
    """Whether the sentence says, before the words, that they are the writer's."""
    before = re.split(r"[.!?\n]\s", text[: max(text.find(words), 0)])[-1]
    return cue.search(before) is not None
