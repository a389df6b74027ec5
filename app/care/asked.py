"""What a turn asks: its questions in words that stand alone, each looked up by itself."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Protocol

from app.care.answerers import FollowUps, Usage
from app.care.lookup import Search
from app.care.room import Room
from app.domain.assessment import Assessment
from app.domain.conversations import Author
from app.domain.decisions import SEVERAL, Answer, Decision, OnRecord, OwnMatter
from app.domain.knowledge import SearchQuestion
from app.domain.parts import LookedUp, Part
from app.domain.turns import Turn

BEFORE = 4


class PartReader(Protocol):
    """Reads the questions of a turn, at least one, each in words that stand alone. Never raises for strange words."""

    def __call__(self, turn: Turn, assessment: Assessment) -> tuple[Part, ...]:
        """`assessment` is of the whole turn: a turn of one question is not read once more."""
        ...


@dataclass(frozen=True, kw_only=True)
class Rewritten:
    """A follow-up as a question that stands alone; None where the model gave none that may be used."""

    text: str | None
    usage: tuple[Usage, ...] = ()


class Rewriter(Protocol):
    """One short call of a model, within a deadline. Never raises: without an answer that may be used there is none."""

    async def rewrite(self, turn: Turn, language: str) -> Rewritten: ...


@dataclass(frozen=True, kw_only=True)
class OnePart:
    """Implements PartReader: the messages are one question, a follow-up said by the rules."""

    follow_ups: FollowUps

    def __call__(self, turn: Turn, assessment: Assessment) -> tuple[Part, ...]:
        before = said_before(turn)
        return (Part(words=turn.text, text=self.follow_ups(turn.text, before), before=before[-BEFORE:]),)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A turn as it is looked up, and what rewriting cost."""

    turn: Turn
    usage: tuple[Usage, ...] = ()
    looked_up: tuple[LookedUp, ...] = field(default=())


async def in_other_words(turn: Turn, language: str, rewriter: Rewriter | None, room: Room) -> Asked:
    """The turn asking what stands alone: the words of the rules, or the model's where it is a follow-up."""
    asked = _asking(turn)
    if rewriter is None or len(turn.parts) >= SEVERAL or not turn.parts[0].leans or not turn.history:
        return Asked(turn=asked)
    async with room.left():
        rewritten = await rewriter.rewrite(turn, language)
    if rewritten.text is None:
        return Asked(turn=asked, usage=rewritten.usage)
    part = replace(turn.parts[0], text=rewritten.text, before=())
    return Asked(turn=_asking(replace(turn, parts=(part,))), usage=rewritten.usage)


async def look_up(search: Search, asked: Asked, assessment: Assessment) -> Asked:
    """Each part by itself."""
    turn = asked.turn
    looked_up = [
        LookedUp(part=part, found=await search.search(_question(turn, part, assessment))) for part in turn.parts
    ]
    return replace(asked, looked_up=tuple(looked_up))


def noted(asked: Asked, decision: Decision) -> Mapping[str, object]:
    """For the trace: figures, not words."""
    own = decision.own if isinstance(decision, Answer) else ()
    return {
        "own_matter": isinstance(decision, OwnMatter | OnRecord) or bool(own),
        "parts": max(1, len(asked.turn.parts)),
        "open": len(decision.own) + len(decision.unknown) if isinstance(decision, Answer) else 0,
    }


def left_open(decision: Answer, cited: Set[str]) -> Answer:
    """With the parts of which nothing was said among the unknown."""
    if len(decision.parts) + len(decision.unknown) + len(decision.own) < SEVERAL:
        return decision
    silent = tuple(part.words for part in decision.parts if cited.isdisjoint(part.passage_ids))
    return replace(decision, unknown=(*decision.unknown, *silent))


def said_before(turn: Turn) -> tuple[str, ...]:
    return tuple(message.text for message in turn.history if message.author is Author.CUSTOMER)


def _asking(turn: Turn) -> Turn:
    return turn if len(turn.parts) >= SEVERAL else turn.asking(turn.parts[0].text)


def _question(turn: Turn, part: Part, assessment: Assessment) -> SearchQuestion:
    """What a question leans on is looked up with it; messages before that only colour it."""
    text, before = part.text, part.before
    if part.leans and before:
        text, before = f"{before[-1]}\n{text}", before[:-1]
    return SearchQuestion(text=text, before=before, products=turn.profile.products, language=assessment.language)
