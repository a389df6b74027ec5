"""The passing of a conversation to people: reasons, the brief, and its states. Pure rules."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.agents import Agent, AgentRole


class HandoffReason(StrEnum):
    """Why a person is brought in."""

    WISH = "wish"
    ANGER = "anger"
    DISTRESS = "distress"
    SAFETY = "safety"
    TWO_MISSES = "two_misses"
    MODEL_FAILURE = "model_failure"
    FAILURE = "failure"
    CONTRADICTION = "contradiction"
    OWN_MATTER = "own_matter"
    TAKEN_OVER = "taken_over"


class HandoffStatus(StrEnum):
    """Where a handoff stands."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    RETURNED = "returned"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    ABANDONED = "abandoned"


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What an agent reads first: the wish, what was tried, the feeling with its evidence, what is known. `doubts` are
    statements of articles that contradict each other."""

    wants: str
    tried: tuple[str, ...] = ()
    feeling: str = "calm"
    feeling_evidence: str = ""
    facts: tuple[str, ...] = ()
    claimed: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NewHandoff:
    """A handoff about to be saved; `evidence` is the customer's own words that called for it."""

    reason: HandoffReason
    evidence: str
    brief: Brief


@dataclass(frozen=True, kw_only=True)
class Handoff:
    """A handoff as it stands in the queue; `position` counts from 1 while it waits."""

    id: str
    conversation_id: str
    reason: HandoffReason
    evidence: str
    brief: Brief
    status: HandoffStatus
    created_at: datetime
    position: int | None = None
    agent_id: str | None = None
    agent_name: str | None = None
    contact: str | None = None


SPAM = "spam"
"""The reason with which spam is closed."""


def may_hand_over(agent: Agent, held_by: str | None) -> bool:
    """Agents hand on what they have in hand; supervisors what anybody has, or nobody yet."""
    return agent.role is not AgentRole.AGENT or held_by == agent.id


class QueueError(Exception):
    """An agent's step that the state of the conversation does not allow."""


class AlreadyClaimedError(QueueError):
    """Another agent was first."""


class NotWaitingError(QueueError):
    """The conversation does not wait for a person."""


class NotYoursError(QueueError):
    """The conversation is with another agent, or with none."""
