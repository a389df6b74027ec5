"""Policies that hold now in this process, and how administrators change them: each change is a version of its own."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.care.records import RecordsUnavailableError
from app.care.wakeups import Wakeups
from app.domain.agents import Agent
from app.domain.decisions import EscalationPolicy
from app.domain.hours import Hours, HoursRefusedError, hours_from
from app.domain.policies import (
    HOURS,
    PRICES,
    RULES,
    TEXTS,
    Body,
    PolicyRefusedError,
    PolicySet,
    Texts,
    prices_from,
    rules_from,
    texts_from,
)

log = logging.getLogger(__name__)

CHANGED = "policies"
"""What wake-ups call it."""

LOOK_SECONDS = 2.0
MOST_VERSIONS = 100


class UnknownPolicyError(Exception):
    """There is no policy of this name, or no such version of it."""


class PolicyChangedError(Exception):
    """Somebody else changed it since it was read."""


@dataclass(frozen=True, kw_only=True)
class PolicyVersion:
    """One version of a policy, and who made it when. Version 0 stands for nothing set: all is as by default."""

    name: str
    version: int = 0
    body: Body = field(default_factory=dict[str, object])
    agent_name: str = ""
    at: datetime | None = None


class PolicyRecords(Protocol):
    """Versions of policies; none is ever changed or taken out."""

    async def count(self) -> int:
        """How many versions there are of all: it grows with every change."""
        ...

    async def newest(self) -> Sequence[PolicyVersion]:
        """The newest version of each that was ever set."""
        ...

    async def versions(self, name: str, limit: int) -> Sequence[PolicyVersion]:
        """Newest first."""
        ...

    async def version(self, name: str, version: int) -> PolicyVersion | None: ...

    async def add(self, based_on: PolicyVersion, body: Body, agent: Agent) -> None:
        """The next version. Raises PolicyChangedError where `based_on` is not the newest any more."""
        ...


class FixedTexts(Protocol):
    """The texts that the files hold, by language and key, and the fields that each fills in."""

    @property
    def languages(self) -> tuple[str, ...]: ...

    @property
    def fields(self) -> Mapping[str, frozenset[str]]: ...

    def texts(self, language: str) -> Texts: ...


class Policies(Protocol):
    """What turns go by; it may be another one at the next turn."""

    @property
    def current(self) -> PolicySet: ...


@dataclass(frozen=True, kw_only=True)
class FixedPolicies:
    """Those that never change."""

    current: PolicySet = field(default_factory=PolicySet)


@dataclass(frozen=True, kw_only=True)
class PolicyKinds:
    """Which policies there are, what holds by default, and what is refused."""

    rules: EscalationPolicy
    texts: FixedTexts

    @property
    def names(self) -> tuple[str, ...]:
        return (RULES, HOURS, PRICES, *(f"{TEXTS}{language}" for language in self.texts.languages))

    def defaults(self, name: str) -> Body:
        """Raises UnknownPolicyError."""
        if name not in self.names:
            raise UnknownPolicyError(name)
        if name.startswith(TEXTS):
            return dict(self.texts.texts(name.removeprefix(TEXTS)))
        return vars(self.rules) if name == RULES else {}

    def check(self, name: str, body: Body) -> None:
        """Raises UnknownPolicyError, PolicyRefusedError."""
        self.defaults(name)
        self.read({name: body})

    def read(self, bodies: Mapping[str, Body]) -> PolicySet:
        """Raises PolicyRefusedError."""
        texts = {
            name.removeprefix(TEXTS): texts_from(body, self.texts.fields)
            for name, body in bodies.items()
            if name.startswith(TEXTS)
        }
        return PolicySet(
            rules=rules_from(bodies.get(RULES, {}), self.rules),
            hours=_hours(bodies.get(HOURS, {})),
            prices=prices_from(bodies.get(PRICES, {})),
            texts=texts,
        )


class LivePolicies:
    """Implements Policies: looks every two seconds, and at each ring, whether there is a newer version."""

    def __init__(self, records: PolicyRecords, kinds: PolicyKinds, wakeups: Wakeups) -> None:
        self._records = records
        self._kinds = kinds
        self._wakeups = wakeups
        self._count = 0
        self._watching: asyncio.Task[None] | None = None
        self.current = kinds.read({})

    async def start(self) -> None:
        """Returns when what was set holds; then it is watched."""
        await self.refresh()
        self._watching = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)

    async def refresh(self) -> None:
        count = await self._records.count()
        if count == self._count:
            return
        held = {policy.name: policy.body for policy in await self._records.newest()}
        self.current = self._kinds.read({name: body for name, body in held.items() if self._is_usable(name, body)})
        self._count = count

    async def _watch(self) -> None:
        with self._wakeups.watch(CHANGED) as bell:
            while True:
                await bell.heard(LOOK_SECONDS)
                try:
                    await self.refresh()
                except RecordsUnavailableError as error:
                    log.warning("the policies wait for the records: %s", error)
                except Exception:  # what held goes on holding
                    log.exception("the policies could not be read again")

    def _is_usable(self, name: str, body: Body) -> bool:
        """One that an earlier or later release wrote may say what this one does not understand: its default holds."""
        try:
            self._kinds.check(name, body)
        except (PolicyRefusedError, UnknownPolicyError) as error:
            log.error("the policy %s is left out: %s", name, error)
            return False
        return True


@dataclass(frozen=True, kw_only=True)
class PolicyDesk:
    """What administrators do with policies."""

    records: PolicyRecords
    kinds: PolicyKinds
    live: LivePolicies
    wakeups: Wakeups

    async def policies(self) -> Sequence[PolicyVersion]:
        """All that there are, those at version 0 too."""
        set_ones = {policy.name: policy for policy in await self.records.newest()}
        return [set_ones.get(name, PolicyVersion(name=name)) for name in self.kinds.names]

    async def policy(self, name: str) -> PolicyVersion:
        """Raises UnknownPolicyError."""
        self.kinds.defaults(name)
        newest = await self.records.versions(name, 1)
        return newest[0] if newest else PolicyVersion(name=name)

    async def versions(self, name: str) -> Sequence[PolicyVersion]:
        self.kinds.defaults(name)
        return await self.records.versions(name, MOST_VERSIONS)

    async def change(self, agent: Agent, name: str, based_on: int, body: Body) -> PolicyVersion:
        """In this process it holds when this returns, in the others within seconds. Raises UnknownPolicyError,
        PolicyRefusedError, PolicyChangedError."""
        self.kinds.check(name, body)
        await self.records.add(PolicyVersion(name=name, version=based_on), body, agent)
        self.wakeups.tell(CHANGED)
        await self.live.refresh()
        return await self.policy(name)

    async def go_back(self, agent: Agent, name: str, based_on: int, to: int) -> PolicyVersion:
        """The words of an earlier version are the newest one; 0 is the default."""
        earlier = PolicyVersion(name=name) if to == 0 else await self.records.version(name, to)
        if earlier is None:
            raise UnknownPolicyError(f"{name}, version {to}")
        return await self.change(agent, name, based_on, earlier.body)


def _hours(body: Body) -> Hours | None:
    try:
        return hours_from(body)
    except HoursRefusedError as error:
        raise PolicyRefusedError(str(error)) from error
