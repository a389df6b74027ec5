"""Measures of knowing and not knowing: conversations of several turns, questions that nothing answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel

from app.eval.documents import Rankings, documents_in
from app.eval.figures import auroc, best_f1, f1, precision, recall_at_precision
from app.eval.looking_up import lookup_over, ranked
from app.eval.parts import EvalParts, Measure, Measured, Value, rows_of

CUSTOMER = "customer"

SURE = 0.95
"""The precision at which the share of answered questions is told."""

CURVE = (0.2, 0.3, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Thresholds at which it is told what would be answered: which one to take is policy."""


class SaidTurn(BaseModel):
    role: str
    text: str


class Conversation(BaseModel):
    """A conversation up to a customer's question. Underspecified ones are best asked back."""

    qid: str
    turns: list[SaidTurn]
    relevant: list[str]
    answerability: str

    @property
    def said(self) -> list[str]:
        return [turn.text for turn in self.turns if turn.role == CUSTOMER]


class MaybeAnswerable(BaseModel):
    qid: str
    query: str
    answerable: bool


@dataclass(kw_only=True)
class Answerability:
    """Scores and decisions beside the truth."""

    scores: list[float] = field(default_factory=list[float])
    answered: list[bool] = field(default_factory=list[bool])
    truth: list[bool] = field(default_factory=list[bool])

    def add(self, score: float, answered: bool, truth: bool) -> None:
        self.scores.append(score)
        self.answered.append(answered)
        self.truth.append(truth)

    def measures(self, file: str, floor: float) -> list[Measure]:
        unanswerable = [not truth for truth in self.truth]
        doubts = [-score for score in self.scores]
        silent = [not answered for answered in self.answered]
        figures = {
            "answerable AUROC": (auroc(self.scores, self.truth), floor),
            "unanswerable best F1": (best_f1(doubts, unanswerable), None),
            "unanswerable F1 as decided": (f1(silent, unanswerable), None),
            "answered of the answerable": (_share(self.answered, self.truth), None),
            "answered of the unanswerable": (_share(self.answered, unanswerable), None),
            f"answered at {SURE:.0%} precision": (recall_at_precision(self.scores, self.truth, SURE), None),
            **{name: (figure, None) for name, figure in self._curve().items()},
        }
        return [
            Measure(file=file, name=name, count=len(self.truth), figure=figure, floor=beat)
            for name, (figure, beat) in figures.items()
        ]

    def _curve(self) -> dict[str, float]:
        """At each threshold: how much of what is answered can be, and how much of what can be is answered."""
        figures: dict[str, float] = {}
        for threshold in CURVE:
            answered = [score >= threshold for score in self.scores]
            figures[precision_at(threshold)] = precision(answered, self.truth)
            figures[answered_at(threshold)] = _share(answered, self.truth)
        return figures


def precision_at(threshold: float) -> str:
    """The measure's name."""
    return f"precision from {threshold:.2f} on"


def answered_at(threshold: float) -> str:
    """The measure's name."""
    return f"answered from {threshold:.2f} on"


async def measure_conversations(file: Path, corpus: Path, parts: EvalParts) -> Measured:
    articles = documents_in(corpus)
    lookup = await lookup_over(articles, parts)
    rankings, known, vague = Rankings(), Answerability(), Answerability()
    for row in rows_of(file, Conversation):
        *before, last = row.said
        result = await lookup.found(last, before)
        answered = result.answerable >= parts.policy.answerable_at
        key = {"qid": row.qid, "answerable_score": result.answerable, "answered": answered}
        rankings.add(key, ranked(result, (article.id for article in articles)), row.relevant)
        kind = vague if row.answerability == "UNDERSPECIFIED" else known
        kind.add(result.answerable, answered, row.answerability != "UNANSWERABLE")
    await lookup.close()
    name, count = file.stem, len(rankings.ranked)
    measures = [
        Measure(file=name, name="nDCG@5", count=count, figure=rankings.ndcg(5), floor=0.805),
        Measure(file=name, name="R@5", count=count, figure=rankings.recall(5)),
        *known.measures(name, 0.757),
        Measure(
            file=name,
            name="answered of the underspecified",
            count=len(vague.truth),
            figure=_share(vague.answered, vague.truth),
        ),
    ]
    return Measured(measures=measures, predictions=rankings.predictions)


async def measure_answerability(file: Path, corpus: Path, parts: EvalParts) -> Measured:
    lookup = await lookup_over(documents_in(corpus), parts)
    known = Answerability()
    predictions: list[Mapping[str, Value]] = []
    for row in rows_of(file, MaybeAnswerable):
        score = (await lookup.found(row.query)).answerable
        answered = score >= parts.policy.answerable_at
        known.add(score, answered, row.answerable)
        predictions.append({"qid": row.qid, "answerable_score": score, "answered": answered})
    await lookup.close()
    return Measured(measures=known.measures(file.stem, 0.659), predictions=predictions)


def _share(answered: list[bool], among: list[bool]) -> float:
    counted = [said for said, is_one in zip(answered, among, strict=True) if is_one]
    return sum(counted) / len(counted) if counted else 0.0
