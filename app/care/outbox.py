"""What must go out is delivered: each try is noted before it is made, and what became of it after."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from app.care.measures import Measures, NoMeasures
from app.care.records import RecordsUnavailableError
from app.domain.deliveries import Delivery, DeliveryStatus, Endpoint, EndpointKind, Tried, WhenUnknown

log = logging.getLogger(__name__)

NOTE_AGAIN_AFTER = (0.2, 0.5, 1.0, 2.0, 4.0, 6.0)
PRUNED_AT_ONCE = 500
KEPT = timedelta(days=30)
"""Sent and settled deliveries hold customers' words and serve nobody after that."""

AT_ONCE = 8
"""Tries under way at one endpoint: a slow one takes no room from the others."""


class NotDeliveredError(Exception):
    """It surely did not arrive; the reason is short and names no content. `wait`: seconds the receiver asks for."""

    def __init__(self, reason: str, wait: float = 0) -> None:
        super().__init__(reason)
        self.wait = wait


class RefusedDeliveryError(Exception):
    """The receiver will never take it."""


class UnknownOutcomeError(Exception):
    """It may have arrived: the connection ended between the sending and the answer."""


class Courier(Protocol):
    """Takes deliveries to their receivers. Every call ends within some seconds."""

    async def send(self, delivery: Delivery) -> None:
        """Raises NotDeliveredError, RefusedDeliveryError, UnknownOutcomeError."""
        ...

    async def arrived(self, delivery: Delivery) -> bool:
        """Asks the receiver whether it has the delivery. Raises UnknownOutcomeError when it cannot tell."""
        ...


@dataclass(frozen=True, kw_only=True)
class NewEndpoint:
    """An endpoint about to be added."""

    kind: EndpointKind
    name: str
    address: str
    secret: str = field(repr=False)
    kinds: frozenset[str] = frozenset()
    when_unknown: WhenUnknown = WhenUnknown.REPEAT


class EndpointExistsError(Exception):
    """Another endpoint has this name."""


class OutboxRecords(Protocol):
    """Deliveries and where they go."""

    async def due_endpoints(self) -> Sequence[str]:
        """Ids of endpoints that have something to be looked at now and are not resting."""
        ...

    async def take_deliveries(self, endpoint_id: str, owner: str, limit: int, until: datetime) -> Sequence[Delivery]:
        """Notes a try, or a question, for each before it is made. A try whose process died counts as unknown. To a
        channel, a conversation's messages go one after the other."""
        ...

    async def note_try(self, delivery: Delivery, tried: Tried, reason: str = "", wait: float = 0) -> None: ...

    async def note_answer(self, delivery: Delivery, arrived: bool | None) -> None: ...

    async def give_back(self, owner: str, under_way: Sequence[str]) -> None:
        """What stands as being sent by this owner, and is not `under_way`, is due again: nobody began it."""
        ...

    async def prune(self, before: datetime, limit: int) -> int:
        """Deletes deliveries that were sent or settled before then; how many."""
        ...

    async def unsettled(self, limit: int = 200) -> Sequence[Delivery]:
        """Those that an agent has to see: given up, or with an outcome that nobody can find out."""
        ...

    async def send_again(self, delivery_id: str) -> bool: ...

    async def settle(self, delivery_id: str) -> bool:
        """An agent says that it is done with."""
        ...

    async def add_endpoint(self, new: NewEndpoint) -> Endpoint:
        """Raises EndpointExistsError."""
        ...

    async def endpoints(self) -> Sequence[Endpoint]: ...

    async def endpoint(self, endpoint_id: str) -> Endpoint | None:
        """None for one that is unknown or disabled."""
        ...

    async def disable_endpoint(self, endpoint_id: str) -> bool:
        """What was still due to it is settled."""
        ...


