"""What an agent had in hand who was disabled: those customers wait again, at the place that they came from."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from app.domain.conversations import ConversationStatus, HandedOff
from app.domain.handoffs import HandoffStatus
from app.storage import tables as t
from app.storage.queue_steps import Step, begun
from app.storage.rows import NewId


def put_back_in_queue(c: Connection, agent_id: str, now: datetime, new_id: NewId) -> int:
    """How many. Whoever follows sees it within a second, without a ring."""
    mine = (t.conversations.c.agent_id == agent_id) & (t.conversations.c.status == ConversationStatus.WITH_AGENT)
    held = c.execute(select(t.conversations.c.id).where(mine).order_by(t.conversations.c.id)).scalars().all()
    for conversation_id in held:
        _put_back(begun(c, conversation_id, now, new_id), agent_id)
    return len(held)


def _put_back(step: Step, agent_id: str) -> None:
    """Somebody else may have taken it until it was locked."""
    if step.row.status != ConversationStatus.WITH_AGENT or step.row.agent_id != agent_id:
        return
    claimed = (t.handoffs.c.conversation_id == step.id) & (t.handoffs.c.status == HandoffStatus.CLAIMED)
    waiting = {"status": HandoffStatus.WAITING, "agent_id": None, "claimed_at": None}
    step.c.execute(update(t.handoffs).where(claimed).values(waiting))
    handoff = step.open_handoff()
    told = HandedOff(
        handoff_id=handoff.id,
        reason=handoff.reason,
        evidence=handoff.evidence,
        brief=handoff.brief,
        position=handoff.position,
    )
    step.change({"status": ConversationStatus.WAITING, "agent_id": None}, told)
