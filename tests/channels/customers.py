"""Customers as their browsers act: they become one, write, and read what happened."""

from dataclasses import dataclass
from typing import Any

import httpx2

from tests.fakes.served import Served


@dataclass(frozen=True)
class Customer:
    """An anonymous customer with their secret."""

    client: httpx2.AsyncClient
    headers: dict[str, str]

    async def says(self, text: str, **more: Any) -> httpx2.Response:
        headers = {**self.headers, **more.pop("headers", {})}
        return await self.client.post("/v1/chat", json={"text": text, **more}, headers=headers)

    async def opens(self, text: str = "How do I descale the Pour 4?") -> str:
        """The id of a new conversation, whose first message was met."""
        return (await self.says(text)).json()["conversation"]

    async def events(self, conversation: str, after: int = 0) -> list[dict[str, Any]]:
        headers = {**self.headers, "Accept": "application/json", "Last-Event-ID": str(after)}
        answer = await self.client.get(f"/v1/conversations/{conversation}/events", headers=headers)
        return answer.json()["events"]

    async def get(self, path: str) -> httpx2.Response:
        return await self.client.get(path, headers=self.headers)


async def new_customer(served: Served) -> Customer:
    made = await served.client.post("/v1/customers")
    assert made.status_code == 201, made.text
    return Customer(served.client, {"Authorization": f"Bearer {made.json()['token']}"})
