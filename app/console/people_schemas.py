"""What goes in and out where people, keys and what was done are administered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from app.care.staff_records import Audited
from app.console.sign_in_schemas import Email, Name
from app.domain.agents import AgentChange, AgentRole, BusinessKey, Colleague, Scope
from app.web.schemas import Strict


class PersonOut(BaseModel):
    """A colleague. E-mail and how they sign in are told to administrators alone."""

    id: str
    name: str
    role: AgentRole
    on_duty: bool
    present: bool
    viewing: str | None
    in_hand: int
    email: str | None = None
    second_factor: bool | None = None
    disabled: bool | None = None
    invited: bool | None = None

    @classmethod
    def of(cls, colleague: Colleague) -> "PersonOut":
        agent = colleague.agent
        return cls(
            id=agent.id,
            name=agent.name,
            role=agent.role,
            on_duty=agent.on_duty,
            present=colleague.present,
            viewing=colleague.viewing,
            in_hand=colleague.in_hand,
        )

    @classmethod
    def whole(cls, colleague: Colleague) -> "PersonOut":
        more = {
            "email": colleague.agent.email,
            "second_factor": colleague.agent.second_factor,
            "disabled": colleague.is_disabled,
            "invited": colleague.is_invited,
        }
        return cls.of(colleague).model_copy(update=more)


class PeopleOut(BaseModel):
    """By name; disabled ones for administrators alone."""

    people: list[PersonOut]


class PersonIn(Strict):
    """Who is invited."""

    name: Name
    email: Email
    role: AgentRole = AgentRole.AGENT


class PersonChange(Strict):
    """What is to be otherwise."""

    name: Name | None = None
    email: Email | None = None
    role: AgentRole | None = None
    disabled: bool | None = None

    def change(self) -> AgentChange:
        return AgentChange(name=self.name, email=self.email, role=self.role, disabled=self.disabled)


class InviteOut(BaseModel):
    """A link for one person, to be handed to them alone; told this once."""

    invite: str
    ends_at: datetime


class PersonAdded(InviteOut):
    """The new agent, and how they get in."""

    person: PersonOut


class KeyIn(Strict):
    """A system of the company, and what it may do."""

    name: Name
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(Scope))]


class KeyOut(BaseModel):
    """A key without its secret."""

    id: str
    name: str
    scopes: list[Scope]
    created_at: datetime | None

    @classmethod
    def of(cls, key: BusinessKey) -> "KeyOut":
        return cls(id=key.id, name=key.name, scopes=sorted(key.scopes), created_at=key.created_at)


class KeyAdded(KeyOut):
    """The secret is told this once."""

    secret: str


class KeyList(BaseModel):
    """Oldest first; those that were taken back are left out."""

    keys: list[KeyOut]


class AuditedOut(BaseModel):
    """One thing that somebody did."""

    id: str
    at: datetime
    agent: str
    action: str
    object: str
    details: Mapping[str, Any]

    @classmethod
    def of(cls, audited: Audited) -> "AuditedOut":
        return cls(
            id=audited.id,
            at=audited.at,
            agent=audited.agent_name,
            action=audited.action,
            object=audited.object_id,
            details=audited.details,
        )


class AuditOut(BaseModel):
    """Newest first. `next` goes into `before` for the page after this; None at the end."""

    audit: list[AuditedOut]
    next: str | None
