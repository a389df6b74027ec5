"""The library: articles with status and validity, upload, and a question to try."""

import re
from pathlib import PurePosixPath
from typing import Annotated

from fastapi import APIRouter, File, Form, Path, Query, UploadFile

from app.care.ingesting import Document
from app.care.library import Edit, Wanted
from app.console.library_parts import Parts
from app.console.library_schemas import (
    ArticleEdited,
    ArticleWritten,
    OpenArticle,
    PassageOut,
    PreviewIn,
    PreviewOut,
    QuestionIn,
    ShelfOut,
    TakenOut,
    TriedOut,
)
from app.domain.knowledge import Article, ArticleStatus
from app.domain.messages import clean_text
from app.web.access import AdmittedFirst, CallingAgent
from app.web.problems import responses

router = APIRouter(prefix="/v1/agent/articles", tags=["library"], route_class=AdmittedFirst)

LONGEST_NAME, LONGEST_ENDING = 200, 20
_UNSAFE = re.compile(r"[\x00-\x1f\x7f]")

ArticleId = Annotated[str, Path(max_length=256, pattern=r"^[^\x00]+$")]
Words = Annotated[str, Query(max_length=200, description="All of these words, in title or text")]
Limit = Annotated[int, Query(ge=1, le=500)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]


@router.get("", responses=responses(401, 422))
async def articles(
    parts: Parts, q: Words = "", status: ArticleStatus | None = None, limit: Limit = 100, offset: Offset = 0
) -> ShelfOut:
    wanted = Wanted(words=q.replace("\x00", ""), status=status, limit=limit, offset=offset)
    return ShelfOut.of(await parts.library.shelf(wanted))


@router.post("", status_code=201, responses=responses(401, 403, 413, 422))
async def write(body: ArticleWritten, agent: CallingAgent, parts: Parts) -> OpenArticle:
    """A new article: agents write drafts, supervisors publish."""
    return OpenArticle.of(await parts.library.write(agent, body.article()))


@router.post("/preview", responses=responses(401, 413, 422))
async def preview(body: PreviewIn, parts: Parts) -> PreviewOut:
    """The passages that it would be found by; nothing is stored."""
    passages = await parts.library.preview(Article(id="preview", title=body.title, text=body.text))
    return PreviewOut(passages=[PassageOut.of(passage) for passage in passages])


@router.post("/try", responses=responses(401, 422))
async def try_question(body: QuestionIn, parts: Parts) -> TriedOut:
    """What would be found and said now; nothing is stored."""
    return TriedOut.of(await parts.library.try_question(clean_text(body.question, parts.longest_text)))


@router.post("/files", responses=responses(400, 401, 403, 413, 422))
async def upload(
    files: Annotated[list[UploadFile], File(max_length=20)],
    agent: CallingAgent,
    parts: Parts,
    status: Annotated[ArticleStatus, Form()] = ArticleStatus.PUBLISHED,
) -> TakenOut:
    """Markdown, HTML, text, PDF, DOCX, CSV of question and answer, JSONL. A broken file is named, the rest is taken."""
    documents = [await _document(file, status) for file in files]
    return TakenOut.of(await parts.library.upload(agent, documents))


@router.get("/{article_id:path}", responses=responses(401, 404, 422))
async def article(article_id: ArticleId, parts: Parts) -> OpenArticle:
    return OpenArticle.of(await parts.library.article(article_id))


@router.put("/{article_id:path}", responses=responses(401, 403, 404, 409, 413, 422))
async def edit(article_id: ArticleId, body: ArticleEdited, agent: CallingAgent, parts: Parts) -> OpenArticle:
    """The article stays under its id, and under its address where none is sent; its old text stops answering at
    once."""
    wanted = body.article(article_id)
    if "address" not in body.model_fields_set:
        held = await parts.library.article(article_id)
        wanted = body.model_copy(update={"address": held.article.address}).article(article_id)
    edited = Edit(article=wanted, was=body.digest, take_over=body.take_over)
    return OpenArticle.of(await parts.library.edit(agent, edited))


@router.delete("/{article_id:path}", status_code=204, responses=responses(401, 403, 404, 409, 422))
async def take_out(article_id: ArticleId, agent: CallingAgent, parts: Parts) -> None:
    """The article stops answering at once."""
    await parts.library.take_out(agent, article_id)


async def _document(file: UploadFile, status: ArticleStatus) -> Document:
    path = PurePosixPath((file.filename or "unnamed").replace("\\", "/"))
    name = _UNSAFE.sub("", path.stem)[:LONGEST_NAME] + _UNSAFE.sub("", path.suffix)[:LONGEST_ENDING]
    return Document(name=name, source="", content=await file.read(), status=status)
