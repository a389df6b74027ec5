"""What a turn does, decided before any text is written: answer, ask back, not known, or hand off. Pure rules."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.assessment import Assessment, Feeling, SmallTalk
from app.domain.attributes import attribute_meant
from app.domain.conversations import ConversationStatus
from app.domain.customers import Attribute
from app.domain.handoffs import HandoffReason
from app.domain.knowledge import FoundPassage, SearchResult
from app.domain.parts import LookedUp, Part, found_together, in_turn
from app.domain.replies import Outcome
from app.domain.turns import Turn

SEVERAL = 2
"""Questions in one message from which on each is looked up by itself."""

OWN_AT = 0.5
"""From here on a question is about the customer's own order or account, whatever search finds."""

DOUBTED_AT = 0.25
SURELY_ANSWERED_AT = 0.65
"""A question that may be about their own order is answered from articles only where these are sure to answer."""


@dataclass(frozen=True, kw_only=True)
class EscalationPolicy:
    """When a person is brought in and what counts as knowing; all scores 0..1. `words_of_its_own` is how much
    of a sentence may be in words that no passage holds, beside those that one does."""

    wish_at: float = 0.5
    answerable_at: float = 0.45
    misses_before_handoff: int = 2
    fewest_words_to_search: int = 2
    words_of_its_own: float = 0.25


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The passages hold the answer; an answerer writes. Of several questions, `parts` are those that it answers;
    `unknown` and `own` are those that stay open, in the customer's words: not found, or about their own records."""

    passages: tuple[FoundPassage, ...]
    parts: tuple[Part, ...] = ()
    unknown: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


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
class OwnMatter:
    """Only the company's records answer, which the assistant does not see: a person is offered. `evidence` are the
    customer's words, `unknown` other questions of the message that were not found."""

    evidence: str
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OnRecord:
    """What the business says of them answers: a fixed text with its name and value."""

    attribute: Attribute


@dataclass(frozen=True, kw_only=True)
class HandOff:
    """A person is brought in, for a reason and the words that show it. `doubts`: statements that contradict each
    other."""

    reason: HandoffReason
    evidence: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StillWaiting:
    """The conversation waits for a person already: say where it stands."""


Decision = Answer | Courtesy | AskBack | NotKnown | OwnMatter | OnRecord | HandOff | StillWaiting


def decide_unsearched(turn: Turn, assessment: Assessment, policy: EscalationPolicy) -> Decision | None:
    """What needs no look-up: safety first, then the wish for a person, then feeling, then small talk."""
    if turn.conversation.status is ConversationStatus.WAITING:
        return StillWaiting()
    if person := _calls_a_person(turn, assessment, policy):
        return person
    if assessment.small_talk:
        return Courtesy(kind=assessment.small_talk)
    asks_one = len(turn.parts) < SEVERAL
    return _own_matter(turn, assessment) if asks_one and assessment.own_matter >= OWN_AT else None


def decide(turn: Turn, assessment: Assessment, found: SearchResult, policy: EscalationPolicy) -> Decision:
    """The same, and then whether the passages answer."""
    if decision := decide_unsearched(turn, assessment, policy):
        return decision
    doubts = assessment.difficulty_evidence and not _asked_in_vain(turn)
    if not doubts and _answers(found, assessment.own_matter, policy):
        return Answer(passages=found.passages)
    if assessment.own_matter >= DOUBTED_AT:
        return _own_matter(turn, assessment)
    return _missed(turn, assessment, policy)


def decide_parts(
    turn: Turn, assessment: Assessment, looked_up: Sequence[LookedUp], policy: EscalationPolicy
) -> Decision:
    """Of several questions those are answered that the passages answer; the others are named as open."""
    if len(looked_up) < SEVERAL:
        return decide(turn, assessment, found_together(looked_up), policy)
    own = [each.part.words for each in looked_up if _is_own(each, policy)]
    known = [each for each in looked_up if each.part.words not in own and _answers(each.found, 0.0, policy)]
    answered = [replace(each.part, passage_ids=tuple(f.passage.id for f in each.found.passages)) for each in known]
    unknown = tuple(e.part.words for e in looked_up if e not in known and e.part.words not in own)
    doubts = assessment.difficulty_evidence and not _asked_in_vain(turn)
    if answered and not doubts:
        passages = in_turn([each.found.passages for each in known])
        return Answer(passages=passages, parts=tuple(answered), unknown=unknown, own=tuple(own))
    if own:
        return _own_matter(turn, replace(assessment, own_matter_evidence=own[0]), unknown)
    return _missed(turn, assessment, policy)


def misses_after(turn: Turn, decision: Decision) -> int:
    """Misses in a row: a courtesy, a question back and an own matter neither count nor forgive."""
    match decision:
        case NotKnown():
            return turn.conversation.misses + 1
        case Courtesy() | AskBack() | StillWaiting() | OwnMatter():
            return turn.conversation.misses
        case _:
            return 0


def _calls_a_person(turn: Turn, assessment: Assessment, policy: EscalationPolicy) -> HandOff | None:
    if assessment.safety_evidence:
        return HandOff(reason=HandoffReason.SAFETY, evidence=assessment.safety_evidence)
    if assessment.wants_person >= policy.wish_at:
        return HandOff(reason=HandoffReason.WISH, evidence=assessment.person_evidence)
    if turn.conversation.person_offered and assessment.small_talk is SmallTalk.AGREEMENT:
        reason = HandoffReason.OWN_MATTER if assessment.own_matter_before else HandoffReason.WISH
        return HandOff(reason=reason, evidence=turn.text)
    if assessment.feeling is Feeling.ANGRY:
        return HandOff(reason=HandoffReason.ANGER, evidence=assessment.feeling_evidence)
    if assessment.feeling is Feeling.DISTRESSED:
        return HandOff(reason=HandoffReason.DISTRESS, evidence=assessment.feeling_evidence)
    return None


def _own_matter(turn: Turn, assessment: Assessment, unknown: tuple[str, ...] = ()) -> Decision:
    """What the business says of them is said; else a person is offered, and brought in when they ask once more."""
    if attribute := attribute_meant(turn.text, turn.profile.attributes):
        return OnRecord(attribute=attribute)
    evidence = assessment.own_matter_evidence or turn.text
    if turn.conversation.person_offered and assessment.own_matter_before:
        return HandOff(reason=HandoffReason.OWN_MATTER, evidence=evidence)
    return OwnMatter(evidence=evidence, unknown=unknown)


def _is_own(looked_up: LookedUp, policy: EscalationPolicy) -> bool:
    own = looked_up.part.own_matter
    return own >= OWN_AT or (own >= DOUBTED_AT and not _answers(looked_up.found, own, policy))


def _answers(found: SearchResult, own_matter: float, policy: EscalationPolicy) -> bool:
    at_least = max(policy.answerable_at, SURELY_ANSWERED_AT) if own_matter >= DOUBTED_AT else policy.answerable_at
    return bool(found.passages) and found.answerable >= at_least


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
