"""Which products customers say they own, and what is wrong with them."""

import re
from collections.abc import Iterator, Mapping, Sequence

_MODEL = r"[A-Z][a-z]+(?:\s[A-Z][a-z]+)?\s(?:[A-Z]{1,3}-?\d{1,4}|\d{1,2}|[B-HJ-Z])\b"
"""Without a list of products only names like "Pour 4" or "Breeze L" are taken for products."""

_NO_PRODUCTS_TEXT = (
    "order invoice ticket account parcel number apartment flat house room case plan step code flight gate seat "
    "group day days monday tuesday wednesday thursday friday saturday sunday page question chapter level "
    "version"
)
_NO_PRODUCTS = frozenset(_NO_PRODUCTS_TEXT.split())
_HAS = (
    r"(?i:(?<!\bdo )(?<!\bif )(?<!should )(?<!would )(?<!when )\b"
    r"(?:i have|i own|i use|i bought|i ordered|i got|i['’]ve bought|i['’]ve got|i['’]ve had"
    r"|we have|we own|we use|we bought|ich habe|ich besitze)\s"
    r"(?:(?:a|an|the|your|two|just|also|now|einen|eine|ein|den|die|das)\s){0,2}(?:new\s)?)"
)
_MINE = r"\b(?i:my|our|mein|meine|meinem|meiner|unser|unsere)\s(?i:new\s|old\s|neuer?\s)?"
_GONE = re.compile(
    r"\b(?:sold|returned|sent (?:it )?back|gave away|threw|no longer|not .{0,12} anymore|used to|don['’]t have|wish|"
    r"verkauft|zurückgeschickt|friend|neighbour|colleague)\b",
    re.IGNORECASE,
)

_WRONG = (
    r"(?:won['’]t|will not|doesn['’]t|does not|isn['’]t|is not|can['’]t|cannot|hasn['’]t|has not|didn['’]t|never"
    r"|stopped|has stopped|keeps \w+ing|is (?:leaking|broken|dead|stuck|dripping|beeping|flashing|smoking)"
    r"|is overheating|leaks|drips|broke|died|smells|smokes|overheats|was declined"
    r"|geht nicht|funktioniert nicht|ist (?:kaputt|undicht|defekt))\b"
)
_RIGHT = r"(?:works|is working) (?:again|now|fine)"
_THING = r"(?P<thing>[\w'-]+(?:\s[\w'-]+){0,2}?)"
_STATE = re.compile(
    rf"(?<!\bif )\b(?:my|our|mein|meine)\s{_THING}\s(?:just\s|still\s|now\s|suddenly\s)?"
    rf"(?P<state>(?:{_WRONG}|{_RIGHT})[^.!?\n;,]{{0,70}})",
    re.IGNORECASE,
)
_NO_THINGS_TEXT = (
    "wife husband son daughter mother father mum mom dad friend friends partner boss neighbour colleague kid "
    "kids child sister brother girlfriend boyfriend family name question english understanding dog cat mind i "
    "but that which and when if it they he she we you gets get because so to is was for who off"
)
_NO_THINGS = frozenset(_NO_THINGS_TEXT.split())


class Owned:
    """Reads products and their problems; a known product is named as the company names it."""

    def __init__(self, products: Sequence[str]) -> None:
        self._names: Mapping[str, str] = {name.lower(): name for name in products}
        names = "|".join(re.escape(name) for name in sorted(products, key=len, reverse=True))
        model = f"(?i:{names})" if names else _MODEL
        self._owned = re.compile(rf"(?:{_HAS}|{_MINE})(?P<product>{model})\b")

    def products(self, text: str) -> Iterator[str]:
        """Those that are said to be owned now."""
        for sentence in _SENTENCES.split(text):
            if _GONE.search(sentence):
                continue
            for match in self._owned.finditer(sentence):
                name = match["product"]
                if name.split()[0].lower() not in _NO_PRODUCTS:
                    yield self._names.get(name.lower(), name)

    def problems(self, text: str) -> Iterator[tuple[str, str]]:
        """The thing and what is wrong with it, in the customer's words; "works again" supersedes."""
        for match in _STATE.finditer(text):
            thing = match["thing"].lower()
            if _NO_THINGS.isdisjoint(thing.split()):
                yield self._names.get(thing, thing), match["state"].strip()


_SENTENCES = re.compile(r"(?<=[.!?])\s|\n")
