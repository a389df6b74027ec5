"""How sure we are that the passages found hold the answer."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from math import exp

from app.care.lookup import Terms
from app.care.other_words import held_ways
from app.domain.knowledge import Passage
from app.knowledge.asked import Asked
from app.knowledge.blocks import sentences_of
from app.knowledge.ranking import Candidate

FIRST = 3
BEST_COVERED = 5
RIVALS = slice(2, 8)
"""Other articles by their best passage: the nearest two may well answer too, so that standing out over them says
nothing."""

CLEARLY = 0.8
"""A passage that stands out by more is no surer: its words are rare, and that is all."""


@dataclass(frozen=True, kw_only=True)
class Signs:
    """What speaks for an answer or against it, each 0..1 or little beyond. `similarity` is the highest of the first
    three passages. `margin` is how far the first one's score stands out over other articles'. `statement` is the
    square of the share of the question's words that one statement under its headings holds: all of them in one place
    say much, half of them little. `ahead` is how much more of the weighty words the first three hold than any others.
    `manner` is 1 where it is asked how to do something or whether one can: such questions are made of the same words
    whatever they are about, so that they stand out less surely."""

    similarity: float
    margin: float
    statement: float
    ahead: float
    manner: float


@dataclass(frozen=True, kw_only=True)
class Weights:
    """A logistic's weights, in the order of the signs: 0.5 is reached where the weighted signs come to `threshold`."""

    signs: Signs
    threshold: float


# Tuned with training/answerable.py on questions with and without what answers them, in round numbers: one set serves a
# manual with sections taken out (eManual), conversations (MTRAG-UN), an FAQ with half its threads taken out and the
# questions to the sample company. The thresholds were chosen on half a of the latter.
HYBRID = Weights(
    signs=Signs(similarity=4.5, margin=3.25, statement=1.2, ahead=1.0, manner=-0.6),
    threshold=3.5,
)
WORDS_ALONE = Weights(
    signs=Signs(similarity=0, margin=3.5, statement=1.2, ahead=0.5, manner=-0.6),
    threshold=2.0,
)


def answerable(signs: Signs, weights: Weights) -> float:
    """0..1"""
    pairs = zip(astuple(signs), astuple(weights.signs), strict=True)
    return 1 / (1 + exp(weights.threshold - sum(sign * weight for sign, weight in pairs)))


def signs_of(
    asked: Asked, leading: Sequence[tuple[Candidate, Passage]], crowd: Sequence[Candidate], terms: Terms
) -> Signs:
    """From the passages that may be shown, best first, at least one, and all that were found."""
    first, _ = leading[0]
    candidates = [candidate for candidate, _ in leading[:FIRST]]
    best_held = max(held_by_statement(asked, passage, terms) for _, passage in leading[:FIRST])
    return Signs(
        similarity=max((each.similarity for each in candidates if each.similarity is not None), default=0.0),
        margin=min(first.score - _mean(_best_of_other_articles(first, crowd)), CLEARLY),
        statement=best_held**2,
        ahead=max(each.coverage for each in candidates) - _mean(_covered_by_others(first, crowd)),
        manner=float(asks_how_or_whether(asked.texts[0])),
    )


def held_by_statement(asked: Asked, passage: Passage, terms: Terms) -> float:
    """The largest share 0..1 of the question's words that one statement holds together with its headings. All words
    count the same here: which of them is rare says nothing about what is asked. A message without words of its own
    ("how much is that?") goes by those of the messages before."""
    words = asked.own or asked.terms
    total = sum(words.values())
    held = statements_of(terms, passage.title, passage.text, passage.language)
    said = (each | held_ways(asked.ways, each) for each in held) if asked.ways else held
    return max((_weight(words, each) for each in said), default=0.0) / total if total else 0.0


def asks_how_or_whether(text: str) -> bool:
    """ "How do I ..." and "Can I ..." in four languages, but not "How much ..." or "What ..."."""
    return bool(_HOW.match(text) or _WHETHER.match(text))


_HOW = re.compile(
    r"\W*(?:\w+\W+)?(?:how (?!much|many|long|often|soon|far|big|large|old|high|fast|quick)"
    r"|wie (?!viel|lange|oft|bald|weit|gro|alt|hoch|schnell|teuer)|comment |c[oó]mo )",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"\W*(?:can|could|is|are|do|does|did|will|would|should|may|must|has|have"
    r"|kann|können|könnte|darf|dürfen|ist|sind|hat|haben|gibt|muss|müssen|soll|wird|werden"
    r"|est-ce|puis-je|peut-on|pouvez-vous|avez-vous|dois-je|faut-il"
    r"|puedo|puede|pueden|se puede|es|hay|tengo|tienen|debo)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4_096)
def statements_of(terms: Terms, title: str, text: str, language: str) -> tuple[frozenset[str], ...]:
    """The terms of each statement together with those of its headings; a passage is found many times."""
    headings = frozenset(terms(title, language))
    return tuple(headings.union(terms(said, language)) for said in _statements(text))


def _statements(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from sentences_of(line)


def _weight(words: dict[str, float], held: Collection[str]) -> float:
    return sum(weight for word, weight in words.items() if word in held)


def _best_of_other_articles(first: Candidate, crowd: Sequence[Candidate]) -> list[float]:
    best: dict[str, float] = {}
    for each in crowd:
        if each.article_id != first.article_id and each.score <= first.score:
            best.setdefault(each.article_id, each.score)
        if len(best) == RIVALS.stop:
            break
    scores = list(best.values())
    return scores[RIVALS] or scores


def _covered_by_others(first: Candidate, crowd: Sequence[Candidate]) -> list[float]:
    covered = (each.coverage for each in crowd if each.article_id != first.article_id)
    return sorted(covered, reverse=True)[:BEST_COVERED]


def _mean(scores: Sequence[float]) -> float:
    return sum(scores) / len(scores) if scores else 0.0
