"""Events as customers see them: names and fields of the stream. What is meant for agents stays out."""

from collections.abc import AsyncIterator, Mapping, Sequence

from app.domain.conversations import (
    AgentSaid,
    Claimed,
    Closed,
    Event,
    FileAdded,
    HandedOff,
    MessageReceived,
    Moved,
    Reopened,
    Returned,
    SentenceShown,
    TurnDone,
)
from app.domain.replies import Citation
from app.web.streams import StreamEvent


def stream_event(event: Event) -> StreamEvent:
    name, data = _named(event)
    place = {"conversation": event.conversation_id, "at": event.at.isoformat().replace("+00:00", "Z")}
    return StreamEvent(seq=event.seq, name=name, data={**place, **data})


async def stream_events(events: AsyncIterator[Event | None]) -> AsyncIterator[StreamEvent | None]:
    async for event in events:
        yield None if event is None else stream_event(event)


def _named(event: Event) -> tuple[str, Mapping[str, object]]:
    match event.body:
        case MessageReceived(message_id=message_id, text=text, notice=notice):
            return "accepted", {"message": message_id, "text": text, "notice": notice}
        case SentenceShown(sentence=sentence):
            citations = _citations(sentence.citations)
            return "sentence", {"text": sentence.text, "lead": sentence.lead, "citations": citations}
        case TurnDone():
            return "done", _done(event.body)
        case AgentSaid(message_id=message_id, agent_name=agent_name, text=text):
            return "agent_message", {"message": message_id, "agent": agent_name, "text": text}
        case FileAdded():
            return "file", _file(event.body)
        case _:
            return _moved(event.body)


def _moved(body: Moved) -> tuple[str, Mapping[str, object]]:
    match body:
        case HandedOff(handoff_id=handoff_id, reason=reason, position=position):
            return "handoff", {"handoff": handoff_id, "reason": reason, "position": position}
        case Claimed(agent_name=agent_name):
            return "claimed", {"agent": agent_name}
        case Returned(agent_name=agent_name):
            return "returned", {"agent": agent_name}
        case Closed(reason=reason):
            return "closed", {"reason": reason}
        case Reopened():
            return "reopened", {}


def _done(done: TurnDone) -> Mapping[str, object]:
    return {
        "outcome": done.outcome,
        "message": done.message_id,
        "reply": done.reply,
        "citations": _citations(done.citations),
        "handoff": done.handoff_id,
        "cut_short": done.cut_short,
    }


def _file(added: FileAdded) -> Mapping[str, object]:
    return {
        "file": added.file_id,
        "name": added.name,
        "size": added.size,
        "type": added.media_type,
        "author": added.author,
        "agent": added.agent_name,
    }


def _citations(citations: Sequence[Citation]) -> list[Mapping[str, str | None]]:
    return [
        {"passage": c.passage_id, "article": c.article_id, "title": c.title, "address": c.address} for c in citations
    ]
