"""Whether another statement has as good a claim on what is said as the one that fits it: then neither carries it."""

from collections.abc import Iterator

from app.domain.checking import ValueKind
from app.domain.claims import Clause, Word
from app.domain.grounding import NOTHING, Doubt, Doubts, Evidence, counted, missing_of, share
from app.domain.grounding_fit import Fit
from app.domain.grounding_index import Index


def rivals(fit: Fit, index: Index) -> Doubts:
    """Another statement of the article has in its own words what this one has from its headings only, with another
    value; or it says as much of the thing that was asked about by name; or another row fits as well."""
    said = fit.said
    if any(_is_rival_row(fit, other) for other in index.rows):
        return [(Doubt.RIVAL, "another row")]
    if any(_was_asked_about(fit, other) for other in index.rows):
        return [(Doubt.RIVAL, "another row was asked about")]
    if any(_has_other_names(fit, other) for other in index.rows):
        return [(Doubt.RIVAL, "its row names another")]
    if any(_denies(fit, other) for other in index.denied):
        return [(Doubt.NEGATION, "denied elsewhere")]
    if any(_share_of(said.clause, other) >= 0.5 for other in _asked_about(fit, index)):
        return [(Doubt.RIVAL, "asked of another")]
    borrowed = missing_of(said.clause.weighty, fit.offered)
    return [(Doubt.RIVAL, borrowed[0].stem)] if any(_with_another_value(fit, borrowed, index)) else ()


def _asked_about(fit: Fit, index: Index) -> Iterator[Evidence]:
    """The article's other statements of what the customer named, where neither the sentence nor this statement does."""
    said, evidence = fit.said, fit.evidence
    if not said.asked.names or not said.sentence.isdisjoint(said.names):
        return iter(())
    asked = said.asked.names - fit.offered - evidence.context
    return (other for other in index.of_article(evidence.article, asked) if other is not evidence)


def _with_another_value(fit: Fit, borrowed: list[Word], index: Index) -> Iterator[bool]:
    """Of each of the article's statements that has a borrowed word as its own: whether it is as near and has other
    values."""
    clause, evidence = fit.clause, fit.evidence
    kinds = {quantity.value.kind for quantity in clause.quantities}
    if not kinds or not borrowed:
        return
    near = _share_of(clause, evidence)
    senses = NOTHING.union(*[word.senses for word in borrowed], *[part for word in borrowed for part in word.parts])
    for other in index.of_article(evidence.article, senses):
        if other is evidence or not counted(borrowed, other.own):
            continue
        yield _has_other_values(other, clause, kinds) and _share_of(clause, other) >= near


def _has_other_values(other: Evidence, clause: Clause, kinds: set[ValueKind]) -> bool:
    values = {quantity.value for quantity in other.quantities if quantity.value.kind in kinds}
    return bool(values) and values.isdisjoint(clause.values)


def _is_rival_row(fit: Fit, other: Evidence) -> bool:
    """A row whose whole label is said holds another value of the unit, or this one's label is only said in part. A row
    of another article must be about all the names that are said."""
    evidence, said = fit.evidence, fit.said
    if other is evidence or not other.subject <= said.mine:
        return False
    if other.article != evidence.article and not _is_about_all_names(fit.clause, other):
        return False
    if evidence.subject and not evidence.subject <= said.mine:
        return True
    if other.subject <= evidence.subject or not other.subject <= fit.clause.senses:
        return False
    theirs = {quantity.value for quantity in other.quantities if quantity.unit in fit.clause.units}
    return bool(theirs) and theirs.isdisjoint(fit.clause.values)


def _was_asked_about(fit: Fit, other: Evidence) -> bool:
    """Where only the question tells which row is meant ("you have 45 days"), it must not tell another one as well."""
    evidence, said = fit.evidence, fit.said
    if not evidence.subject or not evidence.subject.isdisjoint(said.sentence) or other is evidence:
        return False
    if other.place[0] != evidence.place[0] or not any(q.unit in fit.clause.units for q in other.quantities):
        return False
    asked = said.asked.words
    rival = {q.value for q in other.quantities if q.unit in fit.clause.units}.isdisjoint(fit.clause.values)
    return rival and counted(asked, other.subject) >= counted(asked, evidence.subject)


def _has_other_names(fit: Fit, other: Evidence) -> bool:
    """A row whose whole label is said, in whose cells another stands than is named: "made for the Kettle"."""
    clause = fit.clause
    if other is fit.evidence or fit.evidence.subject or not clause.names or not other.subject <= clause.senses:
        return False
    label, *cells = [segment.clause for segment in other.segments]
    if label.names or len(label.weighty) < 2 or not any(cell.names for cell in cells):
        return False
    return bool(missing_of(clause.names, other.whole))


def _denies(fit: Fit, other: Evidence) -> bool:
    """Another statement says just this, and denies it."""
    clause = fit.clause
    if clause.negations or other is fit.evidence or len(clause.weighty) < 2:
        return False
    return any(
        segment.clause.negations
        and not missing_of(clause.weighty, segment.offered)
        and not missing_of(segment.clause.weighty, clause.senses)
        for segment in other.segments
    )


def _is_about_all_names(clause: Clause, other: Evidence) -> bool:
    return bool(clause.names) and counted(clause.names, other.whole) == len(clause.names)


def _share_of(clause: Clause, other: Evidence) -> float:
    return share(clause.words, other.whole)
