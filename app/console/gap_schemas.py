"""What goes in and out of the routes of gaps and wrong answers."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from app.care.gaps import WrongAnswer
from app.console.library_schemas import Readable, TriedCitation
from app.domain.gaps import LONGEST_QUESTION, Gap
from app.web.schemas import Strict


class GapOut(BaseModel):
    """A question asked in vain: how often, when and where last, and what an agent answered then."""

    question: str
    count: int
    last_at: datetime
    conversation: str
    agent_reply: str | None

    @classmethod
    def of(cls, gap: Gap) -> "GapOut":
        last = gap.times[0]
        return cls(
            question=gap.question,
            count=len(gap.times),
            last_at=last.at,
            conversation=last.conversation_id,
            agent_reply=gap.agent_reply or None,
        )


class GapList(BaseModel):
    """Of the last 90 days, most often asked first, at most 100."""

    gaps: list[GapOut]


class GapSettled(Strict):
    """The question as it is listed; `article` answers it now, or it needs none."""

    question: Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION), Readable]
    article: Annotated[str | None, Field(max_length=256, pattern=r"^[^\x00]+$")] = None


class WrongIn(Strict):
    """What is wrong with the answer."""

    reason: Annotated[str, Field(max_length=1_000), Readable] = ""


class WrongOut(BaseModel):
    """An answer of the assistant that an agent found wrong, and the customer's question before it."""

    message: str
    conversation: str
    question: str
    reply: str
    citations: list[TriedCitation]
    reason: str
    agent: str
    at: datetime
    settled_at: datetime | None

    @classmethod
    def of(cls, wrong: WrongAnswer) -> "WrongOut":
        return cls(
            message=wrong.message_id,
            conversation=wrong.conversation_id,
            question=wrong.question,
            reply=wrong.reply,
            citations=[TriedCitation.of(each) for each in wrong.citations],
            reason=wrong.reason,
            agent=wrong.agent_name,
            at=wrong.at,
            settled_at=wrong.settled_at,
        )


class WrongList(BaseModel):
    """Newest first, settled ones last, at most 100."""

    wrong: list[WrongOut]
