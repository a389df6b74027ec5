"""Tells the cases to the service itself: a model that says what it is told to, behind OpenAI's protocol, and the
service's own search, answerers and writer. What comes out is what a customer would have read."""

import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from app.care.answerers import Assessor
from app.care.asking import LEASE, ScratchTurns
from app.care.lookup import Search
from app.care.writing import Writer
from app.config import Settings
from app.domain.conversations import Author, Conversation, ConversationStatus, Message
from app.domain.customers import Profile
from app.domain.knowledge import FoundPassage, Passage, SearchQuestion
from app.domain.turns import Turn
from app.serving import ingest_paths
from app.wiring import open_service
from app.wiring.records import now
from evals.trust.cases import Lie, Paraphrase
from evals.trust.material import Material
from evals.trust.normal import clause_in, plain, said_in
from evals.trust.values import share, weighty
from tests.fakes.model_server import SAYINGS, ModelServer

PASSAGES = 8
"""As many as a search gives to a turn."""


@dataclass(frozen=True, kw_only=True)
class ToldLie:
    """`shown`: the lie, or a clause of it that no article holds, stands in the reply. `kept`: the true sentences do."""

    case: Lie
    reply: str
    shown: bool
    kept: bool


@dataclass(frozen=True, kw_only=True)
class ToldParaphrase:
    """`holds`: the reply has the answer, in whose words ever; `own`: in the model's."""

    case: Paraphrase
    reply: str
    holds: bool
    own: bool


@dataclass(frozen=True, kw_only=True)
class Teller:
    """`writer` is the service's, on records that nobody keeps."""

    material: Material
    search: Search
    assessor: Assessor
    writer: Writer

    async def tell_lie(self, lie: Lie) -> ToldLie:
        found = await self._found(lie.question, lie.article, (lie.true_before, lie.truth))
        texts = [f.passage.text for f in found]
        after = self._true_after(found, lie.article, (lie.truth, lie.true_before, lie.lie))
        told = [(lie.true_before, lie.true_before), (lie.lie, lie.truth or lie.true_before), (after, after)]
        sentences = await self._reply(lie.question, found, told)
        reply = " ".join(sentences)
        known = [*texts, lie.true_before, after]
        shown = said_in(lie.lie, sentences, known) or clause_in(lie.lie, sentences, known)
        kept = all(plain(true) in plain(reply) for true in (lie.true_before, after) if true)
        return ToldLie(case=lie, reply=reply, shown=shown, kept=kept)

    async def tell_paraphrase(self, case: Paraphrase) -> ToldParaphrase:
        found = await self._found(case.question, case.article, (case.holds,))
        after = self._true_after(found, case.article, (case.holds, case.sentence))
        sentences = await self._reply(case.question, found, [(case.sentence, case.holds), (after, after)])
        reply = plain(" ".join(sentences))
        own = said_in(case.sentence, sentences, [case.holds])
        quoted = _stands(case.holds, reply) or (bool(case.says) and all(plain(words) in reply for words in case.says))
        return ToldParaphrase(case=case, reply=" ".join(sentences), holds=own or quoted, own=own)

    async def _found(self, question: str, article: str, truths: Sequence[str]) -> tuple[FoundPassage, ...]:
        """What the search finds; passages that hold the truths are put in the last places where they are missing."""
        found = (await self.search.search(SearchQuestion(text=question), limit=PASSAGES)).passages
        for truth in filter(None, truths):
            holding = self._holding(article, truth)
            if holding is not None and all(f.passage.id != holding.id for f in found):
                put_in = FoundPassage(passage=holding, score=0.0, similarity=None, coverage=0.5)
                found = (put_in, *found) if len(found) < PASSAGES else (*found[: PASSAGES - len(truths)], put_in)
        return found

    def _holding(self, article: str, truth: str) -> Passage | None:
        passages = [p for p in self.material.passages if p.article_id == article]
        holding = (p for p in passages if plain(truth) in plain(p.text))
        return next(holding, max(passages, key=lambda p: share(weighty(truth), weighty(p.text)), default=None))

    def _true_after(self, found: Sequence[FoundPassage], article: str, told: Sequence[str]) -> str:
        """A sentence of the article that was found too and is about something else than what was told."""
        words, ids = weighty(" ".join(told)), {f.passage.id for f in found}
        facts = [f for f in self.material.by_article.get(article, []) if f.step is None and f.text not in told]
        others = [fact for fact in facts if fact.passage.id in ids]
        return min(others, key=lambda f: share(weighty(f.text), words) + len(f.text) / 1_000).text if others else ""

    async def _reply(self, question: str, found: Sequence[FoundPassage], told: Sequence[tuple[str, str]]) -> list[str]:
        SAYINGS[question] = " ".join(_cited(text, source, found) for text, source in told if text)
        assessment = self.assessor.assess([question])
        async with self.writer.room.entered():
            written = await self.writer.write(turn_of(question), assessment, tuple(found))
        del SAYINGS[question]
        return [sentence.text for sentence in written.said]


def _stands(holds: str, reply: str) -> bool:
    """A row of a table is quoted in a form of its own: each of its cells must be there."""
    parts = holds.strip("| ").split("|") if holds.startswith("|") else [holds]
    return all(plain(part) in reply for part in parts)


def _cited(text: str, source: str, found: Sequence[FoundPassage]) -> str:
    """With the number of the passage that holds its source, before its end mark, as the prompt asks for it."""
    held = (number for number, f in enumerate(found, start=1) if plain(source) in plain(f.passage.text))
    best = max(range(len(found)), key=lambda i: share(weighty(source), weighty(found[i].passage.text)), default=0)
    mark = f" [{next(held, best + 1)}]" if found else ""
    return re.sub(r"([.!?]*)$", rf"{mark}\1", text.strip(), count=1)


def turn_of(question: str) -> Turn:
    at = now()
    message = Message(id="m1", conversation_id="asked", seq=1, author=Author.CUSTOMER, text=question, at=at)
    conversation = Conversation(
        id="asked", customer_id="asked", channel="cli", status=ConversationStatus.WITH_ASSISTANT, opened_at=at
    )
    return Turn(
        id="asked",
        lease=LEASE,
        conversation=conversation,
        profile=Profile(customer_id="asked"),
        messages=(message,),
    )


@asynccontextmanager
async def telling(material: Material, path: Path, scratch: Path, embedder: str = "none") -> AsyncGenerator[Teller]:
    """The service on fresh records that hold the articles of `path`, with a model that says what it is told to."""
    with ModelServer() as server:
        settings = Settings(
            data_dir=scratch,
            embedder=embedder,
            model="says",
            openai_base_url=server.base_url,
            openai_api_key=SecretStr("sk-none"),
        )
        service = await open_service(settings)
        await ingest_paths(service, [path], quiet_when_unchanged=True)
        writer = service.answering(ScratchTurns(turn=turn_of("nothing"))).writer
        yield Teller(material=material, search=service.search, assessor=service.assessor, writer=writer)
        await service.close()
