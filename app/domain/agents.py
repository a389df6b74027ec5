"""The people of the company and its systems: roles, duty, keys. Pure values."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SEEN_WITHIN = timedelta(minutes=15)
PRESENT_WITHIN = timedelta(seconds=60)
LONGEST_NAME, LONGEST_EMAIL = 120, 320


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
    second_factor: bool = False

    def is_on_duty(self, now: datetime) -> bool:
        """Said to be on duty, and seen at work within a quarter of an hour."""
        return self.on_duty and self.seen_at is not None and now - self.seen_at <= SEEN_WITHIN

    def is_present(self, now: datetime) -> bool:
        """Seen within the last minute: a console that is open calls more often."""
        return self.seen_at is not None and now - self.seen_at <= PRESENT_WITHIN


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """An agent as colleagues see them: there or not, the conversation before them, how many they have in hand.
    `is_invited`: has not chosen a password yet, and a link to do so is open."""

    agent: Agent
    present: bool
    viewing: str | None
    in_hand: int
    is_disabled: bool = False
    is_invited: bool = False


@dataclass(frozen=True, kw_only=True)
class AgentChange:
    """What of an agent is to be otherwise; None leaves it."""

    name: str | None = None
    email: str | None = None
    role: AgentRole | None = None
    disabled: bool | None = None

    @property
    def may_take_an_administrator(self) -> bool:
        return bool(self.disabled) or self.role not in (None, AgentRole.ADMINISTRATOR)


@dataclass(frozen=True, kw_only=True)
class BusinessKey:
    """A key of one of the company's own systems."""

    id: str
    name: str
    scopes: frozenset[Scope]
    created_at: datetime | None = None


class UnusableNameError(ValueError):
    """A name or an e-mail address that cannot be one; the message says why."""


def clean_name(given: str) -> str:
    """In one line, as customers read it. Raises UnusableNameError."""
    name = " ".join(given.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise UnusableNameError(f"a name has 1 to {LONGEST_NAME} letters")
    return name


def clean_email(given: str) -> str:
    """In one spelling; whether it exists is found out by whoever writes to it. Raises UnusableNameError."""
    email = given.strip().lower()
    name, at, host = email.rpartition("@")
    plain = email.isprintable() and not any(character.isspace() for character in email)
    if not (name and at and host and plain) or len(email) > LONGEST_EMAIL:
        raise UnusableNameError("this is not an e-mail address")
    return email


class AgentExistsError(Exception):
    """An agent with this e-mail address is there already."""


class UnknownAgentError(Exception):
    """There is no agent of this id."""


class LastAdministratorError(Exception):
    """Somebody must be left who can invite others."""
