"""How a turn ends that no answerer writes: fixed texts for courtesies, misses and handoffs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.care.answerers import FactReader, Wording
from app.care.briefs import handoff_of
from app.care.opening import Opening
from app.care.records import AgentRecords, TurnEnd, TurnRecords
from app.domain.assessment import Assessment
from app.domain.customers import FactKind
from app.domain.decisions import (
    Answer,
    AskBack,
    Courtesy,
    Decision,
    HandOff,
    NotKnown,
    OnRecord,
    OwnMatter,
    StillWaiting,
    misses_after,
)
from app.domain.replies import Outcome, Sentence, citations_of, joined
from app.domain.turns import Turn

LONGEST_PART = 150
"""Characters of the customer's words that are repeated to them."""

NO_FIELDS: Mapping[str, str] = {}


@dataclass(frozen=True, kw_only=True)
class Endings:
    """Turns a decision into the end of a turn. Text and action come from the same decision, so they cannot part."""

    records: TurnRecords
    agents: AgentRecords
    wording: Wording
    facts: FactReader
    opening: Opening

    async def for_decision(self, turn: Turn, assessment: Assessment, decision: Decision) -> TurnEnd:
        match decision:
            case HandOff():
                end = await self._handed_off(turn, assessment, decision)
            case StillWaiting():
                end = self._still_waiting(turn, assessment)
            case _:
                end = self._said(turn, assessment, decision)
        return replace(end, misses=misses_after(turn, decision))

    def _said(self, turn: Turn, assessment: Assessment, decision: Decision) -> TurnEnd:
        match decision:
            case Courtesy(kind=kind):
                return self._end(turn, assessment, Outcome.ANSWERED, kind)
            case AskBack():
                return replace(self._asked_back(turn, assessment), asked_back=True)
            case NotKnown(not_helped=not_helped):
                key = "not_helped" if not_helped else "not_known"
                return replace(self._end(turn, assessment, Outcome.NOT_KNOWN, key), person_offered=True)
            case OwnMatter():
                return replace(self._own_matter(turn, assessment, decision), person_offered=True)
            case OnRecord(attribute=attribute):
                name = re.sub(r"[_-]+", " ", attribute.name)
                return self._end(turn, assessment, Outcome.ANSWERED, "on_record", name=name, value=attribute.value)
            case _:
                raise TypeError(f"an answerer writes this one: {decision}")

    def still_open(self, assessment: Assessment, decision: Answer) -> tuple[Sentence, ...]:
        """What an answer left open, in the customer's words, and the offer of a person."""
        left = [
            (key, words) for key, words in (("open_own", decision.own), ("open_unknown", decision.unknown)) if words
        ]
        if not left:
            return ()
        texts = [self.wording.say(key, assessment.language, parts=_quoted(words)) for key, words in left]
        texts.append(self.wording.say("open_offer", assessment.language))
        return tuple(Sentence(text=text, lead=" " if at else "\n\n") for at, text in enumerate(texts))

    def _own_matter(self, turn: Turn, assessment: Assessment, decision: OwnMatter) -> TurnEnd:
        """The number of the order is asked for where none was given."""
        keys = ["own_matter_numbered" if assessment.numbers else "own_matter"]
        keys += ["open_unknown"] if decision.unknown else []
        fields = {"numbers": ", ".join(assessment.numbers), "parts": _quoted(decision.unknown)}
        return self._end(turn, assessment, Outcome.NOT_KNOWN, *keys, **fields)

    def _asked_back(self, turn: Turn, assessment: Assessment) -> TurnEnd:
        """Products that are on file are named, not asked for."""
        if turn.profile.products:
            products = ", ".join(turn.profile.products)
            return self._end(turn, assessment, Outcome.ASKED_BACK, "ask_back_about", products=products)
        return self._end(turn, assessment, Outcome.ASKED_BACK, "ask_back")

    async def _handed_off(self, turn: Turn, assessment: Assessment, decision: HandOff) -> TurnEnd:
        contact = turn.profile.contact or self._contact_in(turn)
        keys, back = [f"handoff_{decision.reason}"], NO_FIELDS
        if await self.agents.on_duty():
            keys.append("agent_on_duty")
        else:
            keys.append("nobody_on_duty_contact_known" if contact else "nobody_on_duty_ask_contact")
            back = self.opening.next_fields(assessment.language)
            keys += ["back_at"] if back else []
        position = str(await self.records.queue_length() + 1)
        fields = {"position": position, "contact": contact or "", **back}
        end = self._end(turn, assessment, Outcome.HANDED_OFF, *keys, **fields)
        return replace(end, handoff=handoff_of(turn, assessment, decision), contact=contact)

    def _still_waiting(self, turn: Turn, assessment: Assessment) -> TurnEnd:
        contact = self._contact_in(turn)
        key = "contact_taken" if contact else "still_waiting"
        return replace(self._end(turn, assessment, Outcome.WAITING, key, contact=contact or ""), contact=contact)

    def _end(self, turn: Turn, assessment: Assessment, outcome: Outcome, *keys: str, **fields: str) -> TurnEnd:
        texts = [self.wording.say(key, assessment.language, **fields) for key in keys]
        said = tuple(
            Sentence(text=text, lead="\n\n" if turn.shown or position else "") for position, text in enumerate(texts)
        )
        reply = (*turn.shown, *said)
        return TurnEnd(outcome=outcome, reply=joined(reply), sentences=said, citations=citations_of(reply))

    def _contact_in(self, turn: Turn) -> str | None:
        """An e-mail address or telephone number that they just gave."""
        for message in turn.messages:
            for fact in self.facts.read(message.text, message.id):
                if fact.kind is FactKind.IDENTITY and fact.about in ("email", "phone"):
                    return fact.value
        return None


_NOT_SAID_AGAIN = re.compile(r"<[^>]*>|!?\[[^\]]*\]\([^)]*\)|\S*(?:://|[<>])\S*")


def _quoted(parts: Sequence[str]) -> str:
    """Each up to its question mark, or to words that it quotes: what stands behind it is no question of theirs.
    Addresses and markup are not said again."""
    parts = [_NOT_SAID_AGAIN.sub("...", re.split(r"[?\"“”„«»]", part, maxsplit=1)[0]) for part in parts]
    short = [part if len(part) <= LONGEST_PART else f"{part[:LONGEST_PART].rstrip()} ..." for part in parts]
    return ", ".join(f'"{" ".join(part.split()).strip(" ?!.,;")}"' for part in short)
