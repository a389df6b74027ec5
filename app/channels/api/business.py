"""What the company's own systems set: attributes of customers, articles of the knowledge base."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, File, Path, UploadFile
from pydantic import BaseModel, Field, model_validator

from app.care.ingesting import Document, IngestReport
from app.channels.api.parts import Parts
from app.domain.customers import Attribute
from app.domain.knowledge import Article, Audience
from app.web.access import AdmittedFirst
from app.web.problems import NotFoundError, responses
from app.web.schemas import Strict

router = APIRouter(tags=["business"], route_class=AdmittedFirst)

SOURCE = "api"
ArticleId = Annotated[str, Path(max_length=256)]
ExternalId = Annotated[str, Path(min_length=1, max_length=200, description="`sub` of the customer's signed token")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Value = Annotated[str, Field(max_length=2_000)]


class AttributesIn(Strict):
    """Attributes by name (first_name, email, plan, products ...); an empty value takes the attribute away."""

    attributes: dict[Name, Value] = Field(max_length=100, examples=[{"first_name": "Ada", "products": "Pour 4"}])


class ArticleIn(Strict):
    """An article to put in or to replace."""

    id: str = Field(min_length=1, max_length=256)
    title: str = Field(min_length=1, max_length=500)
    text: str = Field(min_length=1, max_length=500_000, description="Markdown")
    address: str | None = Field(None, max_length=2_000, pattern=r"^https?://")
    language: str = Field("en", pattern=r"^[a-z]{2}$")
    audience: Audience = Audience.PUBLIC
    valid_from: date | None = None
    valid_until: date | None = None
    products: list[str] = Field(default_factory=list, max_length=50)

    @model_validator(mode="after")
    def dates_in_order(self) -> "ArticleIn":
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until is before valid_from")
        return self


class ArticleSummary(BaseModel):
    """An article without its text."""

    id: str
    title: str
    address: str | None
    language: str
    audience: Audience
    valid_from: date | None
    valid_until: date | None
    source: str

    @classmethod
    def of(cls, article: Article) -> "ArticleSummary":
        return cls(**{name: getattr(article, name) for name in ArticleSummary.model_fields})


class ArticleOut(ArticleSummary):
    """An article as its author wrote it."""

    text: str
    products: tuple[str, ...]

    @classmethod
    def of(cls, article: Article) -> "ArticleOut":
        return cls(**{name: getattr(article, name) for name in ArticleOut.model_fields})


class ArticleList(BaseModel):
    """Every article, by id."""

    articles: list[ArticleSummary]


class IngestOut(BaseModel):
    """What came of it, by article id; `broken` names each document that could not be taken, and why, `kept` those that
    were left aside, for an article of theirs was taken over in the console."""

    changed: list[str]
    unchanged: list[str]
    deleted: list[str]
    broken: dict[str, str]
    kept: list[str]
    passages: int

    @classmethod
    def of(cls, report: IngestReport) -> "IngestOut":
        return cls(**vars(report))


@router.put("/v1/customers/{external_id}/attributes", status_code=204, responses=responses(401, 403, 422))
async def set_attributes(external_id: ExternalId, body: AttributesIn, parts: Parts) -> None:
    """Sets what the company knows of a customer; other attributes stay."""
    attributes = [Attribute(name=name, value=value.strip()) for name, value in body.attributes.items()]
    await parts.memory.set_attributes(external_id, attributes)


@router.get("/v1/articles", responses=responses(401, 403))
async def articles(parts: Parts) -> ArticleList:
    return ArticleList(articles=[ArticleSummary.of(article) for article in await parts.articles.articles()])


@router.post("/v1/articles", responses=responses(401, 403, 413, 422))
async def put_article(body: ArticleIn, parts: Parts) -> IngestOut:
    """Puts an article in or replaces the one of the same id. The old text stops answering at once."""
    values = body.model_dump(exclude={"products"})
    article = Article(**values, products=tuple(body.products), source=SOURCE)
    return IngestOut.of(await parts.ingesting.take_article(article))


@router.post("/v1/articles/files", responses=responses(400, 401, 403, 413, 422))
async def upload(files: Annotated[list[UploadFile], File(max_length=20)], parts: Parts) -> IngestOut:
    """Markdown, HTML, text, PDF, DOCX, CSV of question and answer, JSONL. A broken file is named, the rest is taken."""
    documents = [await _document(file) for file in files]
    return IngestOut.of(await parts.ingesting.take_documents(documents))


@router.get("/v1/articles/{article_id:path}", responses=responses(401, 403, 404))
async def article(article_id: ArticleId, parts: Parts) -> ArticleOut:
    found = await parts.articles.article(article_id)
    if found is None:
        raise NotFoundError(article_id)
    return ArticleOut.of(found)


@router.delete("/v1/articles/{article_id:path}", status_code=204, responses=responses(401, 403, 404))
async def delete_article(article_id: ArticleId, parts: Parts) -> None:
    """The article stops answering at once."""
    if not await parts.ingesting.delete(article_id):
        raise NotFoundError(article_id)


async def _document(file: UploadFile) -> Document:
    name = (file.filename or "unnamed").replace("\\", "/").rsplit("/", 1)[-1]
    return Document(name=name, source=f"{SOURCE}/{name}", content=await file.read())
