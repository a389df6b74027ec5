"""Rules on words: nothing added, nothing denied or granted that is not, no limit dropped, no word put for another."""

from collections.abc import Sequence
from itertools import pairwise

from app.domain.claims import THE_COMPANY, Clause, Mode, Sense, Word
from app.domain.grounding import Doubt, Doubts, Said, Segment, counted, missing_of, share
from app.domain.grounding_fit import Fit

_LEAST_OWN = 0.3
"""The share of what is held that must stand in the statement itself rather than above it."""

_ENOUGH_TOLD = 3
"""Words of a statement from which on a small share of it is a thing told, not a word picked out of it."""


def missing_doubts(fit: Fit) -> Doubts:
    """Names and hard words must stand in the support, and what a clause speaks of; of the others a little may be the
    speaker's own."""
    if not fit.missing:
        return ()
    weighty = [word for word in fit.missing if word.weight]
    hard = [w for w in fit.missing if w.capital or w.weight > 1 or w in fit.said.spoken_of]
    if hard or sum([word.weight for word in weighty]) > fit.said.strict.left * fit.held:
        return [(Doubt.NOT_SAID, word.stem) for word in weighty]
    return ()


def thin_doubts(fit: Fit) -> Doubts:
    """Headings and a row's label tell what is spoken of; what is said of it must stand in the statement itself, and
    be more than a word picked out of it."""
    clause, said, subject = fit.clause, fit.said, fit.evidence.subject
    weight = counted(clause.weighty, fit.own - subject if subject else fit.own)
    if weight + 2 * len(clause.quantities) < _LEAST_OWN * fit.held:
        return [(Doubt.NOT_SAID, "only its headings")]
    told = counted(clause.weighty, fit.offered)
    if not told and share(said.asked.words, fit.offered) < 0.5:
        return [(Doubt.NOT_SAID, "hardly anything")]
    if told < 2 and said.alone and not clause.quantities:
        return [(Doubt.NOT_SAID, "hardly anything")]
    if any(_is_borrowed(part, fit) for part in said.parts):
        return [(Doubt.NOT_SAID, "a part of it")]
    return [(Doubt.NOT_SAID, "too little of it")] if not clause.quantities and _is_thin(told, fit) else ()


def _is_borrowed(part: Clause, fit: Fit) -> bool:
    """A row is told with the words of its headings, which are what its cells are about."""
    offered = fit.offered | fit.evidence.context if fit.evidence.subject else fit.offered
    return len(part.weighty) > 1 and not part.quantities and share(part.weighty, offered) < fit.said.strict.own


def _is_thin(told: int, fit: Fit) -> bool:
    theirs = [word for segment in fit.touched for word in segment.clause.weighty]
    least = fit.said.strict.told if told >= _ENOUGH_TOLD else 2 * fit.said.strict.told
    return counted(theirs, fit.said.mine) < least * len(theirs)


def condition_doubts(fit: Fit) -> Doubts:
    """A condition is the statement's own, not made of words from its headings."""
    words = [word for part in fit.said.parts if part.limits for word in part.weighty if not word.feeling]
    return [(Doubt.NOT_SAID, word.stem) for word in missing_of(words, fit.offered)]


def negation_doubts(fit: Fit) -> Doubts:
    """What is denied must be denied there, and what is not must not be: by the clauses that hold most of its words."""
    if not fit.clause.negations and not any(segment.clause.negations for segment in fit.kept):
        return ()
    return [(Doubt.NEGATION, "") for part in fit.said.parts if not _is_denied_alike(part, fit.kept)]


def _is_denied_alike(part: Clause, kept: Sequence[Segment]) -> bool:
    if part.negations > 1:
        return False
    if part.negations and not part.words:
        return any(segment.clause.negations and not segment.clause.words for segment in kept)
    counts = [_likeness(part, segment) for segment in kept]
    most = max(counts, default=0)
    if not most:
        return not part.negations
    told = {segment.clause.negations for segment, count in zip(kept, counts, strict=True) if count == most}
    return 1 in told if part.negations else told == {0}


def _likeness(part: Clause, segment: Segment) -> float:
    """How many words a clause shares with what is said, and then how little else it has."""
    return counted(part.weighty, segment.offered) + share(segment.clause.weighty, part.senses)


