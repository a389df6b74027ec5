"""A file comes into a conversation: looked at, named anew, stored piece by piece, and only then told of."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import Protocol

from app.care.records import RecordsUnavailableError
from app.domain.files import (
    File,
    FileSender,
    FileTooLargeError,
    FileType,
    FileTypeError,
    NewFile,
    UnknownFileError,
    named,
)

PIECE = 512 * 1024
"""Bytes that a disk takes in a few milliseconds."""


class FileRecords(Protocol):
    """Files without their content, and their content."""

    async def begin(self, sender: FileSender, file: NewFile) -> File:
        """A place for the content, or the file that came with the same key before. Raises UnknownConversationError,
        NotYoursError, CustomerBlockedError and what else stands against a file."""
        ...

    async def add_piece(self, file_id: str, place: int, content: bytes) -> None: ...

    async def arrive(self, file_id: str, sender: FileSender) -> File:
        """All of it is there: the conversation tells of it. Raises as `begin` does."""
        ...

    async def drop(self, file_id: str) -> None:
        """What has not arrived is gone."""
        ...

    async def drop_given_up(self) -> int:
        """Files that never arrived, from processes that are gone."""
        ...

    async def file(self, file_id: str) -> File | None: ...

    async def files_of(self, conversation_id: str) -> Sequence[File]: ...

    async def piece(self, file_id: str, place: int) -> bytes | None:
        """None behind the last one."""
        ...


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it came over the network: its name is its sender's word."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Filing:
    """`type_of` reads a file's type from its content, and raises FileTypeError for one that is not taken. `largest`
    in bytes."""

    records: FileRecords
    type_of: Callable[[bytes, str], FileType]
    largest: int

    async def take(self, sender: FileSender, upload: Upload) -> File:
        """Raises FileError, UnknownConversationError, NotYoursError, CustomerBlockedError. What returns is on disk."""
        new = await self._looked_at(upload)
        begun = await self.records.begin(sender, new)
        if begun.arrived:
            return begun
        try:
            for place, start in enumerate(range(0, new.size, PIECE)):
                await self.records.add_piece(begun.id, place, upload.content[start : start + PIECE])
            return await self.records.arrive(begun.id, sender)
        except BaseException:
            with suppress(RecordsUnavailableError):
                await asyncio.shield(self.records.drop(begun.id))
            raise

    async def of_customer(self, customer_id: str, file_id: str) -> File:
        """Raises UnknownFileError."""
        found = await self.records.file(file_id)
        if found is None or not customer_id or found.customer_id != customer_id:
            raise UnknownFileError(file_id)
        return found

    async def of_anybody(self, file_id: str) -> File:
        """For agents. Raises UnknownFileError."""
        found = await self.records.file(file_id)
        if found is None:
            raise UnknownFileError(file_id)
        return found

    async def content(self, file: File) -> AsyncGenerator[bytes]:
        """Piece by piece, each read when it is asked for: many slow readers hold no whole files."""
        for place in count():
            piece = await self.records.piece(file.id, place)
            if piece is None:
                return
            yield piece

    async def _looked_at(self, upload: Upload) -> NewFile:
        if not upload.content:
            raise FileTypeError("The file is empty.")
        if len(upload.content) > self.largest:
            raise FileTooLargeError(f"A file may have {self.largest} bytes at most.")
        media_type = await asyncio.to_thread(self.type_of, upload.content, upload.name)
        return NewFile(name=named(upload.name, media_type), media_type=media_type, size=len(upload.content))
