"""What a file is, by its content: its name and what its sender says of it are not believed."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, cast

from app.domain.files import SUFFIXES, FileType, FileTypeError

BY_SIGNATURE = (FileType.PNG, FileType.JPEG, FileType.WEBP, FileType.GIF, FileType.PDF)
BY_PART: Mapping[str, FileType] = {"word/document.xml": FileType.DOCX, "xl/workbook.xml": FileType.XLSX}
MOST_PARTS = 5_000
ZIP, ZIP_PART = b"PK\x03\x04", b"PK\x01\x02"
CONTROLS = bytes(code for code in (*range(32), 127) if chr(code) not in "\t\n\f\r")
READ_AT_ONCE = 1_000_000
"""Bytes; in between other threads have their turn."""
MARKUP = (b"<", b"{\\rtf", b"%!ps")
"""What text begins with that some program would act on."""

REFUSED = "Pictures (PNG, JPEG, WebP, GIF), PDF, text, CSV, DOCX and XLSX without macros are taken."


def type_of(content: bytes, name: str) -> FileType:
    """Raises FileTypeError. Reads the list of a document's parts, and unpacks none of them."""
    if content.startswith(ZIP):
        return _office_type(content)
    found = _signature(content)
    if found is not None:
        return found
    if _is_text(content):
        is_table = PurePath(name.lower()).suffix in SUFFIXES[FileType.CSV]
        return FileType.CSV if is_table else FileType.TEXT
    raise FileTypeError(REFUSED)


def _signature(content: bytes) -> FileType | None:
    import puremagic

    try:
        matches = cast("list[Any]", puremagic.magic_string(content))  # pyright: ignore[reportUnknownMemberType] untyped
    except (puremagic.PureError, ValueError):
        return None
    told = {str(match.mime_type) for match in matches}
    return next((each for each in BY_SIGNATURE if each in told), None)


def _office_type(content: bytes) -> FileType:
    parts = _parts(content)
    found = next((BY_PART[part] for part in BY_PART if part in parts), None)
    if found is None or "[Content_Types].xml" not in parts or any(part.endswith("vbaProject.bin") for part in parts):
        raise FileTypeError(REFUSED)
    return found


def _parts(content: bytes) -> frozenset[str]:
    """The names in the list at a package's end; one of more parts than any document has is not read. They are counted
    here: how many there are, the list's end may tell otherwise."""
    if content.count(ZIP_PART) > MOST_PARTS:
        raise FileTypeError(REFUSED)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return frozenset(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError, OverflowError) as error:
        raise FileTypeError(REFUSED) from error


def _is_text(content: bytes) -> bool:
    begins = content[:1_000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if begins.startswith(MARKUP):
        return False
    pieces = (content[start : start + READ_AT_ONCE] for start in range(0, len(content), READ_AT_ONCE))
    return all(len(piece.translate(None, CONTROLS)) == len(piece) for piece in pieces)
