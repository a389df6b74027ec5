"""Passages of another language than the customer's: found by a glossary's words and by vectors of many languages."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING, cast

from app.care.lookup import Interpreter, Meant
from app.domain.knowledge import Passage, SearchQuestion
from app.knowledge.answerable import statements_of
from app.knowledge.asked import BEFORE_WEIGHTS, LONGEST
from app.knowledge.lexical import WEIGHTY_TERMS, LexicalIndex
from app.knowledge.ranking import Candidate
from app.knowledge.vectors import best_rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEXICAL_WEIGHT = 0.45
"""What a passage with all weighty words is worth beside a cosine of 1."""

UNSAID_WEIGHT = 0.7
STRANGE_WEIGHT = 0.4
"""What a word counts that no passage says, and one that the glossary does not know either: there it is mostly the
glossary that lacks it."""

HALF_SAID = 0.3
"""What is left of a way of several terms where a passage holds some of them: "card" for "gift card"."""

CANDIDATES = 100
RIVALS = 5
FIRST = 3

PARTLY = 0.5
"""What a word counts of which a statement holds some of the terms."""

BOTH, BOTH_AT = (3.0, 2.0, 1.0, 2.0, 1.5), 6.3
WORDS_ALONE, WORDS_ALONE_AT = (0.0, 2.0, 1.0, 2.0, 1.0), 4.1
"""A logistic's weights of similarity, lexical, margin, statement and words, as in `answerable`, and where 0.5 is
reached. Of those in round numbers they answer the fewest questions that nothing holds and lose next to none of the
others: on the half a of the questions in evals/trust and 70 short ones. `words` is the logarithm of how many there are
in the question: of a long one no passage holds all, a short one is easily held by what answers something else."""


@dataclass(frozen=True, kw_only=True)
class Sense:
    """One word of the question: its weight, and for every passage how strongly it says so."""

    weight: float
    strengths: "NDArray[np.float64]"


@dataclass(frozen=True, kw_only=True)
class FoundAbroad:
    """What was found in other languages, best first; `words` are those of the question, `bags` gives the terms of each
    statement of a passage."""

    candidates: list[Candidate]
    words: Sequence[Meant]
    bags: Callable[[str], Sequence[Collection[str]]]
    lexical_only: bool

    def answerable(self, readable: Sequence[Candidate]) -> float:
        """0..1, to be read as `answerable.answerable` is; `readable` are those that may be shown."""
        if not readable:
            return 0.0
        leading = readable[:FIRST]
        signs = (
            max(each.similarity or 0.0 for each in leading),
            readable[0].lexical,
            readable[0].score - _mean(self._rivals(readable[0])),
            max(self._held_by_statement(each.passage_id) for each in leading),
            log(1 + len(self.words)),
        )
        weights, threshold = (WORDS_ALONE, WORDS_ALONE_AT) if self.lexical_only else (BOTH, BOTH_AT)
        total = sum(weight * sign for weight, sign in zip(weights, signs, strict=True))
        return 1 / (1 + exp(threshold - total))

    def _held_by_statement(self, passage_id: str) -> float:
        """The largest share 0..1 of the question's words that one statement holds together with its headings."""
        held = (sum(_held(word, bag) for word in self.words) for bag in self.bags(passage_id))
        return max(held, default=0.0) / (len(self.words) or 1)

    def _rivals(self, first: Candidate) -> list[float]:
        """The scores of the best of other articles."""
        best: dict[str, float] = {}
        for each in self.candidates:
            if each.article_id != first.article_id and each.score <= first.score:
                best.setdefault(each.article_id, each.score)
        return list(best.values())[:RIVALS]


