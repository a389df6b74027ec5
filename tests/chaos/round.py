"""One round: fresh records, the load with its faults, quiet, and what the checker finds."""

import asyncio
import random
import re
import shutil
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.chaos.checker import check
from tests.chaos.customers import SITE_KEY
from tests.chaos.faults import Faults
from tests.chaos.final import FinalReader, channels_in, conversations_in
from tests.chaos.journal import Journal, Run
from tests.chaos.load import Load
from tests.chaos.postgres import Postgres
from tests.chaos.processes import Served, command, environment
from tests.chaos.receiver import ENDPOINTS, Receiver
from tests.chaos.report import Report, report_of
from tests.chaos.senders import Channel
from tests.chaos.writer import writing_model

AGENTS = ("Ann", "Ben", "Cleo")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`knowledge` holds records with articles that were taken in. `module` is what serves; `others` whether there are
    other faults than kills, `patience` the seconds until quiet behind the load."""

    database: str
    messages: int
    kills: int
    seconds: float
    seed: str
    at_once: int
    model: bool
    folder: Path
    knowledge: Path
    module: str = "app.cli"
    others: bool = True
    patience: float = 120.0

    @property
    def name(self) -> str:
        return f"{self.database}, {'a model writes' if self.model else 'extractive'}"


@dataclass(kw_only=True)
class Installation:
    """A running service with what stands around it."""

    processes: Sequence[Served]
    postgres: Postgres | None
    receiver: Receiver
    agent_keys: dict[str, str]
    knowledge_key: str
    channels: Sequence[Channel]

    @property
    def addresses(self) -> list[str]:
        """Where the API answers."""
        return [process.address for process in self.processes if process.name != "worker"]


async def run_round(plan: Plan) -> Report:
    began = time.monotonic()
    journal = Journal(plan.folder / "journals")
    async with installation(plan, journal) as installed:
        load = _load(plan, installed, journal)
        faults = Faults(
            kills=plan.kills,
            others=plan.others,
            processes=installed.processes,
            postgres=installed.postgres,
            receiver=installed.receiver if installed.channels else None,
            journal=journal,
            board=load.board,
            dice=random.Random(f"{plan.seed} faults"),
            knowledge_key=installed.knowledge_key,
        )
        async with asyncio.TaskGroup() as together:
            together.create_task(faults.run(plan.messages))
            together.create_task(load.run())
        notes = await _read_final(plan, installed, journal)
    journal.close()
    run = Run.read(journal.folder)
    seconds = time.monotonic() - began
    return report_of(plan.name, plan.seed, run, check(run), seconds, load.statuses, *notes)


def _load(plan: Plan, installed: Installation, journal: Journal) -> Load:
    return Load(
        messages=plan.messages,
        at_once=plan.at_once,
        seed=plan.seed,
        addresses=installed.addresses,
        channels=installed.channels,
        agent_keys=installed.agent_keys,
        journal=journal,
        until=time.monotonic() + plan.seconds,
    )


async def _read_final(plan: Plan, installed: Installation, journal: Journal) -> list[str]:
    """Waits for quiet first; how long that took."""
    installed.receiver.kind = True
    for process in installed.processes:
        await process.ready()
    async with aiohttp.ClientSession() as http:
        key = next(iter(installed.agent_keys.values()))
        reader = FinalReader(address=installed.addresses[0], key=key, http=http, patience=plan.patience)
        settled = await reader.settle()
        run = Run.read(journal.folder)
        await reader.read(journal, sorted(conversations_in(run)), channels_in(run))
    return [f"quiet {settled:.0f} s after the load"]


@asynccontextmanager
async def installation(plan: Plan, journal: Journal) -> AsyncIterator[Installation]:
    async with AsyncExitStack() as stack:
        receiver = Receiver(journal=journal, dice=random.Random(f"{plan.seed} receiver"))
        await receiver.start()
        stack.push_async_callback(receiver.stop)
        postgres = await _postgres(stack) if plan.database == "postgres" else None
        surroundings = await _surroundings(plan, postgres, stack)
        processes = _processes(plan, surroundings, journal)
        agents = {name: _agent_key(name, surroundings) for name in AGENTS}
        channels = _endpoints(receiver, surroundings)
        for process in processes:
            stack.push_async_callback(process.stop)
            await process.start()
        yield Installation(
            processes=processes,
            postgres=postgres,
            receiver=receiver,
            agent_keys=agents,
            knowledge_key=_knowledge_key(surroundings),
            channels=channels,
        )


async def _postgres(stack: AsyncExitStack) -> Postgres:
    postgres = Postgres()
    await postgres.start()
    stack.push_async_callback(postgres.stop)
    return postgres


async def _surroundings(plan: Plan, postgres: Postgres | None, stack: AsyncExitStack) -> dict[str, str]:
    """The settings of the service; its records hold the articles."""
    records = plan.folder / "records"
    settings = {
        "CARELINE_EMBEDDER": "none",
        "CARELINE_LOG_LEVEL": "WARNING",
        "CARELINE_RATE_PER_ADDRESS": "1000000/minute",
        "CARELINE_RATE_PER_CUSTOMER": "1000000/minute",
        "CARELINE_IDENTITY_KEYS": f"site={SITE_KEY}",
        "CARELINE_ALLOWED_NETWORKS": "127.0.0.0/8",
        "CARELINE_WAIT_SECONDS": "10",
    }
    if plan.model:
        address = await stack.enter_async_context(writing_model())
        settings |= {"OPENAI_BASE_URL": address, "OPENAI_API_KEY": "none", "CARELINE_MODEL": "openai:unhurried"}
    if postgres:
        surroundings = environment(records, **settings, CARELINE_DATABASE_URL=postgres.url)
        await asyncio.to_thread(command, ["ingest", "knowledge_base"], surroundings)
        return surroundings
    await asyncio.to_thread(shutil.copytree, plan.knowledge, records)
    return environment(records, **settings)


def _processes(plan: Plan, surroundings: dict[str, str], journal: Journal) -> list[Served]:
    """One process on SQLite; two web processes and a worker on PostgreSQL."""
    roles = {"serve": ("serve",)}
    if plan.database == "postgres":
        roles = {"web 1": ("serve", "--no-worker"), "web 2": ("serve", "--no-worker"), "worker": ("worker",)}
    return [
        Served(
            name=name,
            words=words,
            module=plan.module,
            surroundings=surroundings,
            log=plan.folder / f"{name.replace(' ', '-')}.log",
            journal=journal,
        )
        for name, words in roles.items()
    ]


def _agent_key(name: str, surroundings: dict[str, str]) -> str:
    printed = command(["agents", "add", "--name", name, "--email", f"{name.lower()}@company.example"], surroundings)
    return re.findall(r"agk_\S+", printed)[0]


def _knowledge_key(surroundings: dict[str, str]) -> str:
    printed = command(["keys", "add", "--name", "shop", "--scope", "knowledge"], surroundings)
    return re.findall(r"bsk_\S+", printed)[0]


def _endpoints(receiver: Receiver, surroundings: dict[str, str]) -> list[Channel]:
    """The company's addresses; those that are channels."""
    channels: list[Channel] = []
    for name, when_unknown in ENDPOINTS.items():
        kind = "events" if name == "events" else "channel"
        words = ["--name", name, "--address", receiver.address(name), "--kind", kind, "--when-unknown", when_unknown]
        try:
            printed = command(["endpoints", "add", *words], surroundings)
        except RuntimeError as error:
            if "No such command" in str(error):
                return []
            raise
        found = Channel(
            name=name,
            id=re.findall(r"\b(?:end|chn)_\w+", printed)[0],
            secret=re.findall(r"whsec_\S+", printed)[0],
        )
        channels += [found] if kind == "channel" else []
    return channels
