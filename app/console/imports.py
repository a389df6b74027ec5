"""Imports: pages of the company's website that are taken in, once or again and again."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from app.console.library_parts import Parts
from app.domain.imports import Import, ImportKind, ImportStatus, NewImport
from app.web.access import CallingAgent
from app.web.problems import responses
from app.web.schemas import Strict

router = APIRouter(prefix="/v1/agent/imports", tags=["library"])

ImportId = Annotated[str, Path(max_length=64, pattern=r"^[^\x00]+$")]


class ImportIn(Strict):
    """The address of a page or of a sitemap; read again after so many hours, or never."""

    address: str = Field(max_length=2_000, pattern=r"^https?://[^\s\x00]+$")
    kind: ImportKind = ImportKind.PAGE
    every_hours: Annotated[int | None, Field(ge=1, le=8_760)] = None


class ImportOut(BaseModel):
    """An import: how its newest run stands, how many pages it took, and which it could not take, and why."""

    id: str
    address: str
    kind: ImportKind
    every_hours: int | None
    status: ImportStatus
    pages: int
    problem: str
    created_at: datetime
    created_by: str
    ended_at: datetime | None
    next_at: datetime | None

    @classmethod
    def of(cls, found: Import) -> "ImportOut":
        return cls(**vars(found))


class ImportList(BaseModel):
    """Newest first."""

    imports: list[ImportOut]


@router.get("", responses=responses(401))
async def imports(parts: Parts) -> ImportList:
    return ImportList(imports=[ImportOut.of(each) for each in await parts.imports.imports()])


@router.post("", status_code=201, responses=responses(401, 403, 409, 422))
async def add(body: ImportIn, agent: CallingAgent, parts: Parts) -> ImportOut:
    """It begins within seconds, in the background. robots.txt is heeded; other sites are never read."""
    new = NewImport(address=body.address, kind=body.kind, every_hours=body.every_hours)
    return ImportOut.of(await parts.imports.add(agent, new))


@router.post("/{import_id}/again", status_code=204, responses=responses(401, 403, 404, 422))
async def again(import_id: ImportId, agent: CallingAgent, parts: Parts) -> None:
    """Now, before its time; one that runs goes on."""
    await parts.imports.again(agent, import_id)


@router.delete("/{import_id}", status_code=204, responses=responses(401, 403, 404, 422))
async def delete(import_id: ImportId, agent: CallingAgent, parts: Parts) -> None:
    """With all its articles."""
    await parts.imports.delete(agent, import_id)
