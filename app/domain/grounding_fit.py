"""What is said beside one statement: which of its clauses speak of it, and what they offer. Each worked out once."""

from collections.abc import Sequence

from app.domain.claims import Clause, together
from app.domain.grounding import Evidence, Said, Segment, counted, missing_of, offered_by
from app.domain.remembered import remembered


class Fit:
    """Remembers what the rules share, so that each may be asked alone and in any order."""

    def __init__(self, said: Said, evidence: Evidence) -> None:
        self.said = said
        self.clause = said.clause
        self.evidence = evidence
        self.kept = _kept(said.clause, evidence)
        self.own = evidence.own if self.kept is evidence.segments else offered_by(self.kept)
        """What the kept segments offer."""
        self.offered = self.own | evidence.subject if evidence.subject else self.own
        """With the row's label, which stands for all its cells."""
        gone = missing_of(said.clause.words, self.offered)
        self.missing = missing_of(gone, self.offered | evidence.context) if gone else gone

    @remembered
    def held(self) -> float:
        """The weight of what stands there."""
        gone = sum([word.weight > 0 for word in self.missing])
        return len(self.clause.weighty) - gone + 2 * len(self.clause.quantities)

    @remembered
    def touched(self) -> Sequence[Segment]:
        """The segments that what is said takes up: those that hold a value of it, and those that hold most words."""
        values = self.clause.values
        words = [word for word in self.clause.words if word.weight <= 1]
        counts = [counted(words, segment.offered) for segment in self.kept]
        enough = max(1, min(2, max(counts, default=0)))
        return [
            segment
            for segment, count in zip(self.kept, counts, strict=True)
            if count >= enough or not segment.clause.values.isdisjoint(values)
        ]

    @remembered
    def with_values(self) -> Sequence[Clause]:
        """Each value with all that is said about it: the parts before it since the last value, and those behind the
        last one."""
        found: list[list[Clause]] = [[]]
        for part in self.said.parts:
            if part.quantities and any(other.quantities for other in found[-1]):
                found.append([])
            found[-1].append(part)
        return [together(group) for group in found] if len(found) > 1 else [self.clause]


def _kept(wanted: Clause, evidence: Evidence) -> Sequence[Segment]:
    """Without the segments that speak of another value of the same unit: their words are about something else."""
    if not wanted.quantities:
        return evidence.segments
    return [s for s in evidence.segments if s.clause.units.isdisjoint(wanted.units) or holds(s, wanted)]


def holds(segment: Segment, wanted: Clause) -> bool:
    """All its values of these units are wanted; of a cell every one, of a sentence's clause one is enough."""
    theirs = [q.value for q in segment.clause.quantities if q.unit in wanted.units]
    return wanted.values.issuperset(theirs) if segment.column else not wanted.values.isdisjoint(theirs)
