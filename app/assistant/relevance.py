"""How well each statement answers a question: by weighty words in common, by meaning too where vectors are had."""

import asyncio
import math
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.assistant.readings import Reading
from app.care.lookup import Embedder, EmbeddingUnavailableError, Terms

Rows = list[list[float]]
"""A figure for every statement of every reading."""

_MOST_EMBEDDED = 12
"""Statements compared by meaning for one question, the best by words first; each costs some 3 ms the first time."""

_KEPT_VECTORS = 4096
_MEANING = 0.65
_BEFORE = 0.3
"""What a word of the messages before counts, against a word of the question."""

_A_RANK_LOWER = 0.15
"""What a statement loses for each reading that search put before its own."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The question's words with their weights 0..1, and the texts whose meaning is compared."""

    weights: Mapping[str, float]
    meanings: tuple[str, ...]


def asked(text: str, before: Sequence[str], terms: Terms, language: str) -> Asked:
    """The last message counts fully; in a follow-up the messages before say what it is about."""
    weights = dict.fromkeys((term for said in before for term in terms(said, language)), _BEFORE)
    weights.update(dict.fromkeys(terms(text, language), 1.0))
    follow_up = (f"{before[-1]}\n{text}",) if before else ()
    return Asked(weights=weights, meanings=(text, *follow_up))


def by_words(question: Asked, readings: Sequence[Reading]) -> Rows:
    """0..1 a statement: the share of the question's words that it holds, rare words counting more."""
    bags = [bag for reading in readings for bag in reading.bags]
    counts = Counter(term for bag in bags for term in bag)
    rarity = {term: math.log(1 + (len(bags) - counts[term] + 0.5) / (counts[term] + 0.5)) for term in question.weights}
    weights = {term: weight * rarity[term] for term, weight in question.weights.items()}
    whole = sum(weights.values()) or 1.0
    return [
        [sum(weight for term, weight in weights.items() if term in bag) / whole for bag in reading.bags]
        for reading in readings
    ]


class Relevance:
    """Scores statements; with an embedder also by meaning, in a thread, since that blocks."""

    def __init__(self, embedder: Embedder | None) -> None:
        self._embedder = embedder
        self._kept: OrderedDict[str, Sequence[float]] = OrderedDict()

    async def scores(self, question: Asked, readings: Sequence[Reading]) -> Rows:
        """Higher answers better; what search put first is preferred."""
        words = by_words(question, readings)
        near = await self._nearness_of_best(question, readings, words)
        if not near:
            return [[score - _A_RANK_LOWER * r.rank for score in row] for r, row in zip(readings, words, strict=True)]
        usual = sum(near.values()) / len(near)
        return [
            [
                (1 - _MEANING) * score + _MEANING * near.get(statement.text, usual) - _A_RANK_LOWER * reading.rank
                for statement, score in zip(reading.statements, row, strict=True)
            ]
            for reading, row in zip(readings, words, strict=True)
        ]

    async def _nearness_of_best(self, question: Asked, readings: Sequence[Reading], words: Rows) -> Mapping[str, float]:
        if self._embedder is None:
            return {}
        ordered = sorted(
            (reading.rank * _A_RANK_LOWER - score, number, statement.text)
            for reading, row in zip(readings, words, strict=True)
            for number, (statement, score) in enumerate(zip(reading.statements, row, strict=True))
        )
        best = list(dict.fromkeys(text for _, _, text in ordered))[:_MOST_EMBEDDED]
        try:
            return await asyncio.to_thread(self._nearness, self._embedder, question, best)
        except EmbeddingUnavailableError:
            return {}

    def _nearness(self, embedder: Embedder, question: Asked, texts: Sequence[str]) -> Mapping[str, float]:
        """The cosine of each text to the question."""
        import numpy as np

        known = {text: vector for text in texts if (vector := self._kept.get(text)) is not None}
        missing = [text for text in texts if text not in known]
        vectors = embedder.embed([*question.meanings, *missing])
        question_vector = np.asarray(vectors[: len(question.meanings)], np.float32).mean(axis=0)
        fresh = dict(zip(missing, vectors[len(question.meanings) :], strict=True))
        self._keep(fresh.items())
        rows = np.asarray([(known | fresh)[text] for text in texts], np.float32)
        return {text: float(cosine) for text, cosine in zip(texts, rows @ question_vector, strict=True)}

    def _keep(self, fresh: Iterable[tuple[str, Sequence[float]]]) -> None:
        self._kept.update(fresh)
        while len(self._kept) > _KEPT_VECTORS:
            self._kept.popitem(last=False)
