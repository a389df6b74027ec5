"""Deliveries as rows: taken under a deadline, noted before each try and after it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, exists, insert, select, update

from app.care.outbox import EndpointExistsError, NewEndpoint
from app.care.wakeups import DELIVERIES, Wakeups
from app.domain.deliveries import (
    Delivery,
    DeliveryStatus,
    Endpoint,
    EndpointKind,
    NextStep,
    Tried,
    WhenUnknown,
    after_asking,
    after_try,
    rest_after,
)
from app.storage import tables as t
from app.storage.database import Database
from app.storage.rows import AnyRow, Clock, NewId, stored, utc, utc_or_none

ENDED = (DeliveryStatus.SENT, DeliveryStatus.FAILED, DeliveryStatus.SETTLED)


@dataclass(frozen=True)
class OutboxRecords:
    """Implements care.outbox.OutboxRecords."""

    database: Database
    wakeups: Wakeups
    clock: Clock
    new_id: NewId

    async def due_endpoints(self) -> Sequence[str]:
        now = stored(self.clock())
        return await self.database.glance(lambda c: list(c.execute(_due_endpoints(now)).scalars()))

    async def take_deliveries(self, endpoint_id: str, owner: str, limit: int, until: datetime) -> Sequence[Delivery]:
        now, dead_at = stored(self.clock()), stored(until)
        return await self.database.write(lambda c: _take(c, endpoint_id, owner, limit, now, dead_at))

    async def give_up_tries(self) -> None:
        """At the start of the only process: whoever sent is gone, so the outcome of its tries is unknown now."""
        sending = update(t.deliveries).where(t.deliveries.c.status == DeliveryStatus.SENDING)
        now = stored(self.clock())
        await self.database.write(lambda c: c.execute(sending.values(next_at=now)).rowcount)

    async def give_back(self, owner: str, under_way: Sequence[str]) -> None:
        mine = and_(t.deliveries.c.status == DeliveryStatus.SENDING, t.deliveries.c.owner == owner)
        idle = update(t.deliveries).where(mine, t.deliveries.c.id.not_in(under_way))
        due = {"status": DeliveryStatus.DUE, "next_at": stored(self.clock()), "owner": None}
        again = idle.values(attempts=t.deliveries.c.attempts - 1, **due)
        await self.database.write(lambda c: c.execute(again).rowcount)

    async def prune(self, before: datetime, limit: int) -> int:
        done = t.deliveries.c.status.in_((DeliveryStatus.SENT, DeliveryStatus.SETTLED))
        old = select(t.deliveries.c.id).where(done, t.deliveries.c.ended_at < stored(before)).limit(limit)
        found = await self.database.read(lambda c: list(c.execute(old).scalars()))  # beside the writer: it looks at all
        gone = delete(t.deliveries).where(t.deliveries.c.id.in_(found))
        return await self.database.write(lambda c: c.execute(gone).rowcount) if found else 0

    async def note_try(self, delivery: Delivery, tried: Tried, reason: str = "", wait: float = 0) -> None:
        step = after_try(delivery, tried, self.clock(), wait)
        unknowns = delivery.unknowns + (tried is Tried.UNKNOWN)
        values = {"reason": reason, "unknowns": unknowns}

        def transition(c: Connection) -> None:
            if _note(c, delivery, step, values, stored(self.clock())):
                _note_health(c, delivery.endpoint.id, tried, stored(self.clock()))

        await self.database.write(transition)

    async def note_answer(self, delivery: Delivery, arrived: bool | None) -> None:
        step, now = after_asking(delivery, arrived, self.clock()), stored(self.clock())
        await self.database.write(lambda c: _note(c, delivery, step, {}, now))

    async def unsettled(self, limit: int = 200) -> Sequence[Delivery]:
        stuck = and_(t.deliveries.c.status == DeliveryStatus.UNKNOWN, t.deliveries.c.next_at.is_(None))
        wanted = _with_endpoints().where(stuck | (t.deliveries.c.status == DeliveryStatus.FAILED))
        newest = wanted.order_by(t.deliveries.c.created_at.desc()).limit(limit)
        return await self.database.read(lambda c: [_delivery_from(row) for row in c.execute(newest)])

    async def send_again(self, delivery_id: str) -> bool:
        values = {"status": DeliveryStatus.DUE, "next_at": stored(self.clock()), "attempts": 0, "ended_at": None}
        found = await self._decide(delivery_id, values)
        self.wakeups.tell(DELIVERIES)
        return found

    async def settle(self, delivery_id: str) -> bool:
        values = {"status": DeliveryStatus.SETTLED, "next_at": None, "ended_at": stored(self.clock())}
        return await self._decide(delivery_id, values)

    async def add_endpoint(self, new: NewEndpoint) -> Endpoint:
        endpoint_id = self.new_id("end" if new.kind is EndpointKind.EVENTS else "chn")
        values = {**asdict(new), "kinds": sorted(new.kinds), "id": endpoint_id, "created_at": stored(self.clock())}
        return await self.database.write(lambda c: _add_endpoint(c, values))

    async def endpoints(self) -> Sequence[Endpoint]:
        wanted = select(t.endpoints).order_by(t.endpoints.c.name)
        return await self.database.read(lambda c: [_endpoint_from(row) for row in c.execute(wanted)])

    async def endpoint(self, endpoint_id: str) -> Endpoint | None:
        wanted = select(t.endpoints).where(t.endpoints.c.id == endpoint_id, t.endpoints.c.disabled_at.is_(None))

        def read(c: Connection) -> Endpoint | None:
            row = c.execute(wanted).one_or_none()
            return None if row is None else _endpoint_from(row)

        return await self.database.look(read)

    async def disable_endpoint(self, endpoint_id: str) -> bool:
        now = stored(self.clock())
        return await self.database.write(lambda c: _disable(c, endpoint_id, now))

    async def _decide(self, delivery_id: str, values: Mapping[str, Any]) -> bool:
        """Only about those that wait for an agent's word."""
        open_ones = t.deliveries.c.status.in_((DeliveryStatus.UNKNOWN, DeliveryStatus.FAILED))
        change = update(t.deliveries).where(t.deliveries.c.id == delivery_id, open_ones).values(**values)
        return await self.database.write(lambda c: c.execute(change).rowcount > 0)


