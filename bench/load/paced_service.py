"""The service with an answerer that drafts at a pace; storage, checks, turns, events and streams are as they are."""

import socket
import sys
from collections.abc import AsyncGenerator, Sequence
from functools import cached_property

import uvicorn

from app.care.answerers import Answerer, Writing
from app.config import Settings
from app.domain.checking import Draft
from app.main import create_app
from app.serving import SWITCH_SECONDS
from app.storage.migrating import migrate
from app.wiring import Service
from bench.load.paced import Pace, sentence


class PacedAnswerer:
    """Implements `care.answerers.Answerer`."""

    name = "paced"
    waits = True

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def write(self, writing: Writing) -> AsyncGenerator[Draft, None]:
        async for number in self._pace.ticks():
            text = sentence(number)
            yield Draft(text=text, cited=[f.passage.id for f in writing.passages if text in f.passage.text][:1])


class PacedService(Service):
    """Everything else is the service's."""

    @cached_property
    def answerers(self) -> Sequence[Answerer]:
        return (PacedAnswerer(Pace(readers=int(sys.argv[1]), seconds=float(sys.argv[2]))),)


async def opened() -> Service:
    settings = Settings()
    await migrate(settings.records_url)
    return PacedService(settings)


def serve(app: object) -> None:
    """On a free port, which is printed: requests wait in the backlog until the application has started. On the event
    loop, and with the pace of threads, that the service itself runs on."""
    sys.setswitchinterval(SWITCH_SECONDS)
    listening = socket.create_server(("127.0.0.1", 0), backlog=2048)
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    config = uvicorn.Config(app, log_level="warning", access_log=False)  # pyright: ignore[reportArgumentType]
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    serve(create_app(Settings(), opened))
