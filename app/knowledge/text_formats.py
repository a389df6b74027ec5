"""Documents that are plain text: Markdown, text, tables of questions and answers, lines of JSON."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import cast

from app.domain.knowledge import Article
from app.knowledge.broken import BrokenDocumentError
from app.knowledge.front_matter import article_from, declared_by, head_of

MOST_ARTICLES = 50_000

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FIRST_HEADING = re.compile(r"\A\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|\Z)")
_QUESTION = ("question", "title")
_ANSWER = ("answer", "text")
_ID = ("id", "doc_id")


def decoded(name: str, content: bytes) -> str:
    """UTF-8 with or without its mark. Raises BrokenDocumentError for anything else, binary files among it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BrokenDocumentError(name, "is UTF-16; save it as UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BrokenDocumentError(name, f"is not UTF-8 text (byte {error.start})") from None
    if found := _CONTROL.search(text):
        raise BrokenDocumentError(name, f"is not a text: control character at {found.start()}")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse_markdown(name: str, content: bytes) -> list[Article]:
    """One article; its title is declared, or the first heading, or the file's name."""
    head = head_of(name, decoded(name, content))
    text = head.text
    title = titled_after(name)
    if heading := _FIRST_HEADING.match(text):
        title = heading[1]
        text = text[heading.end() :] if head.declared.title in ("", title) else text
    if not text.strip():
        raise BrokenDocumentError(name, "holds no text")
    return [article_from(head.declared, id=name, title=title, text=text)]


def parse_text(name: str, content: bytes) -> list[Article]:
    """One article, titled as declared or after the file's name."""
    head = head_of(name, decoded(name, content))
    if not head.text.strip():
        raise BrokenDocumentError(name, "holds no text")
    return [article_from(head.declared, id=name, title=titled_after(name), text=head.text)]


def parse_csv(name: str, content: bytes) -> list[Article]:
    """An article a row: columns question and answer, or title and text; id and what front matter may hold besides.
    Without an id column a row is known by its question."""
    text = decoded(name, content)
    rows = csv.DictReader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    try:
        columns = [column.strip().lower() for column in rows.fieldnames or []]
        rows.fieldnames = columns
        fields = [(f"line {rows.line_num}", cast(Mapping[str, object], row)) for row in rows]
    except csv.Error as error:
        raise BrokenDocumentError(name, f"line {rows.line_num}: {error}") from None
    if not any(column in _QUESTION for column in columns) or not any(column in _ANSWER for column in columns):
        raise BrokenDocumentError(name, "needs the columns question and answer")
    return _articles(name, iter(fields))


def parse_jsonl(name: str, content: bytes) -> list[Article]:
    """An article a line: doc_id, title, text, and what front matter may hold besides."""
    return _articles(name, _json_lines(name, decoded(name, content)))


def titled_after(name: str) -> str:
    return re.sub(r"[-_\s]+", " ", PurePosixPath(name).stem).strip().capitalize()


def _json_lines(name: str, text: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            fields: object = json.loads(line)
        except (ValueError, RecursionError):
            raise BrokenDocumentError(name, f"line {number}: is not JSON") from None
        if not isinstance(fields, dict):
            raise BrokenDocumentError(name, f"line {number}: is not an object with doc_id, title and text")
        yield f"line {number}", cast(dict[str, object], fields)


def _articles(name: str, rows: Iterator[tuple[str, Mapping[str, object]]]) -> list[Article]:
    articles: dict[str, Article] = {}
    for place, fields in rows:
        article = _article(name, place, fields)
        if article.id in articles:
            raise BrokenDocumentError(name, f"{place}: {article.id} stands there twice")
        articles[article.id] = article
        if len(articles) > MOST_ARTICLES:
            raise BrokenDocumentError(name, f"holds more than {MOST_ARTICLES} articles")
    if not articles:
        raise BrokenDocumentError(name, "holds no articles")
    return list(articles.values())


def _article(name: str, place: str, fields: Mapping[str, object]) -> Article:
    title, text, id = (_text_field(name, place, fields, names) for names in (_QUESTION, _ANSWER, _ID))
    if not text and not (title and id):
        raise BrokenDocumentError(name, f"{place}: {_ANSWER[0]} is empty")
    if not id and not title:
        raise BrokenDocumentError(name, f"{place}: neither {_ID[1]} nor {_QUESTION[0]} is given")
    declared = declared_by(name, {**fields, "title": title}, place)
    return article_from(declared, id=id or f"{name}#{_digest(title)}", title=title, text=text)


def _text_field(name: str, place: str, fields: Mapping[str, object], names: tuple[str, ...]) -> str:
    for key in names:
        value = fields.get(key)
        if value is None:
            continue
        if not isinstance(value, str | int):
            raise BrokenDocumentError(name, f"{place}: {key} is not a text")
        return str(value).strip()
    return ""


def _digest(question: str) -> str:
    return hashlib.sha256(" ".join(question.casefold().split()).encode()).hexdigest()[:12]


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)
