"""What a statement is about by name: products, plans, places, as they are written in its passage."""

import re
from collections.abc import Sequence

from app.domain.knowledge import Passage

_NAME = re.compile(r"[A-Z][\w'’-]*(?: (?:[A-Z][\w'’-]*|\d[\w-]*))*")
_PRESSED = re.compile(r"\*\*[^*]*\*\*|`[^`]*`|\"[^\"]*\"")


def names_of(text: str, passage: Passage) -> frozenset[str]:
    """Words written like names; those at a beginning only where they stand within a sentence of the passage too.
    What is pressed or quoted is no name, and in German every noun would be one."""
    if passage.language.startswith("de"):
        return frozenset(passage.products)
    inside = frozenset(_INSIDE.findall(_PRESSED.sub(" ", f"{passage.title}. {passage.text}"))) - _NO_NAMES
    found = (match.group().split() for match in _NAME.finditer(_PRESSED.sub(" ", text)))
    return frozenset(name for words in found if (name := _name(words, inside)))


def places_of(text: str, passage: Passage) -> frozenset[str]:
    """Names behind "in" or "to", and those with a number."""
    names = names_of(text, passage)
    behind = " ".join(_IN_OR_TO.findall(text))
    return frozenset(name for name in names if any(sign.isdigit() for sign in name) or name in behind)


_IN_OR_TO = re.compile(
    r"(?:^|\b)(?:[Ii]n|[Tt]o|[Ff]rom|[Ww]ithin|[Oo]utside) (?:the )?([A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*)"
)


def _name(words: Sequence[str], inside: frozenset[str]) -> str:
    bare = [re.sub(r"['’]s$", "", word) for word in words]
    known = [word for word in bare if word in inside or word[0].isdigit()]
    return " ".join(known) if any(not word[0].isdigit() and not word.isupper() for word in known) else ""


_INSIDE = re.compile(r"(?<=[a-z,;:] )[A-Z][^\W_]*(?:-\w+)*")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
_NO_NAMES = frozenset({*_DAYS, *(f"{day}s" for day in _DAYS), *_MONTHS, "November", "December", "I"})
