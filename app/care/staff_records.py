"""The ports of the records about agents: how they sign in, who is invited, what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.agents import Agent, AgentChange, AgentRole, BusinessKey, Colleague
from app.domain.sign_ins import Invited, SignedIn, SignIn


@dataclass(frozen=True, kw_only=True)
class Audited:
    """Who did what to which object, and when."""

    id: str
    at: datetime
    agent_id: str | None
    agent_name: str
    action: str
    object_id: str
    details: Mapping[str, object]


class AuditRecords(Protocol):
    """Reads of profiles, and every change that agents make. Holds no secrets and no customers' words."""

    async def note(self, agent: Agent, action: str, object_id: str, details: Mapping[str, object]) -> None: ...

    async def noted(self, before: str | None, limit: int) -> Sequence[Audited]:
        """Newest first; `before` is the id that the page before ended with."""
        ...


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """What an agent's proofs are checked against. A secret whose `last_step` is None was not confirmed yet."""

    agent: Agent
    password_hash: str | None
    totp_secret: str | None
    last_step: int | None


@dataclass(frozen=True, kw_only=True)
class NewSignIn:
    """The browser that is signed in from now on; `replaces` is the hash of the secret that it had before, or ""."""

    token_hash: str
    device: str
    replaces: str = ""


@dataclass(frozen=True, kw_only=True)
class Proven:
    """What was checked before a sign-in is opened: it still holds, or nothing is opened. `step` of the code, if any."""

    agent: Agent
    password_hash: str
    step: int | None


class SignInRecords(Protocol):
    """Sign-ins and what proves them; only agents who are not disabled."""

    async def credentials(self, email: str) -> Credentials | None: ...

    async def credentials_of(self, agent_id: str) -> Credentials | None: ...

    async def open(self, proven: Proven, new: NewSignIn) -> None:
        """Raises WrongCredentialsError where the password changed meanwhile, SecondFactorError for a used step."""
        ...

    async def signed_in(self, token_hash: str) -> SignedIn | None: ...

    async def seen(self, signed_in: SignedIn) -> None: ...

    async def sign_ins(self, agent_id: str) -> Sequence[SignIn]: ...

    async def end(self, agent: Agent, sign_in_id: str) -> bool: ...

    async def end_all(self, agent: Agent) -> None: ...

    async def change_password(self, proven: Proven, new_hash: str, keep: str | None) -> None:
        """Ends all sign-ins but `keep`. Raises WrongCredentialsError where the password changed meanwhile."""
        ...

    async def begin_second_factor(self, agent: Agent, secret: str) -> None:
        """Raises SecondFactorStateError where one is on."""
        ...

    async def confirm_second_factor(self, agent: Agent, secret: str, step: int, keep: str | None) -> None:
        """Ends all sign-ins but `keep`. Raises SecondFactorStateError where this secret is not waited for."""
        ...

    async def end_second_factor(self, agent: Agent, keep: str | None) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """What somebody who was invited chose; name and e-mail count for the first administrator alone."""

    invite_hash: str
    password_hash: str
    name: str
    email: str


class InviteRecords(Protocol):
    """Links that let somebody choose a password, once. A new one replaces those before it."""

    async def invite(self, agent_id: str, token_hash: str, by: Agent | None) -> datetime:
        """When it ends. Raises UnknownAgentError, also for a disabled agent."""
        ...

    async def invite_first(self, token_hash: str) -> bool:
        """False where an administrator can sign in."""
        ...

    async def invited(self, token_hash: str) -> Invited | None: ...

    async def accept(self, acceptance: Acceptance, new: NewSignIn) -> None:
        """Ends other sign-ins and the second factor. Raises InviteNotValidError, AgentExistsError."""
        ...

    async def reset(self, email: str, token_hash: str) -> Agent | None:
        """Takes password, second factor and sign-ins away and invites anew; None for nobody."""
        ...


class StaffRecords(Protocol):
    """Agents and keys as administrators change them; what they do is noted in the same transaction."""

    async def colleagues(self) -> Sequence[Colleague]: ...

    async def add(self, name: str, email: str, role: AgentRole, by: Agent | None) -> Agent:
        """Without a key. Raises AgentExistsError."""
        ...

    async def change(self, agent_id: str, change: AgentChange, by: Agent | None) -> Colleague:
        """Raises UnknownAgentError, AgentExistsError, LastAdministratorError."""
        ...

    async def keys(self) -> Sequence[BusinessKey]: ...

    async def add_key(self, name: str, scopes: Sequence[str], key_hash: str, by: Agent) -> BusinessKey: ...

    async def revoke_key(self, key_id: str, by: Agent) -> bool: ...
