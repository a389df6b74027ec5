"""The trace: why an answer was given, for agents. Plain JSON values only."""

from collections.abc import Mapping
from dataclasses import asdict

from app.care.writing import Written
from app.domain.assessment import Assessment
from app.domain.decisions import Decision
from app.domain.knowledge import FoundPassage, SearchResult

PASSAGES = 8


def trace_of(
    assessment: Assessment, decision: Decision, found: SearchResult, written: Written | None
) -> Mapping[str, object]:
    trace: dict[str, object] = {
        "decision": type(decision).__name__,
        "feeling": assessment.feeling,
        "wants_person": round(assessment.wants_person, 3),
        "answerable": round(found.answerable, 3),
        "lexical_only": found.lexical_only,
        "small_talk": assessment.small_talk,
        "not_helped": bool(assessment.difficulty_evidence),
        "passages": [_scored(passage) for passage in found.passages[:PASSAGES]],
    }
    return trace if written is None else trace | _writing(written)


def _scored(found: FoundPassage) -> Mapping[str, object]:
    similarity = None if found.similarity is None else round(found.similarity, 3)
    scores = {"score": round(found.score, 3), "similarity": similarity, "coverage": round(found.coverage, 3)}
    return {"passage": found.passage.id, "title": found.passage.title, **scores}


def _writing(written: Written) -> dict[str, object]:
    return {
        "answerer": written.answerer,
        "failure": written.failure,
        "withheld": [
            {"sentence": text, "why": [f"{finding.fault}: {finding.words}" for finding in findings]}
            for text, findings in written.withheld
        ],
        "usage": [asdict(usage) for usage in written.usage],
    }
