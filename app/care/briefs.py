"""The brief: what an agent reads first, put together from the turn. No model writes it."""

from app.domain.assessment import Assessment, Feeling
from app.domain.conversations import Author
from app.domain.decisions import HandOff
from app.domain.handoffs import Brief, HandoffReason, NewHandoff
from app.domain.turns import Turn

LONGEST = 400
TRIED = 3
_LEAVES_THE_MATTER_OUT = (HandoffReason.WISH, HandoffReason.OWN_MATTER)


def handoff_of(turn: Turn, assessment: Assessment, decision: HandOff) -> NewHandoff:
    return NewHandoff(reason=decision.reason, evidence=decision.evidence, brief=_brief(turn, assessment, decision))


def _brief(turn: Turn, assessment: Assessment, decision: HandOff) -> Brief:
    replies = [message.text for message in turn.history if message.author is Author.ASSISTANT]
    return Brief(
        wants=_wants(turn, decision),
        tried=tuple(reply[:LONGEST] for reply in replies[-TRIED:]),
        feeling=assessment.feeling,
        feeling_evidence=assessment.feeling_evidence if assessment.feeling is not Feeling.CALM else "",
        facts=(*_given(assessment), *_known(turn)),
        claimed=turn.claimed,
        doubts=decision.doubts,
    )


def _wants(turn: Turn, decision: HandOff) -> str:
    """Their last question; a bare wish for a person says nothing of the matter, so the one before it is added."""
    asked = [message.text for message in turn.history if message.author is Author.CUSTOMER]
    bare = decision.reason in _LEAVES_THE_MATTER_OUT and len(turn.text.split()) < 12
    matter = [asked[-1]] if bare and asked else []
    return "\n".join([*matter, turn.text])[: 2 * LONGEST]


def _given(assessment: Assessment) -> tuple[str, ...]:
    """By what the records can be searched: numbers of orders and the like."""
    return tuple(f"number given: {number}" for number in assessment.numbers)


def _known(turn: Turn) -> tuple[str, ...]:
    attributes = [f"{attribute.name}: {attribute.value}" for attribute in turn.profile.attributes]
    facts = [f"{fact.about}: {fact.value}" for fact in turn.profile.facts]
    past = [f"{p.opened_at:%Y-%m-%d}: {p.question[:80]} ({p.outcome})" for p in turn.profile.past]
    return tuple(attributes + facts + past)
