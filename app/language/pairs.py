"""Products that go in pairs, small and large, and what is swapped when the other one is meant."""

import re
from collections.abc import Sequence

_SMALL = "small|smaller|little|klein(?:e|er|en)|petite?|pequeñ[oa]"
_LARGE = "large|larger|big|bigger|gro(?:ß|ss)(?:e|er|en)|grande?"
_OTHER = "other|andere[nr]?|autre|otr[oa]"
_LEAD = (
    r"(?:and|or|ok|no|not|sorry|actually|i|meant|mean|wrong|what|how|about|for|with|in|on|the|my|same|und|für|die|der|das|nein|"
    r"ich|meinte|meine|bei|et|pour|le|la|non|je|voulais|dire|y|para|el|quería|decir|perdón)"
)
_ONE = r"(?:\W+(?:one|ones|model|version|machine|please|then|though|instead))*"
_MEANT = re.compile(
    rf"^\W*(?:{_LEAD}\W+)*(?:(?P<small>{_SMALL})|(?P<large>{_LARGE})|(?P<other>{_OTHER})){_ONE}\W*(?:$|[,.;(]|not\b)",
    re.IGNORECASE,
)
_SIZE = re.compile(rf"^\W*(?:{_LEAD}\W+)*(?P<size>xs|s|m|l|xl|\d+){_ONE}\W*(?:$|[,.;(]|not\b)", re.IGNORECASE)
_SIZES = {"xs": 0, "s": 1, "m": 2, "l": 3, "xl": 4}
_NOT_THE_OTHER = re.compile(r",?\W*\bnot\b.*$", re.IGNORECASE)


class Pairs:
    """`products` sharing all but the last word are a pair."""

    def __init__(self, products: Sequence[str]) -> None:
        self._names = sorted(products, key=len, reverse=True)
        self._pairs = [(name, other) for name in products for other in products if _is_pair(name, other)]

    def meant(self, said: str) -> bool:
        """Whether it names a product by its size, or by being the other one."""
        return _MEANT.match(said) is not None or _SIZE.match(said) is not None

    def names_another(self, said: str, topic: str) -> bool:
        """Whether it names a product that was not spoken of."""
        return bool(self._named(said)) and not set(self._named(said)) & set(self._named(topic))

    def asked_again(self, topic: str, said: str) -> str:
        """The question about the product that is meant now; empty where it named none of a pair, or both."""
        for pair in self._pairs:
            named = [name for name in pair if _in(name, topic)]
            target = _target(pair, named[0], said) if len(named) == 1 else ""
            if target:
                return _replaced(named[0], target, topic)
        return self._of_a_family(topic, said)

    def _of_a_family(self, topic: str, said: str) -> str:
        """ "Breeze S" behind a question about Breezes, "and the Kettle?" behind one about a Grind."""
        rest = _NOT_THE_OTHER.sub("", said)
        if len(rest.split()) > _MOST_NAMING:
            return ""
        meant, spoken_of = self._named(rest), self._named(topic)
        if len(meant) != 1 or len(spoken_of) != 1 or meant == spoken_of:
            return ""
        return _replaced(spoken_of[0], meant[0], topic)

    def _named(self, text: str) -> list[str]:
        found: list[str] = []
        for name in self._names:
            if _in(name, text):
                found.append(name)
                text = _replaced(name, " ", text)
        return found


_MOST_NAMING = 6
"""Words up to which a message that names a product does nothing else."""


def _is_pair(name: str, other: str) -> bool:
    """The smaller first: by number, or by S, M, L."""
    family, _, size = name.rpartition(" ")
    other_family, _, other_size = other.rpartition(" ")
    return bool(family) and family == other_family and _size(size) < _size(other_size)


def _size(word: str) -> float:
    return float(word) if word.isdigit() else _SIZES.get(word.casefold(), float("inf"))


def _target(pair: tuple[str, str], named: str, said: str) -> str:
    small, large = pair
    other = large if named == small else small
    if meant := _MEANT.match(said):
        return small if meant["small"] else large if meant["large"] else other
    sized = _SIZE.match(said)
    return other if sized and sized["size"].casefold() == other.rpartition(" ")[2].casefold() else ""


def _in(name: str, text: str) -> bool:
    return re.search(rf"\b{_spelled(name)}\b", text, re.IGNORECASE) is not None


def _replaced(name: str, target: str, text: str) -> str:
    return re.sub(rf"\b{_spelled(name)}\b", target, text, flags=re.IGNORECASE)


def _spelled(name: str) -> str:
    """However it is spaced: Pour 10, pour-10, pour10."""
    return r"[\s-]?".join(map(re.escape, name.split()))
