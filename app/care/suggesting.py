"""A reply for an agent to change and send: written and checked like the assistant's own, and stored nowhere."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from app.care.answering import Answering
from app.care.asking import LEASE, ScratchTurns
from app.care.beside import beside
from app.care.contradicting import quotable
from app.care.records import ConversationRecords, MemoryRecords
from app.domain.assessment import Assessment
from app.domain.conversations import Author, Conversation, ConversationStatus, Message, UnknownConversationError
from app.domain.decisions import Answer, decide
from app.domain.knowledge import FoundPassage, SearchQuestion
from app.domain.replies import Citation, citations_of, joined
from app.domain.turns import Turn

AT_ONCE = 2
SECONDS = 20.0
HISTORY = 40
LESS_SURE = 0.7
"""An agent reads it before anybody else does: anger beside the matter makes search less sure, and it is the matter
that is to be met."""

BEFORE = 4


class NoSuggestionError(Exception):
    """None came in time."""


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """`text` is empty where the passages do not answer; they are given anyway."""

    text: str = ""
    citations: tuple[Citation, ...] = ()
    passages: tuple[FoundPassage, ...] = ()
    answerable: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Suggesting:
    """`answering` makes the service's own Answering on the given records. Few are written at once, each in a place of
    the room in which customers' turns work: it takes them one of several."""

    answering: Callable[[ScratchTurns], Answering]
    conversations: ConversationRecords
    memory: MemoryRecords
    seconds: float = SECONDS
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def suggest(self, conversation_id: str) -> Suggestion:
        """For the customer's last words. Raises UnknownConversationError, NoSuggestionError."""
        turn = await self._turn(conversation_id)
        if turn is None:
            return Suggestion()
        answering = self.answering(ScratchTurns(turn=turn))
        try:
            async with asyncio.timeout(self.seconds), self._places, answering.writer.room.entered():
                return await _suggested(answering, turn)
        except TimeoutError as error:
            raise NoSuggestionError(conversation_id) from error

    async def _turn(self, conversation_id: str) -> Turn | None:
        """As if the assistant led: the customer's words since somebody last replied, or else their last ones."""
        found = await self.conversations.conversation(conversation_id)
        if found is None:
            raise UnknownConversationError(conversation_id)
        messages = (await self.conversations.messages(conversation_id))[-HISTORY:]
        asked = _last_words(messages)
        if not asked:
            return None
        return Turn(
            id="suggested",
            lease=LEASE,
            conversation=_led_by_the_assistant(found),
            profile=await self.memory.profile(found.customer_id),
            messages=asked,
            history=tuple(message for message in messages if message.seq < asked[0].seq),
        )


def _led_by_the_assistant(conversation: Conversation) -> Conversation:
    return replace(conversation, status=ConversationStatus.WITH_ASSISTANT, misses=0, person_offered=False)


def _last_words(messages: Sequence[Message]) -> tuple[Message, ...]:
    """The newest messages of the customer that stand together."""
    words: list[Message] = []
    for message in reversed(messages):
        if message.author is Author.CUSTOMER:
            words.insert(0, message)
        elif words:
            break
    return tuple(words)


async def _suggested(answering: Answering, turn: Turn) -> Suggestion:
    said, before = [message.text for message in turn.messages], _said_before(turn)
    assessment = await beside(len(turn.text), lambda: answering.assessor.assess(said, before))
    asked = turn.asking(answering.follow_ups(turn.text, before))
    question = SearchQuestion(
        text=asked.text, before=before[-BEFORE:], products=turn.profile.products, language=assessment.language
    )
    found = await answering.search.search(question)
    suggestion = Suggestion(passages=found.passages, answerable=found.answerable)
    rules = answering.policies.current.rules
    rules = replace(rules, answerable_at=rules.answerable_at * LESS_SURE)
    decision = decide(asked, _matter_alone(assessment), found, rules)
    if not isinstance(decision, Answer):
        return suggestion
    passages = quotable(decision.passages, answering.for_readers)
    written = await answering.writer.write(asked, assessment, passages)
    return replace(suggestion, text=joined(written.said), citations=citations_of(written.said))


def _matter_alone(assessment: Assessment) -> Assessment:
    """A person is there already: neither feeling nor a wish for one calls another."""
    return Assessment(small_talk=assessment.small_talk, language=assessment.language)


def _said_before(turn: Turn) -> tuple[str, ...]:
    return tuple(message.text for message in turn.history if message.author is Author.CUSTOMER)
