"""Policies: what holds by default, what was set, who changed it when, and the versions before."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from app.care.policies import PolicyKinds, PolicyVersion
from app.console.library_parts import Parts
from app.domain.policies import BOUNDS, MUST_SAY_AI, RULES, TEXTS
from app.web.access import CallingAgent
from app.web.problems import responses
from app.web.schemas import Strict

router = APIRouter(prefix="/v1/agent/policies", tags=["policies"])

Name = Annotated[str, Path(max_length=64, pattern=r"^[a-z][a-z.]*$")]
Version = Annotated[int, Field(ge=0, le=2_000_000_000)]


class PolicyIn(Strict):
    """What is to hold; `version` is the one that it was made from. For texts: those that differ from the files."""

    body: dict[str, object] = Field(max_length=500)
    version: Version


class BackIn(Strict):
    """The version to go back to, 0 for the default, and the newest that was seen."""

    to: Version
    version: Version


class PolicySummary(BaseModel):
    """A policy without its words; version 0 is the default, which nobody changed."""

    name: str
    version: int
    agent: str | None
    at: datetime | None

    @classmethod
    def of(cls, policy: PolicyVersion) -> "PolicySummary":
        return cls(name=policy.name, version=policy.version, agent=policy.agent_name or None, at=policy.at)


class PolicyOut(PolicySummary):
    """What was set, what holds where nothing is set, the fields of each text, and the bounds of each number."""

    body: dict[str, object]
    defaults: dict[str, object]
    fields: dict[str, list[str]]
    bounds: dict[str, tuple[float, float]]
    must_say_ai: list[str]

    @classmethod
    def made(cls, policy: PolicyVersion, kinds: PolicyKinds) -> "PolicyOut":
        is_texts = policy.name.startswith(TEXTS)
        return cls(
            **PolicySummary.of(policy).model_dump(),
            body=dict(policy.body),
            defaults=dict(kinds.defaults(policy.name)),
            fields={key: sorted(names) for key, names in kinds.texts.fields.items()} if is_texts else {},
            bounds=dict(BOUNDS) if policy.name == RULES else {},
            must_say_ai=list(MUST_SAY_AI) if is_texts else [],
        )


class PolicyList(BaseModel):
    """Every policy that there is."""

    policies: list[PolicySummary]


class VersionOut(PolicySummary):
    """A version with its words."""

    body: dict[str, object]

    @classmethod
    def of(cls, policy: PolicyVersion) -> "VersionOut":
        return cls(**PolicySummary.of(policy).model_dump(), body=dict(policy.body))


class VersionList(BaseModel):
    """Newest first, at most 100."""

    versions: list[VersionOut]


@router.get("", responses=responses(401, 403))
async def policies(parts: Parts) -> PolicyList:
    return PolicyList(policies=[PolicySummary.of(policy) for policy in await parts.policies.policies()])


@router.get("/{name}", responses=responses(401, 403, 404, 422))
async def policy(name: Name, parts: Parts) -> PolicyOut:
    return PolicyOut.made(await parts.policies.policy(name), parts.policies.kinds)


@router.put("/{name}", responses=responses(401, 403, 404, 409, 413, 422))
async def change(name: Name, body: PolicyIn, agent: CallingAgent, parts: Parts) -> PolicyOut:
    """It holds for every turn that begins a few seconds later, in every process. What cannot be is refused."""
    changed = await parts.policies.change(agent, name, body.version, body.body)
    return PolicyOut.made(changed, parts.policies.kinds)


@router.get("/{name}/versions", responses=responses(401, 403, 404, 422))
async def versions(name: Name, parts: Parts) -> VersionList:
    return VersionList(versions=[VersionOut.of(version) for version in await parts.policies.versions(name)])


@router.post("/{name}/back", responses=responses(401, 403, 404, 409, 422))
async def go_back(name: Name, body: BackIn, agent: CallingAgent, parts: Parts) -> PolicyOut:
    """The earlier version becomes the newest one; nothing is lost."""
    gone_back = await parts.policies.go_back(agent, name, body.version, body.to)
    return PolicyOut.made(gone_back, parts.policies.kinds)
