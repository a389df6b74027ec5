"""Puts a conversation together for an agent, and notes that its customer's profile was read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.care.desk import DeskDetails
from app.console.desk_parts import DeskParts
from app.console.desk_schemas import NoteOut, line_of
from app.console.detail_schemas import (
    CitationOut,
    ConversationOut,
    EarlierOut,
    FileOut,
    MessageWithWhy,
    OpinionOut,
    WhyOut,
)
from app.console.schemas import AgentMessage, ProfileOut, QueueItem
from app.domain.agents import Agent
from app.domain.conversations import Message
from app.domain.knowledge import PassageRecord

MOST_PASSAGES = 400
"""Texts of one page: those of the newest turns."""


async def conversation_for(agent: Agent, conversation_id: str, parts: DeskParts) -> ConversationOut:
    """Raises UnknownConversationError."""
    details = await parts.desk.details(conversation_id)
    await parts.reads.note(agent, details.conversation.customer.id, conversation_id)
    messages = await parts.conversations.messages(conversation_id)
    records = await passages_by_id(parts, _found_in(details))
    handoff = await parts.conversations.handoff_of(conversation_id)
    profile = await parts.memory.profile(details.conversation.customer.id)
    turns = [dict(row) for row in await parts.conversations.trace(conversation_id)]
    return ConversationOut(
        **line_of(details.conversation),
        **_beside(details),
        profile=ProfileOut.of(profile),
        handoff=QueueItem.of(handoff) if handoff else None,
        messages=[_message(message, details, records) for message in messages],
        trace=turns,
    )


async def passages_by_id(parts: DeskParts, ids: Iterable[str]) -> Mapping[str, PassageRecord]:
    wanted = list(dict.fromkeys(ids))[-MOST_PASSAGES:]
    return {record.passage.id: record for record in await parts.knowledge.passages(wanted)} if wanted else {}


def _beside(details: DeskDetails) -> dict[str, Any]:
    return {
        "closed_at": details.closed_at,
        "previous_id": details.previous_id,
        "blocked": details.conversation.customer.blocked,
        "claimed": dict(details.claimed),
        "notes": [NoteOut.of(note) for note in details.notes],
        "files": [FileOut.of(line) for line in details.files],
        "earlier": [EarlierOut.of(each) for each in details.earlier],
    }


def _found_in(details: DeskDetails) -> list[str]:
    traces: list[Mapping[str, Any]] = [why.trace for why in details.why.values()]
    rows: list[Sequence[Mapping[str, Any]]] = [trace.get("passages", ()) for trace in traces]
    return [row["passage"] for found in rows for row in found]


def _message(message: Message, details: DeskDetails, records: Mapping[str, PassageRecord]) -> MessageWithWhy:
    why = details.why.get(message.id)
    cited = frozenset(citation.passage_id for citation in message.citations)
    return MessageWithWhy(
        **AgentMessage.of(message).model_dump(),
        citations=[CitationOut.of(citation) for citation in message.citations],
        why=WhyOut.of(why, records, cited) if why else None,
        feedback=OpinionOut.of(details.opinions.get(message.id)),
        wrong=message.id in details.wrong,
    )
