"""What measuring uses and what it gives: parts from outside, measures, predictions."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter

from app.care.answerers import Assessor
from app.care.lookup import Embedder, Terms
from app.care.other_words import OtherWords, no_other_words
from app.domain.decisions import EscalationPolicy

Row = TypeVar("Row", bound=BaseModel)
Value = float | int | bool | str | None | Sequence[str]


@dataclass(frozen=True, kw_only=True)
class EvalParts:
    """The parts that answer customers, and the policy by which they decide. Without an assessor what concerns feeling
    is left out."""

    terms: Terms
    embedder: Embedder | None
    assessor: Assessor | None
    other_words: OtherWords = no_other_words
    policy: EscalationPolicy = field(default_factory=EscalationPolicy)
    today: date = date(2026, 11, 1)


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One figure of one file over `count` questions; `floor` is the simple method's figure to beat, if one is known."""

    file: str
    name: str
    count: int
    figure: float
    floor: float | None = None

    @property
    def holds(self) -> bool:
        return self.floor is None or self.figure >= self.floor


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What came of one file: its measures, and a prediction for every question."""

    measures: list[Measure]
    predictions: list[Mapping[str, Value]] = field(default_factory=list[Mapping[str, Value]])


def rows_of(path: Path, kind: type[Row]) -> list[Row]:
    """Raises pydantic's ValidationError for a line that is not such a row."""
    adapter = TypeAdapter(kind)
    with path.open(encoding="utf-8") as lines:
        return [adapter.validate_json(line) for line in lines if line.strip()]


def write_predictions(folder: Path, file: str, predictions: Sequence[Mapping[str, Value]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in predictions)
    (folder / f"{file}.jsonl").write_text(text, encoding="utf-8")
