"""The port through which a question's words are said in other words: customers rarely use those of the articles."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

Way = tuple[str, ...]
"""One way to say something: the search terms that a text must hold, all of them, to say it."""

Ways = Mapping[str, tuple[Way, ...]]
"""By the search terms of a question, the other ways to say the same."""


@dataclass(frozen=True, kw_only=True)
class Renaming:
    """A word or a phrase of a text, as the search terms that it holds, and what it is called otherwise. What a phrase
    of several words means, its terms alone do not say: "run out", "sign up"."""

    terms: Way
    ways: tuple[Way, ...]
    is_phrase: bool = False


class OtherWords(Protocol):
    """Knows what else the words of a text are called; a language that it does not know has no other words."""

    def __call__(self, text: str, language: str = "en") -> Sequence[Renaming]: ...


def no_other_words(text: str, language: str = "en") -> Sequence[Renaming]:
    """Where every word stands for itself."""
    return ()


def ways_of(renamings: Iterable[Renaming], goes: Callable[[Renaming, Way], bool]) -> Ways:
    """Those ways that the texts which are looked through go."""
    found: dict[str, tuple[Way, ...]] = {}
    for each in renamings:
        ways = [way for way in each.ways if goes(each, way)]
        for term in each.terms if ways else ():
            found[term] = tuple(dict.fromkeys((*found.get(term, ()), *ways)))
    return found


def held_ways(ways: Ways, held: frozenset[str]) -> frozenset[str]:
    """The question's terms that a text with these terms says in another way."""
    return frozenset(term for term, each in ways.items() if any(held.issuperset(way) for way in each))
