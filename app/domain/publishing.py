"""Which events the company's systems and a channel's customers are told of, and in what words. Pure rules."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.conversations import (
    AgentSaid,
    Claimed,
    Closed,
    Event,
    FileAdded,
    HandedOff,
    MessageReceived,
    Reopened,
    Returned,
    TurnDone,
)
from app.domain.replies import Citation

KINDS = (
    "conversation.opened",
    "conversation.reopened",
    "conversation.handed_off",
    "conversation.claimed",
    "conversation.returned",
    "conversation.closed",
    "message.received",
    "message.sent",
    "file.added",
)
MESSAGE = "message"
"""The kind of a delivery that carries a message to a channel's customer."""

Data = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Thread:
    """The conversation that an event belongs to, as receivers are told; `notice` says that an AI answers, when due."""

    conversation_id: str
    customer_id: str
    channel: str
    recipient: str = ""
    notice: str = ""


def published(event: Event, thread: Thread) -> list[tuple[str, Data]]:
    """Kind and content of what the company's systems are told; sentences are not, their message is."""
    told = _told(event)
    place: Data = {
        "conversation": thread.conversation_id,
        "customer": thread.customer_id,
        "channel": thread.channel,
        "seq": event.seq,
        "at": event.at.isoformat(),
    }
    return [(kind, {**place, **data}) for kind, data in told]


def channel_message(event: Event, thread: Thread) -> Data | None:
    """The whole message that goes to the customer's address on a channel, or None."""
    match event.body:
        case TurnDone(message_id=str(message), reply=str(reply)):
            text = f"{thread.notice}\n\n{reply}" if thread.notice else reply
            said: Data = {"message": message, "author": "assistant", "agent": None, "text": text}
            said = {**said, "citations": _citations(event.body.citations)}
        case AgentSaid(message_id=message, agent_name=agent, text=text):
            said = {"message": message, "author": "agent", "agent": agent, "text": text, "citations": []}
        case _:
            return None
    return {"conversation": thread.conversation_id, "recipient": thread.recipient, "seq": event.seq, **said}


def _told(event: Event) -> list[tuple[str, Data]]:
    match event.body:
        case MessageReceived(message_id=message, text=text):
            received: tuple[str, Data] = ("message.received", {"message": message, "text": text})
            return [("conversation.opened", {}), received] if event.seq == 1 else [received]
        case TurnDone(message_id=str(message), reply=reply, outcome=outcome):
            return [
                ("message.sent", {"message": message, "author": "assistant", "text": reply, "outcome": str(outcome)})
            ]
        case AgentSaid(message_id=message, agent_name=agent, text=text):
            return [("message.sent", {"message": message, "author": "agent", "agent": agent, "text": text})]
        case FileAdded():
            return [("file.added", _file(event.body))]
        case _:
            return _told_of_queue(event)


def _told_of_queue(event: Event) -> list[tuple[str, Data]]:
    match event.body:
        case HandedOff(handoff_id=handoff, reason=reason, evidence=evidence):
            return [("conversation.handed_off", {"handoff": handoff, "reason": str(reason), "evidence": evidence})]
        case Claimed(handoff_id=handoff, agent_name=agent):
            return [("conversation.claimed", {"handoff": handoff, "agent": agent})]
        case Returned(agent_name=agent):
            return [("conversation.returned", {"agent": agent})]
        case Closed(reason=reason, agent_name=agent):
            return [("conversation.closed", {"reason": reason, "agent": agent})]
        case Reopened():
            return [("conversation.reopened", {})]
        case _:
            return []


def _file(added: FileAdded) -> Data:
    """Its content is not sent along: it is for the conversation's customer and agents."""
    what: Data = {"file": added.file_id, "name": added.name, "type": added.media_type, "size": added.size}
    return {**what, "author": str(added.author), "agent": added.agent_name}


def _citations(citations: tuple[Citation, ...]) -> list[Data]:
    return [{"title": citation.title, "address": citation.address} for citation in citations]
