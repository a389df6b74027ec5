"""What helps an agent to reply: a reply to change and send, and search in the knowledge base."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel

from app.console.desk_parts import DeskParts, Parts
from app.console.desk_schemas import Id
from app.console.detail import passages_by_id
from app.console.detail_schemas import PassageOut
from app.domain.knowledge import Audience, FoundPassage, SearchQuestion
from app.web.problems import responses
from app.web.schemas import CitationOut

router = APIRouter(prefix="/v1/agent", tags=["desk"])

FOUND = 8


class SuggestionOut(BaseModel):
    """`text` is empty where the passages do not answer."""

    text: str
    citations: list[CitationOut]
    passages: list[PassageOut]
    answerable: float


class FoundOut(BaseModel):
    """Best first. `internal` ones are for agents alone."""

    passages: list[PassageOut]
    answerable: float


@router.post("/conversations/{conversation_id}/suggestion", responses=responses(401, 404, 503))
async def suggestion(conversation_id: Annotated[Id, Path()], parts: Parts) -> SuggestionOut:
    """For the customer's last words; every sentence is checked against its sources. Nothing is stored or sent."""
    found = await parts.suggesting.suggest(conversation_id)
    cited = frozenset(citation.passage_id for citation in found.citations)
    return SuggestionOut(
        text=found.text,
        citations=[CitationOut.of(citation) for citation in found.citations],
        passages=await _shown(parts, found.passages, cited),
        answerable=round(found.answerable, 3),
    )


@router.get("/search", responses=responses(401, 422))
async def search(q: Annotated[str, Query(max_length=500)], parts: Parts) -> FoundOut:
    """Passages that agents may read today, internal ones too."""
    language = parts.assessor.assess([q]).language
    question = SearchQuestion(text=q, language=language, audience=Audience.INTERNAL)
    found = await parts.search.search(question, limit=FOUND)
    return FoundOut(passages=await _shown(parts, found.passages, frozenset()), answerable=round(found.answerable, 3))


async def _shown(parts: DeskParts, found: Sequence[FoundPassage], cited: frozenset[str]) -> list[PassageOut]:
    records = await passages_by_id(parts, [each.passage.id for each in found])
    return [PassageOut.of_found(each, records.get(each.passage.id), each.passage.id in cited) for each in found]
