"""Puts the parts together for the web process and the command line."""

import os
import secrets
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from app.care.answerers import Answerer
from app.care.answering import Answering
from app.care.asking import Asking
from app.care.endings import Endings
from app.care.following import Following
from app.care.inbox import Inbox
from app.care.ingesting import Ingesting
from app.care.lookup import Embedder
from app.care.records import TurnRecords as TurnRecordsPort
from app.care.remembering import Remembering
from app.care.writing import Writer
from app.config import Settings
from app.domain.decisions import EscalationPolicy
from app.storage.articles import ArticleRecords
from app.storage.conversations import ConversationRecords
from app.storage.database import Database, open_database
from app.storage.inbox import InboxRecords
from app.storage.memory import MemoryRecords
from app.storage.migrating import migrate
from app.storage.people import PeopleRecords
from app.storage.queue import QueueRecords
from app.storage.turns import TurnRecords
from app.storage.wakeups import LocalWakeups
from app.worker import Worker

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from app.channels.api.parts import ApiParts
    from app.console.parts import ConsoleParts
    from app.web.access import Doorkeeper

SHARE_FOR_WRITING = 0.8
"""Of a turn's time: what is left is for the fall-back and a person."""


def now() -> datetime:
    return datetime.now(UTC)


def new_id(prefix: str) -> str:
    """Sorts by time; 64 random bits behind it. An id opens nothing."""
    return f"{prefix}_{int(time.time() * 1000):012x}{secrets.token_hex(8)}"


def process_name() -> str:
    return f"{socket.gethostname()[:32]}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass(frozen=True)