def opposite_doubts(fit: Fit) -> Doubts:
    """The statement says the opposite: of a word that it has not at all in any of its clauses, else where it is taken
    up."""
    opposed = [word for word in fit.clause.words if word.opposites]
    if not opposed:
        return ()
    mine = {word.stem for word in fit.clause.words}
    near = {stem for segment in fit.touched for stem in segment.stems}
    whole = {stem for segment in fit.kept for stem in segment.stems}
    return [
        (Doubt.OPPOSITE, word.stem)
        for word in opposed
        if word.stem not in near and not (word.opposites - mine).isdisjoint(near if word.stem in whole else whole)
    ]


def limit_doubts(fit: Fit) -> Doubts:
    """A restriction that is left out makes too much of what it restricts."""
    if fit.evidence.restricted:
        return [(Doubt.DROPPED_LIMIT, "restricted by what follows")]
    return [(Doubt.DROPPED_LIMIT, stem) for segment in fit.kept if (stem := _dropped(segment, fit))]


def _dropped(segment: Segment, fit: Fit) -> str:
    words = segment.clause.words
    if segment.clause.limits and not _is_kept(segment.clause, fit.said):
        return words[0].stem
    return _modifier(words, fit) if segment in fit.touched else ""


def _is_kept(limit: Clause, said: Said) -> bool:
    """Whether enough of a limit is told; that the customer spoke of it does not tell it."""
    told = sum([word.stands_in(said.mine if word.capital else said.sentence) for word in limit.weighty])
    return told >= said.strict.kept * len(limit.weighty)


def _modifier(words: Sequence[Word], fit: Fit) -> str:
    """A word that was left out right before one that was taken: "unopened" of "unopened coffee", "only" of "only in
    Germany" where Germany is not said either."""
    left = missing_of(words, fit.said.mine)
    gone = {word.at for word in missing_of(left, fit.evidence.context) if word.weight} if left else ()
    for word, behind in pairwise(words) if gone else ():
        if word.at not in gone or word.capital:
            continue
        if word.weight > 1:
            if behind.at in gone:
                return word.stem
        elif word.stem != THE_COMPANY and behind.at not in gone and behind.at - word.end <= 1:
            return word.stem
    return ""


def substitution_doubts(fit: Fit) -> Doubts:
    """A word that is not the statement's own stands where the statement has another: "the remote can use" for "the TV
    can use"."""
    if not missing_of(fit.clause.weighty, fit.offered):
        return ()
    return [doubt for part in fit.said.parts for doubt in _substituted(part, fit)]


def _substituted(part: Clause, fit: Fit) -> Doubts:
    words = part.weighty
    for at, word in enumerate(words):
        if word.stands_in(fit.offered):
            continue
        before, behind = words[at - 1] if at else None, words[at + 1] if at + 1 < len(words) else None
        for segment in fit.touched:
            if behind is not None and _is_done_by_another(part, behind, segment):
                return [(Doubt.OTHER_ACTOR, word.stem)]
            if _stands_for(segment, before, behind, fit.said.sentence):
                return [(Doubt.OTHER_SUBJECT, word.stem)]
    return ()


def _is_done_by_another(part: Clause, verb: Word, segment: Segment) -> bool:
    """The statement says of "you" or "us" that they do it, and the sentence of something else."""
    there = any(not act.senses.isdisjoint(verb.senses) for act in segment.clause.acts)
    return there and not any(not act.senses.isdisjoint(verb.senses) for act in part.acts)


def _stands_for(segment: Segment, before: Word | None, behind: Word | None, mine: frozenset[Sense]) -> bool:
    theirs = segment.clause.weighty
    for at, word in enumerate(theirs):
        if word.stands_in(mine):
            continue
        last = at + 1 == len(theirs) and behind is None and at > 0
        led = at > 0 and before is not None and before.stands_in(theirs[at - 1].senses)
        followed = at + 1 < len(theirs) and behind is not None and behind.stands_in(theirs[at + 1].senses)
        if led or followed or last:
            return True
    return False


def mode_doubts(fit: Fit) -> Doubts:
    modes = fit.clause.modes
    if not modes or fit.clause.negations:
        return ()
    theirs = {mode for segment in fit.touched for mode in segment.clause.modes}
    if Mode.MUST in modes:
        return [(Doubt.OBLIGATION, "must")] if theirs and Mode.MUST not in theirs else ()
    return [(Doubt.OBLIGATION, "may")] if Mode.MUST in theirs and Mode.MAY not in theirs else ()
