"""Starting the web process: one on SQLite, a banner that says what it runs on, a graceful stop."""

import asyncio
import fcntl
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app import logs
from app.care.ingesting import Document, IngestReport
from app.care.records import RecordsUnavailableError
from app.config import Settings
from app.storage.migrating import migrate
from app.wiring import Role, Service, open_service
from app.wiring.embedding import embedding_due

if TYPE_CHECKING:
    import socket

    import uvicorn
    from rich.progress import Progress
    from starlette.types import ASGIApp

TAKEN = {".md", ".markdown", ".html", ".htm", ".txt", ".pdf", ".docx", ".csv", ".jsonl"}


GRACE_SECONDS = 10

SWITCH_SECONDS = 0.001
"""Threads that search and answer give way to the event loop after this. At Python's 5 ms an acknowledgement waits
behind each of them, several times."""


class AlreadyServingError(Exception):
    """Another process serves from the same folder of records."""


class OneProcessOnlyError(Exception):
    """SQLite has one process for everything."""


def serve_forever(settings: Settings, role: Role = Role.BOTH) -> None:
    """Until SIGINT or SIGTERM. Exits with a clear line where the port or the records are taken."""
    sys.setswitchinterval(SWITCH_SECONDS)
    logs.configure(settings.log_level, logs.LogFormat(settings.log_format))
    try:
        with alone(settings, role):
            asyncio.run(migrate(settings.records_url))
            process = _Process(settings=settings, role=role)
            _server(process).run()
    except (AlreadyServingError, OneProcessOnlyError) as error:
        sys.exit(str(error))
    except RecordsUnavailableError as error:
        sys.exit(f"The records cannot be used: {error}")


@dataclass(kw_only=True)
class _Process:
    """What this process runs; `service` is there once it was opened."""

    settings: Settings
    role: Role
    service: Service | None = None

    async def open(self) -> Service:
        self.service = await open_service(self.settings, self.role)
        return self.service

    def leave(self) -> None:
        """Streams without an end are ended: their readers go on elsewhere."""
        if self.service is not None:
            self.service.following.end()
            self.service.live_desk.end()

    def application(self) -> "ASGIApp":
        from app.main import create_app, create_worker_app
        from app.web.request_log import RequestLog

        if self.role is Role.WORKER:
            return RequestLog(create_worker_app(self.open))
        return RequestLog(create_app(self.settings, self.open))

    async def banner(self, address: str) -> str:
        if self.service is None or self.role is Role.WORKER:
            return _worker_banner(address)
        return banner(self.settings, address, await first_link(self.service, address))


def _config(process: _Process) -> "uvicorn.Config":
    import uvicorn

    settings = process.settings
    return uvicorn.Config(
        process.application,
        factory=True,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


@contextmanager
def alone(settings: Settings, role: Role = Role.BOTH) -> Generator[None, None, None]:
    """On SQLite exactly one process serves: it holds the lock file."""
    if not settings.on_sqlite:
        yield
        return
    if role is not Role.BOTH:
        raise OneProcessOnlyError("Web and worker apart need PostgreSQL: set CARELINE_DATABASE_URL.")
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (settings.data_dir / "careline.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise AlreadyServingError(
                f"Another careline serves from {settings.data_dir} already. Stop it, or set CARELINE_DATA_DIR."
            ) from error
        yield


def _server(process: _Process) -> "uvicorn.Server":
    """Prints the banner once it listens, and tells the followers first when it stops."""
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: "list[socket.socket] | None" = None) -> None:
            await super().startup(sockets)
            if self.started:
                port = self.servers[0].sockets[0].getsockname()[1]
                print(await process.banner(f"http://{_reachable(process.settings.host)}:{port}"), flush=True)

        async def shutdown(self, sockets: "list[socket.socket] | None" = None) -> None:
            process.leave()
            await super().shutdown(sockets)

    return Server(_config(process))


async def first_link(service: Service, address: str) -> str:
    """A new one at each start, until an administrator can sign in; then none. What it runs on stands without it too."""
    from app.web.secrets import SecretKind, hash_of, invite_link, new_secret
    from app.wiring.staff import invite_records

    secret = new_secret(SecretKind.INVITE)
    try:
        invited = await invite_records(service).invite_first(hash_of(secret))
    except RecordsUnavailableError:
        return ""
    return invite_link(address, secret) if invited else ""


