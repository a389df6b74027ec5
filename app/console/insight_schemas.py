"""What goes out of the insight route."""

from datetime import date, datetime

from pydantic import BaseModel

from app.care.insight import AgentLoad, Asked, CitedArticle, Day, Figures, ModelTokens, Opinion, Waits
from app.domain.handoffs import HandoffReason
from app.domain.insight import Resolution
from app.domain.replies import Outcome


class DayOut(BaseModel):
    """Conversations that were opened, turns by outcome and by the customer's feeling, turns in which the model failed,
    and tokens, of one day of the zone."""

    day: date
    conversations: int
    outcomes: dict[Outcome, int]
    feelings: dict[str, int]
    model_errors: int
    tokens: int

    @classmethod
    def of(cls, day: Day) -> "DayOut":
        return cls(**vars(day))


class WaitsOut(BaseModel):
    """Seconds from the handoff to the first message of a person: half of all, nine of ten, the longest. `unmet`: no
    person wrote yet, or the customer left before."""

    count: int
    p50: float | None
    p90: float | None
    longest: float | None
    unmet: int

    @classmethod
    def of(cls, waits: Waits) -> "WaitsOut":
        return cls(**vars(waits))


class AskedOut(BaseModel):
    """A question and how often it was asked."""

    question: str
    count: int
    conversation: str

    @classmethod
    def of(cls, asked: Asked) -> "AskedOut":
        return cls(question=asked.question, count=asked.count, conversation=asked.conversation_id)


class CitedOut(BaseModel):
    """An article and how many replies cite it."""

    id: str
    title: str
    count: int

    @classmethod
    def of(cls, cited: CitedArticle) -> "CitedOut":
        return cls(**vars(cited))


class AgentLoadOut(BaseModel):
    """`claimed` and `replies` in the time asked for; `in_hand` now."""

    id: str
    name: str
    claimed: int
    replies: int
    in_hand: int

    @classmethod
    def of(cls, load: AgentLoad) -> "AgentLoadOut":
        return cls(**vars(load))


class TokensOut(BaseModel):
    """Tokens of one model; `cost` is null for a model without a price."""

    model: str
    input: int
    output: int
    cost: float | None

    @classmethod
    def of(cls, tokens: ModelTokens) -> "TokensOut":
        return cls(**vars(tokens))


class OpinionOut(BaseModel):
    """Why a reply did not help, in the customer's words."""

    message: str
    conversation: str
    reason: str
    at: datetime

    @classmethod
    def of(cls, opinion: Opinion) -> "OpinionOut":
        about = {"message": opinion.message_id, "conversation": opinion.conversation_id, "reason": opinion.reason}
        return cls(**about, at=opinion.at)


class FeedbackOut(BaseModel):
    """Thumbs up and down, and the newest reasons of those down."""

    helpful: int
    unhelpful: int
    reasons: list[OpinionOut]


class InsightOut(BaseModel):
    """The figures of the last `days`. `by_hour`: conversations opened, by hour of the day. `resolved`: by the assistant
    alone, of `without_person` conversations. `cost` is null where no price is set."""

    days: int
    zone: str
    by_hour: list[int]
    by_day: list[DayOut]
    outcomes: dict[Outcome, int]
    handoffs: dict[HandoffReason, int]
    resolved: dict[Resolution, int]
    without_person: int
    waits: WaitsOut
    questions: list[AskedOut]
    articles: list[CitedOut]
    agents: list[AgentLoadOut]
    tokens: list[TokensOut]
    cost: float | None
    currency: str | None
    feedback: FeedbackOut

    @classmethod
    def of(cls, figures: Figures, *, days: int, zone: str) -> "InsightOut":
        raw = figures.raw
        return cls(
            days=days,
            zone=zone,
            by_hour=list(figures.by_hour),
            by_day=[DayOut.of(day) for day in figures.by_day],
            outcomes=dict(figures.outcomes),
            handoffs=dict(raw.handoffs),
            resolved=dict(figures.resolved),
            without_person=figures.without_person,
            waits=WaitsOut.of(figures.waits),
            questions=[AskedOut.of(each) for each in figures.questions],
            articles=[CitedOut.of(each) for each in raw.articles],
            agents=[AgentLoadOut.of(each) for each in raw.agents],
            tokens=[TokensOut.of(each) for each in figures.tokens],
            cost=figures.cost,
            currency=figures.currency,
            feedback=FeedbackOut(
                helpful=raw.helpful,
                unhelpful=raw.unhelpful,
                reasons=[OpinionOut.of(each) for each in raw.opinions],
            ),
        )
