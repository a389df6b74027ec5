"""Whether what is said keeps to a statement's own order: then no word was moved to where it does not belong."""

from collections.abc import Sequence

from app.domain.claims import Clause, Word
from app.domain.grounding import Evidence
from app.domain.grounding_fit import Fit

_MOVED_ALONE = 2
"""Words up to which a clause with a name in it is a mere name: where that is moved to, it names something else."""


def runs_along(clause: Clause, evidence: Evidence) -> bool:
    """Whether the statement has the same words in the same order, with one more between them at most."""
    mine = clause.weighty
    theirs = [word for segment in evidence.segments for word in segment.clause.weighty]
    starts = (at for at, word in enumerate(theirs) if mine[0].stands_in(word.senses)) if mine else iter([0])
    return any(_goes_on(mine, theirs, start) for start in starts)


def parts_run_along(fit: Fit) -> bool:
    """Whether clauses were moved as a whole, if at all: "if X, do Y" as "do Y if X"."""
    return all(_is_whole(part) and runs_along(part, fit.evidence) for part in fit.said.parts)


def _is_whole(part: Clause) -> bool:
    return len(part.weighty) > _MOVED_ALONE or not part.names


def _goes_on(mine: Sequence[Word], theirs: Sequence[Word], at: int) -> bool:
    passed = 0
    for word in mine[1:]:
        at += 1
        while at < len(theirs) and not word.stands_in(theirs[at].senses):
            passed, at = passed + 1, at + 1
        if at >= len(theirs) or passed > 1:
            return False
    return True
