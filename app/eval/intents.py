"""Measures of scope: is a message about what the knowledge base is about? Its questions are the training sentences."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel

from app.domain.knowledge import Article, FoundPassage
from app.eval.figures import auroc, average_precision, best_f1, mean, recall_at_false_alarms
from app.eval.looking_up import lookup_over
from app.eval.parts import EvalParts, Measure, Measured, Value, rows_of

NEIGHBOURS = 10


class Message(BaseModel):
    """A message, whether its intent is one of those trained for, and whether it asks for a person, where labelled."""

    id: str
    text: str
    in_scope: bool
    asks_human: bool = False


async def measure_scope(file: Path, sentences: Sequence[str], parts: EvalParts, floor: float | None) -> Measured:
    articles = [Article(id=str(at), title="", text=text) for at, text in enumerate(sentences) if text.strip()]
    lookup = await lookup_over(articles, parts)
    rows = rows_of(file, Message)
    scores = [distance((await lookup.found(row.text)).passages) for row in rows]
    await lookup.close()
    outside = [not row.in_scope for row in rows]
    measures = [
        Measure(file=file.stem, name="out of scope AUROC", count=len(rows), figure=auroc(scores, outside)),
        Measure(
            file=file.stem, name="out of scope best F1", count=len(rows), figure=best_f1(scores, outside), floor=floor
        ),
    ]
    predictions: list[Mapping[str, Value]] = [
        {"id": row.id, "out_of_scope_score": score} for row, score in zip(rows, scores, strict=True)
    ]
    return Measured(measures=measures, predictions=predictions)


def measure_wishes(file: Path, parts: EvalParts) -> Measured:
    """The labels count insults as asking for a person: the larger of wish and anger is scored."""
    if parts.assessor is None:
        return Measured(measures=[])
    rows = rows_of(file, Message)
    found = [parts.assessor.assess([row.text]) for row in rows]
    scores = [max(each.wants_person, each.anger) for each in found]
    asking = [row.asks_human for row in rows]
    figures = {
        "asks for a person, recall at 1 % false": (recall_at_false_alarms(scores, asking, 0.01), None),
        "asks for a person, AP": (average_precision(scores, asking), None),
        "asks for a person, best F1": (best_f1(scores, asking), 0.600),
    }
    measures = [
        Measure(file=file.stem, name=name, count=len(rows), figure=figure, floor=floor)
        for name, (figure, floor) in figures.items()
    ]
    predictions: list[Mapping[str, Value]] = [
        {"id": row.id, "asks_person_score": score} for row, score in zip(rows, scores, strict=True)
    ]
    return Measured(measures=measures, predictions=predictions)


def distance(passages: Sequence[FoundPassage]) -> float:
    """How far a message is from the nearest sentences: 1 less their mean similarity, or, without vectors, score.
    Shared words alone say little here: near and far messages are made of the same ones."""
    nearness = [each.score if each.similarity is None else each.similarity for each in passages]
    return 1 - mean(sorted(nearness, reverse=True)[:NEIGHBOURS])
