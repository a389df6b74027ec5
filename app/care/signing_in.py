"""How agents prove who they are: password and second factor, an invite once, and what ends other sign-ins."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from app.care.staff_records import (
    Acceptance,
    Credentials,
    InviteRecords,
    NewSignIn,
    Proven,
    SignInRecords,
)
from app.domain.agents import Agent
from app.domain.sign_ins import (
    Invited,
    InviteNotValidError,
    SecondFactorError,
    SecondFactorStateError,
    WrongCredentialsError,
    check_password,
)


class Passwords(Protocol):
    """Hashing that is slow on purpose."""

    async def hashed(self, password: str) -> str: ...

    async def fits(self, password: str, password_hash: str | None) -> bool:
        """Takes as long without a hash as with one, and is False then."""
        ...


class SecondFactors(Protocol):
    """Codes of an authenticator app."""

    def new_secret(self) -> str: ...

    def step(self, secret: str, code: str, now: datetime) -> int | None:
        """The time step that this code is of, or None for a wrong one."""
        ...


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What somebody shows who wants to sign in; `code` is empty without a second factor."""

    email: str
    password: str
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class Acceptor:
    """What somebody who was invited chose; the first administrator also a name and an e-mail, or "" for the usual."""

    invite_hash: str
    password: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class SigningIn:
    """The use cases of proof. Secrets come in as hashes but for passwords and codes."""

    records: SignInRecords
    invites: InviteRecords
    passwords: Passwords
    second_factors: SecondFactors
    clock: Callable[[], datetime]

    async def sign_in(self, attempt: Attempt, new: NewSignIn) -> None:
        """Raises WrongCredentialsError, SecondFactorError. An unknown e-mail costs what a wrong password does."""
        known = await self.records.credentials(attempt.email)
        proven = await self._proven(known, attempt.password)
        await self.records.open(replace(proven, step=self._step(known, attempt.code)), new)

    async def invited(self, invite_hash: str) -> Invited:
        """Raises InviteNotValidError."""
        found = await self.invites.invited(invite_hash)
        if found is None:
            raise InviteNotValidError
        return found

    async def accept(self, acceptor: Acceptor, new: NewSignIn) -> None:
        """Raises InviteNotValidError, WeakPasswordError, AgentExistsError. A hash is made for open invites alone."""
        invited = await self.invited(acceptor.invite_hash)
        email = (invited.is_first and acceptor.email) or invited.email
        check_password(acceptor.password, email)
        acceptance = Acceptance(
            invite_hash=acceptor.invite_hash,
            password_hash=await self.passwords.hashed(acceptor.password),
            name=acceptor.name or invited.name,
            email=email,
        )
        await self.invites.accept(acceptance, new)

    async def change_password(self, agent: Agent, old: str, new: str, keep: str | None) -> None:
        """Other sign-ins than `keep` end. Raises WrongCredentialsError, WeakPasswordError."""
        check_password(new, agent.email)
        proven = await self._by_password(agent, old)
        await self.records.change_password(proven, await self.passwords.hashed(new), keep)

    async def begin_second_factor(self, agent: Agent) -> str:
        """The secret, which counts once a code of it was shown. Raises SecondFactorStateError."""
        secret = self.second_factors.new_secret()
        await self.records.begin_second_factor(agent, secret)
        return secret

    async def confirm_second_factor(self, agent: Agent, code: str, keep: str | None) -> None:
        """Other sign-ins than `keep` end. Raises SecondFactorError, SecondFactorStateError."""
        known = await self.records.credentials_of(agent.id)
        if known is None or known.totp_secret is None or known.last_step is not None:
            raise SecondFactorStateError
        step = self.second_factors.step(known.totp_secret, code, self.clock())
        if step is None:
            raise SecondFactorError
        await self.records.confirm_second_factor(agent, known.totp_secret, step, keep)

    async def end_second_factor(self, agent: Agent, password: str, keep: str | None) -> None:
        """Other sign-ins than `keep` end. Raises WrongCredentialsError."""
        await self._by_password(agent, password)
        await self.records.end_second_factor(agent, keep)

    async def _by_password(self, agent: Agent, password: str) -> Proven:
        return await self._proven(await self.records.credentials_of(agent.id), password)

    async def _proven(self, known: Credentials | None, password: str) -> Proven:
        password_hash = None if known is None else known.password_hash
        fits = await self.passwords.fits(password, password_hash)
        if known is None or password_hash is None or not fits:
            raise WrongCredentialsError
        return Proven(agent=known.agent, password_hash=password_hash, step=None)

    def _step(self, known: Credentials | None, code: str) -> int | None:
        if known is None or known.totp_secret is None or known.last_step is None:
            return None
        step = self.second_factors.step(known.totp_secret, code, self.clock())
        if step is None or step <= known.last_step:
            raise SecondFactorError
        return step
