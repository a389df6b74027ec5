"""Finds out who calls, and lets in whom the rules admit; a route without a rule is refused at the start."""

import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.routing import APIRoute, APIRouter
from starlette.routing import BaseRoute

from app.care.outbox import OutboxRecords
from app.care.records import CallerRecords, RecordsUnavailableError
from app.domain.agents import Agent, BusinessKey, Scope
from app.domain.deliveries import Endpoint, EndpointKind
from app.web.agents_door import AgentCaller, AgentsDoor
from app.web.customers_door import CustomerCaller, CustomersDoor, new_customer
from app.web.local import is_local
from app.web.problems import ForbiddenError, UnauthorizedError
from app.web.proofs import Proof, proof_of
from app.web.rules import RULES, Rule
from app.web.secrets import SecretKind, hash_of
from app.web.signatures import is_signed, new_signing_secret

__all__ = ["CustomerCaller", "new_customer"]

ADMITTED_AGAIN_SECONDS = 20.0
SCOPES: Mapping[Rule, Scope] = {
    Rule.KNOWLEDGE: Scope.KNOWLEDGE,
    Rule.CUSTOMERS: Scope.CUSTOMERS,
    Rule.METRICS: Scope.METRICS,
}


class RouteWithoutRuleError(Exception):
    """A route that nobody said who may call."""


Caller = CustomerCaller | AgentCaller | BusinessKey | Endpoint | None


@dataclass(frozen=True, kw_only=True)
class Doorkeeper:
    """Finds out who calls, from what the caller shows alone."""

    customers: CustomersDoor
    agents: AgentsDoor
    callers: CallerRecords
    endpoints: OutboxRecords

    async def admit(self, rule: Rule, proof: Proof) -> Caller:
        """Raises UnauthorizedError, ForbiddenError, ForeignOriginError."""
        match rule:
            case Rule.ANYONE:
                return None
            case Rule.CUSTOMER_OR_NEW | Rule.CUSTOMER:
                return await self.customers.admit(rule, proof.bearer)
            case Rule.AGENT | Rule.SUPERVISOR | Rule.ADMINISTRATOR:
                return await self.agents.admit(rule, proof)
            case Rule.CHANNEL:
                return await self._channel(proof)
            case Rule.KNOWLEDGE | Rule.CUSTOMERS | Rule.METRICS:
                return await self._business(proof.bearer, SCOPES[rule])

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


async def admitted(request: Request) -> None:
    """Runs before every route: the rule of the table, then the caller into `request.state`."""
    rule = RULES[f"{request.method} {request.scope['route'].path}"]
    request.state.caller = None if rule is Rule.METRICS and is_local(request) else await _admit(request, rule)


class AdmittedFirst(APIRoute):
    """Of routes that take large bodies: the framework reads one, and takes its JSON apart on the event loop, before it
    asks who calls. Here whoever is not let in sends nothing."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def admitted_first(request: Request) -> Response:
            await admitted(request)
            return await handle(request)

        return admitted_first


async def still_admitted(request: Request) -> bool:
    """For streams, which outlast the moment they were opened in: signed out, disabled or made to sign in anew, their
    caller is let in no more. Records that are away say nothing."""
    try:
        await admitted(request)
    except (UnauthorizedError, ForbiddenError):
        return False
    except RecordsUnavailableError:
        return True
    return True


async def while_admitted(
    request: Request, stream: AsyncIterator[bytes], every: float = ADMITTED_AGAIN_SECONDS
) -> AsyncIterator[bytes]:
    """Asks again with what is sent, signs of life too, but not more often than `every` so many seconds."""
    ask_at = time.monotonic() + every
    async for chunk in stream:
        if time.monotonic() >= ask_at:
            if not await still_admitted(request):
                return
            ask_at = time.monotonic() + every
        yield chunk


async def may_look_inside(request: Request) -> bool:
    """Whether the caller of a route for anyone may also read what `Rule.METRICS` opens."""
    try:
        return is_local(request) or await _admit(request, Rule.METRICS) is not None
    except (UnauthorizedError, ForbiddenError, RecordsUnavailableError):
        return False


async def _admit(request: Request, rule: Rule) -> Caller:
    doorkeeper: Doorkeeper = request.app.state.doorkeeper
    return await doorkeeper.admit(rule, await proof_of(request, rule))


def routes_without_rule(app: FastAPI) -> Sequence[str]:
    names = [f"{method} {route.path}" for route in _routes(app.routes) for method in sorted(route.methods or ())]
    return [name for name in names if name not in RULES]


def _routes(routes: Sequence[BaseRoute]) -> Iterator[APIRoute]:
    """The framework keeps an included router whole, as one route of its own kind."""
    for route in routes:
        included = getattr(route, "original_router", None)
        if isinstance(route, APIRoute):
            yield route
        elif isinstance(included, APIRouter):
            yield from _routes(included.routes)


def refuse_routes_without_rule(app: FastAPI) -> None:
    if names := routes_without_rule(app):
        raise RouteWithoutRuleError(", ".join(names))


# Dependencies are coroutines: a plain function would be sent to a thread for each request.
async def _customer(request: Request) -> CustomerCaller:
    return request.state.caller


async def _agent(request: Request) -> Agent:
    caller: AgentCaller = request.state.caller
    return caller.agent


async def _sign_in_id(request: Request) -> str | None:
    caller: AgentCaller = request.state.caller
    return caller.sign_in_id


async def _channel(request: Request) -> Endpoint:
    return request.state.caller


async def _known_customer(request: Request) -> str:
    """The id of a customer; one with a valid token who never wrote has nothing yet."""
    caller: CustomerCaller = request.state.caller
    return caller.customer_id or ""


Customer = Annotated[CustomerCaller, Depends(_customer)]
CustomerId = Annotated[str, Depends(_known_customer)]
CallingAgent = Annotated[Agent, Depends(_agent)]
CallingSignIn = Annotated[str | None, Depends(_sign_in_id)]
"""The id of the sign-in that proved the calling agent; None for a key."""
Channel = Annotated[Endpoint, Depends(_channel)]
