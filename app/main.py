"""The web process: routes, errors, limits, and the worker beside them."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import Depends, FastAPI
from starlette.types import ASGIApp

from app.care.desk import CannedReplyExistsError
from app.care.feedback import UnknownMessageError
from app.care.gaps import UnknownAnswerError
from app.care.importing import ImportExistsError, UnknownImportError
from app.care.knowledge_records import ArticleChangedError
from app.care.library import UnknownArticleError
from app.care.outbox import EndpointExistsError
from app.care.policies import PolicyChangedError, UnknownPolicyError
from app.care.records import RecordsUnavailableError
from app.care.suggesting import NoSuggestionError
from app.channels.api import business, chat, conversations, feedback, files
from app.channels.webhook import inbound
from app.channels.widget import config as widget_config
from app.channels.widget import customers
from app.channels.widget import files as widget_files
from app.channels.widget import script as widget_script
from app.config import Settings
from app.console import api as console
from app.console import (
    canned,
    desk,
    endpoints,
    gaps,
    imports,
    insight,
    library,
    live,
    looking_up,
    pages,
    people,
    policy,
    sign_in,
)
from app.console import files as agents_files
from app.domain.agents import AgentExistsError, LastAdministratorError, UnknownAgentError
from app.domain.conversations import UnknownConversationError
from app.domain.customers import CustomerBlockedError
from app.domain.files import (
    ConversationClosedError,
    FilesNotCarriedError,
    FileTooLargeError,
    FileTypeError,
    TooManyFilesError,
    UnknownFileError,
)
from app.domain.handoffs import AlreadyClaimedError, NotWaitingError, NotYoursError
from app.domain.library import FromElsewhereError, NeedsSupervisorError
from app.domain.messages import UnreadableTextError
from app.domain.policies import PolicyRefusedError
from app.domain.sign_ins import (
    InviteNotValidError,
    SecondFactorError,
    SecondFactorStateError,
    WeakPasswordError,
    WrongCredentialsError,
)
from app.web import health, metrics
from app.web.access import admitted, refuse_routes_without_rule
from app.web.agents_door import ForeignOriginError
from app.web.filing import ENVELOPE
from app.web.guarded import AddressNotAllowedError
from app.web.keeping import KeptNowhere
from app.web.origins import CustomersOrigins
from app.web.problems import Meaning, TooLargeAsProblem, install
from app.web.streams import LastEventIdError
from app.wiring import Service, open_service
from app.wiring.desk import desk_parts
from app.wiring.library import library_parts
from app.wiring.staff import staff_parts
from app.wiring.widget import filing_parts, widget_parts

MEANINGS: Mapping[type[Exception], Meaning] = {
    UnreadableTextError: Meaning(422, "unreadable-text", "The text cannot be taken.", tells=True),
    UnknownConversationError: Meaning(404, "not-found", "There is no such conversation, or it is not yours."),
    AlreadyClaimedError: Meaning(409, "already-claimed", "Another agent has this conversation."),
    NotWaitingError: Meaning(409, "not-waiting", "This conversation does not wait for a person."),
    NotYoursError: Meaning(409, "not-yours", "You do not have this conversation in hand."),
    UnknownMessageError: Meaning(404, "not-found", "The assistant said no such message here."),
    UnknownFileError: Meaning(404, "not-found", "There is no such file, or it is not yours."),
    FileTooLargeError: Meaning(413, "too-large", "The file is too large.", tells=True),
    FileTypeError: Meaning(415, "file-type", "A file like this is not taken.", tells=True),
    TooManyFilesError: Meaning(429, "too-many-files", "Too many files.", tells=True),
    ConversationClosedError: Meaning(409, "conversation-closed", "It is closed: a message opens it again."),
    FilesNotCarriedError: Meaning(409, "files-not-carried", "This channel carries no files to the customer."),
    CustomerBlockedError: Meaning(403, "blocked", "Nothing more is taken from you here."),
    RecordsUnavailableError: Meaning(
        503, "records-unavailable", "It may not be stored: send it again, with the same key."
    ),
    EndpointExistsError: Meaning(409, "endpoint-exists", "There is an endpoint of this name."),
    AddressNotAllowedError: Meaning(422, "address-not-allowed", "This address may not be called.", tells=True),
    UnknownAnswerError: Meaning(404, "not-found", "The assistant said no such message."),
    UnknownPolicyError: Meaning(404, "not-found", "There is no such policy, or no such version of it."),
    PolicyChangedError: Meaning(409, "policy-changed", "Somebody else changed this policy since you opened it."),
    PolicyRefusedError: Meaning(422, "policy-refused", "This policy cannot be.", tells=True),
    ImportExistsError: Meaning(409, "import-exists", "This address is imported already."),
    UnknownImportError: Meaning(404, "not-found", "There is no such import."),
    UnknownArticleError: Meaning(404, "not-found", "There is no such article."),
    ArticleChangedError: Meaning(409, "article-changed", "Somebody else changed this article since you opened it."),
    FromElsewhereError: Meaning(409, "from-elsewhere", "This article is not written in the console.", tells=True),
    NeedsSupervisorError: Meaning(403, "needs-supervisor", "A supervisor may do this.", tells=True),
    WrongCredentialsError: Meaning(401, "wrong-credentials", "E-mail and password do not belong together."),
    SecondFactorError: Meaning(401, "second-factor", "A code of the second factor is needed that was not used yet."),
    SecondFactorStateError: Meaning(409, "second-factor-state", "It is on already, or was not begun."),
    WeakPasswordError: Meaning(422, "weak-password", "This password cannot be taken.", tells=True),
    InviteNotValidError: Meaning(410, "invite-not-valid", "This invite was used, replaced, or has ended."),
    ForeignOriginError: Meaning(403, "foreign-origin", "With a sign-in, changes come from our own pages alone."),
    AgentExistsError: Meaning(409, "agent-exists", "There is an agent with this e-mail address."),
    UnknownAgentError: Meaning(404, "not-found", "There is no such agent."),
    LastAdministratorError: Meaning(409, "last-administrator", "Somebody must be left who can invite others."),
    CannedReplyExistsError: Meaning(409, "canned-exists", "There is a canned reply of this name."),
    NoSuggestionError: Meaning(503, "no-suggestion", "No suggestion came in time."),
    LastEventIdError: Meaning(400, "last-event-id", "Last-Event-ID must be the id of an event."),
}


ROUTED = (
    health,
    metrics,
    widget_script,
    widget_files,
    widget_config,
    customers,
    chat,
    conversations,
    feedback,
    console,
    desk,
    live,
    canned,
    looking_up,
    sign_in,
    people,
    pages,
    endpoints,
    gaps,
    policy,
    insight,
    imports,
    inbound,
)
TAKING_FILES = (files, agents_files)
TAKING_DOCUMENTS = (
    business,
    library,
)

Opening = Callable[[], Awaitable[Service]]


class WebApplication(FastAPI):
    """The framework refuses large bodies and answers the unexpected outside its middleware: ours stands around all."""

    widget_origins: Collection[str] = ()

    def build_middleware_stack(self) -> ASGIApp:
        app = TooLargeAsProblem(super().build_middleware_stack())
        return KeptNowhere(CustomersOrigins(app, self.widget_origins))


def create_app(settings: Settings, opening: Opening | None = None) -> FastAPI:
    """The web application, with the worker beside it unless the opened service's role says otherwise; its parts are
    opened when the server starts and closed when it stops."""
    app = WebApplication(
        title="Careline",
        version="1",
        description="Self-hosted AI customer care. Errors are problem details (RFC 9457).",
        lifespan=_lifespan(opening or (lambda: open_service(settings))),
        dependencies=[Depends(admitted)],
        openapi_url="/openapi.json" if settings.openapi else None,
        docs_url=None,
        redoc_url=None,
        max_body_size=settings.largest_body,
    )
    for module in ROUTED:
        app.include_router(module.router)
    for module in TAKING_FILES:
        app.include_router(module.router, max_body_size=settings.largest_file + ENVELOPE)
    for module in TAKING_DOCUMENTS:
        app.include_router(module.router, max_body_size=settings.largest_upload)
    app.widget_origins = settings.widget_origins
    install(app, MEANINGS)
    refuse_routes_without_rule(app)
    return app


def create_worker_app(opening: Opening) -> FastAPI:
    """What a worker process shows of itself: its health."""
    app = FastAPI(
        title="Careline worker",
        lifespan=_lifespan(opening),
        dependencies=[Depends(admitted)],
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    for module in (health, metrics):
        app.include_router(module.router)
    install(app, MEANINGS)
    refuse_routes_without_rule(app)
    return app


def _lifespan(opening: Opening) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None, None]:
        service = await opening()
        app.state.api = service.api()
        app.state.console = service.console()
        app.state.staff = staff_parts(service)
        app.state.library = library_parts(service)
        app.state.desk = desk_parts(service)
        app.state.widget = widget_parts(service)
        app.state.filing = filing_parts(service)
        app.state.webhook = service.webhook()
        app.state.doorkeeper = service.doorkeeper()
        app.state.metrics = service.metrics()
        app.state.health_checks = {"records": service.database.answers}
        await service.start()
        yield
        await service.stop()

    return lifespan
