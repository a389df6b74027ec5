"""The desk: the list of conversations, one of them whole, and what agents keep beside it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from app.console.desk_parts import DeskParts, Parts
from app.console.desk_schemas import (
    BlockedIn,
    ConversationLine,
    ConversationPage,
    HandOverIn,
    Id,
    ListQuery,
    MutedIn,
    NoteIn,
    NoteOut,
    SpamIn,
    TagsIn,
    TagsOut,
    ViewingIn,
    written,
)
from app.console.detail import conversation_for
from app.console.detail_schemas import ConversationOut
from app.console.schemas import QueueItem
from app.domain.masking import masked
from app.domain.messages import clean_text
from app.web.access import CallingAgent
from app.web.problems import NotFoundError, responses

router = APIRouter(prefix="/v1/agent", tags=["desk"])

ConversationId = Annotated[Id, Path()]


@router.get("/conversations", responses=responses(401, 422))
async def conversations(query: Annotated[ListQuery, Query()], agent: CallingAgent, parts: Parts) -> ConversationPage:
    """The one where something happened last comes first."""
    page = await parts.listing.conversations(query.filter(agent), query.before or None, query.limit)
    return ConversationPage(
        conversations=[ConversationLine.of(each) for each in page.conversations],
        next=written(page.next),
        looked_back_to=page.looked_back_to,
    )


@router.get("/conversations/{conversation_id}", responses=responses(401, 404))
async def conversation(conversation_id: ConversationId, agent: CallingAgent, parts: Parts) -> ConversationOut:
    """With the customer's profile: that it was read is noted, once in a quarter of an hour."""
    return await conversation_for(agent, conversation_id, parts)


@router.post("/conversations/{conversation_id}/assign", responses=responses(401, 404, 409, 422))
async def hand_over(conversation_id: ConversationId, body: HandOverIn, agent: CallingAgent, parts: Parts) -> QueueItem:
    """To a colleague, whose name the customer hears. Supervisors hand over what anybody has, or nobody yet."""
    note = _note(body.note, parts) if body.note else None
    return QueueItem.of(await parts.queue.hand_over(conversation_id, agent, body.agent, note))


@router.get("/tags", responses=responses(401))
async def tags_in_use(parts: Parts) -> TagsOut:
    return TagsOut(tags=list(await parts.desk.tags()))


@router.put("/conversations/{conversation_id}/tags", responses=responses(401, 404, 422))
async def tags(conversation_id: ConversationId, body: TagsIn, parts: Parts) -> TagsOut:
    return TagsOut(tags=list(await parts.desk.set_tags(conversation_id, body.tags)))


@router.post("/conversations/{conversation_id}/notes", status_code=201, responses=responses(401, 404, 422))
async def note(conversation_id: ConversationId, body: NoteIn, agent: CallingAgent, parts: Parts) -> NoteOut:
    return NoteOut.of(await parts.desk.add_note(conversation_id, agent, _note(body.text, parts)))


@router.put("/conversations/{conversation_id}/muted", status_code=204, responses=responses(401, 404, 422))
async def muted(conversation_id: ConversationId, body: MutedIn, parts: Parts) -> None:
    await parts.desk.set_muted(conversation_id, body.muted)


@router.put("/conversations/{conversation_id}/spam", status_code=204, responses=responses(401, 404, 409, 422))
async def spam(conversation_id: ConversationId, body: SpamIn, agent: CallingAgent, parts: Parts) -> None:
    """What is spam is closed; what is not after all stays closed until the customer writes."""
    if body.spam:
        await parts.queue.mark_spam(conversation_id, agent)
    else:
        await parts.queue.unmark_spam(conversation_id)
    await parts.audit.note(agent, "conversation.spam" if body.spam else "conversation.not_spam", conversation_id, {})


@router.put("/customers/{customer_id}/blocked", status_code=204, responses=responses(401, 403, 404, 422))
async def blocked(customer_id: Annotated[Id, Path()], body: BlockedIn, agent: CallingAgent, parts: Parts) -> None:
    """Nothing is taken from a blocked customer; their conversations stay as they are."""
    if not await parts.desk.set_blocked(customer_id, body.blocked, agent):
        raise NotFoundError(customer_id)


@router.put("/viewing", status_code=204, responses=responses(401, 404, 422))
async def viewing(body: ViewingIn, agent: CallingAgent, parts: Parts) -> None:
    """For colleagues: the agent is there, and looks at this."""
    if body.conversation is not None and await parts.conversations.conversation(body.conversation) is None:
        raise NotFoundError(body.conversation)
    await parts.state.set_viewing(agent.id, body.conversation)


def _note(text: str, parts: DeskParts) -> str:
    """What a customer told an agent of their card stands nowhere."""
    return masked(clean_text(text, parts.longest_text))
