"""The route of a turn: assess, look up, decide, and only then write. Any failure still ends in care."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from app.care.answerers import Assessor, FollowUps
from app.care.asked import Asked, OnePart, PartReader, Rewriter, in_other_words, left_open, look_up, noted, said_before
from app.care.beside import beside
from app.care.contradicting import ForReaders, NoComparing, StatementReader, quotable, weighed
from app.care.endings import Endings
from app.care.lookup import Search
from app.care.measures import Measures, NoMeasures
from app.care.policies import Policies
from app.care.records import RecordsUnavailableError, TurnEnd, TurnRecords
from app.care.traces import Notes, trace_of
from app.care.writing import Writer, Written
from app.domain.assessment import Assessment
from app.domain.conversations import ConversationStatus
from app.domain.decisions import (
    Answer,
    Decision,
    HandOff,
    NotKnown,
    StillWaiting,
    decide_parts,
    decide_unsearched,
)
from app.domain.handoffs import HandoffReason
from app.domain.knowledge import FoundPassage
from app.domain.parts import found_together
from app.domain.replies import Outcome, Sentence, citations_of, joined
from app.domain.turns import Lease, LeaseLostError, NewMessageError, Turn

log = logging.getLogger(__name__)

TURN_SECONDS = 30.0
RESTARTS = 5


def _as_it_is(found: FoundPassage) -> FoundPassage:
    return found


@dataclass(frozen=True, kw_only=True)
class Answering:
    """Takes turns. Holds no state of its own: what a turn knows stands in the records."""

    records: TurnRecords
    assessor: Assessor
    search: Search
    writer: Writer
    endings: Endings
    follow_ups: FollowUps
    policies: Policies
    clock: Callable[[], datetime]
    measures: Measures = field(default_factory=NoMeasures)
    comparing: StatementReader = field(default_factory=NoComparing)
    parts: PartReader | None = None
    rewriter: Rewriter | None = None
    for_readers: ForReaders = _as_it_is
    turn_seconds: float = TURN_SECONDS

    async def take_turns(self, lease: Lease) -> None:
        """Until nothing is left to answer, or somebody else took over. Raises RecordsUnavailableError: nothing could
        be said then, and whoever holds the lease goes on behind what was shown."""
        held: Lease | None = lease
        try:
            while held is not None:
                held = await self._take_turn(held)
        except LeaseLostError:
            log.info("turn given up", extra={"conversation": lease.conversation_id, "reason": "lease lost"})

    async def _take_turn(self, lease: Lease) -> Lease | None:
        async with self.writer.room.entered():
            for _ in range(RESTARTS):
                turn = await self.records.begin_turn(lease)
                if turn is None:
                    await self.records.release(lease)
                    return None
                try:
                    return await self._finish(turn)
                except NewMessageError:
                    continue
        return lease

    async def _finish(self, turn: Turn) -> Lease | None:
        try:
            async with asyncio.timeout(self.turn_seconds):
                turn, end = await self._work(turn)
        except (LeaseLostError, NewMessageError, RecordsUnavailableError):
            raise
        except Exception as error:
            log.exception("turn failed", extra={"conversation": turn.conversation.id, "turn": turn.id})
            turn, end = await self._cared_for(turn, error)
        lease = await self.records.finish_turn(turn, end)
        self._count(turn, end)
        return lease

    async def _work(self, turn: Turn) -> tuple[Turn, TurnEnd]:
        """The turn with what was shown, and its end."""
        rules, notes = self.policies.current.rules, Notes(prices=self.policies.current.prices)
        said = [message.text for message in turn.messages]
        assessment = await beside(len(turn.text), lambda: self.assessor.assess(said, said_before(turn)))
        turn = await self._with_parts(turn, assessment)
        notes.step("assess")
        decision, asked = decide_unsearched(turn, assessment, rules), Asked(turn=turn)
        if decision is None:
            asked = await in_other_words(turn, assessment.language, self.rewriter, self.writer.room)
            asked = await look_up(self.search, asked, assessment)
            notes.found = found_together(asked.looked_up)
            notes.step("search")
            decision = await self._decided(turn, asked, assessment, notes)
        if isinstance(decision, Answer):
            return await self._answer(turn, asked, assessment, decision, notes)
        end = await self.endings.for_decision(turn, assessment, decision)
        return turn, replace(end, trace={**trace_of(assessment, decision, notes), **noted(asked, decision)})

    async def _with_parts(self, turn: Turn, assessment: Assessment) -> Turn:
        read = self.parts or OnePart(follow_ups=self.follow_ups)
        return replace(turn, parts=await beside(len(turn.text), lambda: read(turn, assessment)))

    async def _decided(self, turn: Turn, asked: Asked, assessment: Assessment, notes: Notes) -> Decision:
        """Whether the passages answer, and which of them where they contradict each other."""
        decision = decide_parts(turn, assessment, asked.looked_up, self.policies.current.rules)
        if not isinstance(decision, Answer):
            return decision
        decision = replace(decision, passages=quotable(decision.passages, self.for_readers))
        notes.cut = tuple(was.passage.id for was in notes.found.passages if self.for_readers(was) is not was)
        weighing = await weighed(asked.turn, decision, self.comparing)
        notes.contradictions = weighing.contradictions
        notes.step("compare")
        heard = weighing.decision
        return replace(decision, passages=heard.passages) if isinstance(heard, Answer) else heard

    async def _answer(
        self, turn: Turn, asked: Asked, assessment: Assessment, decision: Answer, notes: Notes
    ) -> tuple[Turn, TurnEnd]:
        on_first = partial(self._first_text_shown, turn, notes)
        written = notes.written = await self.writer.write(
            replace(asked.turn, parts=decision.parts or asked.turn.parts), assessment, decision.passages, on_first
        )
        written.usage[:0] = asked.usage
        decision = left_open(decision, {citation.passage_id for citation in citations_of(written.said)})
        more = self.endings.still_open(assessment, decision)
        trace = {**trace_of(assessment, decision, notes), **noted(asked, decision)}
        turn = replace(turn, shown=written.turn.shown)
        if written.said:
            return turn, _answered(written, more, trace)
        end = await self.endings.for_decision(turn, assessment, _instead(written))
        return turn, replace(end, trace=trace)

    def _first_text_shown(self, turn: Turn, notes: Notes) -> None:
        notes.since_the_beginning("first_text")
        self._count_first_text(turn)

    async def _cared_for(self, turn: Turn, error: Exception) -> tuple[Turn, TurnEnd]:
        """A person, with an honest text, behind whatever was shown already."""
        again = await self.records.begin_turn(turn.lease)
        if again is None:
            raise LeaseLostError(turn.conversation.id) from error
        end = await self.endings.for_decision(again, Assessment(), _a_person(again))
        return again, replace(end, trace={"failure": type(error).__name__})

    def _count(self, turn: Turn, end: TurnEnd) -> None:
        """Only what was committed; fixed texts are committed with the end."""
        if end.sentences and not turn.shown:
            self._count_first_text(turn)
        self.measures.turn_ended(end.outcome, self._age(turn))

    def _count_first_text(self, turn: Turn) -> None:
        self.measures.first_text(self._age(turn))

    def _age(self, turn: Turn) -> float:
        return max(0.0, (self.clock() - turn.messages[0].at).total_seconds())


def _a_person(turn: Turn) -> Decision:
    """Who waits for one already is told so: there is one place in the queue for a conversation."""
    if turn.conversation.status is ConversationStatus.WAITING:
        return StillWaiting()
    return HandOff(reason=HandoffReason.FAILURE, evidence=turn.text)


def _answered(written: Written, more: tuple[Sentence, ...], trace: Mapping[str, object]) -> TurnEnd:
    """`more` are fixed texts on what stays open, with the offer of a person."""
    return TurnEnd(
        outcome=Outcome.ANSWERED,
        reply=joined((*written.said, *more)),
        sentences=(*written.last, *more),
        citations=citations_of(written.said),
        person_offered=bool(more),
        trace=trace,
    )


def _instead(written: Written) -> Decision:
    """Nothing that was written may be shown: a person when the model failed, else an honest "not known"."""
    if written.failure is not None:
        return HandOff(reason=HandoffReason.MODEL_FAILURE, evidence=written.turn.text)
    return NotKnown()
