"""How well each statement answers a question: by weighty words in common, by meaning too where vectors are had."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.assistant.answer_kinds import AnswerKind, is_of_kind
from app.assistant.questions import Question
from app.assistant.readings import Reading
from app.assistant.statements import Statement
from app.care.lookup import Embedder, EmbeddingUnavailableError

Rows = list[list[float]]
"""A figure for every statement of every reading."""

_WORDS = 0.4
"""What holding all weighty words of the question, itself or in its headings, is worth beside a cosine of 1."""

_KIND = 0.3
"""What being of the kind that is wanted is worth: a step, an amount, a time."""

_STRENGTH = 0.5
"""What search's own score of the passage counts for all its statements."""

_LACKING = 0.5
"""What is left of the score of a listed statement that lacks a word by which the best one answers."""

KEPT_OUT = -1.0
"""The score of what is not said: about other products than the one that is asked about, or a mere signpost."""

_MOST_EMBEDDED = 16
"""Statements compared by meaning for one question, the best by words first; a new one costs some 3 ms."""


@dataclass(frozen=True, kw_only=True)
class Scored:
    """A reading with the score of each of its statements."""

    reading: Reading
    scores: tuple[float, ...]

    @property
    def value(self) -> float:
        """What the best statement and search say of it."""
        return max(self.scores) + _STRENGTH * self.reading.strength


def by_words(question: Question, readings: Sequence[Reading]) -> Rows:
    """Without vectors; rare words count more."""
    weights = _weights(question, readings)
    return [[KEPT_OUT if out else score for out, score in _row(question, reading, weights)] for reading in readings]


def _row(question: Question, reading: Reading, weights: Mapping[str, float]) -> Iterator[tuple[bool, float]]:
    whole = sum(weights.values()) or 1.0
    before = ""
    for statement, bag in zip(reading.statements, reading.bags, strict=True):
        share = sum(weight for term, weight in weights.items() if term in bag or term in reading.title) / whole
        fits = _fits(question, reading, statement)
        yield (
            statement.is_signpost or question.is_missed_by(statement, before),
            _WORDS * share + (_KIND if fits else 0.0),
        )
        before = statement.text


def _fits(question: Question, reading: Reading, statement: Statement) -> bool:
    """Steps are wanted only where a heading speaks of what is to be done."""
    if question.wanted is None or not is_of_kind(statement, question.wanted):
        return False
    return question.wanted is not AnswerKind.STEPS or not question.asks_for.isdisjoint(reading.title)


def _weights(question: Question, readings: Sequence[Reading]) -> Mapping[str, float]:
    bags = [bag for reading in readings for bag in reading.bags]
    counts = Counter(term for bag in bags for term in bag)
    rarity = {term: math.log(1 + (len(bags) - counts[term] + 0.5) / (counts[term] + 0.5)) for term in question.weights}
    return {term: weight * rarity[term] for term, weight in question.weights.items()}


@dataclass(frozen=True, kw_only=True)
class Space:
    """One way to compare meanings; `asks` says a question as its embedder reads it best."""

    embedder: Embedder
    asks: Callable[[str], str] = str


class Relevance:
    """Scores statements; in spaces also by meaning, which takes some milliseconds. Of several the mean counts."""

    def __init__(self, *spaces: Space) -> None:
        self._spaces = spaces

    def scores(self, question: Question, readings: Sequence[Reading]) -> Rows:
        """Higher answers better."""
        rows = by_words(question, readings)
        near = self._nearness_of_best(question, readings, rows)
        usual = sum(near.values()) / len(near) if near else 0.0
        return [
            [
                score if score == KEPT_OUT else score + near.get(_meant(statement), usual)
                for statement, score in zip(reading.statements, row, strict=True)
            ]
            for reading, row in zip(readings, rows, strict=True)
        ]

    def _nearness_of_best(self, question: Question, readings: Sequence[Reading], rows: Rows) -> Mapping[str, float]:
        if not self._spaces:
            return {}
        best = list(dict.fromkeys(map(_meant, _ordered(readings, rows))))[:_MOST_EMBEDDED]
        try:
            each = [_nearness(space, question, best) for space in self._spaces]
        except EmbeddingUnavailableError:
            return {}
        return {text: sum(near[text] for near in each) / len(each) for text in best}


def _nearness(space: Space, question: Question, texts: Sequence[str]) -> Mapping[str, float]:
    """The cosine of each text to the question."""
    import numpy as np

    meanings = list(map(space.asks, question.meanings))
    vectors = np.asarray(space.embedder.embed([*meanings, *texts]), np.float32)
    cosines = vectors[len(meanings) :] @ vectors[: len(meanings)].mean(axis=0)
    return {text: float(cosine) for text, cosine in zip(texts, cosines, strict=True)}


def _meant(statement: Statement) -> str:
    """A sentence stands for itself; an item or a row means something only under its heading."""
    return f"{statement.heading}: {statement.text}" if statement.is_listed else statement.text


def best_first(question: Question, readings: Sequence[Reading], rows: Rows) -> list[Scored]:
    """Without the readings of which nothing is to be said."""
    scored = [_scored(question, *pair) for pair in zip(readings, rows, strict=True) if max(pair[1]) != KEPT_OUT]
    return sorted(scored, key=lambda one: -one.value)


def _scored(question: Question, reading: Reading, row: Sequence[float]) -> Scored:
    """An item or row that lacks a word of the question which the best statement holds is about something else."""
    held = [(bag & question.words) - reading.title for bag in reading.bags]
    wanted = held[max(range(len(row)), key=lambda index: row[index])]
    lacks = [s.is_listed and words < wanted for s, words in zip(reading.statements, held, strict=True)]
    scores = (score * _LACKING if less and score > 0 else score for score, less in zip(row, lacks, strict=True))
    return Scored(reading=reading, scores=tuple(scores))


def _ordered(readings: Sequence[Reading], rows: Rows) -> list[Statement]:
    """The best first, of equals the one that search found better."""
    found = [
        (score + _STRENGTH * reading.strength, statement)
        for reading, row in zip(readings, rows, strict=True)
        for statement, score in zip(reading.statements, row, strict=True)
        if score != KEPT_OUT
    ]
    return [statement for _, statement in sorted(found, key=lambda pair: -pair[0])]
