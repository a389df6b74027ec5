"""How the care goes, in figures: each says what it counts. Conversations that were marked as spam are in none."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from app.care.policies import Policies
from app.domain.gaps import Unanswered, gaps_of
from app.domain.handoffs import HandoffReason
from app.domain.insight import Episode, Resolution, resolution_of, share
from app.domain.replies import Outcome

KEPT_SECONDS = 60.0
KEPT_AT_ONCE = 32
MOST_TOP = 10
MOST_REASONS = 20


@dataclass(frozen=True, kw_only=True)
class Hourly:
    """Things counted within one hour that begins `at`; `what` tells them apart."""

    at: datetime
    what: str
    count: int


@dataclass(frozen=True, kw_only=True)
class TokensUsed:
    """What the model's server counted within one hour."""

    at: datetime
    model: str
    input: int
    output: int


@dataclass(frozen=True, kw_only=True)
class AgentLoad:
    """`claimed`: conversations taken in the time asked for. `replies`: messages to customers in these. `in_hand`:
    conversations that the agent has now."""

    id: str
    name: str
    claimed: int
    replies: int
    in_hand: int


@dataclass(frozen=True, kw_only=True)
class CitedArticle:
    """How many replies cite it, of the newest 2,000 answers."""

    id: str
    title: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What a customer said of a reply, with a reason."""

    message_id: str
    conversation_id: str
    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Raw:
    """What the records count, from `since` on; hours are UTC.

    `conversations`: opened. `turns`: by outcome. `feelings`: turns by the feeling of what was said. `handoffs`: by
    reason. `waits`: seconds from a handoff to the first message of an agent, of the newest 5,000; `unmet`: handoffs
    that no agent has answered yet, those not waiting any more too. `episodes`: of the newest 5,000 conversations those
    without a person. `asked`: of the newest 2,000 turns that looked something up. `model_errors`: turns in which the
    model gave no usable answer, whatever was said instead."""

    conversations: Sequence[Hourly]
    turns: Sequence[Hourly]
    feelings: Sequence[Hourly]
    model_errors: Sequence[Hourly]
    tokens: Sequence[TokensUsed]
    handoffs: Mapping[HandoffReason, int]
    waits: Sequence[float]
    unmet: int
    episodes: Sequence[Episode]
    asked: Sequence[Unanswered]
    articles: Sequence[CitedArticle]
    agents: Sequence[AgentLoad]
    helpful: int
    unhelpful: int
    opinions: Sequence[Opinion]


class InsightRecords(Protocol):
    """Counts in bounded time, in one look."""

    async def raw(self, since: datetime) -> Raw: ...


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day of the zone asked for: conversations that were opened, turns by outcome, turns by feeling, and turns in
    which the model failed."""

    day: date
    conversations: int = 0
    outcomes: Mapping[Outcome, int] = field(default_factory=dict[Outcome, int])
    feelings: Mapping[str, int] = field(default_factory=dict[str, int])
    model_errors: int = 0
    tokens: int = 0


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question, in the words it was last asked in, and how often, of the newest 2,000 look-ups."""

    question: str
    count: int
    conversation_id: str


@dataclass(frozen=True, kw_only=True)
class ModelTokens:
    """Tokens of one model; `cost` in the currency of the policy, None for a model without a price."""

    model: str
    input: int
    output: int
    cost: float | None


@dataclass(frozen=True, kw_only=True)
class Waits:
    """Seconds from the handoff to the first message of a person: half of all, nine of ten, the longest. `unmet`: no
    person wrote yet, or the customer left before."""

    count: int
    p50: float | None
    p90: float | None
    longest: float | None
    unmet: int


@dataclass(frozen=True, kw_only=True)
class Figures:
    """`by_hour`: conversations opened, by hour of the day in the zone asked for. `resolved`: by the assistant alone, as
    domain.insight.resolution_of tells, of `without_person` conversations. `cost`: None where no price is set for any
    model that was used."""

    raw: Raw
    by_hour: Sequence[int]
    by_day: Sequence[Day]
    outcomes: Mapping[Outcome, int]
    resolved: Mapping[Resolution, int]
    without_person: int
    waits: Waits
    questions: Sequence[Asked]
    tokens: Sequence[ModelTokens]
    cost: float | None
    currency: str | None


@dataclass(frozen=True, kw_only=True)
class Insight:
    """Figures are kept for a minute: a page that is looked at by many is counted once."""

    records: InsightRecords
    policies: Policies
    key_of: Callable[[str], str]
    clock: Callable[[], datetime]
    _kept: dict[tuple[int, str], tuple[float, Figures]] = field(
        default_factory=dict[tuple[int, str], tuple[float, Figures]], init=False
    )
    _counting: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def figures(self, days: int, zone: ZoneInfo) -> Figures:
        """Of the last `days` days, today's among them."""
        async with self._counting:
            kept = self._kept.get((days, zone.key))
            if kept is not None and time.monotonic() - kept[0] < KEPT_SECONDS:
                return kept[1]
            figures = await self._count(days, zone)
            if len(self._kept) >= KEPT_AT_ONCE:
                self._kept.clear()
            self._kept[days, zone.key] = (time.monotonic(), figures)
            return figures

    async def _count(self, days: int, zone: ZoneInfo) -> Figures:
        now = self.clock()
        today = now.astimezone(zone).date()
        first = today - timedelta(days=days - 1)
        raw = await self.records.raw(datetime(first.year, first.month, first.day, tzinfo=zone))
        counted = [first + timedelta(days=number) for number in range(days)]
        return await asyncio.to_thread(self._figures, raw, counted, zone, now)

    def _figures(self, raw: Raw, days: Sequence[date], zone: ZoneInfo, now: datetime) -> Figures:
        prices = self.policies.current.prices
        tokens = [
            ModelTokens(model=model, input=used[0], output=used[1], cost=prices and prices.of(model, *used))
            for model, used in sorted(_by_model(raw.tokens).items())
        ]
        costs = [each.cost for each in tokens if each.cost is not None]
        return Figures(
            raw=raw,
            by_hour=_by_hour(raw.conversations, zone),
            by_day=_by_day(raw, days, zone),
            outcomes={Outcome(name): count for name, count in _totals(raw.turns).items()},
            resolved=_resolved(raw.episodes, now),
            without_person=len(raw.episodes),
            waits=_waits(raw),
            questions=self._questions(raw),
            tokens=tokens,
            cost=sum(costs) if costs else None,
            currency=prices.currency if prices else None,
        )

    def _questions(self, raw: Raw) -> list[Asked]:
        groups = gaps_of(raw.asked, self.key_of, {})[:MOST_TOP]
        return [
            Asked(question=group.question, count=len(group.times), conversation_id=group.times[0].conversation_id)
            for group in groups
        ]


