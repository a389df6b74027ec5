"""Agents who sign in with a password, at the application in the test's own loop."""

from dataclasses import dataclass
from typing import Any

import httpx2

from app.domain.agents import Agent, AgentRole
from app.web.secrets import SecretKind, hash_of, new_secret
from app.wiring.staff import invite_records, staff_records
from tests.fakes.served import Served

ADDRESS = "http://x"
PASSWORD = "seven blue herons"


@dataclass(frozen=True)
class Browser:
    """One with cookies of its own; our own pages make its requests, unless a test says otherwise."""

    client: httpx2.AsyncClient

    async def get(self, path: str) -> httpx2.Response:
        return await self.client.get(path)

    async def send(self, method: str, path: str, body: object = None, **headers: str) -> httpx2.Response:
        """`origin` and other headers by their names, with `_` for `-`."""
        named = {"origin": ADDRESS} | {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.request(method, path, json=body, headers=named)

    async def sign_in(self, email: str, **said: Any) -> httpx2.Response:
        return await self.send("POST", "/v1/sign-in", {"email": email, "password": PASSWORD, **said})

    async def accept(self, token: str, **said: Any) -> httpx2.Response:
        return await self.send("POST", "/v1/invites/accept", {"token": token, "password": PASSWORD, **said})

    async def is_signed_in(self) -> bool:
        return (await self.get("/v1/agent")).status_code == 200


def browser(served: Served, address: str = ADDRESS) -> Browser:
    transport = served.client._transport
    return Browser(httpx2.AsyncClient(transport=transport, base_url=address))


async def invited(served: Served, name: str = "Robin", role: AgentRole = AgentRole.AGENT) -> tuple[Agent, str]:
    """Somebody at <name>@company.example, and the secret of their invite."""
    secret = new_secret(SecretKind.INVITE)
    agent = await staff_records(served.service).add(name, f"{name.lower()}@company.example", role, None)
    await invite_records(served.service).invite(agent.id, hash_of(secret), None)
    return agent, secret


async def signed_in(served: Served, name: str = "Robin", role: AgentRole = AgentRole.AGENT) -> Browser:
    """A browser in which somebody accepted an invite."""
    opened = browser(served)
    _, secret = await invited(served, name, role)
    answer = await opened.accept(secret)
    assert answer.status_code == 204, answer.text
    return opened
