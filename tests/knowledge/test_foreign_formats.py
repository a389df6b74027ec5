import io
import zipfile

import docx
import pypdf
import pytest

from app.knowledge.broken import BrokenDocumentError
from app.knowledge.documents import parse_document
from app.knowledge.foreign_formats import UnreadableError, read_docx, read_html, read_pdf
from app.knowledge.guarded import ParseLimits, parse_guarded

PAGE = """<html><head><title>Refund periods</title><link rel="canonical" href="https://help.example/refunds"></head>
<body><nav><a href="/">Home</a> <a href="/shop">Shop</a></nav><article><h1>Refund periods</h1>
<p>You can send back what you bought within 45 days of delivery, and we refund the whole price to you.</p>
<h2>How it works</h2><ol><li>Pack it.</li><li>Print the label.</li></ol>
<table><tr><th>Country</th><th>Days</th></tr><tr><td>France</td><td>45</td></tr></table>
<script>alert("hello")</script></article><footer>Imprint</footer></body></html>"""


UNPACKED = 1_000_000


def reason(name: str, content: bytes, limits: ParseLimits | None = None) -> str:
    with pytest.raises(BrokenDocumentError) as raised:
        parse_guarded(name, content, limits or ParseLimits())
    return raised.value.reason


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Warranty", 0)
    document.add_paragraph("It lasts two years.")
    document.add_heading("Exceptions", 1)
    document.add_paragraph("Glass", style="List Bullet")
    document.add_paragraph("Filters", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("Product", "Years", "Ke|ttle", "2"), strict=True
    ):
        cell.text = text
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def word_file_of(paragraphs: int) -> bytes:
    """A small file that takes gigabytes to hold as objects."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_file())) as small, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as large:
        for entry in small.infolist():
            content = small.read(entry)
            if entry.filename == "word/document.xml":
                content = content.replace(b"<w:body>", b"<w:body>" + b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * paragraphs)
            large.writestr(entry, content)
    return kept.getvalue()


def pdf_file(lines: list[str]) -> bytes:
    """A page of text as the simplest of writers makes it."""
    drawn = "BT /F1 12 Tf 14 TL 50 750 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, offsets = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def encrypted(pdf: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    writer.encrypt("secret", algorithm="RC4-128")
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def bomb(megabytes: int) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * megabytes * 1_000_000)
    return kept.getvalue()


def test_a_web_page_gives_its_main_content_as_markdown():
    page = read_html(PAGE.encode(), UNPACKED)

    assert (page.title, page.address) == ("Refund periods", "https://help.example/refunds")
    assert "within 45 days" in page.text
    assert "## How it works" in page.text
    assert "| France | 45 |" in page.text
    assert not any(word in page.text for word in ("Shop", "Imprint", "alert", "# Refund periods"))


def test_a_word_file_keeps_headings_lists_and_tables():
    read = read_docx(word_file(), UNPACKED)

    assert read.title == "Warranty"
    assert read.text == (
        "It lasts two years.\n\n# Exceptions\n- Glass\n- Filters\n\n| Product | Years |\n|---|---|\n| Ke/ttle | 2 |"
    )


def test_lines_of_a_pdf_are_joined_to_sentences():
    lines = [
        "The kettle boils one litre of water within three minutes, which is",
        "quicker than most, and switches itself off.",
        "It is guaranteed for two years.",
    ]

    (article,) = parse_document("manuals/my-kettle.pdf", pdf_file(lines))

    assert article.title == "My kettle"
    assert article.text == (
        "The kettle boils one litre of water within three minutes, which is quicker than most, and switches itself off."
        "\nIt is guaranteed for two years."
    )


def test_an_encrypted_pdf_is_named_so():
    with pytest.raises(UnreadableError, match="is encrypted"):
        read_pdf(encrypted(pdf_file(["Secret."])), UNPACKED)


def test_a_pdf_without_text_is_named_so():
    with pytest.raises(UnreadableError, match="scanned pages are not read"):
        read_pdf(pdf_file([]), UNPACKED)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
def test_junk_is_refused(name: str):
    assert reason(name, bytes(range(256)) * 20).startswith("cannot be read (")


def test_an_old_word_file_is_named_so():
    with pytest.raises(UnreadableError, match="before 2007"):
        read_docx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), UNPACKED)


def test_a_file_that_unpacks_to_too_much_is_refused():
    with pytest.raises(UnreadableError, match="unpacks to more than 1000000 bytes"):
        read_docx(bomb(megabytes=2), 1_000_000)


def test_a_reader_that_wants_too_much_memory_is_stopped():
    said = reason("a.docx", word_file_of(paragraphs=200_000), ParseLimits(memory=150_000_000))

    assert said.startswith(("needs more memory", "broke its reader", "cannot be read"))


def test_a_reader_that_takes_too_long_is_stopped():
    document = word_file_of(paragraphs=200_000)

    said = reason("a.docx", document, ParseLimits(seconds=1))

    assert "time" in said or "took more" in said


def test_the_child_does_not_get_the_secrets_of_the_service(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CARELINE_SECRET", "canary")

    from app.knowledge import guarded

    assert "CARELINE_SECRET" not in guarded.child_environment()
