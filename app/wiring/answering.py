"""The parts that read, look up and answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.care.answerers import Answerer
from app.care.answering import Answering
from app.care.asked import Rewriter
from app.care.asking import Asking
from app.care.endings import Endings
from app.care.ingesting import Ingesting
from app.care.lookup import Embedder, Interpreter
from app.care.measures import Measures, NoMeasures
from app.care.opening import Opening
from app.care.policies import LivePolicies, PolicyKinds
from app.care.records import TurnRecords as TurnRecordsPort
from app.care.room import Room
from app.care.writing import Writer
from app.config import Settings
from app.domain.decisions import EscalationPolicy
from app.wiring.records import RecordParts, new_id, now

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from app.web.metrics import PrometheusMeasures

SHARE_FOR_WRITING = 0.8
"""Of a turn's time: what is left is for the fall-back and a person."""


@dataclass(frozen=True)
class AnsweringParts(RecordParts):
    """Each is made when it is first used: heavy imports wait until then."""

    @cached_property
    def embedder(self) -> Embedder | None:
        """None where answers go by words alone."""
        from app.language.recent_vectors import RecentVectors

        return RecentVectors(self.embedder_alone) if self.embedder_alone else None

    @cached_property
    def embedder_alone(self) -> Embedder | None:
        """Without a memory of what it was asked."""
        match self.settings.embedder:
            case "local":
                return _local_embedder(self.settings)
            case "remote":
                return _remote_embedder(self.settings)
            case _:
                return None

    @cached_property
    def wording(self):
        from app.assistant.wording import LiveWording

        return LiveWording(self.fixed_texts, lambda: self.policies.current.texts)

    @cached_property
    def fixed_texts(self):
        from app.assistant.wording import FileWording

        return FileWording(self.settings.prompts_dir / "texts")

    @cached_property
    def policy_kinds(self) -> PolicyKinds:
        settings = self.settings
        rules = EscalationPolicy(answerable_at=settings.answerable_at, words_of_its_own=settings.words_of_its_own)
        return PolicyKinds(rules=rules, texts=self.fixed_texts)

    @cached_property
    def policy_records(self):
        from app.storage.audit import AuditRecords
        from app.storage.policies import PolicyRecords

        return PolicyRecords(self.database, now, AuditRecords(self.database, now, new_id))

    @cached_property
    def policies(self) -> LivePolicies:
        return LivePolicies(self.policy_records, self.policy_kinds, self.wakeups)

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
        from app.knowledge.many_languages import Crossing
        from app.knowledge.search import HybridSearch, Parts
        from app.language.other_words import other_words
        from app.language.terms import terms

        english_only = self.settings.embedder == "local"
        crossing = Crossing(
            interpreter=self.interpreter, many=self.multilingual, own=self.embedder, english_only=english_only
        )
        return HybridSearch(
            Parts(
                records=self.articles,
                terms=terms,
                embedder=self.embedder,
                today=lambda: now().date(),
                crossing=crossing,
                other_words=other_words,
            )
        )

    @cached_property
    def multilingual(self) -> Embedder | None:
        """Compares texts of different languages; loads nothing before it is asked. None where the embedder is "none":
        words alone."""
        from app.language.multilingual import Multilingual
        from app.language.recent_vectors import RecentVectors

        return None if self.settings.embedder == "none" else RecentVectors(Multilingual())

    @cached_property
    def interpreter(self) -> Interpreter:
        from app.language.interpreter import Interpreter

        return Interpreter()

    @cached_property
    def grounding(self):
        from app.assistant.grounding import PassageGrounding
        from app.domain.grounding import Strictness
        from app.language.claims import read_claim
        from app.language.commitments import admits_not_knowing, answers_yes_or_no, overstep
        from app.language.sentences import split_sentences

        return PassageGrounding(
            read=read_claim,
            split=split_sentences,
            overstep=overstep,
            admits=admits_not_knowing,
            answers=answers_yes_or_no,
            strictness=lambda: Strictness(left=self.policies.current.rules.words_of_its_own),
        )

    @cached_property
    def answerers(self) -> Sequence[Answerer]:
        """The model first, where one is set; extractive always."""
        from app.assistant.extractive import ExtractiveAnswerer, answerers_abroad
        from app.language.other_words import other_words
        from app.language.sentences import split_sentences
        from app.language.terms import terms

        abroad = answerers_abroad(
            self.interpreter,
            split_sentences,
            self.fixed_texts.languages,
            many=self.multilingual,
            english=self.embedder if self.settings.embedder == "local" else None,
        )
        extractive = ExtractiveAnswerer(
            terms=terms, split=split_sentences, embedder=self.embedder, abroad=abroad, other_words=other_words
        )
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
            measures=self.measures,
        )

    @cached_property
    def rewriter(self) -> Rewriter | None:
        """None without a model: follow-ups are said anew by rules alone."""
        from app.assistant.rewriting import ModelRewriter
        from app.language.tongues import told_tongue

        if self.model is None:
            return None
        return ModelRewriter(
            self.model,
            name=self.settings.model_name,
            prompt=(self.settings.prompts_dir / "rewrite.md").read_text(),
            products=self.products,
            tongue=told_tongue,
        )

    def _endings(self, records: TurnRecordsPort) -> Endings:
        opening = Opening(policies=self.policies, wording=self.wording, clock=now)
        return Endings(records=records, agents=self.people, wording=self.wording, facts=self.facts, opening=opening)

    @cached_property
    def ingesting(self) -> Ingesting:
        from app.knowledge.passages import passages_of
        from app.knowledge.reading import read_documents

        return Ingesting(records=self.articles, read=read_documents, cut=passages_of, embedder=self.embedder)

    @property
    def asking(self) -> Asking:
        return Asking(answering=self.answering, refresh=self.policies.refresh, clock=now)

    @cached_property
    def comparing(self):
        """One for all: it remembers the passages that it has read."""
        from app.language.comparing import Comparing
        from app.language.terms import terms

        return Comparing(terms=terms, embedder=self.embedder)

    @cached_property
    def room(self) -> Room:
        """One for all that writes in this process: customers' turns, and what agents try."""
        return Room()

    @cached_property
    def measures(self) -> "PrometheusMeasures":
        from app.web.metrics import PrometheusMeasures

        return PrometheusMeasures()

    def answering(self, records: TurnRecordsPort, measures: Measures | None = None) -> Answering:
        from app.language.addressed import for_readers
        from app.language.follow_ups import FollowUps
        from app.language.reading_parts import PartReader

        follow_ups = FollowUps(self.products)
        return Answering(
            records=records,
            assessor=self.assessor,
            search=self.search,
            writer=self._writer(records),
            follow_ups=follow_ups,
            parts=PartReader(follow_ups),
            rewriter=self.rewriter,
            endings=self._endings(records),
            policies=self.policies,
            turn_seconds=self.settings.turn_seconds,
            clock=now,
            measures=measures or NoMeasures(),
            comparing=self.comparing,
            for_readers=for_readers,
        )

    def _writer(self, records: TurnRecordsPort) -> Writer:
        from app.language.values import read_values

        return Writer(
            records=records,
            answerers=self.answerers,
            read_values=read_values,
            grounding=self.grounding,
            wording=self.wording,
            room=self.room,
            seconds=self.settings.turn_seconds * SHARE_FOR_WRITING,
        )


def _local_embedder(settings: Settings) -> Embedder | None:
    from app.language.embeddings import MiniLm
    from app.language.model_store import find_model
    from app.language.together import Together

    files = find_model(settings.minilm_dir, settings.models_dir)
    return None if files is None else Together(MiniLm(files))


def _remote_embedder(settings: Settings) -> Embedder:
    from app.language.embeddings import RemoteEmbedder

    return RemoteEmbedder(
        address=settings.embedding_base_url or settings.openai_base_url or "https://api.openai.com/v1",
        model=settings.embedding_model,
        dimensions=settings.embedding_dimensions,
        key=settings.openai_api_key.get_secret_value() or None,
    )