@dataclass(kw_only=True)
class Outbox:
    """Delivers what is due. `try_seconds` is the longest that a courier takes, twice of it until others may look."""

    records: OutboxRecords
    courier: Courier
    owner: str
    clock: Callable[[], datetime]
    measures: Measures = field(default_factory=NoMeasures)
    try_seconds: float = 20.0
    note_again_after: Sequence[float] = NOTE_AGAIN_AFTER
    _under_way: Counter[str] = field(default_factory=Counter[str])
    _stopping: bool = False
    _lost: bool = False
    _taking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _begun: set[str] = field(default_factory=set[str])
    _tasks: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    async def deliver_due(self) -> None:
        """Begins what is due, in the background."""
        for endpoint_id in await self.records.due_endpoints():
            room = AT_ONCE - self._under_way[endpoint_id]
            for delivery in await self._taken(endpoint_id, room) if room > 0 else ():
                self._begin(delivery)

    async def _taken(self, endpoint_id: str, limit: int) -> Sequence[Delivery]:
        """Where the answer of the records was lost, what they noted as taken is given back: it was never begun. One at
        a time: what is being taken must not be given back."""
        until = self.clock() + timedelta(seconds=2 * self.try_seconds)
        async with self._taking:
            if self._lost:
                await self._give_back()
            try:
                taken = await self.records.take_deliveries(endpoint_id, self.owner, limit, until)
            except (RecordsUnavailableError, asyncio.CancelledError):
                self._lost = True
                raise
            self._begun.update(delivery.id for delivery in taken)
            return taken

    async def _give_back(self) -> None:
        await self.records.give_back(self.owner, list(self._begun))
        self._lost = False

    async def prune(self) -> None:
        """Deletes what arrived long ago."""
        while await self.records.prune(self.clock() - KEPT, PRUNED_AT_ONCE):
            pass

    async def stop(self) -> None:
        """Waits for the tries under way: each ends by itself, and no other begins. What was taken in the instant of
        the stop is given back."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self.try_seconds)
        async with self._taking:
            await self._give_back()

    def _begin(self, delivery: Delivery) -> None:
        self._under_way[delivery.endpoint.id] += 1
        task = asyncio.create_task(self._deliver_one_by_one(delivery))
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._ended(done, delivery.endpoint.id))

    def _ended(self, task: asyncio.Task[None], endpoint_id: str) -> None:
        self._tasks.discard(task)
        self._under_way[endpoint_id] -= 1
        if not task.cancelled() and (error := task.exception()):
            log.warning("deliveries wait: %s", type(error).__name__, extra={"endpoint": endpoint_id})

    async def _deliver_one_by_one(self, delivery: Delivery) -> None:
        """This one, and what is due to the same endpoint when it is done."""
        due: Sequence[Delivery] = (delivery,)
        while due:
            await self._deliver(due[0])
            due = () if self._stopping else await self._taken(delivery.endpoint.id, 1)

    async def _deliver(self, delivery: Delivery) -> None:
        """What could not be noted stays among the begun ones: it may have arrived, and must not be given back."""
        try:
            if delivery.status is DeliveryStatus.UNKNOWN:
                await self._ask(delivery)
            else:
                await self._send(delivery)
            self._begun.discard(delivery.id)
        except Exception:
            log.exception("what became of a try was not noted; it counts as unknown", extra=_ids(delivery))

    async def _send(self, delivery: Delivery) -> None:
        tried, reason, wait = Tried.SENT, "", 0.0
        try:
            async with asyncio.timeout(self.try_seconds):
                await self.courier.send(delivery)
        except NotDeliveredError as error:
            tried, reason, wait = Tried.FAILED, str(error), error.wait
        except RefusedDeliveryError as error:
            tried, reason = Tried.REFUSED, str(error)
        except UnknownOutcomeError as error:
            tried, reason = Tried.UNKNOWN, str(error)
        except Exception as error:  # its words may hold content
            tried, reason = Tried.UNKNOWN, type(error).__name__
        self.measures.delivery_tried(delivery.endpoint.kind, tried)
        if tried is not Tried.SENT:
            log.warning("delivery %s: %s", tried, reason, extra=_ids(delivery))
        await self._noted(lambda: self.records.note_try(delivery, tried, reason[:120], wait))

    async def _ask(self, delivery: Delivery) -> None:
        arrived: bool | None = None
        try:
            async with asyncio.timeout(self.try_seconds):
                arrived = await self.courier.arrived(delivery)
        except Exception as error:
            log.warning("a receiver could not tell what arrived: %s", type(error).__name__, extra=_ids(delivery))
        await self._noted(lambda: self.records.note_answer(delivery, arrived))

    async def _noted(self, note: Callable[[], Awaitable[None]]) -> None:
        """Again where the records are away for a moment: what is not noted counts as unknown. Twice is harmless."""
        for pause in self.note_again_after:
            try:
                return await note()
            except RecordsUnavailableError:
                await asyncio.sleep(pause)
        return await note()


def _ids(delivery: Delivery) -> dict[str, str]:
    return {"delivery": delivery.id, "endpoint": delivery.endpoint.id, "conversation": delivery.conversation_id}