def _by_hour(counted: Sequence[Hourly], zone: ZoneInfo) -> list[int]:
    hours = Counter[int]()
    for each in counted:
        hours[each.at.astimezone(zone).hour] += each.count
    return [hours[hour] for hour in range(24)]


def _by_day(raw: Raw, days: Sequence[date], zone: ZoneInfo) -> list[Day]:
    opened, outcomes, feelings, errors = (
        _of_days(counted, zone) for counted in (raw.conversations, raw.turns, raw.feelings, raw.model_errors)
    )
    tokens = Counter[date]()
    for used in raw.tokens:
        tokens[used.at.astimezone(zone).date()] += used.input + used.output
    return [
        Day(
            day=day,
            conversations=opened[day].total(),
            outcomes={Outcome(name): count for name, count in outcomes[day].items()},
            feelings=feelings[day],
            model_errors=errors[day].total(),
            tokens=tokens[day],
        )
        for day in days
    ]


def _of_days(counted: Sequence[Hourly], zone: ZoneInfo) -> defaultdict[date, Counter[str]]:
    days: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for each in counted:
        days[each.at.astimezone(zone).date()][each.what] += each.count
    return days


def _totals(counted: Sequence[Hourly]) -> Counter[str]:
    totals = Counter[str]()
    for each in counted:
        totals[each.what] += each.count
    return totals


def _by_model(used: Sequence[TokensUsed]) -> Mapping[str, tuple[int, int]]:
    totals: dict[str, tuple[int, int]] = {}
    for each in used:
        read, written = totals.get(each.model, (0, 0))
        totals[each.model] = (read + each.input, written + each.output)
    return totals


def _resolved(episodes: Sequence[Episode], now: datetime) -> Mapping[Resolution, int]:
    found = Counter(resolution_of(episode, now) for episode in episodes)
    return {resolution: found[resolution] for resolution in Resolution}


def _waits(raw: Raw) -> Waits:
    return Waits(
        count=len(raw.waits),
        p50=share(raw.waits, 50),
        p90=share(raw.waits, 90),
        longest=max(raw.waits, default=None),
        unmet=raw.unmet,
    )