def _due_endpoints(now: datetime) -> Select[Any]:
    due = exists().where(t.deliveries.c.endpoint_id == t.endpoints.c.id, t.deliveries.c.next_at <= now)
    return select(t.endpoints.c.id).where(*_awake(now), due)


def _awake(now: datetime) -> tuple[Any, ...]:
    rested = t.endpoints.c.rests_until.is_(None) | (t.endpoints.c.rests_until <= now)
    return t.endpoints.c.disabled_at.is_(None), rested


def _due(endpoint_id: str, now: datetime, limit: int) -> Select[Any]:
    """To a channel a message waits for the ones before it in its conversation, as long as those may still go out."""
    before = t.deliveries.alias()
    earlier = exists().where(
        before.c.conversation_id == t.deliveries.c.conversation_id,
        before.c.endpoint_id == t.deliveries.c.endpoint_id,
        before.c.seq < t.deliveries.c.seq,
        before.c.next_at.is_not(None),
    )
    in_order = (t.endpoints.c.kind == EndpointKind.EVENTS) | ~earlier
    mine = (t.deliveries.c.endpoint_id == endpoint_id, t.deliveries.c.next_at <= now)
    due = _with_endpoints().where(*mine, *_awake(now), in_order)
    return due.order_by(t.deliveries.c.next_at, t.deliveries.c.seq).limit(limit)


def _take(
    c: Connection, endpoint_id: str, owner: str, limit: int, now: datetime, until: datetime
) -> Sequence[Delivery]:
    rows = c.execute(_due(endpoint_id, now, limit).with_for_update(skip_locked=True, of=t.deliveries)).all()
    taken = [_taken(c, _delivery_from(row), owner, until, now) for row in rows]
    return [delivery for delivery in taken if delivery is not None]


def _taken(c: Connection, delivery: Delivery, owner: str, until: datetime, now: datetime) -> Delivery | None:
    """A try under way whose process died is an unknown outcome; one to be asked about stays unknown while asking."""
    match delivery.status:
        case DeliveryStatus.SENDING:
            step = after_try(delivery, Tried.UNKNOWN, utc(now))
            values = {"unknowns": delivery.unknowns + 1, "reason": "the process that sent it ended"}
            _change(c, delivery.id, step, {**values, "owner": None}, now)
            return None
        case DeliveryStatus.UNKNOWN:
            asked = replace(delivery, asked=delivery.asked + 1)
            step = NextStep(status=DeliveryStatus.UNKNOWN, at=utc(until))
            _change(c, delivery.id, step, {"asked": asked.asked, "owner": owner}, now)
            return asked
        case _:
            sent = replace(delivery, attempts=delivery.attempts + 1, status=DeliveryStatus.SENDING)
            step = NextStep(status=DeliveryStatus.SENDING, at=utc(until))
            _change(c, delivery.id, step, {"attempts": sent.attempts, "owner": owner}, now)
            return sent


