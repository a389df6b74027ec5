"""What the insight page counts, over the indexes of when conversations were opened and turns ended."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, and_, case, cast, func, select

from app.care.insight import AgentLoad, CitedArticle, Hourly, Opinion, Raw, TokensUsed
from app.domain.conversations import Author
from app.domain.gaps import LONGEST_QUESTION, Unanswered
from app.domain.handoffs import HandoffReason, HandoffStatus
from app.domain.replies import Outcome
from app.storage import tables as t
from app.storage.database import Database
from app.storage.insight_episodes import episodes_since
from app.storage.rows import AnyRow, stored, utc

MOST_TURNS = 2_000
MOST_WAITS = 5_000
MOST_OPINIONS = 20
MOST_CITED = 10
CALLS_OF_A_REPLY = 3
"""A trace holds the usage of so many calls at most."""

TRACE = t.turns.c.trace


@dataclass(frozen=True)
class InsightRecords:
    """Implements care.insight.InsightRecords."""

    database: Database

    async def raw(self, since: datetime) -> Raw:
        return await self.database.read(lambda c: _raw(c, stored(since)))


def _raw(c: Connection, since: datetime) -> Raw:
    waits, unmet = _waits(c, since)
    opinions = _opinions(c, since)
    turns = c.execute(_turns(since)).all()
    return Raw(
        conversations=[_counted(row, "opened") for row in c.execute(_opened(since))],
        turns=[_counted(row, row.outcome) for row in turns if row.outcome is not None],
        feelings=[_counted(row, row.feeling) for row in turns if row.feeling is not None],
        model_errors=[_counted(row, "failed") for row in turns if row.failed],
        tokens=_tokens(c, since),
        handoffs=_handoffs(c, since),
        waits=waits,
        unmet=unmet,
        episodes=episodes_since(c, since),
        asked=_asked(c, since),
        articles=_articles(c, since),
        agents=_agents(c, since),
        helpful=opinions[True],
        unhelpful=opinions[False],
        opinions=_reasons(c, since),
    )


_NO_SPAM = t.conversations.c.spam_at.is_(None)
_MODEL_FAILED = and_(TRACE["answerer"].as_string().is_not(None), TRACE["failure"].as_string().is_not(None))


def _hour(moment: ColumnElement[Any]) -> ColumnElement[str]:
    """As text, which both databases cut alike."""
    return func.substr(cast(moment, String), 1, 13)


def _counted(row: AnyRow, what: str) -> Hourly:
    return Hourly(at=_began(row.hour), what=what, count=row.number)


def _began(hour: str) -> datetime:
    return datetime.strptime(hour, "%Y-%m-%d %H").replace(tzinfo=UTC)


def _opened(since: datetime) -> Any:
    hour = _hour(t.conversations.c.opened_at).label("hour")
    counted = select(hour, func.count().label("number"))
    return counted.where(t.conversations.c.opened_at >= since, _NO_SPAM).group_by(hour)


def _turns(since: datetime) -> Any:
    """Counted by all that is told apart, in one look at each trace."""
    told = (
        _hour(t.turns.c.finished_at).label("hour"),
        t.turns.c.outcome.label("outcome"),
        TRACE["feeling"].as_string().label("feeling"),
        case((_MODEL_FAILED, 1), else_=0).label("failed"),
    )
    counted = select(*told, func.count().label("number")).join(t.conversations, _of_turn())
    return counted.where(t.turns.c.finished_at >= since, _NO_SPAM).group_by(*told)


def _of_turn() -> ColumnElement[bool]:
    return t.conversations.c.id == t.turns.c.conversation_id


def _tokens(c: Connection, since: datetime) -> list[TokensUsed]:
    """Of all the calls that a reply may take; a later one is only where there was an earlier."""
    used: list[TokensUsed] = []
    for call in range(CALLS_OF_A_REPLY):
        some = _tokens_of(c, since, call)
        used += some
        if not some:
            break
    return used


def _tokens_of(c: Connection, since: datetime, call: int) -> list[TokensUsed]:
    model = TRACE[("usage", call, "model")].as_string().label("model")
    sums = [
        func.sum(TRACE[("usage", call, name)].as_integer()).label(name) for name in ("input_tokens", "output_tokens")
    ]
    hour = _hour(t.turns.c.finished_at).label("hour")
    counted = select(hour, model, *sums).join(t.conversations, _of_turn())
    wanted = counted.where(t.turns.c.finished_at >= since, _NO_SPAM, model.is_not(None)).group_by(hour, model)
    return [
        TokensUsed(at=_began(row.hour), model=row.model, input=row.input_tokens or 0, output=row.output_tokens or 0)
        for row in c.execute(wanted)
    ]


def _of_handoff() -> ColumnElement[bool]:
    return t.conversations.c.id == t.handoffs.c.conversation_id


def _handoffs(c: Connection, since: datetime) -> Mapping[HandoffReason, int]:
    counted = select(t.handoffs.c.reason, func.count().label("number")).join(t.conversations, _of_handoff())
    wanted = counted.where(t.handoffs.c.created_at >= since, _NO_SPAM).group_by(t.handoffs.c.reason)
    return {HandoffReason(row.reason): row.number for row in c.execute(wanted)}


def _waits(c: Connection, since: datetime) -> tuple[list[float], int]:
    """Seconds to the first message of a person, and how many handoffs had none. One whom an agent stepped in for did
    not wait."""
    answered = select(func.min(t.messages.c.at)).where(
        t.messages.c.conversation_id == t.handoffs.c.conversation_id,
        t.messages.c.author == Author.AGENT,
        t.messages.c.at >= t.handoffs.c.created_at,
    )
    waited = select(t.handoffs.c.created_at, answered.scalar_subquery().label("met_at"))
    called = (t.handoffs.c.created_at >= since, t.handoffs.c.reason != HandoffReason.TAKEN_OVER, _NO_SPAM)
    newest = waited.join(t.conversations, _of_handoff()).where(*called).order_by(t.handoffs.c.created_at.desc())
    rows = c.execute(newest.limit(MOST_WAITS)).all()
    met = [(row.met_at - row.created_at).total_seconds() for row in rows if row.met_at is not None]
    return met, len(rows) - len(met)


def _asked(c: Connection, since: datetime) -> list[Unanswered]:
    """Of the newest turns that looked something up; their messages, as one question."""
    looked_up = TRACE["decision"].as_string().in_(("Answer", "NotKnown"))
    columns = (t.turns.c.id, t.turns.c.conversation_id, t.turns.c.covers_from, t.turns.c.covers_to)
    turns = select(*columns, t.turns.c.finished_at).join(t.conversations, _of_turn())
    wanted = turns.where(t.turns.c.finished_at >= since, looked_up, _NO_SPAM).order_by(t.turns.c.finished_at.desc())
    newest = wanted.limit(MOST_TURNS).subquery()
    theirs = and_(
        t.messages.c.conversation_id == newest.c.conversation_id,
        t.messages.c.author == Author.CUSTOMER,
        t.messages.c.seq == newest.c.covers_to,
    )
    return [_question(row) for row in c.execute(select(newest, t.messages.c.text).join(t.messages, theirs))]


def _question(row: AnyRow) -> Unanswered:
    return Unanswered(
        question=row.text[:LONGEST_QUESTION],
        conversation_id=row.conversation_id,
        at=utc(row.finished_at),
        covers_to=row.covers_to,
    )


def _articles(c: Connection, since: datetime) -> list[CitedArticle]:
    """A reply counts once for each article that it cites."""
    turns = select(t.turns.c.conversation_id, t.turns.c.finished_at).join(t.conversations, _of_turn())
    answers = turns.where(t.turns.c.finished_at >= since, t.turns.c.outcome == Outcome.ANSWERED, _NO_SPAM)
    newest = answers.order_by(t.turns.c.finished_at.desc()).limit(MOST_TURNS).subquery()
    reply = and_(
        t.messages.c.conversation_id == newest.c.conversation_id,
        t.messages.c.author == Author.ASSISTANT,
        t.messages.c.at == newest.c.finished_at,
    )
    counts, titles = Counter[str](), dict[str, str]()
    for citations in c.execute(select(t.messages.c.citations).join(newest, reply)).scalars():
        cited = {citation["article_id"]: citation["title"] for citation in citations}
        counts.update(cited.keys())
        titles |= cited
    return [CitedArticle(id=id, title=titles[id], count=count) for id, count in counts.most_common(MOST_CITED)]


def _agents(c: Connection, since: datetime) -> list[AgentLoad]:
    in_hand = func.sum(case((t.handoffs.c.status == HandoffStatus.CLAIMED, 1), else_=0)).label("in_hand")
    claimed = func.sum(case((t.handoffs.c.claimed_at >= since, 1), else_=0)).label("claimed")
    taken = (t.handoffs.c.claimed_at >= since) | (t.handoffs.c.status == HandoffStatus.CLAIMED)
    work = select(t.agents.c.id, t.agents.c.name, claimed, in_hand).join(
        t.handoffs, t.handoffs.c.agent_id == t.agents.c.id
    )
    wanted = work.join(t.conversations, _of_handoff()).where(taken, _NO_SPAM).group_by(t.agents.c.id, t.agents.c.name)
    replies = _replies(c, since)
    return [
        AgentLoad(id=row.id, name=row.name, claimed=row.claimed, replies=replies.get(row.id, 0), in_hand=row.in_hand)
        for row in c.execute(wanted.order_by(claimed.desc(), t.agents.c.name))
    ]


def _replies(c: Connection, since: datetime) -> Mapping[str, int]:
    """In conversations that the agent took in this time."""
    mine = select(t.handoffs.c.agent_id, t.handoffs.c.conversation_id).distinct()
    taken = mine.where(t.handoffs.c.claimed_at >= since).subquery()
    said = and_(
        t.messages.c.conversation_id == taken.c.conversation_id,
        t.messages.c.agent_id == taken.c.agent_id,
        t.messages.c.at >= since,
    )
    counted = select(taken.c.agent_id, func.count().label("number")).join(t.messages, said)
    return {row.agent_id: row.number for row in c.execute(counted.group_by(taken.c.agent_id))}


def _of_opinion() -> ColumnElement[bool]:
    return t.conversations.c.id == t.feedback.c.conversation_id


def _opinions(c: Connection, since: datetime) -> Counter[bool]:
    counted = select(t.feedback.c.helpful, func.count().label("number")).join(t.conversations, _of_opinion())
    wanted = counted.where(t.feedback.c.at >= since, _NO_SPAM).group_by(t.feedback.c.helpful)
    return Counter({bool(row.helpful): row.number for row in c.execute(wanted)})


def _reasons(c: Connection, since: datetime) -> Sequence[Opinion]:
    """The newest that say why a reply did not help."""
    said = select(t.feedback).join(t.conversations, _of_opinion())
    why = said.where(t.feedback.c.at >= since, t.feedback.c.helpful.is_(False), t.feedback.c.reason != "", _NO_SPAM)
    newest = why.order_by(t.feedback.c.at.desc()).limit(MOST_OPINIONS)
    return [
        Opinion(message_id=r.message_id, conversation_id=r.conversation_id, reason=r.reason, at=utc(r.at))
        for r in c.execute(newest)
    ]
