"""Lets agents in, by their key or by their sign-in, where their role reaches."""

from collections.abc import Awaitable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from app.care.records import AgentRecords, CallerRecords, RecordsUnavailableError
from app.care.staff_records import SignInRecords
from app.domain.agents import Agent, AgentRole
from app.domain.sign_ins import SignedIn
from app.web.problems import ForbiddenError, UnauthorizedError
from app.web.proofs import Proof
from app.web.rules import Rule
from app.web.secrets import SecretKind, hash_of
from app.web.sightings import Sightings

ROLES: Mapping[Rule, frozenset[AgentRole]] = {
    Rule.AGENT: frozenset(AgentRole),
    Rule.SUPERVISOR: frozenset({AgentRole.SUPERVISOR, AgentRole.ADMINISTRATOR}),
    Rule.ADMINISTRATOR: frozenset({AgentRole.ADMINISTRATOR}),
}


class ForeignOriginError(Exception):
    """A page that is not ours may have made the browser send this."""


@dataclass(frozen=True, kw_only=True)
class AgentCaller:
    """An agent, and the sign-in that proved it; None for a key."""

    agent: Agent
    sign_in_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class AgentsDoor:
    """A key goes before a sign-in: whoever sends a header means it."""

    callers: CallerRecords
    agents: AgentRecords
    sign_ins: SignInRecords
    sightings: Sightings = field(default_factory=Sightings)

    async def admit(self, rule: Rule, proof: Proof) -> AgentCaller:
        """Raises UnauthorizedError, ForbiddenError, ForeignOriginError."""
        caller = await self._by_key(proof.bearer) if proof.bearer else await self._by_sign_in(proof)
        if caller.agent.role not in ROLES[rule]:
            raise ForbiddenError("This needs the role " + " or ".join(sorted(ROLES[rule])) + ".")
        return caller

    async def _by_key(self, bearer: str) -> AgentCaller:
        agent = await self.callers.agent_by(hash_of(bearer)) if bearer.startswith(SecretKind.AGENT) else None
        if agent is None:
            raise UnauthorizedError("An agent's key is needed.")
        if self.sightings.is_due(agent.id):
            await _noted(self.agents.seen(agent.id))
        return AgentCaller(agent=agent)

    async def _by_sign_in(self, proof: Proof) -> AgentCaller:
        """The cookie goes along with whatever a browser sends here: what changes something must come from our pages."""
        signed_in = await self._signed_in(proof.sign_in)
        if proof.foreign:
            raise ForeignOriginError
        if self.sightings.is_due(signed_in.sign_in_id):
            await _noted(self.sign_ins.seen(signed_in))
        return AgentCaller(agent=signed_in.agent, sign_in_id=signed_in.sign_in_id)

    async def _signed_in(self, secret: str) -> SignedIn:
        known = secret.startswith(SecretKind.SIGN_IN)
        signed_in = await self.sign_ins.signed_in(hash_of(secret)) if known else None
        if signed_in is None:
            raise UnauthorizedError("Sign in, or send an agent's key.")
        return signed_in


async def _noted(seen: Awaitable[None]) -> None:
    """Where nothing can be written just now, agents still read what is there."""
    with suppress(RecordsUnavailableError):
        await seen
