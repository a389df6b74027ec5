"""Rules on who and what is spoken of: the same subject, the same names together, the same one who acts."""

from itertools import pairwise

from app.domain.claims import Act, Person, Sense
from app.domain.grounding import NOTHING, Doubt, Doubts, Evidence, Segment, counted, offered_by, share
from app.domain.grounding_fit import Fit
from app.domain.grounding_order import parts_run_along, runs_along

_OF_ITS_OWN = 4
"""Words from which on a clause that is joined on is no mere item of a list."""

_LONGEST_OF_ONE_THING = 14
"""Words above which a sentence may well name a thing twice."""


def subject_doubts(fit: Fit) -> Doubts:
    said, evidence, names = fit.said, fit.evidence, fit.clause.names
    mine = fit.clause.senses if names else said.mine
    if evidence.subject and evidence.subject.isdisjoint(mine):
        return [(Doubt.OTHER_SUBJECT, "its subject is not named")]
    theirs = NOTHING.union(*[segment.stems & said.names for segment in fit.touched])
    named = [word for word in names if not word.stands_in(fit.offered)]
    if named and not theirs <= mine:
        return [(Doubt.OTHER_SUBJECT, named[0].stem)]
    if theirs and theirs.isdisjoint(mine | (NOTHING if names else said.asked.names) | evidence.context):
        return [(Doubt.OTHER_SUBJECT, "its name is not said")]
    held = fit.offered | evidence.context
    if fit.clause.leans and said.asked.words and share(said.asked.words, held) < said.strict.asked:
        return [(Doubt.OTHER_SUBJECT, "not about what was asked")]
    return ()


def joint_doubts(fit: Fit) -> Doubts:
    """What is said of two by name at once is said of them in one clause there."""
    if runs_along(fit.clause, fit.evidence):
        return ()
    if _is_said_twice(fit):
        return [(Doubt.RIVAL, "said twice")]
    names = fit.clause.names
    if not fit.clause.joins or len(names) < 2:
        return ()
    subject = fit.evidence.subject
    if any(counted(names, segment.offered | subject) == len(names) for segment in fit.evidence.segments):
        return ()
    return [(Doubt.RIVAL, "not of both")]


def _is_said_twice(fit: Fit) -> bool:
    """Whether a word stands twice where the statement has it once and something else beside it."""
    stems = [word.stem for word in fit.clause.weighty]
    if len(set(stems)) == len(stems) or len(fit.clause.words) > _LONGEST_OF_ONE_THING:
        return False
    return any(stems.count(stem) > 1 and fit.evidence.stems.count(stem) == 1 for stem in set(stems))


def crossed_doubts(fit: Fit) -> Doubts:
    """Several models in one clause are told in the order in which they stand there."""
    mine = [word.stem for word in fit.clause.names if " " in word.stem]
    if len(mine) < 3 or runs_along(fit.clause, fit.evidence):
        return ()
    for segment in fit.evidence.segments:
        theirs = [word.stem for word in segment.clause.words]
        places = [theirs.index(stem) for stem in mine if stem in theirs]
        if len(places) > 2 and places != sorted(places):
            return [(Doubt.ORDER, "names")]
    return ()


def name_doubts(fit: Fit) -> Doubts:
    """Names that are said together stand together there: in one of the things that the statement says."""
    if not fit.clause.names or fit.evidence.has_columns:
        return ()
    things = _things_of(fit.evidence)
    names = [word for word in fit.clause.names if any(word.stands_in(thing) for thing in things)]
    if len(things) < 2 or not names or _are_named_once(fit.evidence):
        return ()
    alone = [w for w in fit.clause.weighty if sum([w.stands_in(thing) for thing in things]) == 1]
    bound = [*names, *alone]
    if any(counted(bound, thing) == len(bound) for thing in things):
        return ()
    if runs_along(fit.clause, fit.evidence) or parts_run_along(fit):
        return ()
    return [(Doubt.RIVAL, names[0].stem)]


def _are_named_once(evidence: Evidence) -> bool:
    """Whether only one of the things that it says has names: the others are said of these."""
    named = [at for at, segments in enumerate(_groups_of(evidence)) if any(s.clause.names for s in segments)]
    return len(named) == 1


def _things_of(evidence: Evidence) -> list[frozenset[Sense]]:
    """The senses of each thing that it says: its equal clauses with what hangs on them."""
    return [offered_by(segments) for segments in _groups_of(evidence)]


def _groups_of(evidence: Evidence) -> list[list[Segment]]:
    groups: list[list[Segment]] = []
    for segment in evidence.segments:
        if not groups or (segment.clause.equal and len(segment.clause.words) >= _OF_ITS_OWN):
            groups.append([])
        groups[-1].append(segment)
    return groups


def actor_doubts(fit: Fit) -> Doubts:
    """Who does it: "we pay" is not "you pay", nor is "your bank pays"."""
    return [(Doubt.OTHER_ACTOR, act.person) for act in fit.clause.acts if _is_of_another(act, fit)]


def _is_of_another(act: Act, fit: Fit) -> bool:
    theirs = [other for segment in fit.touched for other in segment.clause.acts]
    same = {other.person for other in theirs if not other.senses.isdisjoint(act.senses)}
    if act.person is Person.COMPANY and theirs and all(other.person is Person.CUSTOMER for other in theirs):
        return True
    if same:
        return act.person not in same
    return any(_acts_there(act, segment, fit.said.sentence) for segment in fit.touched)


def _acts_there(act: Act, segment: Segment, mine: frozenset[Sense]) -> bool:
    """Whether somebody else does it there, who is not spoken of."""
    pairs = pairwise(segment.clause.weighty)
    return any(word.stands_in(act.senses) and not before.stands_in(mine) for before, word in pairs)
