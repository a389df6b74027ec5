"""An answer is written, checked sentence by sentence, and shown; nothing unchecked leaves."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from app.care.answerers import Answerer, Grounding, Grounds, ModelFailedError, Usage, ValueReader, Wording, Writing
from app.care.beside import beside
from app.care.foreign import foreign_notice
from app.care.records import TurnRecords
from app.care.room import Room
from app.domain.assessment import Assessment
from app.domain.checking import Checked, Draft, Finding, Support, Value, check, limits_the_sentence_before
from app.domain.knowledge import FoundPassage
from app.domain.replies import Citation, Sentence
from app.domain.turns import Turn

REMEMBERED_TEXTS = 4_096


@dataclass(kw_only=True)
class Written:
    """What came of writing: the turn with all that is shown, the sentences that are to be shown with its end, and
    notes for the trace: how many sentences were checked, which were withheld and why, what was quoted instead."""

    turn: Turn
    last: tuple[Sentence, ...] = ()
    on_first: Callable[[], None] = lambda: None
    answerer: str = ""
    failure: str | None = None
    checked: int = 0
    quoted: list[str] = field(default_factory=list[str])
    withheld: list[tuple[str, tuple[Finding, ...]]] = field(default_factory=list[tuple[str, tuple[Finding, ...]]])
    usage: list[Usage] = field(default_factory=list[Usage])

    def note_shown(self, sentence: Sentence) -> None:
        if not self.turn.shown:
            self.on_first()
        self.turn = self.turn.with_shown(sentence)

    @property
    def said(self) -> tuple[Sentence, ...]:
        """The whole reply."""
        return (*self.turn.shown, *self.last)


@dataclass(frozen=True, kw_only=True)
class _Checks:
    """All that a sentence of this reply must pass."""

    read_values: ValueReader
    support: Support
    grounds: Grounds
    language: str

    def of(self, draft: Draft) -> Checked:
        """A passage's own words need no other to carry them, but nothing is cited that was not found."""
        findings = check(draft, self.read_values(draft.text), self.support)
        if draft.quoted:
            return Checked(findings=findings)
        checked = self.grounds.check(draft, self.language)
        return Checked(findings=findings + checked.findings, quotes=checked.quotes)


