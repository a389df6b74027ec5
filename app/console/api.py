"""The agents' API: the queue, and what an agent does with a conversation."""

from typing import Annotated

from fastapi import APIRouter, Header, Path, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from app.console.parts import ConsoleParts, Parts
from app.console.schemas import (
    AgentMessage,
    AgentOut,
    CloseIn,
    DutyIn,
    OverdueItem,
    OverdueOut,
    QueueItem,
    QueueOut,
    ReplyIn,
)
from app.domain.conversations import Conversation, UnknownConversationError
from app.domain.messages import clean_text
from app.web.access import CallingAgent, while_admitted
from app.web.event_views import stream_event, stream_events
from app.web.problems import responses
from app.web.schemas import Id
from app.web.streams import HEADERS, MEDIA_TYPE, NO_STORE, encoded, last_event_id, wants_json

router = APIRouter(prefix="/v1/agent", tags=["agent"])

ConversationId = Annotated[Id, Path()]


@router.get("", responses=responses(401))
async def me(agent: CallingAgent) -> AgentOut:
    return AgentOut.of(agent)


@router.put("/duty", status_code=204, responses=responses(401, 422))
async def duty(body: DutyIn, agent: CallingAgent, parts: Parts) -> None:
    """On duty as long as the agent is seen at work within a quarter of an hour."""
    await parts.agents.set_duty(agent.id, body.on_duty)


@router.get("/queue", responses=responses(401))
async def queue(agent: CallingAgent, parts: Parts) -> QueueOut:
    waiting = await parts.queue.waiting()
    mine = await parts.queue.handoffs_of(agent.id)
    return QueueOut(waiting=[QueueItem.of(each) for each in waiting], mine=[QueueItem.of(each) for each in mine])


@router.get("/overdue", responses=responses(401))
async def overdue(parts: Parts) -> OverdueOut:
    """Customers who wait for longer than a turn may take, and no turn has met them: normally none."""
    return OverdueOut(conversations=[OverdueItem.of(each) for each in await parts.watchdog.overdue()])


@router.get(
    "/conversations/{conversation_id}/events",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "All events, as they come; asked for application/json, those that are there.",
            "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
        },
        **responses(400, 401, 404),
    },
)
async def events(
    request: Request,
    conversation_id: ConversationId,
    parts: Parts,
    last_event: Annotated[str | None, Header(alias="Last-Event-ID")] = None,
) -> Response:
    """From `Last-Event-ID` on; with `Accept: application/json` those that are there. The console asks so, told by the
    live desk that something changed: a stream for each tab would use up the browser's connections."""
    after = last_event_id(last_event) or 0
    found = await _known(parts, conversation_id)
    if wants_json(request):
        listed = [stream_event(event) for event in await parts.conversations.events(found.id, after)]
        return JSONResponse({"events": [vars(event) for event in listed]}, headers=NO_STORE)
    stream = while_admitted(request, encoded(stream_events(parts.following.follow(found.id, after))))
    return StreamingResponse(stream, media_type=MEDIA_TYPE, headers=HEADERS)


@router.post("/conversations/{conversation_id}/claim", responses=responses(401, 404, 409))
async def claim(conversation_id: ConversationId, agent: CallingAgent, parts: Parts) -> QueueItem:
    """Takes the conversation: one agent wins, the others get 409. The assistant falls silent at once."""
    return QueueItem.of(await parts.queue.claim(conversation_id, agent))


@router.post("/conversations/{conversation_id}/reply", responses=responses(401, 404, 409, 422))
async def reply(conversation_id: ConversationId, body: ReplyIn, agent: CallingAgent, parts: Parts) -> AgentMessage:
    text = clean_text(body.text, parts.longest_text)
    return AgentMessage.of(await parts.queue.reply(conversation_id, agent, text, body.idempotency_key))


@router.post("/conversations/{conversation_id}/return", status_code=204, responses=responses(401, 404, 409))
async def give_back(conversation_id: ConversationId, agent: CallingAgent, parts: Parts) -> None:
    """Back to the assistant, which says again that it is an AI."""
    await parts.queue.give_back(conversation_id, agent)


@router.post("/conversations/{conversation_id}/close", status_code=204, responses=responses(401, 404, 409, 422))
async def close(
    conversation_id: ConversationId, agent: CallingAgent, parts: Parts, body: CloseIn | None = None
) -> None:
    await parts.queue.close(conversation_id, agent, (body or CloseIn()).reason)


async def _known(parts: ConsoleParts, conversation_id: str) -> Conversation:
    found = await parts.conversations.conversation(conversation_id)
    if found is None:
        raise UnknownConversationError(conversation_id)
    return found
