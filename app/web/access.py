"""Finds out who calls, and lets in whom the rules admit; a route without a rule is refused at the start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import jwt
from fastapi import Depends, FastAPI, Request
from fastapi.routing import APIRoute

from app.care.outbox import OutboxRecords
from app.care.records import AgentRecords, CallerRecords, RecordsUnavailableError
from app.domain.agents import Agent, AgentRole, BusinessKey, Scope
from app.domain.customers import Assurance, Identity
from app.domain.deliveries import Endpoint, EndpointKind
from app.web.local import is_local
from app.web.problems import ForbiddenError, UnauthorizedError
from app.web.rules import RULES, Rule
from app.web.secrets import SecretKind, hash_of, new_secret
from app.web.signatures import is_signed, new_signing_secret

LONGEST_TOKEN_SECONDS = 3_600
TOKEN_CHANNEL = "token"  # noqa: S105 the name of a channel
VERIFIED_CHANNEL = "verified"


class RouteWithoutRuleError(Exception):
    """A route that nobody said who may call."""


@dataclass(frozen=True, kw_only=True)
class CustomerCaller:
    """A customer; `customer_id` is None until their first message, `issued` the secret made for a new one."""

    identity: Identity
    customer_id: str | None = None
    issued: str | None = None


@dataclass(frozen=True, kw_only=True)
class IdentityKeys:
    """The company's keys for signed tokens by `kid`, and the audience they are made out to."""

    by_kid: Mapping[str, str]
    audience: str


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What a caller shows: a bearer secret, or a channel's signature in the headers over the raw body."""

    bearer: str = ""
    channel_id: str = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""


Caller = CustomerCaller | Agent | BusinessKey | Endpoint | None


@dataclass(frozen=True, kw_only=True)
class Doorkeeper:
    """Finds out who calls, from what the caller shows alone."""

    callers: CallerRecords
    agents: AgentRecords
    endpoints: OutboxRecords
    identity_keys: IdentityKeys

    async def admit(self, rule: Rule, proof: Proof) -> Caller:
        """Raises UnauthorizedError or ForbiddenError."""
        bearer = proof.bearer
        match rule:
            case Rule.ANYONE:
                return None
            case Rule.CUSTOMER_OR_NEW if not bearer:
                return new_customer()
            case Rule.CUSTOMER_OR_NEW | Rule.CUSTOMER:
                return await self._customer(bearer)
            case Rule.AGENT:
                return await self._agent(bearer)
            case Rule.SUPERVISOR:
                return await self._agent_of(bearer, AgentRole.SUPERVISOR, AgentRole.ADMINISTRATOR)
            case Rule.ADMINISTRATOR:
                return await self._agent_of(bearer, AgentRole.ADMINISTRATOR)
            case Rule.CHANNEL:
                return await self._channel(proof)
            case Rule.KNOWLEDGE:
                return await self._business(bearer, Scope.KNOWLEDGE)
            case Rule.CUSTOMERS:
                return await self._business(bearer, Scope.CUSTOMERS)
            case Rule.METRICS:
                return await self._business(bearer, Scope.METRICS)

    async def _customer(self, bearer: str) -> CustomerCaller:
        if bearer.startswith(SecretKind.CUSTOMER):
            identity = _anonymous(bearer)
            customer_id = await self.callers.customer_by(identity)
            if customer_id is None:
                raise UnauthorizedError("This customer token is not known.")
            return CustomerCaller(identity=identity, customer_id=customer_id)
        identity = self._verified(bearer)
        return CustomerCaller(identity=identity, customer_id=await self.callers.customer_by(identity))

    def _verified(self, bearer: str) -> Identity:
        """A JWT of the company's site: HS256, known `kid`, our `aud`, valid for an hour at most."""
        try:
            key = self.identity_keys.by_kid[str(jwt.get_unverified_header(bearer).get("kid"))]
            claims: Mapping[str, Any] = jwt.decode(  # pyright: ignore[reportUnknownMemberType] key types of pyjwt
                bearer,
                key,
                algorithms=["HS256"],
                audience=self.identity_keys.audience,
                options={"require": ["sub", "exp", "iat", "aud"]},
            )
        except (jwt.InvalidTokenError, KeyError) as error:
            raise UnauthorizedError("This token is not valid.") from error
        if claims["exp"] - claims["iat"] > LONGEST_TOKEN_SECONDS:
            raise UnauthorizedError("A token may be valid for an hour at most.")
        return Identity(channel=VERIFIED_CHANNEL, address=str(claims["sub"]), assurance=Assurance.VERIFIED)

    async def _agent(self, bearer: str) -> Agent:
        agent = await self.callers.agent_by(hash_of(bearer)) if bearer.startswith(SecretKind.AGENT) else None
        if agent is None:
            raise UnauthorizedError("An agent's key is needed.")
        await self.agents.seen(agent.id)
        return agent

    async def _agent_of(self, bearer: str, *roles: AgentRole) -> Agent:
        agent = await self._agent(bearer)
        if agent.role not in roles:
            raise ForbiddenError("This needs the role " + " or ".join(roles) + ".")
        return agent

    async def _channel(self, proof: Proof) -> Endpoint:
        """An unknown channel is told like a wrong signature, after the same work: its id tells nothing."""
        endpoint = await self.endpoints.endpoint(proof.channel_id)
        known = endpoint if endpoint is not None and endpoint.kind is EndpointKind.CHANNEL else None
        signed = is_signed(known.secret if known else new_signing_secret(), proof.headers, proof.body)
        if known is None or not signed:
            raise UnauthorizedError("The channel's signature over this body is needed.")
        return known

    async def _business(self, bearer: str, scope: Scope) -> BusinessKey:
        key = await self.callers.key_by(hash_of(bearer)) if bearer.startswith(SecretKind.BUSINESS) else None
        if key is None:
            raise UnauthorizedError("A business key is needed.")
        if scope not in key.scopes:
            raise ForbiddenError(f"This key does not have the scope {scope}.")
        return key


