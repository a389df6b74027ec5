"""Agents at the desk and customers who write, over HTTP."""

from dataclasses import dataclass
from typing import Any

import httpx2

from app.domain.agents import AgentRole
from app.web.secrets import SecretKind, hash_of, new_secret
from tests.fakes.served import Served

PERSON = "I would like to talk to a person."


@dataclass(frozen=True)
class AtDesk:
    """One agent with their key."""

    served: Served
    id: str
    name: str
    headers: dict[str, str]

    async def get(self, path: str, **query: Any) -> httpx2.Response:
        return await self.served.client.get(f"/v1/agent{path}", params=query, headers=self.headers)

    async def post(self, path: str, body: Any = None) -> httpx2.Response:
        return await self.served.client.post(f"/v1/agent{path}", json=body, headers=self.headers)

    async def put(self, path: str, body: Any) -> httpx2.Response:
        return await self.served.client.put(f"/v1/agent{path}", json=body, headers=self.headers)

    async def raw(self, path: str, content: str) -> httpx2.Response:
        """Puts what is JSON and no text."""
        return await self.served.client.put(f"/v1/agent{path}", content=content, headers=self.headers)

    async def delete(self, path: str) -> httpx2.Response:
        return await self.served.client.delete(f"/v1/agent{path}", headers=self.headers)

    async def listed(self, **query: Any) -> list[str]:
        """The ids of the conversations, in order."""
        answer = await self.get("/conversations", **query)
        assert answer.status_code == 200, answer.text
        return [each["id"] for each in answer.json()["conversations"]]


async def at_desk(served: Served, name: str = "Robin", role: AgentRole = AgentRole.AGENT) -> AtDesk:
    secret = new_secret(SecretKind.AGENT)
    email = f"{name.lower()}@company.example"
    agent = await served.service.people.add_agent(name, email, role, hash_of(secret))
    return AtDesk(served, agent.id, name, {"Authorization": f"Bearer {secret}"})


@dataclass(frozen=True)
class Writer:
    """One customer with their secret, in one conversation."""

    served: Served
    conversation: str
    headers: dict[str, str]

    async def writes(self, text: str) -> httpx2.Response:
        body = {"text": text, "conversation": self.conversation}
        return await self.served.client.post("/v1/chat", json=body, headers=self.headers)


async def customer(served: Served, text: str = "How do I descale the Pour 4?", **more: Any) -> Writer:
    """Who writes for the first time; the assistant has met the message."""
    answer = await served.client.post("/v1/chat", json={"text": text, **more})
    assert answer.status_code == 200, answer.text
    secret = answer.headers["careline-customer-token"]
    return Writer(served, answer.json()["conversation"], {"Authorization": f"Bearer {secret}"})