class CrossIndex:
    """Passages read in English terms."""

    def __init__(self, passages: Sequence[Passage], lexical: LexicalIndex, interpreter: Interpreter) -> None:
        self.passages = passages
        self._by_id = {passage.id: passage for passage in passages}
        self._lexical = lexical
        self._interpreter = interpreter

    def found(self, question: SearchQuestion, similarity: "NDArray[np.float32] | None") -> FoundAbroad:
        """`similarity` is how near each passage's meaning is to the question's, None where nothing can tell."""
        own = self._senses(self._interpreter.meant(question.text[:LONGEST], question.language), 1.0)
        lexical = _said(self._with_before(question, own), len(self.passages))
        scores = LEXICAL_WEIGHT * lexical + (0.0 if similarity is None else similarity)
        best = best_rows(scores, CANDIDATES)
        best = best[scores[best] > 0]
        coverage = _covered(own, best).tolist()
        cosines = [None] * len(best) if similarity is None else similarity[best].tolist()
        columns = zip(scores[best].tolist(), lexical[best].tolist(), cosines, coverage, strict=True)
        candidates = [
            Candidate(
                passage_id=passage.id,
                article_id=passage.article_id,
                score=score,
                lexical=said,
                similarity=cosine,
                coverage=covered,
            )
            for passage, (score, said, cosine, covered) in zip(self._at(best), columns, strict=True)
        ]
        words = self._words(question)
        return FoundAbroad(candidates=candidates, words=words, bags=self._statements, lexical_only=similarity is None)

    def _words(self, question: SearchQuestion) -> tuple[Meant, ...]:
        """With those of the message that it leans on: "and the kettle?" asks as much as what it follows."""
        texts = (*question.before[-1:], question.text)
        meant = (each for text in texts for each in self._interpreter.meant(text[:LONGEST], question.language))
        return tuple(dict.fromkeys(meant))

    def _statements(self, passage_id: str) -> Sequence[Collection[str]]:
        """In English terms, whatever the passage's language."""
        passage = self._by_id[passage_id]
        return statements_of(self._interpreter.terms, passage.title, passage.text, passage.language)

    def _at(self, rows: "NDArray[np.intp]") -> list[Passage]:
        return [self.passages[row] for row in cast(list[int], rows.tolist())]

    def _with_before(self, question: SearchQuestion, own: Sequence[Sense]) -> list[Sense]:
        senses = list(own)
        for text, weight in zip(reversed(question.before), BEFORE_WEIGHTS, strict=False):
            senses += self._senses(self._interpreter.meant(text[:LONGEST], question.language), weight)
        return senses

    def _senses(self, meant: Sequence[Meant], weight: float) -> list[Sense]:
        return [self._sense(each, weight) for each in dict.fromkeys(meant)]

    def _sense(self, meant: Meant, weight: float) -> Sense:
        """Its ways count as one word: the rarer all of them together, the more telling."""
        import numpy as np

        strengths = np.zeros(len(self.passages))
        for way in meant.ways:
            np.maximum(strengths, self._strength(way), out=strengths)
        said_in = int((strengths > 0).sum())
        rarity = log(1 + (len(self.passages) - said_in + 0.5) / (said_in + 0.5))
        telling = 1.0 if said_in else UNSAID_WEIGHT if meant.sure else STRANGE_WEIGHT
        return Sense(weight=weight * rarity * telling, strengths=strengths)

    def _strength(self, way: Sequence[str]) -> "NDArray[np.float64]":
        import numpy as np

        each = [self._lexical.strengths(term) for term in way]
        if len(each) == 1:
            return each[0]
        together = np.vstack(each)
        least: NDArray[np.float64] = together.min(axis=0)
        some: NDArray[np.float64] = together.mean(axis=0)
        return np.where(least > 0, least, HALF_SAID * some)


def _said(senses: Sequence[Sense], size: int) -> "NDArray[np.float64]":
    """Around 1 for a passage that says the weighty words of the question, 0 for one that says none."""
    import numpy as np

    reach = sum(sorted((sense.weight for sense in senses), reverse=True)[:WEIGHTY_TERMS])
    scores = np.zeros(size)
    for sense in senses:
        scores += sense.weight * sense.strengths
    return scores / reach if reach else scores


def _covered(senses: Sequence[Sense], rows: "NDArray[np.intp]") -> "NDArray[np.float64]":
    """The share 0..1 of the question's weight that each of the rows says."""
    import numpy as np

    held = np.zeros(len(rows))
    for sense in senses:
        held += sense.weight * (sense.strengths[rows] > 0)
    return held / (sum(sense.weight for sense in senses) or 1.0)


def _held(word: Meant, bag: Collection[str]) -> float:
    if any(all(term in bag for term in way) for way in word.ways):
        return 1.0
    return PARTLY if any(term in bag for way in word.ways for term in way) else 0.0


def _mean(scores: Sequence[float]) -> float:
    return sum(scores) / len(scores) if scores else 0.0
