"""What a file is, is read from its content: what is taken, and what could run or cannot be told."""

import io
import zipfile

import pytest

from app.domain.files import FileTypeError
from app.web.file_types import type_of

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 60
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n" + b"x" * 60


def package(*parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for part in ("[Content_Types].xml", *parts):
            made.writestr(part, "<x/>")
    return held.getvalue()


TAKEN = [
    ("photo.png", PNG, "image/png"),
    ("photo.JPG", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 40, "image/jpeg"),
    ("photo.webp", b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 40, "image/webp"),
    ("photo.gif", b"GIF89a" + b"\x00" * 40, "image/gif"),
    ("invoice.pdf", PDF, "application/pdf"),
    ("order.txt", "Größe: 3 × M".encode(), "text/plain"),
    ("old.txt", "Größe".encode("cp1252"), "text/plain"),
    ("orders.csv", b"a,b\r\n1,2\r\n", "text/csv"),
    ("BMW.txt", b"BMW invoices, MZ and PK and RIFF", "text/plain"),
    ("letter.docx", package("word/document.xml"), "wordprocessingml.document"),
    ("table.xlsx", package("xl/workbook.xml"), "spreadsheetml.sheet"),
]
REFUSED = [
    ("page.html", b"<!doctype html><script>alert(1)</script>"),
    ("page.txt", b"\xef\xbb\xbf  \n<html><script>alert(1)</script>"),
    ("picture.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    ("picture.png", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    ("setup.exe", b"MZ\x90\x00\x03" + b"\x00" * 60),
    ("program", b"\x7fELF\x02\x01\x01" + b"\x00" * 60),
    ("archive.zip", package("a.txt")),
    ("macros.docx", package("word/document.xml", "word/vbaProject.bin")),
    ("broken.docx", package("word/document.xml")[:-30]),
    ("many.docx", b"PK\x03\x04" + b"\x00" * 30 + b"PK\x05\x06\x00\x00\x00\x00\xff\xff\xff\xff" + b"\x00" * 10),
    ("letter.rtf", b"{\\rtf1\\ansi}"),
    ("script.ps", b"%!PS-Adobe-3.0"),
    ("noise.txt", b"a\x00b"),
]


@pytest.mark.parametrize(("name", "content", "media_type"), TAKEN)
def test_pictures_documents_and_text_are_taken(name: str, content: bytes, media_type: str) -> None:
    assert type_of(content, name).endswith(media_type)


@pytest.mark.parametrize(("name", "content"), REFUSED)
def test_what_could_run_or_cannot_be_told_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(FileTypeError):
        type_of(content, name)


def test_the_list_of_a_package_is_as_long_as_it_is_whatever_its_end_says_of_it() -> None:
    honest = package("word/document.xml", *(f"{number}" for number in range(6_000)))
    end = honest.rfind(b"PK\x05\x06")
    few = honest[: end + 8] + b"\x01\x00\x01\x00" + honest[end + 12 :]

    with pytest.raises(FileTypeError):
        type_of(few, "many.docx")
