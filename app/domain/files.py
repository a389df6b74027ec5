"""Files that customers and agents send with a conversation: which are taken, and how they are called. Pure rules."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.agents import Agent
from app.domain.conversations import Author

MOST_IN_A_CONVERSATION = 50
MOST_IN_AN_HOUR = 20
"""Of one customer, in all their conversations."""
LONGEST_NAME = 120
NAMELESS = "file"
FORBIDDEN = '<>:"/\\|?*'
"""Characters that mean something to one file system or another."""


class FileType(StrEnum):
    """What is taken, by its content: pictures and documents that nothing is run by when they are opened."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"
    GIF = "image/gif"
    PDF = "application/pdf"
    TEXT = "text/plain"
    CSV = "text/csv"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


SUFFIXES: Mapping[FileType, tuple[str, ...]] = {
    FileType.PNG: (".png",),
    FileType.JPEG: (".jpg", ".jpeg"),
    FileType.WEBP: (".webp",),
    FileType.GIF: (".gif",),
    FileType.PDF: (".pdf",),
    FileType.TEXT: (".txt", ".log", ".md"),
    FileType.CSV: (".csv",),
    FileType.DOCX: (".docx",),
    FileType.XLSX: (".xlsx",),
}
"""Of each type, the usual one first."""


@dataclass(frozen=True, kw_only=True)
class FileSender:
    """Who sends a file into which conversation: its customer, or the agent who has it. `key` is unique for them."""

    conversation_id: str
    customer_id: str | None = None
    agent: Agent | None = None
    key: str | None = None

    @property
    def author(self) -> Author:
        return Author.AGENT if self.agent else Author.CUSTOMER

    @property
    def stored_key(self) -> str | None:
        """Keys belong to their sender."""
        who = f"agent:{self.agent.id}" if self.agent else f"customer:{self.customer_id}"
        return f"{who}:{self.key}" if self.key else None


@dataclass(frozen=True, kw_only=True)
class NewFile:
    """A file about to be kept, without its content. `size` in bytes."""

    name: str
    media_type: FileType
    size: int


@dataclass(frozen=True, kw_only=True)
class File:
    """A file that is kept, without its content; `customer_id` is whose conversation it belongs to. Until it arrived
    nobody sees it."""

    id: str
    conversation_id: str
    customer_id: str
    name: str
    media_type: str
    size: int
    author: Author
    at: datetime
    arrived: bool = True


class FileError(Exception):
    """A file that is not taken."""


class UnknownFileError(FileError):
    """No such file for this caller: unknown and foreign ones are told alike."""


class FileTooLargeError(FileError):
    """It has more bytes than the settings allow; tells how many those are."""


class FileTypeError(FileError):
    """Its content is of no type that is taken."""


class TooManyFilesError(FileError):
    """The conversation, or the customer within the last hour, has as many as there may be."""


class ConversationClosedError(FileError):
    """Nobody looks at a file in a closed conversation: a message opens it again."""


class FilesNotCarriedError(FileError):
    """The conversation's channel cannot carry an agent's file to the customer."""


def named(name: str, media_type: FileType) -> str:
    """The name without anything that could mislead: no folders, no control or direction characters, not too long,
    and with the suffix of what it is: "invoice.pdf.exe" that is a PDF becomes "invoice.pdf.exe.pdf"."""
    plain = "".join(_kept(c) for c in unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1]))
    plain = " ".join(plain.split()).strip(". ")
    stem, dot, suffix = plain.rpartition(".")
    fits = dot and f".{suffix.lower()}" in SUFFIXES[media_type]
    stem, suffix = (stem, f".{suffix}") if fits else (plain, SUFFIXES[media_type][0])
    return (stem[: LONGEST_NAME - len(suffix)].strip(". ") or NAMELESS) + suffix


def _kept(character: str) -> str:
    if character in FORBIDDEN:
        return "_"
    if character.isspace():
        return " "
    return "" if unicodedata.category(character)[0] == "C" else character
