"""Stand-ins for what a turn uses, which record what they were asked. Real ones are tested in their own rooms."""

import itertools
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from app.care.answerers import Writing
from app.domain.assessment import Assessment
from app.domain.checking import Checked, Draft, Fault, Finding, Value
from app.domain.customers import NewFact
from app.domain.deliveries import EndpointKind, Tried
from app.domain.knowledge import FoundPassage, Passage, SearchQuestion, SearchResult
from app.domain.replies import Outcome
from app.domain.turns import Turn


@dataclass
class FakeClock:
    """Stands still until told."""

    now: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


def counting_ids() -> Callable[[str], str]:
    numbers = itertools.count(1)
    return lambda prefix: f"{prefix}_{next(numbers):04d}"


def passage(
    text: str, *, id: str = "descaling#0", article: str = "descaling", title: str = "Descaling"
) -> FoundPassage:
    found = Passage(id=id, article_id=article, position=0, title_path=(title,), text=text)
    return FoundPassage(passage=found, score=1.0, similarity=0.8, coverage=1.0)


@dataclass
class FakeSearch:
    """Finds what it was given, for every question."""

    result: SearchResult = SearchResult(passages=(passage("Descale it every 3 months."),), answerable=0.9)
    error: Exception | None = None
    asked: list[SearchQuestion] = field(default_factory=list)

    async def search(self, question: SearchQuestion, *, limit: int = 8) -> SearchResult:
        self.asked.append(question)
        if self.error:
            raise self.error
        return self.result


@dataclass
class FakeAssessor:
    """Tells the same of every message."""

    assessment: Assessment = Assessment()
    by_word: dict[str, Assessment] = field(default_factory=dict)

    def assess(self, messages: Sequence[str], before: Sequence[str] = ()) -> Assessment:
        for word, assessment in self.by_word.items():
            if any(word in message for message in messages):
                return assessment
        return self.assessment


@dataclass
class FakeAnswerer:
    """Drafts these sentences; an exception among them is raised; a callable is awaited first."""

    drafts: Sequence[object] = (Draft(text="Descale it every 3 months.", cited=("descaling#0",)),)
    name: str = "fake"
    waits: bool = False
    asked: list[Writing] = field(default_factory=list)

    async def write(self, writing: Writing) -> AsyncIterator[Draft]:
        self.asked.append(writing)
        for draft in self.drafts:
            if isinstance(draft, Exception):
                raise draft
            if isinstance(draft, Draft):
                yield draft
            else:
                await draft()  # type: ignore[operator]


class CarriesAll:
    """Carries whatever is said, but for what it is told to doubt; quotes what it is given in its place."""

    def __init__(self, doubted: Mapping[str, Sequence[Draft]] | None = None) -> None:
        self.doubted = doubted or {}

    def of(self, turn: Turn, passages: Sequence[FoundPassage]) -> "CarriesAll":
        return self

    def to_be_read(self, passages: Sequence[FoundPassage]) -> int:
        return 0

    def check(self, draft: Draft, language: str) -> Checked:
        if draft.text not in self.doubted:
            return Checked()
        doubt = Finding(fault=Fault.NOT_CARRIED, words="not_said")
        return Checked(findings=(doubt,), quotes=tuple(self.doubted[draft.text]))


def no_values(_text: str) -> frozenset[Value]:
    return frozenset()


@dataclass
class FakeMeasures:
    """Notes what was counted, in order."""

    counted: list[tuple[object, ...]] = field(default_factory=list)

    def turn_ended(self, outcome: Outcome, seconds: float) -> None:
        self.counted.append(("turn", outcome, seconds))

    def first_text(self, seconds: float) -> None:
        self.counted.append(("first text", seconds))

    def model_asked(self, succeeded: bool) -> None:
        self.counted.append(("model", succeeded))

    def delivery_tried(self, kind: EndpointKind, tried: Tried) -> None:
        self.counted.append(("delivery", kind, tried))


class NoFacts:
    def read(self, _text: str, _message_id: str) -> tuple[NewFact, ...]:
        return ()


class PlainWording:
    """Says the key and the fields, so that tests see which text was chosen."""

    def say(self, key: str, language: str = "en", **fields: str) -> str:
        return " ".join([key, *(f"{name}={value}" for name, value in fields.items() if value)])
