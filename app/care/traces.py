"""The trace: why an answer was given, for agents. Plain JSON values only."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from app.care.answerers import Usage
from app.care.writing import Written
from app.domain.assessment import Assessment
from app.domain.contradictions import Contradiction, Stated
from app.domain.decisions import Decision
from app.domain.knowledge import FoundPassage, SearchResult
from app.domain.policies import Prices

PASSAGES = 8


@dataclass(kw_only=True)
class Notes:
    """What a turn leaves for its trace. `cut` are passages that held what speaks to an AI. `took` are milliseconds: of
    each step, of the first text since the turn began, of the whole."""

    found: SearchResult = field(default_factory=SearchResult)
    contradictions: tuple[Contradiction, ...] = ()
    cut: tuple[str, ...] = ()
    written: Written | None = None
    prices: Prices | None = None
    took: dict[str, float] = field(default_factory=dict[str, float])
    _began: float = field(default_factory=time.monotonic)
    _last: float = field(default_factory=time.monotonic)

    def step(self, name: str) -> None:
        """A step has ended that began with the end of the last one."""
        now = time.monotonic()
        self.took[name], self._last = _milliseconds(now - self._last), now

    def since_the_beginning(self, name: str) -> None:
        self.took.setdefault(name, _milliseconds(time.monotonic() - self._began))


def trace_of(assessment: Assessment, decision: Decision, notes: Notes) -> Mapping[str, object]:
    found = notes.found
    notes.since_the_beginning("whole")
    trace: dict[str, object] = {
        "decision": type(decision).__name__,
        "feeling": assessment.feeling,
        "wants_person": round(assessment.wants_person, 3),
        "answerable": round(found.answerable, 3),
        "lexical_only": found.lexical_only,
        "small_talk": assessment.small_talk,
        "not_helped": bool(assessment.difficulty_evidence),
        "passages": [_scored(passage) for passage in found.passages[:PASSAGES]],
        "contradictions": [_contradiction(each) for each in notes.contradictions],
        "cut": list(notes.cut),
        "took": notes.took,
    }
    return trace if notes.written is None else trace | _writing(notes.written, notes.prices)


def _scored(found: FoundPassage) -> Mapping[str, object]:
    similarity = None if found.similarity is None else round(found.similarity, 3)
    scores = {"score": round(found.score, 3), "similarity": similarity, "coverage": round(found.coverage, 3)}
    return {"passage": found.passage.id, "title": found.passage.title, **scores}


def _contradiction(found: Contradiction) -> Mapping[str, object]:
    """`heard` is the passage that counted; none where a person decides."""
    heard = found.newer.found.passage.id if found.dated else None
    return {"statements": [_statement(found.older), _statement(found.newer)], "heard": heard}


def _statement(stated: Stated) -> Mapping[str, object]:
    day = stated.found.valid_from
    said = {"title": stated.found.passage.title, "text": stated.text}
    return {"passage": stated.found.passage.id, **said, "valid_from": day.isoformat() if day else None}


def _writing(written: Written, prices: Prices | None) -> dict[str, object]:
    noted: dict[str, object] = {
        "answerer": written.answerer,
        "failure": written.failure,
        "checked": written.checked,
        "quoted": list(written.quoted),
        "withheld": [
            {"sentence": text, "why": [f"{finding.fault}: {finding.words}" for finding in findings]}
            for text, findings in written.withheld
        ],
        "usage": [asdict(usage) for usage in written.usage],
    }
    return noted | cost_of(written.usage, prices)


def cost_of(usage: Sequence[Usage], prices: Prices | None) -> dict[str, object]:
    """Nothing where a model has no price: no cost is better than a wrong one."""
    if prices is None or not usage:
        return {}
    amounts = [prices.of(each.model, each.input_tokens, each.output_tokens) for each in usage]
    if any(amount is None for amount in amounts):
        return {}
    return {"cost": {"amount": round(sum(amount or 0.0 for amount in amounts), 6), "currency": prices.currency}}


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)
