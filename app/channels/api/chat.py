"""The chat endpoint: a message in, and its reply as one answer or as a stream of events."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from app.care.records import Inbound, Receipt
from app.channels.api.parts import ApiParts, Parts
from app.channels.api.schemas import ChatReply, ChatRequest, HandoffOut
from app.domain.conversations import Event, MessageReceived, TurnDone
from app.domain.customers import ClaimedIdentity
from app.domain.replies import Outcome
from app.web.access import Customer, CustomerCaller
from app.web.event_views import stream_events
from app.web.problems import responses
from app.web.schemas import CitationOut
from app.web.streams import HEADERS, MEDIA_TYPE, encoded, last_event_id

router = APIRouter(tags=["chat"])

TOKEN_HEADER = "Careline-Customer-Token"  # noqa: S105 the name of a header
ASYNC = "respond-async"
"""A `Prefer` of RFC 7240: 202 at once, the reply is read from the events."""
STREAM: dict[str, object] = {
    "description": "The reply; asked for text/event-stream, the events accepted, sentence, handoff, done.",
    "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
    "headers": {
        TOKEN_HEADER: {
            "description": "The secret of a new anonymous customer, to be sent as bearer from now on.",
            "schema": {"type": "string"},
        }
    },
}
PENDING: dict[str, object] = {
    "model": ChatReply,
    "description": "Stored, and not answered within the deadline, or `Prefer: respond-async`: `Location` tells where "
    "to look.",
}


@router.post(
    "/v1/chat",
    response_model=ChatReply,
    responses={200: STREAM, 202: PENDING, **responses(400, 401, 403, 404, 413, 422, 429, 503)},
)
async def chat(
    request: Request,
    body: ChatRequest,
    caller: Customer,
    parts: Parts,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
    last_event: Annotated[str | None, Header(alias="Last-Event-ID")] = None,
) -> Response:
    """Stores the message, then answers it. A repeated idempotency key joins the first delivery's reply. With `Prefer:
    respond-async` the answer is 202 as soon as it is stored, and the reply comes with the conversation's events."""
    resumed = last_event_id(last_event)
    parts.limits.check(request.client.host if request.client else "", caller.customer_id)
    language = preferred_language(request.headers.get("accept-language", ""))
    receipt = await parts.inbox.receive(replace(_inbound(body, caller, idempotency_key), language=language))
    if receipt.lease is not None and parts.take is not None:
        parts.take(receipt.lease)
    headers = {TOKEN_HEADER: caller.issued} if caller.issued else {}
    if MEDIA_TYPE in request.headers.get("accept", ""):
        after = receipt.seq - 1 if resumed is None else resumed
        stream = encoded(stream_events(_stream_of_turn(parts, receipt, after)))
        return StreamingResponse(stream, media_type=MEDIA_TYPE, headers={**HEADERS, **headers})
    if ASYNC in request.headers.get("prefer", "").lower():
        return _answer(_pending(receipt), {**headers, "Preference-Applied": ASYNC})
    return _answer(await _reply(parts, receipt), headers)


def _answer(reply: ChatReply, headers: Mapping[str, str]) -> JSONResponse:
    if reply.outcome is not Outcome.PENDING:
        return JSONResponse(reply.model_dump(mode="json"), 200, headers)
    place = {"Location": f"/v1/conversations/{reply.conversation}"}
    return JSONResponse(reply.model_dump(mode="json"), 202, {**headers, **place})


def preferred_language(header: str) -> str:
    """What `Accept-Language` names first, such as "de-AT"."""
    first = header.split(",")[0].split(";")[0].strip()
    return first if first != "*" else ""


def _pending(receipt: Receipt) -> ChatReply:
    """Stored, and not answered yet."""
    return ChatReply(
        conversation=receipt.conversation_id,
        message=receipt.message_id,
        seq=receipt.seq,
        outcome=Outcome.PENDING,
        reply=None,
        citations=[],
        handoff=None,
        notice=None,
    )


def _inbound(body: ChatRequest, caller: CustomerCaller, header_key: str | None) -> Inbound:
    claimed = ClaimedIdentity(**body.identity.model_dump()) if body.identity else ClaimedIdentity()
    return Inbound(
        identity=caller.identity,
        text=body.text,
        conversation_id=body.conversation,
        sender_key=body.idempotency_key or header_key,
        claimed=claimed,
    )


@dataclass(kw_only=True)
class _Seen:
    """What a waiting request saw go by."""

    notice: str | None = None
    done: TurnDone | None = None


async def _reply(parts: ApiParts, receipt: Receipt) -> ChatReply:
    seen = _Seen()
    try:
        async with asyncio.timeout(parts.wait_seconds):
            async for event in _turn_events(parts, receipt, receipt.seq - 1):
                _note(seen, event, receipt)
    except TimeoutError:
        pass
    handoff = await parts.conversations.handoff_of(receipt.conversation_id) if _may_wait(seen.done) else None
    return ChatReply(
        conversation=receipt.conversation_id,
        message=receipt.message_id,
        seq=receipt.seq,
        outcome=seen.done.outcome if seen.done else Outcome.PENDING,
        reply=seen.done.reply if seen.done else None,
        citations=[CitationOut.of(citation) for citation in seen.done.citations] if seen.done else [],
        handoff=HandoffOut.of(handoff) if handoff else None,
        notice=seen.notice,
    )


def _note(seen: _Seen, event: Event | None, receipt: Receipt) -> None:
    if event is None:
        return
    if isinstance(event.body, MessageReceived) and event.seq == receipt.seq:
        seen.notice = event.body.notice
    if isinstance(event.body, TurnDone):
        seen.done = event.body


def _may_wait(done: TurnDone | None) -> bool:
    return done is None or done.handoff_id is not None or done.outcome is Outcome.WITH_AGENT


async def _turn_events(parts: ApiParts, receipt: Receipt, after: int) -> AsyncIterator[Event | None]:
    """Events behind `after`, up to the end of the turn that met this message."""
    async for event in parts.following.events(receipt.conversation_id, after):
        yield event
        if event is not None and isinstance(event.body, TurnDone) and event.body.covers_to >= receipt.seq:
            return


async def _stream_of_turn(parts: ApiParts, receipt: Receipt, after: int) -> AsyncIterator[Event | None]:
    """Ends with the turn, or a while after its deadline: the reader resumes with the last id it saw."""
    until = time.monotonic() + parts.wait_seconds * 2
    async for event in _turn_events(parts, receipt, after):
        yield event
        if event is None and time.monotonic() > until:
            return
