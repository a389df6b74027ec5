"""Rules on quantities: the same values under the same bounds, each said of what it stands with."""

from collections.abc import Sequence

from app.domain.checking import Value, ValueKind
from app.domain.claims import Bound, Clause, Quantity, Sense
from app.domain.grounding import NOTHING, Doubt, Doubts, Evidence, Segment, missing_of, offered_by
from app.domain.grounding_fit import Fit

_LOOSER = {
    (Bound.WITHIN, Bound.EXACT), (Bound.WITHIN, Bound.AT_MOST), (Bound.AT_MOST, Bound.WITHIN),
    (Bound.AT_MOST, Bound.EXACT),
}  # fmt: skip
"""What may be said of a duration in place of how it stands: "within 45 days" of a period of 45 days."""


def value_doubts(fit: Fit) -> Doubts:
    if not fit.clause.quantities:
        return ()
    theirs = [quantity for segment in fit.kept for quantity in segment.clause.quantities]
    doubts: list[tuple[Doubt, str]] = []
    for quantity in fit.clause.quantities:
        same = [other for other in theirs if other.value == quantity.value]
        fault = Doubt.BOUND if same else Doubt.VALUE
        same = same or [other for other in fit.evidence.context_quantities if other.value == quantity.value]
        if not any(_same_side(quantity, other, fit.clause) for other in same):
            doubts.append((fault, quantity.value.words))
    return doubts


def _same_side(quantity: Quantity, other: Quantity, clause: Clause) -> bool:
    """The bound is the same one, and of a range both ends are told."""
    if other.partner is not None:
        return quantity.partner == other.partner or other.partner in clause.values
    if quantity.bound is other.bound:
        return True
    return quantity.value.kind is ValueKind.DURATION and (quantity.bound, other.bound) in _LOOSER


def binding_doubts(fit: Fit) -> Doubts:
    """A value is said of what it stands with: not of a word that stands with another value of its unit."""
    return [doubt for part in fit.with_values if part.quantities for doubt in _bound_wrongly(fit, part)]


def _bound_wrongly(fit: Fit, part: Clause) -> Doubts:
    segments = fit.evidence.segments
    mine = part.senses if fit.clause.names else part.senses | fit.said.asked.senses
    doubts = [doubt for value in part.values for doubt in _apart_doubts(part, value, mine, fit.evidence)]
    holding = [s for s in segments if not s.column and not s.clause.values.isdisjoint(part.values)]
    if len(holding) > 1 and not any(part.values <= segment.clause.values for segment in holding):
        doubts.append((Doubt.RIVAL, "values of different things"))
    return doubts


def _apart_doubts(part: Clause, value: Value, mine: frozenset[Sense], evidence: Evidence) -> Doubts:
    unit = next(quantity.unit for quantity in part.quantities if quantity.value == value)
    speaking = [segment for segment in evidence.segments if unit in segment.clause.units]
    with_it = [s for s in speaking if value in s.clause.values and _is_of(s, part, unit)]
    if not with_it:
        return ()
    away = [segment for segment in speaking if segment not in with_it]
    columns = [segment.column for segment in away if segment.column]
    free = [s for s in evidence.segments if s not in speaking and not (s.column and s.column in columns)]
    held, apart = offered_by([*free, *with_it]) | evidence.subject, offered_by(away)
    doubts = [(Doubt.RIVAL, word.stem) for word in missing_of(part.words, held) if word.stands_in(apart)]
    if away and not any(_is_named(segment, mine, evidence) for segment in with_it):
        doubts.append((Doubt.OTHER_SUBJECT, "its column is not named"))
    return doubts


def _is_of(segment: Segment, part: Clause, unit: str) -> bool:
    """`holds`, of one unit."""
    theirs = [quantity.value for quantity in segment.clause.quantities if quantity.unit == unit]
    return not segment.column or part.values.issuperset(theirs)


def _is_named(segment: Segment, mine: frozenset[Sense], evidence: Evidence) -> bool:
    """Whether what tells a cell's column from the heading and the row's label is said."""
    telling = segment.column - evidence.subject - evidence.context
    return not telling or not telling.isdisjoint(mine)


def column_doubts(fit: Fit) -> Doubts:
    """What is said of a column by its name stands in its cell."""
    if not fit.clause.names or not fit.evidence.has_columns:
        return ()
    return next(filter(None, [_of_another_column(part, fit.evidence) for part in fit.with_values]), ())


def _of_another_column(part: Clause, evidence: Evidence) -> Doubts:
    named = [s for s in evidence.segments if any(word.stem in s.column for word in part.names)]
    cells = NOTHING.union(*[segment.offered - segment.column for segment in evidence.segments])
    columns = NOTHING.union(*[segment.column for segment in named])
    for segment in named:
        gone = missing_of(part.weighty, segment.offered | evidence.subject)
        away = [word for word in gone if word.stands_in(cells)]
        if away and not any(word.stem in columns for word in away):
            return [(Doubt.RIVAL, away[0].stem)]
    return ()


def order_doubts(fit: Fit) -> Doubts:
    """Several values of one unit in one clause are told in the order in which they stand: each belongs to what stands
    beside it."""
    for clause in fit.with_values if len(fit.clause.quantities) > 1 else ():
        for segment in fit.kept:
            theirs = segment.clause.quantities
            if any(_are_crossed(clause.quantities, theirs, unit) for unit in segment.clause.units):
                return [(Doubt.ORDER, "values")]
    return ()


def _are_crossed(mine: Sequence[Quantity], theirs: Sequence[Quantity], unit: str) -> bool:
    values = [quantity.value for quantity in theirs]
    places = [values.index(q.value) for q in mine if q.unit == unit and q.value in values]
    return places != sorted(places)
