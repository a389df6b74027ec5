"""Replies that are kept ready: every agent uses them, supervisors change them."""

from typing import Annotated

from fastapi import APIRouter, Path

from app.console.desk_parts import Parts
from app.console.desk_schemas import CannedIn, CannedList, CannedOut, Id
from app.web.access import CallingAgent
from app.web.problems import NotFoundError, responses

router = APIRouter(prefix="/v1/agent/canned", tags=["desk"])

CannedId = Annotated[Id, Path()]


@router.get("", responses=responses(401))
async def canned(parts: Parts) -> CannedList:
    return CannedList(canned=[CannedOut.of(reply) for reply in await parts.canned.canned()])


@router.post("", status_code=201, responses=responses(401, 403, 409, 422))
async def add(body: CannedIn, agent: CallingAgent, parts: Parts) -> CannedOut:
    return CannedOut.of(await parts.canned.add(body.value(), agent))


@router.put("/{canned_id}", responses=responses(401, 403, 404, 409, 422))
async def change(canned_id: CannedId, body: CannedIn, agent: CallingAgent, parts: Parts) -> CannedOut:
    changed = await parts.canned.change(canned_id, body.value(), agent)
    if changed is None:
        raise NotFoundError(canned_id)
    return CannedOut.of(changed)


@router.delete("/{canned_id}", status_code=204, responses=responses(401, 403, 404))
async def remove(canned_id: CannedId, agent: CallingAgent, parts: Parts) -> None:
    if not await parts.canned.remove(canned_id, agent):
        raise NotFoundError(canned_id)
