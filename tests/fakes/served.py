"""The whole application in the test's own loop: real routes, records and worker, called without a socket."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from argon2 import PasswordHasher
from fastapi import FastAPI

from app.assistant.wording import FileWording
from app.care.outbox import NewEndpoint
from app.config import Settings
from app.console.passwords import Argon2Passwords
from app.console.staff_parts import StaffParts
from app.domain.agents import AgentRole
from app.domain.deliveries import Endpoint, EndpointKind
from app.language.assessor import Assessor
from app.main import Opening, create_app
from app.web.secrets import SecretKind, hash_of, new_secret
from app.web.signatures import new_signing_secret, signed_headers
from app.wiring import Service, open_service


@dataclass(frozen=True)
class Served:
    """The service and a client that calls it."""

    service: Service
    client: httpx2.AsyncClient
    app: FastAPI

    async def endpoint(self, address: str, kind: EndpointKind = EndpointKind.CHANNEL, name: str = "shop") -> Endpoint:
        new = NewEndpoint(
            kind=kind, name=name, address=address, secret=new_signing_secret(), when_unknown=kind.when_unknown
        )
        return await self.service.outbox_records.add_endpoint(new)

    async def agent(self, role: AgentRole = AgentRole.AGENT) -> dict[str, str]:
        """The header that lets an agent in."""
        secret = new_secret(SecretKind.AGENT)
        await self.service.people.add_agent(role, f"{role}@company.example", role, hash_of(secret))
        return {"Authorization": f"Bearer {secret}"}

    async def bridge(self, channel: Endpoint, **said: Any) -> httpx2.Response:
        """A customer's message as the bridge of this channel posts it."""
        body = {"sender": "+49 30 1234", "text": "How do I descale the Pour 4?", "message": "m-1", **said}
        return await self.post_raw(channel.id, channel.secret, json.dumps(body).encode())

    async def post_raw(self, channel_id: str, secret: str, body: bytes, **headers: str) -> httpx2.Response:
        signed = {**signed_headers(secret, "req-1", datetime.now(UTC), body), **headers}
        return await self.client.post(f"/v1/channels/{channel_id}/messages", content=body, headers=signed)


@asynccontextmanager
async def serving(
    folder: Path, migrated_file: Path, *, prepare: Callable[[Service], None] = lambda _: None, **settings: Any
) -> AsyncIterator[Served]:
    """Answers go by words alone; deliveries may go to the own machine. `prepare` sees the service before it starts."""
    shutil.copy(migrated_file, folder / "careline.db")
    defaults = {"data_dir": folder, "embedder": "none", "allowed_networks": (ip_network("127.0.0.0/8"),)}
    service = await opened(Settings(_env_file=None, **{**defaults, **settings}))
    prepare(service)

    async def opening() -> Service:
        return service

    with application(service.settings, opening) as app:
        calling = httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://x")
        async with app.router.lifespan_context(app), calling as client:
            app.state.staff = _with_quick_passwords(app.state.staff)
            yield Served(service, client, app)


async def opened(settings: Settings) -> Service:
    """What never changes and takes long to read, fixed texts and weights, is the same for all."""
    service = await open_service(settings)
    vars(service).update(assessor=_assessor(), fixed_texts=_fixed_texts(settings.prompts_dir))
    return service


@cache
def _assessor() -> Assessor:
    return Assessor()


@cache
def _fixed_texts(prompts: Path) -> FileWording:
    return FileWording(prompts / "texts")


@contextmanager
def application(settings: Settings, opening: Opening) -> Iterator[FastAPI]:
    """An application that served another test with these settings before, where there is one: to read its routes takes
    longer than most tests do. All that its routes work on is given to it anew at each start."""
    shape = settings.model_copy(update={"data_dir": Path()})
    fitting = [each for each in _at_rest if each.shape == shape]
    taken = fitting[0] if fitting else _Application(shape)
    if fitting:
        _at_rest.remove(taken)
    taken.opening = opening
    yield taken.app
    _at_rest.append(taken)


class _Application:
    """Opens the service that it is told to. `shape` is its settings but for the folder of the records."""

    opening: Opening

    def __init__(self, shape: Settings) -> None:
        self.shape = shape
        self.app = create_app(shape, self._open)

    async def _open(self) -> Service:
        return await self.opening()


_at_rest: list[_Application] = []


def _with_quick_passwords(staff: StaffParts) -> StaffParts:
    """Hashing is slow on purpose, and tests sign in often."""
    quick = Argon2Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    return replace(staff, signing_in=replace(staff.signing_in, passwords=quick))


@asynccontextmanager
async def on_a_port(served: Served) -> AsyncIterator[str]:
    """The address of the same application behind a real socket: streams come as they are written."""
    config = uvicorn.Config(served.app, port=0, lifespan="off", log_config=None, ws="none", timeout_graceful_shutdown=5)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    served.service.following.end()
    served.service.live_desk.end()
    server.should_exit = True
    await running
