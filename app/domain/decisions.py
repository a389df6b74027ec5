"""What a turn does, decided before any text is written: answer, ask back, not known, or hand off. Pure rules."""

from dataclasses import dataclass

from app.domain.assessment import Assessment, Feeling, SmallTalk
from app.domain.conversations import ConversationStatus
from app.domain.handoffs import HandoffReason
from app.domain.knowledge import FoundPassage, SearchResult
from app.domain.replies import Outcome
from app.domain.turns import Turn


@dataclass(frozen=True, kw_only=True)
class EscalationPolicy:
    """When a person is brought in and what counts as knowing; all scores 0..1."""

    wish_at: float = 0.5
    answerable_at: float = 0.45
    misses_before_handoff: int = 2
    fewest_words_to_search: int = 2


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The passages hold the answer; an answerer writes."""

    passages: tuple[FoundPassage, ...]


@dataclass(frozen=True, kw_only=True)
class Courtesy:
    """Small talk: a fixed text of its kind."""

    kind: SmallTalk


@dataclass(frozen=True, kw_only=True)
class AskBack:
    """The question is too short to look anything up by."""


@dataclass(frozen=True, kw_only=True)
class NotKnown:
    """Not found, or found and of no help to them; said honestly, with the offer of a person."""

    not_helped: bool = False


@dataclass(frozen=True, kw_only=True)
class HandOff:
    """A person is brought in, for a reason and the words that show it."""

    reason: HandoffReason
    evidence: str


@dataclass(frozen=True, kw_only=True)
class StillWaiting:
    """The conversation waits for a person already: say where it stands."""


Decision = Answer | Courtesy | AskBack | NotKnown | HandOff | StillWaiting


def decide_unsearched(turn: Turn, assessment: Assessment, policy: EscalationPolicy) -> Decision | None:
    """What needs no look-up: safety first, then the wish for a person, then feeling, then small talk."""
    if turn.conversation.status is ConversationStatus.WAITING:
        return StillWaiting()
    if person := _calls_a_person(turn, assessment, policy):
        return person
    return Courtesy(kind=assessment.small_talk) if assessment.small_talk else None


def decide(turn: Turn, assessment: Assessment, found: SearchResult, policy: EscalationPolicy) -> Decision:
    """The same, and then whether the passages answer."""
    if decision := decide_unsearched(turn, assessment, policy):
        return decision
    doubts = assessment.difficulty_evidence and not _asked_in_vain(turn)
    if found.passages and found.answerable >= policy.answerable_at and not doubts:
        return Answer(passages=found.passages)
    return _missed(turn, assessment, policy)


def misses_after(turn: Turn, decision: Decision) -> int:
    """Misses in a row: a courtesy or a question back neither counts nor forgives."""
    match decision:
        case NotKnown():
            return turn.conversation.misses + 1
        case Courtesy() | AskBack() | StillWaiting():
            return turn.conversation.misses
        case _:
            return 0


def _calls_a_person(turn: Turn, assessment: Assessment, policy: EscalationPolicy) -> HandOff | None:
    if assessment.safety_evidence:
        return HandOff(reason=HandoffReason.SAFETY, evidence=assessment.safety_evidence)
    if assessment.wants_person >= policy.wish_at:
        return HandOff(reason=HandoffReason.WISH, evidence=assessment.person_evidence)
    if turn.conversation.person_offered and assessment.small_talk is SmallTalk.AGREEMENT:
        return HandOff(reason=HandoffReason.WISH, evidence=turn.text)
    if assessment.feeling is Feeling.ANGRY:
        return HandOff(reason=HandoffReason.ANGER, evidence=assessment.feeling_evidence)
    if assessment.feeling is Feeling.DISTRESSED:
        return HandOff(reason=HandoffReason.DISTRESS, evidence=assessment.feeling_evidence)
    return None


def _asked_in_vain(turn: Turn) -> bool:
    """The same words were not known each time before: nothing was said that could have failed to help, and an article
    may have come since."""
    asked = turn.text.strip().casefold()
    before = [message.outcome for message in turn.history if message.text.strip().casefold() == asked]
    return bool(before) and all(outcome is Outcome.NOT_KNOWN for outcome in before)


def _missed(turn: Turn, assessment: Assessment, policy: EscalationPolicy) -> Decision:
    """Asked back once at most, and never when the customer says that we did not help."""
    if turn.conversation.misses + 1 >= policy.misses_before_handoff:
        return HandOff(reason=HandoffReason.TWO_MISSES, evidence=assessment.difficulty_evidence or turn.text)
    if assessment.difficulty_evidence:
        return NotKnown(not_helped=True)
    short = len(turn.text.split()) <= policy.fewest_words_to_search
    return AskBack() if short and not turn.conversation.asked_back else NotKnown()
