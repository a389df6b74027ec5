"""Agents sign in with a cookie; invites open once; other sites' pages change nothing."""

import re
from typing import Any

import httpx2
import pytest

from app.domain.agents import AgentRole
from app.web.secrets import SecretKind, hash_of, new_secret
from app.wiring.staff import invite_records, staff_records
from tests.fakes.served import Served

OWN = {"Origin": "http://x"}
PASSWORD = "seven blue herons"


async def invited(served: Served, role: AgentRole = AgentRole.AGENT, email: str = "robin@company.example") -> str:
    """The invite's secret."""
    secret = new_secret(SecretKind.INVITE)
    agent = await staff_records(served.service).add("Robin", email, role, None)
    await invite_records(served.service).invite(agent.id, hash_of(secret), None)
    return secret


async def accepted(served: Served, secret: str, **more: Any) -> httpx2.Response:
    return await served.client.post("/v1/invites/accept", json={"token": secret, "password": PASSWORD, **more})


async def sign_in(served: Served, **said: Any) -> httpx2.Response:
    body = {"email": "robin@company.example", "password": PASSWORD, **said}
    return await served.client.post("/v1/sign-in", json=body)


def cookie_of(answer: httpx2.Response) -> str:
    return answer.headers["set-cookie"]


async def test_who_was_invited_chooses_a_password_and_is_signed_in(served: Served) -> None:
    answer = await accepted(served, await invited(served))

    me = await served.client.get("/v1/agent")

    assert answer.status_code == 204
    assert (me.status_code, me.json()["name"], me.json()["email"]) == (200, "Robin", "robin@company.example")
