"""Follow-ups that name a product by another one: "and for the small one?" after a question about the large one."""

import re
from collections.abc import Sequence

_SMALL = "small|smaller|little|klein(?:e|er|en)|petite?|pequeñ[oa]"
_LARGE = "large|larger|big|bigger|gro(?:ß|ss)(?:e|er|en)|grande?"
_OTHER = "other|andere[nr]?|autre|otr[oa]"
_FOLLOW_UP = re.compile(
    rf"^\W*(?:(?:and|or|ok|what|how|about|for|with|in|the|und|für|die|der|das|et|pour|le|la|y|para|el)\W+)*"
    rf"(?:(?P<small>{_SMALL})|(?P<large>{_LARGE})|(?P<other>{_OTHER}))(?:\W+(?:one|model|version))?\W*$",
    re.IGNORECASE,
)
_SIZES = {"xs": 0, "s": 1, "m": 2, "l": 3, "xl": 4}


class FollowUps:
    """Implements `care.answerers.FollowUps`. `products` sharing all but the last word are a pair."""

    def __init__(self, products: Sequence[str]) -> None:
        self._pairs = [
            pair for name in products for other in products if (pair := _as_pair(name, other)) and pair[0] == name
        ]

    def __call__(self, text: str, before: Sequence[str]) -> str:
        """The earlier question about the product that is meant now, or `text` as it stands."""
        if not (meant := _FOLLOW_UP.match(text)):
            return text
        for earlier in reversed(before):
            for pair in self._pairs:
                if asked := _asked_again(earlier, pair, meant):
                    return asked
        return text


def _as_pair(name: str, other: str) -> tuple[str, str] | None:
    """The smaller first: by number, or by S, M, L."""
    family, _, size = name.rpartition(" ")
    other_family, _, other_size = other.rpartition(" ")
    if not family or family != other_family or _size(size) >= _size(other_size):
        return None
    return name, other


def _size(word: str) -> float:
    return float(word) if word.isdigit() else _SIZES.get(word.casefold(), float("inf"))


def _asked_again(earlier: str, pair: tuple[str, str], meant: re.Match[str]) -> str | None:
    named = [name for name in pair if re.search(rf"\b{re.escape(name)}\b", earlier, re.IGNORECASE)]
    if len(named) != 1:
        return None
    small, large = pair
    other = large if named[0] == small else small
    target = small if meant["small"] else large if meant["large"] else other
    return re.sub(rf"\b{re.escape(named[0])}\b", target, earlier, flags=re.IGNORECASE)