def new_customer() -> CustomerCaller:
    """With a secret that nobody holds yet."""
    secret = new_secret(SecretKind.CUSTOMER)
    return CustomerCaller(identity=_anonymous(secret), issued=secret)


def _anonymous(secret: str) -> Identity:
    return Identity(channel=TOKEN_CHANNEL, address=hash_of(secret), assurance=Assurance.ANONYMOUS)


async def admitted(request: Request) -> None:
    """Runs before every route: the rule of the table, then the caller into `request.state`."""
    rule = RULES[f"{request.method} {request.scope['route'].path}"]
    request.state.caller = None if rule is Rule.METRICS and is_local(request) else await _admit(request, rule)


async def may_look_inside(request: Request) -> bool:
    """Whether the caller of a route for anyone may also read what `Rule.METRICS` opens."""
    try:
        return is_local(request) or await _admit(request, Rule.METRICS) is not None
    except (UnauthorizedError, ForbiddenError, RecordsUnavailableError):
        return False


async def _admit(request: Request, rule: Rule) -> Caller:
    doorkeeper: Doorkeeper = request.app.state.doorkeeper
    return await doorkeeper.admit(rule, await _proof(request, rule))


async def _proof(request: Request, rule: Rule) -> Proof:
    """The body is read for a channel alone: everybody else shows a secret before anything is taken in."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    bearer = secret.strip() if scheme.lower() == "bearer" else ""
    if rule is not Rule.CHANNEL:
        return Proof(bearer=bearer)
    channel_id = str(request.path_params["channel_id"])
    return Proof(bearer=bearer, channel_id=channel_id, headers=request.headers, body=await request.body())


def routes_without_rule(app: FastAPI) -> Sequence[str]:
    names = [f"{method} {r.path}" for r in app.routes if isinstance(r, APIRoute) for method in sorted(r.methods or ())]
    return [name for name in names if name not in RULES]


def refuse_routes_without_rule(app: FastAPI) -> None:
    if names := routes_without_rule(app):
        raise RouteWithoutRuleError(", ".join(names))


# Dependencies are coroutines: a plain function would be sent to a thread for each request.
async def _customer(request: Request) -> CustomerCaller:
    return request.state.caller


async def _agent(request: Request) -> Agent:
    return request.state.caller


async def _channel(request: Request) -> Endpoint:
    return request.state.caller


async def _known_customer(request: Request) -> str:
    """The id of a customer; one with a valid token who never wrote has nothing yet."""
    caller: CustomerCaller = request.state.caller
    return caller.customer_id or ""


Customer = Annotated[CustomerCaller, Depends(_customer)]
CustomerId = Annotated[str, Depends(_known_customer)]
CallingAgent = Annotated[Agent, Depends(_agent)]
Channel = Annotated[Endpoint, Depends(_channel)]
