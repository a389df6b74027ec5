"""Files of conversations. Their content is written piece by piece, each in a transaction of its own: nobody else's
message waits until all of it is on disk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update

from app.care.wakeups import DELIVERIES, Wakeups
from app.domain.conversations import Author, ConversationStatus, FileAdded, UnknownConversationError
from app.domain.customers import CustomerBlockedError
from app.domain.files import (
    MOST_IN_A_CONVERSATION,
    MOST_IN_AN_HOUR,
    ConversationClosedError,
    File,
    FileSender,
    FilesNotCarriedError,
    NewFile,
    TooManyFilesError,
)
from app.storage import tables as t
from app.storage.database import Database
from app.storage.queue_steps import Step, begun
from app.storage.rows import AnyRow, Clock, NewId, stored, utc

CARRYING = ("token", "verified")
"""Channels on which an agent's file reaches the customer: they read it here."""

GIVEN_UP_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class FileRecords:
    """Implements care.filing.FileRecords."""

    database: Database
    wakeups: Wakeups
    clock: Clock
    new_id: NewId

    async def begin(self, sender: FileSender, file: NewFile) -> File:
        now, new_id = stored(self.clock()), self.new_id
        return await self.database.write(lambda c: _begin(begun(c, sender.conversation_id, now, new_id), sender, file))

    async def add_piece(self, file_id: str, place: int, content: bytes) -> None:
        insertion = insert(t.file_pieces).values(file_id=file_id, place=place, content=content)
        await self.database.write(lambda c: c.execute(insertion).rowcount)

    async def arrive(self, file_id: str, sender: FileSender) -> File:
        now, new_id = stored(self.clock()), self.new_id
        arrived = await self.database.write(
            lambda c: _arrive(begun(c, sender.conversation_id, now, new_id), sender, file_id)
        )
        self.wakeups.tell(sender.conversation_id)
        self.wakeups.tell(DELIVERIES)
        return arrived

    async def drop(self, file_id: str) -> None:
        unfinished = delete(t.files).where(t.files.c.id == file_id, t.files.c.arrived_at.is_(None))
        await self.database.write(lambda c: c.execute(unfinished).rowcount)

    async def drop_given_up(self) -> int:
        before = stored(self.clock()) - GIVEN_UP_AFTER
        left = delete(t.files).where(t.files.c.arrived_at.is_(None), t.files.c.at < before)
        return await self.database.write(lambda c: c.execute(left).rowcount)

    async def file(self, file_id: str) -> File | None:
        wanted = _arrived().where(t.files.c.id == file_id)
        row = await self.database.look(lambda c: c.execute(wanted).one_or_none())
        return None if row is None else _file_from(row)

    async def files_of(self, conversation_id: str) -> Sequence[File]:
        wanted = _arrived().where(t.files.c.conversation_id == conversation_id).order_by(t.files.c.at, t.files.c.id)
        return await self.database.look(lambda c: [_file_from(row) for row in c.execute(wanted)])

    async def piece(self, file_id: str, place: int) -> bytes | None:
        mine = (t.file_pieces.c.file_id == file_id) & (t.file_pieces.c.place == place)
        wanted = select(t.file_pieces.c.content).where(mine)
        return await self.database.read(lambda c: c.execute(wanted).scalar_one_or_none())


def _begin(step: Step, sender: FileSender, file: NewFile) -> File:
    """The place of a file whose content follows; or the same one, when it arrived before."""
    if before := _sent_before(step, sender):
        return before
    _refuse(step, sender)
    values = {
        "id": step.new_id("fil"),
        "conversation_id": step.id,
        "author": sender.author,
        "agent_id": sender.agent.id if sender.agent else None,
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "at": step.now,
    }
    step.c.execute(insert(t.files).values(values))
    return _one(step, str(values["id"]))


def _arrive(step: Step, sender: FileSender, file_id: str) -> File:
    """From now on it is there for others, and told of; a second try of the same that was quicker stays the only one."""
    if before := _sent_before(step, sender):
        step.c.execute(delete(t.files).where(t.files.c.id == file_id))
        return before
    _refuse_sender(step, sender)
    arrived = {"arrived_at": step.now, "sender_key": sender.stored_key}
    step.c.execute(update(t.files).where(t.files.c.id == file_id).values(arrived))
    file = _one(step, file_id)
    step.change(
        {},
        FileAdded(
            file_id=file.id,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            author=sender.author,
            agent_name=sender.agent.name if sender.agent else None,
        ),
    )
    return file


def _sent_before(step: Step, sender: FileSender) -> File | None:
    if sender.stored_key is None:
        return None
    row = step.c.execute(_arrived().where(t.files.c.sender_key == sender.stored_key)).one_or_none()
    return None if row is None else _file_from(row)


def _refuse(step: Step, sender: FileSender) -> None:
    """Raises what stands against another file."""
    _refuse_sender(step, sender)
    count = select(func.count()).select_from(t.files)
    if step.c.execute(count.where(t.files.c.conversation_id == step.id)).scalar_one() >= MOST_IN_A_CONVERSATION:
        raise TooManyFilesError(f"A conversation holds {MOST_IN_A_CONVERSATION} files at most.")
    if sender.agent:
        return
    joined = count.join(t.conversations, t.conversations.c.id == t.files.c.conversation_id)
    theirs = (t.conversations.c.customer_id == sender.customer_id) & (t.files.c.author == Author.CUSTOMER)
    lately = joined.where(theirs, t.files.c.at > step.now - timedelta(hours=1))
    if step.c.execute(lately).scalar_one() >= MOST_IN_AN_HOUR:
        raise TooManyFilesError(f"{MOST_IN_AN_HOUR} files are taken within an hour.")


def _refuse_sender(step: Step, sender: FileSender) -> None:
    if sender.agent:
        step.demand(sender.agent)
        if step.row.channel not in CARRYING:
            raise FilesNotCarriedError(step.id)
        return
    if step.row.customer_id != sender.customer_id:
        raise UnknownConversationError(step.id)
    blocked = select(t.customers.c.blocked_at).where(t.customers.c.id == sender.customer_id)
    if step.c.execute(blocked).scalar_one() is not None:
        raise CustomerBlockedError(sender.customer_id)
    if step.row.status == ConversationStatus.CLOSED:
        raise ConversationClosedError(step.id)


def _with_customer() -> Select[Any]:
    joined = t.files.join(t.conversations, t.conversations.c.id == t.files.c.conversation_id)
    return select(t.files, t.conversations.c.customer_id).select_from(joined)


def _arrived() -> Select[Any]:
    return _with_customer().where(t.files.c.arrived_at.is_not(None))


def _one(step: Step, file_id: str) -> File:
    return _file_from(step.c.execute(_with_customer().where(t.files.c.id == file_id)).one())


def _file_from(row: AnyRow) -> File:
    return File(
        id=row.id,
        conversation_id=row.conversation_id,
        customer_id=row.customer_id,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        author=Author(row.author),
        at=utc(row.at),
        arrived=row.arrived_at is not None,
    )
