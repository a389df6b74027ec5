"""What goes in and out of the library's routes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from app.care.ingesting import IngestReport
from app.care.library import Shelf, Shelved, Tried
from app.domain.knowledge import Article, ArticleStatus, Audience, Passage
from app.domain.library import is_consoles
from app.domain.replies import Citation, Outcome
from app.web.schemas import Strict


def _readable(text: str) -> str:
    if any((ord(sign) < 32 and sign not in "\n\r\t") or 0xD800 <= ord(sign) < 0xE000 for sign in text):
        raise ValueError("holds control characters")
    return text


Readable = AfterValidator(_readable)
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), Readable]
LongText = Annotated[str, Field(min_length=1, max_length=500_000, description="Markdown"), Readable]
Product = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), Readable]


class ArticleWritten(Strict):
    """An article as an agent writes it."""

    title: Title
    text: LongText
    address: Annotated[str | None, Field(max_length=2_000, pattern=r"^https?://[^\s]+$")] = None
    language: str = Field("en", pattern=r"^[a-z]{2}$")
    audience: Audience = Audience.PUBLIC
    status: ArticleStatus = ArticleStatus.DRAFT
    valid_from: date | None = None
    valid_until: date | None = None
    products: list[Product] = Field(default_factory=list[Product], max_length=50)

    @model_validator(mode="after")
    def dates_in_order(self) -> "ArticleWritten":
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until is before valid_from")
        return self

    def article(self, article_id: str = "") -> Article:
        values = self.model_dump(include=set(ArticleWritten.model_fields) - {"products"})
        return Article(**values, id=article_id, products=tuple(self.products))


class ArticleEdited(ArticleWritten):
    """The whole article anew; `digest` is that of the article it was made from. `take_over`: one that came from a
    file, a page or another system is the console's from here on."""

    digest: str = Field(max_length=64)
    take_over: bool = False


class PreviewIn(Strict):
    """A text to be cut into passages."""

    title: Title
    text: LongText


class QuestionIn(Strict):
    """A customer's question to try."""

    question: str = Field(min_length=1, description="1 to 4,000 characters")


class ShelvedArticle(BaseModel):
    """An article without its text. `source` tells where it came from, `own` that the console may change it."""

    id: str
    title: str
    address: str | None
    language: str
    audience: Audience
    status: ArticleStatus
    valid_from: date | None
    valid_until: date | None
    products: tuple[str, ...]
    source: str
    own: bool
    digest: str
    changed_at: datetime
    changed_by: str

    @classmethod
    def of(cls, shelved: Shelved) -> "ShelvedArticle":
        return cls(**_values(shelved))


class OpenArticle(ShelvedArticle):
    """An article as its author wrote it."""

    text: str

    @classmethod
    def of(cls, shelved: Shelved) -> "OpenArticle":
        return cls(**_values(shelved), text=shelved.article.text)


class ShelfOut(BaseModel):
    """One page of articles, newest change first; `total` counts all that were asked for."""

    articles: list[ShelvedArticle]
    total: int

    @classmethod
    def of(cls, shelf: Shelf) -> "ShelfOut":
        return cls(articles=[ShelvedArticle.of(each) for each in shelf.articles], total=shelf.total)


class PassageOut(BaseModel):
    """A piece of an article as it is found; `title` runs from the article's title down to the heading."""

    id: str
    article: str
    title: str
    text: str
    score: float | None = None

    @classmethod
    def of(cls, passage: Passage, score: float | None = None) -> "PassageOut":
        return cls(id=passage.id, article=passage.article_id, title=passage.title, text=passage.text, score=score)


class PreviewOut(BaseModel):
    """The passages that an article would be cut into."""

    passages: list[PassageOut]


class TriedCitation(BaseModel):
    """A source that the reply names."""

    passage: str
    article: str
    title: str
    address: str | None

    @classmethod
    def of(cls, citation: Citation) -> "TriedCitation":
        passage, article = citation.passage_id, citation.article_id
        return cls(passage=passage, article=article, title=citation.title, address=citation.address)


class TriedOut(BaseModel):
    """How the assistant would meet a question now; `answerable` 0..1 is how sure it is of its passages."""

    outcome: Outcome
    reply: str
    citations: list[TriedCitation]
    passages: list[PassageOut]
    answerable: float

    @classmethod
    def of(cls, tried: Tried) -> "TriedOut":
        return cls(
            outcome=tried.end.outcome,
            reply=tried.end.reply or "",
            citations=[TriedCitation.of(each) for each in tried.end.citations],
            passages=[PassageOut.of(passage, score) for passage, score in tried.passages],
            answerable=tried.answerable,
        )


class TakenOut(BaseModel):
    """What came of an upload, by article id; `broken` names each file that could not be taken, and why, `kept` those of
    which an article was written anew in the console."""

    changed: list[str]
    unchanged: list[str]
    deleted: list[str]
    broken: dict[str, str]
    kept: list[str]
    passages: int

    @classmethod
    def of(cls, report: IngestReport) -> "TakenOut":
        return cls(**vars(report))


def _values(shelved: Shelved) -> Mapping[str, Any]:
    article = shelved.article
    names = ("id", "title", "address", "language", "audience", "status", "valid_from", "valid_until", "products")
    own = {"own": is_consoles(article.source), "source": article.source, "digest": shelved.digest}
    when = {"changed_at": shelved.changed_at, "changed_by": shelved.changed_by}
    return {name: getattr(article, name) for name in names} | own | when
