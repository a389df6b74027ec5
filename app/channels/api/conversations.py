"""A customer's own conversations and profile: read back, follow, correct."""

from typing import Annotated

from fastapi import APIRouter, Header, Path, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from app.channels.api.parts import ApiParts, Parts
from app.channels.api.schemas import (
    ConversationDetail,
    ConversationList,
    ConversationOut,
    EventList,
    EventOut,
    FileSent,
    HandoffOut,
    MessageOut,
    ProfileOut,
)
from app.domain.conversations import Conversation, UnknownConversationError
from app.domain.customers import Profile
from app.web.access import CustomerId, while_admitted
from app.web.event_views import stream_events
from app.web.problems import NotFoundError, responses
from app.web.schemas import Id
from app.web.streams import HEADERS, MEDIA_TYPE, NO_STORE, encoded, last_event_id, wants_json

router = APIRouter(tags=["customer"])

ConversationId = Annotated[Id, Path()]


@router.get("/v1/conversations", responses=responses(401))
async def conversations(customer_id: CustomerId, parts: Parts) -> ConversationList:
    found = await parts.conversations.conversations_of(customer_id)
    return ConversationList(conversations=[ConversationOut.of(conversation) for conversation in found])


@router.get("/v1/conversations/{conversation_id}", responses=responses(401, 404))
async def conversation(conversation_id: ConversationId, customer_id: CustomerId, parts: Parts) -> ConversationDetail:
    found = await _own(parts, conversation_id, customer_id)
    messages = await parts.conversations.messages(found.id)
    said_of = await parts.feedback.records.helpful(found.id)
    handoff = await parts.conversations.handoff_of(found.id)
    return ConversationDetail(
        **ConversationOut.of(found).model_dump(),
        messages=[MessageOut.of(message, said_of.get(message.id)) for message in messages],
        files=[FileSent.of(file) for file in await parts.files.files_of(found.id)],
        handoff=HandoffOut.of(handoff) if handoff else None,
    )


@router.get(
    "/v1/conversations/{conversation_id}/events",
    response_class=StreamingResponse,
    responses={
        200: {
            "model": EventList,
            "description": "All events, as they come; asked for application/json, those that are there.",
            "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
        },
        **responses(400, 401, 404),
    },
)
async def events(
    request: Request,
    conversation_id: ConversationId,
    customer_id: CustomerId,
    parts: Parts,
    last_event: Annotated[str | None, Header(alias="Last-Event-ID")] = None,
) -> Response:
    """Follows the conversation, agents' messages too, from `Last-Event-ID` on. Where streams are cut on the way, ask
    with `Accept: application/json` for the events that are there."""
    after = last_event_id(last_event) or 0
    found = await _own(parts, conversation_id, customer_id)
    if wants_json(request):
        listed = EventList(events=[EventOut.of(event) for event in await parts.conversations.events(found.id, after)])
        return JSONResponse(listed.model_dump(mode="json"), headers=NO_STORE)
    stream = encoded(stream_events(parts.following.follow(found.id, after)))
    stream = while_admitted(request, stream, parts.admitted_again)
    return StreamingResponse(stream, media_type=MEDIA_TYPE, headers=HEADERS)


@router.get("/v1/profile", responses=responses(401))
async def profile(customer_id: CustomerId, parts: Parts) -> ProfileOut:
    """What Careline knows of the calling customer."""
    return ProfileOut.of(await parts.memory.profile(customer_id) if customer_id else Profile(customer_id=""))


@router.delete("/v1/profile/facts/{fact_id}", status_code=204, responses=responses(401, 404))
async def forget(fact_id: Annotated[Id, Path()], customer_id: CustomerId, parts: Parts) -> None:
    """Forgets one remembered fact."""
    if not await parts.memory.forget_fact(customer_id, fact_id):
        raise NotFoundError(fact_id)


async def _own(parts: ApiParts, conversation_id: str, customer_id: str) -> Conversation:
    """A foreign conversation is told like an unknown one."""
    found = await parts.conversations.conversation(conversation_id)
    if found is None or found.customer_id != customer_id:
        raise UnknownConversationError(conversation_id)
    return found