def banner(settings: Settings, address: str, first: str = "") -> str:
    """What it runs on, and the links that a person needs next; `first` makes the first administrator."""
    return "\n".join(
        (
            f"Careline serves on {address}",
            f"  answers     {_answers(settings)}",
            f"  records     {settings.records_url if settings.database_url == '' else 'PostgreSQL'}",
            f"  embeddings  {_embeddings(settings)}",
            *((f"First administrator, once: {first}",) if first else ()),
            "Next:",
            f"  {address}/                what to try first",
            f"  {address}/console         where agents work",
            f"  {address}/openapi.json    every route",
            "  ./careline agents invite       invite an agent, who answers handoffs",
            "  ./careline ingest FOLDER       your own documents",
        )
    )


def _reachable(host: str) -> str:
    """Where all addresses are listened on, the one that surely leads here."""
    return "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host  # noqa: S104


def _worker_banner(address: str) -> str:
    return f"Careline works; its health stands at {address}/health/ready"


def _answers(settings: Settings) -> str:
    if settings.model_name:
        return f"{settings.model_name}{' at ' + settings.openai_base_url if settings.openai_base_url else ''}"
    return "extractive: sentences of your articles. Set OPENAI_API_KEY, or OPENAI_BASE_URL, for a model's words"


def _embeddings(settings: Settings) -> str:
    from app.language.model_store import find_model

    if settings.embedder == "remote":
        return f"{settings.embedding_model}, from a server"
    if settings.embedder == "local" and find_model(settings.minilm_dir, settings.models_dir):
        return "all-MiniLM-L6-v2, local"
    return "none: search goes by words alone. More: ./careline models pull, or CARELINE_EMBEDDER=remote"


async def ingest_paths(service: Service, paths: Sequence[Path], *, quiet_when_unchanged: bool = False) -> IngestReport:
    """Takes in files and folders with a progress bar; embeds what is new."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=quiet_when_unchanged) as bar:
        report = await _take(service, paths, bar)
        await _embed(service, bar)
    for name, reason in report.broken.items():
        print(f"skipped: {name}: {reason}", file=sys.stderr)
    for name in report.kept:
        print(f"left aside: {name}: its article was taken over in the console", file=sys.stderr)
    if report.changed or report.deleted or not quiet_when_unchanged:
        print(_counts(report))
    return report


async def ingest_beside(service: Service, paths: Sequence[Path]) -> IngestReport:
    """As a service may run on the same machine, this stands behind its replies; the records are opened first, so that
    the thread that writes them keeps its priority."""
    from app.knowledge.priority import step_back

    await service.database.answers()
    step_back()
    return await ingest_paths(service, paths)


async def _take(service: Service, paths: Sequence[Path], bar: "Progress") -> IngestReport:
    whole = IngestReport()
    for path in paths:
        documents = _documents(path)
        task = bar.add_task(f"reading {path.name}", total=len(documents))
        source = path.resolve().name if path.is_dir() else None
        report = await service.ingesting.take_documents(
            documents, whole_source=source, progress=lambda _name, task=task: bar.advance(task)
        )
        whole.add(report)
        if not path.exists():
            whole.broken[str(path)] = "there is no such file or folder"
    return whole


async def _embed(service: Service, bar: "Progress") -> None:
    due = await service.ingesting.count_due()
    if not due:
        return
    task = bar.add_task("embedding passages", total=due)
    await embedding_due(service, in_a_process=False).finish(lambda left: bar.update(task, completed=due - left))


def _documents(path: Path) -> list[Document]:
    """A folder's files by their path below it, a file by its name; hidden ones are left out. The source begins with
    the folder's name, not its whole path: a folder that was moved is the same."""
    if path.is_file():
        return [Document(name=path.name, source=path.name, content=path.read_bytes())]
    files = sorted(p for p in path.rglob("*") if p.suffix.lower() in TAKEN and p.is_file())
    names = [(p, p.relative_to(path)) for p in files]
    shown = [(p, name.as_posix()) for p, name in names if not any(part.startswith(".") for part in name.parts)]
    folder = path.resolve().name
    return [Document(name=name, source=f"{folder}/{name}", content=p.read_bytes()) for p, name in shown]


def _counts(report: IngestReport) -> str:
    changed, unchanged, deleted = len(report.changed), len(report.unchanged), len(report.deleted)
    return f"{changed} articles taken in ({report.passages} passages), {unchanged} unchanged, {deleted} taken out"
