"""Colleagues, and what administrators do with people and keys; who did what."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from app.console.people_schemas import (
    AuditedOut,
    AuditOut,
    InviteOut,
    KeyAdded,
    KeyIn,
    KeyList,
    KeyOut,
    PeopleOut,
    PersonAdded,
    PersonChange,
    PersonIn,
    PersonOut,
)
from app.console.sign_in_schemas import ID
from app.console.staff_parts import Staff, StaffParts
from app.domain.agents import Agent, AgentRole, Colleague
from app.web.access import CallingAgent
from app.web.cookies import own_address
from app.web.problems import NotFoundError, responses
from app.web.secrets import SecretKind, hash_of, invite_link, new_secret

router = APIRouter(prefix="/v1/agent", tags=["people"])

Id = Annotated[str, Path(max_length=64, pattern=ID)]
Before = Annotated[str | None, Query(max_length=64, pattern=ID)]

AUDIT_PAGE = 100


@router.get("/people", responses=responses(401), response_model_exclude_unset=True)
async def people(agent: CallingAgent, parts: Staff) -> PeopleOut:
    """Who works here, who is there, and how many conversations each has in hand."""
    found = await parts.staff.colleagues()
    if agent.role is AgentRole.ADMINISTRATOR:
        return PeopleOut(people=[PersonOut.whole(each) for each in found])
    return PeopleOut(people=[PersonOut.of(each) for each in found if not each.is_disabled])


@router.post("/people", status_code=201, responses=responses(401, 403, 409, 422))
async def add_person(body: PersonIn, request: Request, agent: CallingAgent, parts: Staff) -> PersonAdded:
    """The answer holds a link that lets the person choose a password, once, within seven days."""
    added = await parts.staff.add(body.name, body.email, body.role, agent)
    invite = await _invite(parts, request, added.id, agent)
    person = Colleague(agent=added, present=False, viewing=None, in_hand=0, is_invited=True)
    return PersonAdded(person=PersonOut.whole(person), **invite.model_dump())


@router.post("/people/{person_id}/invite", status_code=201, responses=responses(401, 403, 404))
async def invite_again(person_id: Id, request: Request, agent: CallingAgent, parts: Staff) -> InviteOut:
    """Replaces earlier links. Who accepts chooses a new password, and is without a second factor until they set one
    up again: this helps whoever lost either."""
    return await _invite(parts, request, person_id, agent)


@router.patch("/people/{person_id}", responses=responses(401, 403, 404, 409, 422))
async def change_person(person_id: Id, body: PersonChange, agent: CallingAgent, parts: Staff) -> PersonOut:
    """Whoever is disabled is signed out at once. The last administrator stays one: 409 `last-administrator`."""
    return PersonOut.whole(await parts.staff.change(person_id, body.change(), agent))


@router.get("/keys", responses=responses(401, 403))
async def keys(parts: Staff) -> KeyList:
    return KeyList(keys=[KeyOut.of(key) for key in await parts.staff.keys()])


@router.post("/keys", status_code=201, responses=responses(401, 403, 422))
async def add_key(body: KeyIn, agent: CallingAgent, parts: Staff) -> KeyAdded:
    """The answer holds the secret, this once."""
    secret = new_secret(SecretKind.BUSINESS)
    key = await parts.staff.add_key(body.name, sorted(set(body.scopes)), hash_of(secret), agent)
    return KeyAdded(**KeyOut.of(key).model_dump(), secret=secret)


@router.delete("/keys/{key_id}", status_code=204, responses=responses(401, 403, 404))
async def revoke_key(key_id: Id, agent: CallingAgent, parts: Staff) -> None:
    """It opens nothing from now on."""
    if not await parts.staff.revoke_key(key_id, agent):
        raise NotFoundError(key_id)


@router.get("/audit", responses=responses(401, 403))
async def audit(parts: Staff, before: Before = None) -> AuditOut:
    """What agents did, newest first: reads of profiles, and every change."""
    found = await parts.audit.noted(before, AUDIT_PAGE)
    more = found[-1].id if len(found) == AUDIT_PAGE else None
    return AuditOut(audit=[AuditedOut.of(each) for each in found], next=more)


async def _invite(parts: StaffParts, request: Request, person_id: str, by: Agent) -> InviteOut:
    secret = new_secret(SecretKind.INVITE)
    ends_at = await parts.invites.invite(person_id, hash_of(secret), by)
    return InviteOut(invite=invite_link(own_address(request), secret), ends_at=ends_at)
