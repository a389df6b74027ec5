"""A conversation as an agent opens it: messages with why they were said, and what stands beside them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from app.care.desk import EarlierConversation, FileLine, Opinion, WhyAnswered
from app.console.desk_schemas import ConversationLine, NoteOut
from app.console.schemas import AgentMessage, ProfileOut, QueueItem
from app.domain.conversations import Author, ConversationStatus
from app.domain.knowledge import FoundPassage, PassageRecord
from app.domain.replies import Outcome
from app.web.schemas import CitationOut


class PassageOut(BaseModel):
    """A passage that was found, with its scores; `text` is None where it is no longer in the knowledge base. `cut`: it
    holds what speaks to an AI, which was left out."""

    passage: str
    article: str
    title: str
    text: str | None
    address: str | None
    score: float
    similarity: float | None
    coverage: float | None
    cited: bool = False
    internal: bool = False
    cut: bool = False

    @classmethod
    def of_trace(cls, row: Mapping[str, Any], record: PassageRecord | None, cited: bool) -> "PassageOut":
        """As the trace holds it, with the text that stands in the knowledge base now."""
        id: str = row["passage"]
        return cls(
            passage=id,
            article=record.passage.article_id if record else id.rpartition("#")[0],
            title=row.get("title", ""),
            text=record.passage.text if record else None,
            address=record.passage.address if record else None,
            score=row.get("score", 0.0),
            similarity=row.get("similarity"),
            coverage=row.get("coverage"),
            cited=cited,
            internal=is_internal(record),
        )

    @classmethod
    def of_found(cls, found: FoundPassage, record: PassageRecord | None, cited: bool) -> "PassageOut":
        return cls(
            passage=found.passage.id,
            article=found.passage.article_id,
            title=found.passage.title,
            text=found.passage.text,
            address=found.passage.address,
            score=round(found.score, 3),
            similarity=None if found.similarity is None else round(found.similarity, 3),
            coverage=round(found.coverage, 3),
            cited=cited,
            internal=is_internal(record),
        )


def is_internal(record: PassageRecord | None) -> bool:
    return record is not None and record.audience == "internal"


class WithheldOut(BaseModel):
    """A sentence that was written and not shown, and why."""

    sentence: str
    why: list[str]


class StatementOut(BaseModel):
    """A statement of an article that another one contradicts; `heard` where it is the newer one."""

    passage: str
    title: str
    text: str
    valid_from: str | None
    heard: bool


class ContradictionOut(BaseModel):
    """Two statements of articles that contradict each other, and whether their dates decided."""

    decided: bool
    statements: list[StatementOut]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "ContradictionOut":
        heard = row.get("heard")
        statements = [StatementOut(**each, heard=each["passage"] == heard) for each in row["statements"]]
        return cls(decided=heard is not None, statements=statements)


class UsageOut(BaseModel):
    """A call of a model: its tokens, and which fields of the profile it was given."""

    model: str
    input_tokens: int
    output_tokens: int
    given: list[str] = []


class CostOut(BaseModel):
    """What the model's tokens came to, by the prices that were set then."""

    amount: float
    currency: str


class WhyOut(BaseModel):
    """Why an answer was given: what was read in the words, what was found, who wrote, what was checked and withheld,
    what it took: `took` are milliseconds by step."""

    turn: str
    outcome: Outcome | None
    decision: str | None
    feeling: str | None
    answerable: float | None
    lexical_only: bool
    answerer: str | None
    failure: str | None
    passages: list[PassageOut]
    withheld: list[WithheldOut]
    checked: int | None
    quoted: list[str]
    contradictions: list[ContradictionOut]
    took: dict[str, float]
    usage: list[UsageOut]
    cost: CostOut | None

    @classmethod
    def of(cls, why: WhyAnswered, records: Mapping[str, PassageRecord], cited: frozenset[str]) -> "WhyOut":
        trace: Mapping[str, Any] = why.trace
        found: Sequence[Mapping[str, Any]] = trace.get("passages", ())
        return cls(
            turn=why.turn_id,
            outcome=why.outcome,
            decision=trace.get("decision"),
            feeling=trace.get("feeling"),
            answerable=trace.get("answerable"),
            lexical_only=trace.get("lexical_only", False),
            answerer=trace.get("answerer"),
            failure=trace.get("failure"),
            passages=[_passage(row, records, cited, trace) for row in found],
            withheld=[WithheldOut(**row) for row in trace.get("withheld", ())],
            checked=trace.get("checked"),
            quoted=trace.get("quoted", []),
            contradictions=[ContradictionOut.of(row) for row in trace.get("contradictions", ())],
            took=trace.get("took", {}),
            usage=[UsageOut(**row) for row in trace.get("usage", ())],
            cost=trace.get("cost"),
        )


def _passage(
    row: Mapping[str, Any], records: Mapping[str, PassageRecord], cited: frozenset[str], trace: Mapping[str, Any]
) -> PassageOut:
    id: str = row["passage"]
    found = PassageOut.of_trace(row, records.get(id), id in cited)
    return found.model_copy(update={"cut": id in trace.get("cut", ())})


class OpinionOut(BaseModel):
    """What the customer said of a reply."""

    helpful: bool
    reason: str
    at: datetime

    @classmethod
    def of(cls, opinion: Opinion | None) -> "OpinionOut | None":
        return None if opinion is None else cls(helpful=opinion.helpful, reason=opinion.reason, at=opinion.at)


class MessageWithWhy(AgentMessage):
    """A message with its sources; of the assistant's, why it was said, and whether an agent marked it wrong."""

    citations: list[CitationOut]
    why: WhyOut | None
    feedback: OpinionOut | None
    wrong: bool


class FileOut(BaseModel):
    """A file that was sent; its content is read by its own route."""

    file: str
    name: str
    type: str
    size: int
    author: Author
    at: datetime

    @classmethod
    def of(cls, line: FileLine) -> "FileOut":
        return cls(file=line.id, name=line.name, type=line.media_type, size=line.size, author=line.author, at=line.at)


class EarlierOut(BaseModel):
    """Another conversation of the same customer."""

    id: str
    status: ConversationStatus
    opened_at: datetime
    question: str
    outcome: Outcome | None

    @classmethod
    def of(cls, earlier: EarlierConversation) -> "EarlierOut":
        return cls(
            id=earlier.id,
            status=earlier.status,
            opened_at=earlier.opened_at,
            question=earlier.question,
            outcome=earlier.outcome,
        )


class ConversationOut(ConversationLine):
    """A conversation for an agent, whole. `claimed` is what the customer's page said of them, unproven; `trace` holds
    every turn as it was noted."""

    closed_at: datetime | None
    previous_id: str | None
    blocked: bool
    claimed: dict[str, str]
    messages: list[MessageWithWhy]
    handoff: QueueItem | None
    profile: ProfileOut
    notes: list[NoteOut]
    files: list[FileOut]
    earlier: list[EarlierOut]
    trace: list[dict[str, Any]]
