from datetime import date

import pytest

from app.domain.knowledge import Audience
from app.knowledge.broken import BrokenDocumentError
from app.knowledge.documents import LARGEST, parse_document


def reason(name: str, content: bytes) -> str:
    with pytest.raises(BrokenDocumentError) as raised:
        parse_document(name, content)
    assert raised.value.name == name
    return raised.value.reason


def head(*lines: str) -> bytes:
    return "\n".join(("---", *lines, "---", "Some text.")).encode()


def test_front_matter_says_what_an_article_is():
    content = head(
        "title: 'Winter: hours'",
        "address: https://help.example/winter",
        "language: de",
        "audience: internal",
        "valid_from: 2026-11-01",
        "valid_until: 2027-01-06",
        "products: [Pour 4, Kettle]",
        "tags: [whatever]",
    )

    (article,) = parse_document("help/winter.md", content)

    assert (article.id, article.title, article.text) == ("help/winter.md", "Winter: hours", "Some text.")
    assert (article.address, article.language) == ("https://help.example/winter", "de")
    assert (article.audience, article.products) == (Audience.INTERNAL, ("Pour 4", "Kettle"))
    assert (article.valid_from, article.valid_until) == (date(2026, 11, 1), date(2027, 1, 6))


def test_without_front_matter_the_first_heading_is_the_title():
    (article,) = parse_document("a.md", b"# How to descale\n\nUse vinegar.")

    assert (article.title, article.text) == ("How to descale", "Use vinegar.")


def test_without_a_heading_the_file_name_is_the_title():
    (article,) = parse_document("care/how-to_descale.txt", b"Use vinegar.")

    assert article.title == "How to descale"


def test_a_rule_at_the_top_is_no_front_matter():
    (article,) = parse_document("a.md", b"---\nSome words between rules\n---\nMore.")

    assert article.text.startswith("---")


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("audience: everyone", "audience"),
        ("valid_from: 2026-13-01", "valid_from"),
        ("valid_until: tomorrow", "valid_until"),
        ("valid_from: 20261101", "valid_from"),
        ("address: javascript:alert(1)", "address"),
        ("language: Klingon language", "language"),
        ("title: [a, b]", "title"),
        ("products: {a: b}", "products"),
        ("valid_from: 2026-05-02\nvalid_until: 2026-05-01", "valid_until"),
    ],
)
def test_bad_front_matter_names_the_field(line: str, field: str):
    assert field in reason("a.md", head(line))


def test_broken_yaml_names_the_line():
    assert reason("a.md", head("title: ok", "products: [a, b")).startswith("front matter is not valid YAML, line")


def test_yaml_builds_no_objects():
    assert "title" in reason("a.md", head("title: !!python/object/apply:os.system ['true']"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n\n ", "is empty"),
        (b"caf\xe9", "is not UTF-8 text (byte 3)"),
        ("text".encode("utf-16"), "is UTF-16; save it as UTF-8"),
        (b"MZ\x00\x01\x02binary", "is not a text: control character at 2"),
        (b"---\ntitle: Only a head\n---\n", "holds no text"),
        (b"x" * (LARGEST + 1), "is larger than 20 MB"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(content: bytes, said: str):
    assert reason("a.md", content) == said


def test_the_utf8_mark_and_windows_line_ends_are_read():
    (article,) = parse_document("a.md", b"\xef\xbb\xbf# Title\r\n\r\nOne.\r\n\r\nTwo.")

    assert (article.title, article.text) == ("Title", "One.\n\nTwo.")


def test_a_kind_of_file_that_is_not_read_is_named():
    assert ".md" in reason("picture.png", b"png")


def test_each_row_of_a_table_is_an_article():
    content = (
        'question,answer,audience,valid_until\n"How long, then?",14 days.,,\nGoodwill?,Up to 50.,internal,2026-12-31\n'
    )

    first, second = parse_document("faq.csv", content.encode())

    assert (first.title, first.text, first.audience) == ("How long, then?", "14 days.", Audience.PUBLIC)
    assert (second.audience, second.valid_until) == (Audience.INTERNAL, date(2026, 12, 31))


def test_a_row_keeps_its_id_when_rows_are_moved_and_answers_edited():
    before = parse_document("faq.csv", b"question;answer\nA?;one\nB?;two\n")
    after = parse_document("faq.csv", b"question;answer\nB?;changed\nA?;one\n")

    assert [article.id for article in before] == [article.id for article in reversed(after)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"question,reply\na,b\n", "needs the columns question and answer"),
        (b"question,answer\nA?,\n", "line 2: answer is empty"),
        (b"question,answer\nA?,one\nA?,two\n", "stands there twice"),
        (b"question,answer\n", "holds no articles"),
        (b'question,answer\n"A?,one\n', "unexpected end of data"),
        (b"question,answer,valid_from\nA?,one,soon\n", "line 2: valid_from"),
    ],
)
def test_a_broken_table_is_taken_not_even_in_part(content: bytes, said: str):
    assert said in reason("faq.csv", content)


def test_each_line_of_json_is_an_article():
    content = b'{"doc_id": "a1", "title": "A", "text": "One."}\n\n{"doc_id": 2, "title": "", "text": "Two."}\n'

    first, second = parse_document("docs.jsonl", content)

    assert (first.id, first.title, first.text) == ("a1", "A", "One.")
    assert (second.id, second.title) == ("2", "")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"not json", "line 2: is not JSON"),
        (b"[1]", "line 2: is not an object with doc_id, title and text"),
        (b"[" * 100_000, "line 2: is not JSON"),
        (b'{"doc_id": "b"}', "line 2: answer is empty"),
        (b'{"title": "", "text": "B"}', "line 2: neither doc_id nor question is given"),
        (b'{"doc_id": "a", "text": "again"}', "line 2: a stands there twice"),
        (b'{"doc_id": {}, "text": "B"}', "line 2: doc_id is not a text"),
        (b'{"doc_id": "b", "text": "B", "audience": "all"}', "line 2: audience"),
    ],
)
def test_a_broken_line_of_json_breaks_the_document(line: bytes, said: str):
    assert said in reason("docs.jsonl", b'{"doc_id": "a", "text": "One."}\n' + line)
