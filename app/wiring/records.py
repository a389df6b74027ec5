"""The records' parts: the database, wake-ups, and what is kept in it."""

import os
import secrets
import socket
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property

from app.care.desk_live import LiveDesk
from app.care.watching import Watchdog
from app.config import Settings
from app.storage.articles import ArticleRecords
from app.storage.chores import ChoreKeeper
from app.storage.conversations import ConversationRecords
from app.storage.database import Database, open_database
from app.storage.desk_state import DeskStateRecords
from app.storage.feedback import FeedbackRecords
from app.storage.files import FileRecords
from app.storage.inbox import InboxRecords
from app.storage.memory import MemoryRecords
from app.storage.notifying import PostgresWakeups
from app.storage.outbox import OutboxRecords
from app.storage.people import PeopleRecords
from app.storage.queue import QueueRecords
from app.storage.state import StateRecords
from app.storage.turns import TurnRecords
from app.storage.wakeups import LocalWakeups


def now() -> datetime:
    return datetime.now(UTC)


def new_id(prefix: str) -> str:
    """Sorts by time; 64 random bits behind it. An id opens nothing."""
    return f"{prefix}_{int(time.time() * 1000):012x}{secrets.token_hex(8)}"


def process_name() -> str:
    return f"{socket.gethostname()[:32]}:{os.getpid()}:{secrets.token_hex(4)}"


class Role(StrEnum):
    """What a process does: take messages in and show events, take turns, or both."""

    BOTH = "web and worker"
    WEB = "web"
    WORKER = "worker"


@dataclass(frozen=True)
class RecordParts:
    """Each is made when it is first used. `products` are the names that articles give."""

    settings: Settings
    products: tuple[str, ...] = ()
    role: Role = Role.BOTH

    @cached_property
    def database(self) -> Database:
        return open_database(self.settings.records_url)

    @cached_property
    def wakeups(self) -> LocalWakeups:
        """Between processes too, where there may be several."""
        if self.settings.on_sqlite:
            return LocalWakeups()
        return PostgresWakeups(self.settings.records_url, self.owner)

    @cached_property
    def owner(self) -> str:
        return process_name()

    @cached_property
    def turns(self) -> TurnRecords:
        return TurnRecords(self.database, self.wakeups, now, new_id)

    @cached_property
    def inbox_records(self) -> InboxRecords:
        return InboxRecords(self.database, self.wakeups, now, new_id)

    @cached_property
    def conversations(self) -> ConversationRecords:
        return ConversationRecords(self.database)

    @cached_property
    def memory(self) -> MemoryRecords:
        return MemoryRecords(self.database, now, new_id)

    @cached_property
    def people(self) -> PeopleRecords:
        return PeopleRecords(self.database, now, new_id)

    @cached_property
    def articles(self) -> ArticleRecords:
        return ArticleRecords(self.database, now)

    @cached_property
    def files(self) -> FileRecords:
        return FileRecords(self.database, self.wakeups, now, new_id)

    @cached_property
    def feedback(self) -> FeedbackRecords:
        return FeedbackRecords(self.database, now)

    @cached_property
    def chores(self) -> ChoreKeeper:
        return ChoreKeeper(self.database, now)

    @cached_property
    def queue(self) -> QueueRecords:
        return QueueRecords(self.database, self.wakeups, now, new_id)

    @cached_property
    def desk_state(self) -> DeskStateRecords:
        return DeskStateRecords(self.database, self.wakeups, now)

    @cached_property
    def live_desk(self) -> LiveDesk:
        return LiveDesk(records=self.desk_state, wakeups=self.wakeups)

    @cached_property
    def watchdog(self) -> Watchdog:
        records = StateRecords(self.database)
        return Watchdog(records=records, clock=now, deadline=self.settings.turn_seconds)

    @cached_property
    def outbox_records(self) -> OutboxRecords:
        return OutboxRecords(self.database, self.wakeups, now, new_id)