def _note(c: Connection, delivery: Delivery, step: NextStep, values: Mapping[str, Any], now: datetime) -> bool:
    """Only for the try that was noted: one that came back too late changes nothing."""
    still = and_(t.deliveries.c.status == delivery.status, t.deliveries.c.attempts == delivery.attempts)
    same = and_(still, t.deliveries.c.asked == delivery.asked, t.deliveries.c.unknowns == delivery.unknowns)
    return _change(c, delivery.id, step, {**values, "owner": None}, now, same)


def _change(
    c: Connection, delivery_id: str, step: NextStep, values: Mapping[str, Any], now: datetime, *conditions: Any
) -> bool:
    next_at = None if step.at is None else stored(step.at)
    ended = {"ended_at": now} if step.status in ENDED else {}
    change = update(t.deliveries).where(t.deliveries.c.id == delivery_id, *conditions)
    return c.execute(change.values(status=step.status, next_at=next_at, **ended, **values)).rowcount > 0


def _note_health(c: Connection, endpoint_id: str, tried: Tried, now: datetime) -> None:
    """A dead endpoint is asked less and less; the first success ends its rest. Of tries that failed together one
    counts: the first one's rest covers the others."""
    endpoint = t.endpoints.c.id == endpoint_id
    if tried in (Tried.SENT, Tried.REFUSED):
        sick = endpoint & (t.endpoints.c.failures > 0)
        c.execute(update(t.endpoints).where(sick).values(failures=0, rests_until=None))
        return
    counted = update(t.endpoints).where(endpoint, *_awake(now)).values(failures=t.endpoints.c.failures + 1)
    failures = c.execute(counted.returning(t.endpoints.c.failures)).scalar_one_or_none()
    if failures:
        c.execute(update(t.endpoints).where(endpoint).values(rests_until=now + rest_after(failures)))


def _add_endpoint(c: Connection, values: Mapping[str, Any]) -> Endpoint:
    if c.execute(select(t.endpoints.c.id).where(t.endpoints.c.name == values["name"])).first():
        raise EndpointExistsError(values["name"])
    return _endpoint_from(c.execute(insert(t.endpoints).values(**values).returning(t.endpoints)).one())


def _disable(c: Connection, endpoint_id: str, now: datetime) -> bool:
    enabled = and_(t.endpoints.c.id == endpoint_id, t.endpoints.c.disabled_at.is_(None))
    open_ones = and_(t.deliveries.c.endpoint_id == endpoint_id, t.deliveries.c.status.not_in(ENDED))
    settled = {"status": DeliveryStatus.SETTLED, "next_at": None, "ended_at": now, "reason": "endpoint disabled"}
    c.execute(update(t.deliveries).where(open_ones).values(**settled))
    return c.execute(update(t.endpoints).where(enabled).values(disabled_at=now)).rowcount > 0


def _with_endpoints() -> Select[Any]:
    named = [column.label(f"to_{column.name}") for column in t.endpoints.c]
    return select(t.deliveries, *named).join(t.endpoints, t.endpoints.c.id == t.deliveries.c.endpoint_id)


def _endpoint_from(row: AnyRow, prefix: str = "") -> Endpoint:
    fields = {name: getattr(row, prefix + name) for name in ("id", "name", "address", "secret")}
    return Endpoint(
        **fields,
        kind=EndpointKind(getattr(row, f"{prefix}kind")),
        kinds=frozenset(getattr(row, f"{prefix}kinds")),
        when_unknown=WhenUnknown(getattr(row, f"{prefix}when_unknown")),
        disabled_at=utc_or_none(getattr(row, f"{prefix}disabled_at")),
    )


def _delivery_from(row: AnyRow) -> Delivery:
    names = ("id", "conversation_id", "seq", "kind", "body", "attempts", "asked", "unknowns", "reason")
    fields: Mapping[str, Any] = {name: getattr(row, name) for name in names}
    return Delivery(
        **fields,
        endpoint=_endpoint_from(row, "to_"),
        status=DeliveryStatus(row.status),
        created_at=utc(row.created_at),
    )
