"""The desk as a stream: the whole queue first, then whenever it changes, and which conversations were touched."""

import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from functools import lru_cache

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import TypeAdapter

from app.care.desk import DeskState, InQueue
from app.care.desk_live import Snapshot, Touched
from app.console.desk_parts import DeskParts, Parts
from app.console.desk_schemas import Counts, DeskItem, PresentOut
from app.web.access import CallingAgent, still_admitted
from app.web.problems import responses
from app.web.streams import HEADERS, KEEP_ALIVE, MEDIA_TYPE, QUIET_LOOKS

router = APIRouter(prefix="/v1/agent", tags=["desk"])

ITEMS, PRESENT = TypeAdapter(list[DeskItem]), TypeAdapter(list[PresentOut])


@router.get(
    "/live",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "`queue`: the desk as it is; `changed`: a conversation, null for very many.",
            "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
        },
        **responses(401),
    },
)
async def live(request: Request, agent: CallingAgent, parts: Parts) -> Response:
    """A snapshot, not a log: whoever comes back after hours sees what is, and nothing of what was."""
    stream = _stream(request, agent.id, parts)
    return StreamingResponse(stream, media_type=MEDIA_TYPE, headers=HEADERS)


async def _stream(request: Request, agent_id: str, parts: DeskParts) -> AsyncIterator[bytes]:
    quiet, ask_at = 0, time.monotonic() + parts.admitted_again
    async with aclosing(parts.live.follow()) as news:
        async for each in news:
            if time.monotonic() >= ask_at:
                if not await still_admitted(request):
                    return
                ask_at = time.monotonic() + parts.admitted_again
            quiet = quiet + 1 if each is None else 0
            if each is not None:
                yield _event(each, agent_id)
            elif quiet % QUIET_LOOKS == 0:
                yield KEEP_ALIVE


def _event(news: Snapshot | Touched, agent_id: str) -> bytes:
    match news:
        case Snapshot(version=version):
            return f"id: {version}\nevent: queue\ndata: {_queue(news, agent_id)}\n\n".encode()
        case Touched(conversation_id=conversation_id):
            return f"event: changed\ndata: {json.dumps({'conversation': conversation_id})}\n\n".encode()


def _queue(snapshot: Snapshot, agent_id: str) -> str:
    """What all see, and what is this agent's: put together as JSON, for the large part is written already."""
    mine = [entry for entry in snapshot.state.in_hand if entry.handoff.agent_id == agent_id]
    items = ITEMS.dump_json([DeskItem.of_entry(entry) for entry in mine]).decode()
    counts = _counts(snapshot.state, mine).model_dump_json()
    return f'{{"version":{snapshot.version},"mine":{items},"counts":{counts},{_shared(snapshot)}}}'


@lru_cache(maxsize=2)
def _shared(snapshot: Snapshot) -> str:
    """Written once for all who follow."""
    waiting = ITEMS.dump_json([DeskItem.of_entry(entry) for entry in snapshot.state.waiting]).decode()
    present = PRESENT.dump_json([PresentOut.of(each) for each in snapshot.state.present]).decode()
    return f'"waiting":{waiting},"present":{present}'


def _counts(state: DeskState, mine: Sequence[InQueue]) -> Counts:
    heard = sum(not entry.conversation.muted for entry in mine)
    return Counts(waiting=state.waiting_count, mine=heard, with_assistant=state.with_assistant)