class Writer:
    """Runs the first answerer, once more where nothing that it wrote may be shown, and the second where that fails."""

    def __init__(
        self,
        *,
        records: TurnRecords,
        answerers: Sequence[Answerer],
        read_values: ValueReader,
        grounding: Grounding,
        wording: Wording,
        room: Room | None = None,
        seconds: float = 24.0,
    ) -> None:
        self.room = room or Room()
        self._seconds = seconds
        self._records = records
        self._answerers = answerers
        self._read_values = read_values
        self._grounding = grounding
        self._wording = wording
        self._values_of_passages: dict[str, frozenset[Value]] = {}

    async def write(
        self,
        turn: Turn,
        assessment: Assessment,
        passages: tuple[FoundPassage, ...],
        on_first: Callable[[], None] = lambda: None,
    ) -> Written:
        """`on_first` is called when the first sentence of the reply was committed."""
        written = Written(turn=turn, on_first=on_first)
        checks = await self._checks(turn, assessment, passages)
        for answerer in self._answerers:
            written.answerer = answerer.name
            writing = Writing(turn=written.turn, assessment=assessment, passages=passages, usage=written.usage)
            if await self._stands(answerer, writing, checks, written):
                break
        return written

    async def _stands(self, answerer: Answerer, writing: Writing, checks: _Checks, written: Written) -> bool:
        """A model whose sentences were all withheld is asked once more, with these, in the time that is left of it."""
        until = asyncio.get_running_loop().time() + self._seconds
        if await self._run_in_room(answerer, writing, checks, written, until):
            return True
        if not answerer.waits or written.failure or not written.withheld:
            return False
        again = replace(writing, refused=tuple(text for text, _ in written.withheld))
        return await self._run_in_room(answerer, again, checks, written, until)

    async def _run_in_room(
        self, answerer: Answerer, writing: Writing, checks: _Checks, written: Written, until: float
    ) -> bool:
        if answerer.waits:
            self.room.leave()
        else:
            await self.room.back()
        return await self._run(answerer, writing, checks, written, until)

    async def _run(self, answerer: Answerer, writing: Writing, checks: _Checks, written: Written, until: float) -> bool:
        """Whether an answer stands. One sentence is held back: a limit that fails takes it along. What is held when
        the answer ends is shown with the end of the turn."""
        held: list[Draft] = []
        try:
            async with asyncio.timeout_at(until), aclosing(answerer.write(writing)) as drafts:
                async for draft in drafts:
                    held = await self._next(held, draft, writing, checks, written)
        except ModelFailedError as error:
            written.failure = str(error)
            return False
        except TimeoutError:
            written.failure = f"no whole answer within {self._seconds:g} s"
            return False
        for draft in held:
            written.last = (*written.last, self._sentence(draft, writing, written))
        return bool(written.said)

    async def _next(
        self, held: list[Draft], draft: Draft, writing: Writing, checks: _Checks, written: Written
    ) -> list[Draft]:
        """Takes the sentence, or in its place what the passages say; gives what to hold now."""
        written.checked += 1
        checked = checks.of(draft)
        if not checked.findings:
            return await self._take(held, draft, writing, written)
        written.withheld.append((draft.text, checked.findings))
        if limits_the_sentence_before(draft.text):
            held = held[:-1]
        for quote in checked.quotes:
            if quote.text not in written.quoted and not _is_said(quote, held, written):
                written.quoted.append(quote.text)
                held = await self._take(held, quote, writing, written)
        return held

    async def _take(self, held: list[Draft], draft: Draft, writing: Writing, written: Written) -> list[Draft]:
        """Shows the sentence that was held once the next one is known."""
        if _is_said(draft, (), written):
            return held
        if draft.at_once:
            return [*held, draft]
        for ready in held:
            await self._show(ready, writing, written)
        return [draft]

    async def _show(self, draft: Draft, writing: Writing, written: Written) -> None:
        """Called off at a deadline, what is on its way to the disk is waited for: shown is shown."""
        sentence = self._sentence(draft, writing, written)
        appending = asyncio.ensure_future(self._records.append_sentence(written.turn, sentence))
        try:
            await asyncio.shield(appending)
        except asyncio.CancelledError:
            await asyncio.wait([appending])
            if appending.cancelled() or appending.exception():
                raise
            written.note_shown(sentence)
            raise
        written.note_shown(sentence)

    def _sentence(self, draft: Draft, writing: Writing, written: Written) -> Sentence:
        """The first sentence of a reply has nothing to be parted from, and may greet."""
        notice = foreign_notice(draft, writing.passages, writing.assessment.language, written.said, self._wording)
        text = f"{notice}\n\n{draft.text}" if notice else draft.text
        citations = _citations(draft, writing.passages)
        if written.said:
            return Sentence(text=text, lead="\n\n" if notice else draft.lead or " ", citations=citations)
        return self._greeted(Sentence(text=text, citations=citations), writing)

    def _greeted(self, sentence: Sentence, writing: Writing) -> Sentence:
        """The first sentence of a conversation greets by name, when the name is known."""
        name = writing.turn.profile.first_name
        if not (writing.turn.is_first and name):
            return sentence
        greeting = self._wording.say("greeting_named", writing.assessment.language, name=name)
        return replace(sentence, text=f"{greeting}\n\n{sentence.text}")

    async def _checks(self, turn: Turn, assessment: Assessment, passages: tuple[FoundPassage, ...]) -> _Checks:
        """Passages and attributes carry sentences; for values also what the customer said of themselves."""
        support = await self._support(turn, passages)
        size = self._grounding.to_be_read(passages)
        grounds = await beside(size, lambda: self._grounding.of(turn, passages))
        return _Checks(read_values=self._read_values, support=support, grounds=grounds, language=assessment.language)

    async def _support(self, turn: Turn, passages: Iterable[FoundPassage]) -> Support:
        """Passages and attributes, and what the customer said of themselves."""
        texts = {f"{f.passage.title}\n{f.passage.text}" for f in passages}
        texts |= {f.passage.address for f in passages if f.passage.address}
        own = {attribute.value for attribute in turn.profile.attributes} | {m.text for m in turn.messages}
        values = {**await self._values_of(texts), **await self._read(own)}
        return Support(
            values=frozenset(value for found in values.values() for value in found),
            passage_ids=frozenset(f.passage.id for f in passages),
        )

    async def _values_of(self, texts: Set[str]) -> Mapping[str, frozenset[Value]]:
        """A passage is read once, not for each question that finds it."""
        known = {text: self._values_of_passages[text] for text in texts if text in self._values_of_passages}
        new = await self._read(texts - known.keys())
        if len(self._values_of_passages) + len(new) > REMEMBERED_TEXTS:
            self._values_of_passages.clear()
        self._values_of_passages.update(new)
        return {**known, **new}

    async def _read(self, texts: Set[str]) -> Mapping[str, frozenset[Value]]:
        return await beside(sum(map(len, texts)), lambda: {text: self._read_values(text) for text in texts})


def _is_said(draft: Draft, held: Iterable[Draft], written: Written) -> bool:
    told = [*(sentence.text for sentence in written.said), *(other.text for other in held)]
    return any(text == draft.text or text.endswith(f"\n\n{draft.text}") for text in told)


def _citations(draft: Draft, passages: Iterable[FoundPassage]) -> tuple[Citation, ...]:
    known = {f.passage.id: f.passage for f in passages}
    cited = [known[id] for id in dict.fromkeys(draft.cited)]
    return tuple(
        Citation(passage_id=p.id, article_id=p.article_id, title=next(iter(p.title_path), ""), address=p.address)
        for p in cited
    )
