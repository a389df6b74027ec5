"""How a turn ends that no answerer writes: fixed texts for courtesies, misses and handoffs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.care.answerers import FactReader, Wording
from app.care.briefs import handoff_of
from app.care.opening import Opening
from app.care.records import AgentRecords, TurnEnd, TurnRecords
from app.domain.assessment import Assessment
from app.domain.customers import FactKind
from app.domain.decisions import AskBack, Courtesy, Decision, HandOff, NotKnown, StillWaiting, misses_after
from app.domain.replies import Outcome, Sentence, citations_of, joined
from app.domain.turns import Turn

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
            case _:
                raise TypeError(f"an answerer writes this one: {decision}")

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