class Service:
    """The parts by name, each made when it is first used. `products` are the names that articles give."""

    settings: Settings
    products: tuple[str, ...] = ()

    @cached_property
    def database(self) -> Database:
        return open_database(self.settings.records_url)

    @cached_property
    def wakeups(self) -> LocalWakeups:
        return LocalWakeups()

    @cached_property
    def owner(self) -> str:
        return process_name()

    @cached_property
    def turns(self) -> TurnRecords:
        return TurnRecords(self.database, self.wakeups, now, new_id)

    @cached_property
    def conversations(self) -> ConversationRecords:
        return ConversationRecords(self.database)

    @cached_property
    def memory(self) -> MemoryRecords:
        return MemoryRecords(self.database, now, new_id)

    @cached_property
    def people(self) -> PeopleRecords:
        return PeopleRecords(self.database, now, new_id)

    @cached_property
    def articles(self) -> ArticleRecords:
        return ArticleRecords(self.database, now)

    @cached_property
    def queue(self) -> QueueRecords:
        return QueueRecords(self.database, self.wakeups, now, new_id)

    @cached_property
    def embedder(self) -> Embedder | None:
        """None where answers go by words alone."""
        match self.settings.embedder:
            case "local":
                return _local_embedder(self.settings)
            case "remote":
                return _remote_embedder(self.settings)
            case _:
                return None

    @cached_property
    def wording(self):
        from app.assistant.wording import FileWording

        return FileWording(self.settings.prompts_dir / "texts")

    @cached_property
    def facts(self):
        from app.language.facts import FactReader

        return FactReader(self.products)

    @cached_property
    def assessor(self):
        from app.language.assessor import Assessor

        return Assessor()

    @cached_property
    def search(self):
        from app.knowledge.search import HybridSearch, Parts
        from app.language.terms import terms

        parts = Parts(records=self.articles, terms=terms, embedder=self.embedder, today=lambda: now().date())
        return HybridSearch(parts)

    @cached_property
    def answerers(self) -> Sequence[Answerer]:
        """The model first, where one is set; extractive always."""
        from app.assistant.extractive import ExtractiveAnswerer
        from app.language.sentences import split_sentences
        from app.language.terms import terms

        extractive = ExtractiveAnswerer(terms=terms, split=split_sentences, embedder=self.embedder)
        return (extractive,) if self.model is None else (self._model_answerer(self.model), extractive)

    @cached_property
    def model(self) -> "BaseChatModel | None":
        """None where no model is set: answers are extractive."""
        from app.assistant.loading import load_model

        settings = self.settings
        if not settings.model_name:
            return None
        key = settings.openai_api_key.get_secret_value() or None
        return load_model(name=settings.model_name, base_url=settings.openai_base_url or None, api_key=key)

    def _model_answerer(self, model: "BaseChatModel") -> Answerer:
        from app.assistant.model import ModelAnswerer
        from app.language.sentences import SentenceStream

        return ModelAnswerer(
            model,
            name=self.settings.model_name,
            prompt=(self.settings.prompts_dir / "answer.md").read_text(),
            stream=SentenceStream,
            first_text_s=self.settings.first_text_seconds,
            stall_s=self.settings.stall_seconds,
        )

    async def close(self) -> None:
        """Lets go of the model's connections and of the records."""
        if "model" in self.__dict__ and self.model is not None:
            from app.assistant.loading import close_model

            await close_model(self.model)
        await self.database.close()

    @cached_property
    def ingesting(self) -> Ingesting:
        from app.knowledge.documents import parse_document
        from app.knowledge.passages import passages_of

        return Ingesting(records=self.articles, parse=parse_document, cut=passages_of, embedder=self.embedder)

    @cached_property
    def worker(self) -> Worker:
        remembering = Remembering(records=self.memory, facts=self.facts)
        return Worker(
            owner=self.owner,
            answering=self.answering(self.turns),
            records=self.turns,
            remembering=remembering,
            ingesting=self.ingesting,
        )

    @cached_property
    def following(self) -> Following:
        return Following(records=self.conversations, wakeups=self.wakeups)

    @property
    def asking(self) -> Asking:
        return Asking(answering=self.answering, clock=now)

    def answering(self, records: TurnRecordsPort) -> Answering:
        from app.language.follow_ups import FollowUps
        from app.language.values import read_values

        writer = Writer(
            records=records,
            answerers=self.answerers,
            read_values=read_values,
            wording=self.wording,
            seconds=self.settings.turn_seconds * SHARE_FOR_WRITING,
        )
        return Answering(
            records=records,
            assessor=self.assessor,
            search=self.search,
            writer=writer,
            follow_ups=FollowUps(self.products),
            endings=Endings(records=records, agents=self.people, wording=self.wording, facts=self.facts),
            policy=EscalationPolicy(answerable_at=self.settings.answerable_at),
            turn_seconds=self.settings.turn_seconds,
        )

    def api(self) -> "ApiParts":
        from app.channels.api.parts import ApiParts
        from app.web.limits import RateLimits

        inbox = Inbox(
            records=InboxRecords(self.database, self.wakeups, now, new_id),
            wording=self.wording,
            owner=self.owner,
            longest_text=self.settings.longest_text,
        )
        return ApiParts(
            inbox=inbox,
            take=self.worker.take,
            following=self.following,
            conversations=self.conversations,
            memory=self.memory,
            articles=self.articles,
            ingesting=self.ingesting,
            limits=RateLimits(self.settings.rate_per_address, self.settings.rate_per_customer),
            wait_seconds=self.settings.wait_seconds,
        )

    def console(self) -> "ConsoleParts":
        from app.console.parts import ConsoleParts

        return ConsoleParts(
            queue=self.queue,
            conversations=self.conversations,
            following=self.following,
            memory=self.memory,
            agents=self.people,
            longest_text=self.settings.longest_text,
        )

    def doorkeeper(self) -> "Doorkeeper":
        from app.web.access import Doorkeeper, IdentityKeys

        by_kid = {kid: secret.get_secret_value() for kid, secret in self.settings.identity_keys.items()}
        keys = IdentityKeys(by_kid=by_kid, audience=self.settings.identity_audience)
        return Doorkeeper(callers=self.people, agents=self.people, identity_keys=keys)


async def open_service(settings: Settings) -> Service:
    """On records of the newest schema."""
    await migrate(settings.records_url)
    service = Service(settings)
    products = await service.articles.products()
    await service.database.close()
    return Service(settings, products)


def _local_embedder(settings: Settings) -> Embedder | None:
    from app.language.embeddings import MiniLm
    from app.language.model_store import find_model

    files = find_model(settings.minilm_dir, settings.models_dir)
    return None if files is None else MiniLm(files)


def _remote_embedder(settings: Settings) -> Embedder:
    from app.language.embeddings import RemoteEmbedder

    return RemoteEmbedder(
        address=settings.embedding_base_url or settings.openai_base_url or "https://api.openai.com/v1",
        model=settings.embedding_model,
        dimensions=settings.embedding_dimensions,
        key=settings.openai_api_key.get_secret_value() or None,
    )
