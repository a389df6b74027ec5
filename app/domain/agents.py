"""The people of the company and its systems: roles, duty, keys. Pure values."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SEEN_WITHIN = timedelta(minutes=15)


class AgentRole(StrEnum):
    """What an agent may do, growing."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Scope(StrEnum):
    """What a business system's key opens."""

    KNOWLEDGE = "knowledge"
    CUSTOMERS = "customers"
    METRICS = "metrics"


@dataclass(frozen=True, kw_only=True)
class Agent:
    """A person of the company who answers customers."""

    id: str
    name: str
    email: str
    role: AgentRole = AgentRole.AGENT
    on_duty: bool = False
    seen_at: datetime | None = None

    def is_on_duty(self, now: datetime) -> bool:
        """Said to be on duty, and seen at work within a quarter of an hour."""
        return self.on_duty and self.seen_at is not None and now - self.seen_at <= SEEN_WITHIN


@dataclass(frozen=True, kw_only=True)
class BusinessKey:
    """A key of one of the company's own systems."""

    id: str
    name: str
    scopes: frozenset[Scope]


class AgentExistsError(Exception):
    """An agent with this e-mail address is there already."""
