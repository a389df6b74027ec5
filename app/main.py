"""The web process: routes, errors, limits, and the worker beside them."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import Depends, FastAPI
from starlette.types import ASGIApp

from app.channels.api import business, chat, conversations
from app.config import Settings
from app.console import api as console
from app.domain.conversations import UnknownConversationError
from app.domain.handoffs import AlreadyClaimedError, NotWaitingError, NotYoursError
from app.domain.messages import UnreadableTextError
from app.storage.database import StorageUnavailableError
from app.web import health, welcome
from app.web.access import admitted, refuse_routes_without_rule
from app.web.problems import Meaning, TooLargeAsProblem, install
from app.web.streams import LastEventIdError
from app.wiring import open_service

MEANINGS: Mapping[type[Exception], Meaning] = {
    UnreadableTextError: Meaning(422, "unreadable-text", "The text cannot be taken.", tells=True),
    UnknownConversationError: Meaning(404, "not-found", "There is no such conversation, or it is not yours."),
    AlreadyClaimedError: Meaning(409, "already-claimed", "Another agent has this conversation."),
    NotWaitingError: Meaning(409, "not-waiting", "This conversation does not wait for a person."),
    NotYoursError: Meaning(409, "not-yours", "You do not have this conversation in hand."),
    StorageUnavailableError: Meaning(503, "records-unavailable", "Nothing was stored. Please try again."),
    LastEventIdError: Meaning(400, "last-event-id", "Last-Event-ID must be the id of an event."),
}


def application() -> ASGIApp:
    """What the server loads."""
    return TooLargeAsProblem(create_app(Settings()))


def create_app(settings: Settings) -> FastAPI:
    """The application; its parts are opened when the server starts and closed when it stops."""
    app = FastAPI(
        title="Careline",
        version="1",
        description="Self-hosted AI customer care. Errors are problem details (RFC 9457).",
        lifespan=_lifespan(settings),
        dependencies=[Depends(admitted)],
        openapi_url="/openapi.json" if settings.openapi else None,
        docs_url=None,
        redoc_url=None,
        max_body_size=settings.largest_body,
    )
    for module in (health, welcome, chat, conversations, console):
        app.include_router(module.router)
    app.include_router(business.router, max_body_size=settings.largest_upload)
    install(app, MEANINGS)
    refuse_routes_without_rule(app)
    return app


def _lifespan(settings: Settings) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None, None]:
        service = await open_service(settings)
        await service.search.refresh()
        app.state.api = service.api()
        app.state.console = service.console()
        app.state.doorkeeper = service.doorkeeper()
        app.state.health_checks = {"records": service.database.answers}
        service.worker.start()
        yield
        await service.worker.stop()
        await service.close()

    return lifespan
