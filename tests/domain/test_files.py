"""A file's name holds nothing that misleads whoever saves or reads it."""

import pytest

from app.domain.files import FileType, named

NAMES = [
    ("../../etc/passwd", "passwd.pdf"),
    ("C:\\Users\\Ada\\bill.pdf", "bill.pdf"),
    ("bill.pdf.exe", "bill.pdf.exe.pdf"),
    ("fdp\u202ecod.exe", "fdpcod.exe.pdf"),
    ("a\u200bb\u2066c\x07.pdf", "abc.pdf"),
    ("  .. .pdf", "pdf.pdf"),
    ("..", "file.pdf"),
    ("", "file.pdf"),
    ('a"b<c>|d?.pdf', "a_b_c__d_.pdf"),
    ("Rechnung März – 領収書.PDF", "Rechnung März – 領収書.PDF"),
    ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ("a\r\nContent-Type: text.pdf", "a Content-Type_ text.pdf"),
]


@pytest.mark.parametrize(("name", "kept"), NAMES)
def test_a_name_loses_what_misleads_and_ends_as_what_it_is(name: str, kept: str) -> None:
    assert named(name, FileType.PDF) == kept
