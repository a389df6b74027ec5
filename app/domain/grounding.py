"""Whether support carries what a sentence states: the same things, of the same subject, under the same limits. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.checking import Value, ValueKind
from app.domain.claims import Act, Bound, Clause, Mode, Person, Quantity, Sense, Word, senses_of, together

NOTHING: frozenset[Sense] = frozenset()


class Doubt(StrEnum):
    """Why a statement of the support does not carry what is said."""

    NOT_SAID = "not_said"
    VALUE = "value"
    BOUND = "bound"
    NEGATION = "negation"
    OPPOSITE = "opposite"
    DROPPED_LIMIT = "dropped_limit"
    OTHER_SUBJECT = "other_subject"
    OTHER_ACTOR = "other_actor"
    OBLIGATION = "obligation"
    RIVAL = "rival"
    ORDER = "order"


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """A clause of a statement with its senses ready to compare; `offered` holds those of its phrases' parts too,
    `column` those of the column that a cell stands in."""

    clause: Clause
    offered: frozenset[Sense]
    stems: frozenset[Sense]
    column: frozenset[Sense] = NOTHING


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One statement of the support. `context` is what stands above it: titles, headings, the line that introduces it.
    `subject` is a row's label; `place` says where it stands, `number` which step it is; `restricted` that the next
    statement limits it."""

    place: tuple[str, int]
    article: str
    segments: tuple[Segment, ...]
    context: frozenset[Sense] = NOTHING
    context_quantities: tuple[Quantity, ...] = ()
    subject: frozenset[Sense] = NOTHING
    number: int | None = None
    restricted: bool = False
    own: frozenset[Sense] = field(default=NOTHING)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the customer asked: the senses of their words, and which of the support's names they named."""

    senses: frozenset[Sense] = NOTHING
    names: frozenset[Sense] = NOTHING
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Strictness:
    """How sure is sure enough. `left` is the weight of unheld words that is let pass for each word that is held;
    `told` the share of a statement's words that must be taken up, `own` that of a clause's words which must be
    the statement's own, `kept` the share of a limit's words that must be said, `asked` of the question's where "it" stands for them."""

    left: float = 0.0
    told: float = 0.3
    own: float = 0.7
    kept: float = 0.5
    asked: float = 0.34


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing that a sentence states, made of `parts`. `sentence` are the senses of the whole sentence, `names` those that the
    support knows; `alone` whether the sentence states nothing else."""

    clause: Clause
    parts: tuple[Clause, ...]
    sentence: frozenset[Sense]
    asked: Asked
    names: frozenset[Sense]
    strict: Strictness
    alone: bool = True

    @property
    def mine(self) -> frozenset[Sense]:
        return self.sentence | self.asked.senses


@dataclass(frozen=True, kw_only=True)
class Match:
    """How a statement fits what is said: the doubts with the words that raise them, and the weight that it holds."""

    evidence: Evidence
    doubts: tuple[tuple[Doubt, str], ...]
    held: float = 0.0

    @property
    def holds(self) -> bool:
        return not self.doubts


Doubts = list[tuple[Doubt, str]]


def match(said: Said, evidence: Evidence) -> Match:
    """Compares what is said with one statement."""
    clause = said.clause
    kept = _kept(clause.quantities, evidence.segments)
    offered = frozenset[Sense]().union(*(segment.offered for segment in kept), evidence.subject)
    touched = _touched(clause, kept)
    missing = [word for word in clause.words if not word.stands_in(offered | evidence.context)]
    held = sum(min(word.weight, 1.0) for word in clause.words if word not in missing) + 2 * len(clause.quantities)
    doubts = _missing_doubts(said, missing, held)
    doubts += _value_doubts(clause, kept, evidence)
    doubts += _opposite_doubts(clause, touched, kept) + _joint_doubts(clause, evidence) + _name_doubts(clause, evidence)
    doubts += _crossed_doubts(clause, evidence)
    doubts += _thin_doubts(said, kept, touched, evidence.subject, held)
    for part in said.parts:
        doubts += _negation_doubts(part, kept)
        doubts += _condition_doubts(part, offered)
        doubts += _substitution_doubts(said, part, offered, touched)
    for part in _bound_parts(said.parts):
        doubts += _binding_doubts(said, part, evidence) + _column_doubts(part, evidence) + _order_doubts(part, kept)
    doubts += _limit_doubts(said, evidence, kept, touched)
    doubts += _subject_doubts(said, evidence, offered, touched)
    doubts += _actor_doubts(said, touched)
    doubts += _mode_doubts(clause, touched)
    return Match(evidence=evidence, doubts=tuple(doubts), held=held)


def _missing_doubts(said: Said, missing: Sequence[Word], held: float) -> Doubts:
    """Names and hard words must stand in the support, and what a clause speaks of; of the others a little may be the
    speaker's own."""
    first = [next((word for word in part.words if word.weight), None) for part in said.parts]
    hard = [word for word in missing if word.capital or word.weight > 1 or (word.weight and word in first)]
    left = sum(word.weight for word in missing)
    if hard or left > said.strict.left * held:
        return [(Doubt.NOT_SAID, word.stem) for word in missing if word.weight]
    return []


def _kept(quantities: Sequence[Quantity], segments: Sequence[Segment]) -> list[Segment]:
    """Without the segments that speak of another value of the same kind: their words are about something else."""
    if not quantities:
        return list(segments)
    wanted = {quantity.value for quantity in quantities}
    units = {_unit(value) for value in wanted}
    return [segment for segment in segments if not _speaks_of(segment, units) or _holds(segment, wanted, units)]


def _unit(value: Value) -> str:
    """Values of one unit rival each other: £24 and £49, but not £24 and €28."""
    return f"{value.kind} {value.canonical.rpartition(' ')[0]}"


def _twice(clause: Clause, evidence: Evidence) -> bool:
    """Whether a word stands twice where the statement has it once and something else beside it."""
    stems = [word.stem for word in clause.words if word.weight]
    repeated = {stem for stem in stems if stems.count(stem) > 1}
    if not repeated or len(clause.words) > 14:
        return False
    theirs = [word.stem for segment in evidence.segments for word in segment.clause.words]
    return any(theirs.count(stem) == 1 for stem in repeated)


def _joint_doubts(part: Clause, evidence: Evidence) -> Doubts:
    """What is said of two by name at once is said of them in one clause there."""
    if _twice(part, evidence):
        return [(Doubt.RIVAL, "said twice")]
    if not part.joins:
        return []
    names = [word for word in part.words if word.capital]
    if len(names) < 2 or any(all(n.stands_in(s.offered | evidence.subject) for n in names) for s in evidence.segments):
        return []
    return [(Doubt.RIVAL, "not of both")]


def _crossed_doubts(clause: Clause, evidence: Evidence) -> Doubts:
    """Several models in one clause are told in the order in which they stand there."""
    mine = [word.stem for word in clause.words if word.capital and " " in word.stem]
    for segment in evidence.segments if len(mine) > 2 else ():
        theirs = [word.stem for word in segment.clause.words]
        places = [theirs.index(stem) for stem in mine if stem in theirs]
        if len(places) > 2 and places != sorted(places):
            return [(Doubt.ORDER, "names")]
    return []


_OF_ITS_OWN = 4
"""Words from which on a clause that is joined on is no mere item of a list."""


def _name_doubts(clause: Clause, evidence: Evidence) -> Doubts:
    """Names that are said together stand together there: in one of the things that the statement says."""
    groups: list[frozenset[Sense]] = []
    for segment in evidence.segments:
        if not groups or (segment.clause.equal and len(segment.clause.words) >= _OF_ITS_OWN):
            groups.append(NOTHING)
        groups[-1] |= segment.offered
    if len(groups) < 2 or any(segment.column for segment in evidence.segments):
        return []
    names = [word for word in clause.words if word.capital and any(word.stands_in(group) for group in groups)]
    if not names:
        return []
    alone = [w for w in clause.words if w.weight and sum(w.stands_in(group) for group in groups) == 1]
    if any(all(word.stands_in(group) for word in (*names, *alone)) for group in groups):
        return []
    return [(Doubt.RIVAL, names[0].stem)]


def _speaks_of(segment: Segment, units: "set[str]") -> bool:
    return any(_unit(quantity.value) in units for quantity in segment.clause.quantities)


def _holds(segment: Segment, wanted: "set[Value]", units: "set[str]") -> bool:
    """All its values of these units are wanted; of a cell every one, of a sentence's clause one is enough."""
    theirs = [quantity.value for quantity in segment.clause.quantities if _unit(quantity.value) in units]
    return all(value in wanted for value in theirs) if segment.column else not wanted.isdisjoint(theirs)


def _touched(clause: Clause, kept: Sequence[Segment]) -> list[Segment]:
    """The segments that what is said takes up: those that hold a value of it, and those that hold the most words."""
    values = {quantity.value for quantity in clause.quantities}
    words = [word for word in clause.words if word.weight <= 1]
    counts = [sum(word.stands_in(segment.offered) for word in words) for segment in kept]
    enough = max(1, min(2, max(counts, default=0)))
    return [
        segment
        for segment, count in zip(kept, counts, strict=True)
        if count >= enough or any(quantity.value in values for quantity in segment.clause.quantities)
    ]


_LOOSER = {
    (Bound.WITHIN, Bound.EXACT), (Bound.WITHIN, Bound.AT_MOST), (Bound.AT_MOST, Bound.WITHIN),
    (Bound.AT_MOST, Bound.EXACT),
}  # fmt: skip
"""What may be said of a duration in place of how it stands: "within 45 days" of a period of 45 days."""


def _value_doubts(clause: Clause, kept: Sequence[Segment], evidence: Evidence) -> Doubts:
    theirs = [quantity for segment in kept for quantity in segment.clause.quantities]
    doubts: Doubts = []
    for quantity in clause.quantities:
        same = [other for other in theirs if other.value == quantity.value]
        if not same:
            above = [other for other in evidence.context_quantities if other.value == quantity.value]
            if not any(_same_side(quantity, other, clause) for other in above):
                doubts.append((Doubt.VALUE, quantity.value.words))
        elif not any(_same_side(quantity, other, clause) for other in same):
            doubts.append((Doubt.BOUND, quantity.value.words))
    return doubts


def _same_side(quantity: Quantity, other: Quantity, clause: Clause) -> bool:
    """The bound is the same one, and of a range both ends are told."""
    if other.partner is not None and quantity.partner == other.partner:
        return True
    if other.partner is not None:
        return any(mine.value == other.partner for mine in clause.quantities)
    if quantity.bound is other.bound:
        return True
    return quantity.value.kind is ValueKind.DURATION and (quantity.bound, other.bound) in _LOOSER


def _bound_parts(parts: Sequence[Clause]) -> list[Clause]:
    """Each value with all that is said about it: the clauses before it since the last value, and those behind the last
    one."""
    found: list[list[Clause]] = [[]]
    for part in parts:
        if part.quantities and any(other.quantities for other in found[-1]):
            found.append([])
        found[-1].append(part)
    return [together(group) for group in found]


def _binding_doubts(said: Said, part: Clause, evidence: Evidence) -> Doubts:
    """A value is said of what it stands with: not of a word that stands with another value of its unit."""
    wanted = {quantity.value for quantity in part.quantities}
    named = any(word.capital for word in said.clause.words)
    mine = senses_of(part.words) | (NOTHING if named else said.asked.senses)
    doubts = [doubt for value in wanted for doubt in _apart_doubts(part, value, wanted, mine, evidence)]
    holding = [s for s in evidence.segments if not s.column and any(q.value in wanted for q in s.clause.quantities)]
    if len(holding) > 1 and not any(wanted <= {q.value for q in s.clause.quantities} for s in holding):
        doubts.append((Doubt.RIVAL, "values of different things"))
    return doubts


def _apart_doubts(
    part: Clause, value: Value, wanted: "set[Value]", mine: frozenset[Sense], evidence: Evidence
) -> Doubts:
    unit = {_unit(value)}
    speaking = [segment for segment in evidence.segments if _speaks_of(segment, unit)]
    with_it = [s for s in speaking if _holds(s, wanted, unit) and any(q.value == value for q in s.clause.quantities)]
    if not with_it:
        return []
    apart_from_it = [segment for segment in speaking if segment not in with_it]
    columns = [segment.column for segment in apart_from_it if segment.column]
    free = [s for s in evidence.segments if s not in speaking and not (s.column and s.column in columns)]
    held = frozenset[Sense]().union(*(segment.offered for segment in (*free, *with_it)))
    apart = frozenset[Sense]().union(*(segment.offered for segment in apart_from_it))
    held |= evidence.subject
    doubts = [(Doubt.RIVAL, w.stem) for w in part.words if not w.stands_in(held) and w.stands_in(apart)]
    if not any(_is_named(segment, mine, evidence) for segment in with_it):
        doubts.append((Doubt.OTHER_SUBJECT, "its column is not named"))
    return doubts


def _is_named(segment: Segment, mine: frozenset[Sense], evidence: Evidence) -> bool:
    """Whether what tells a cell's column from the heading and the row's label is said."""
    telling = segment.column - evidence.subject - evidence.context
    return not telling or not telling.isdisjoint(mine)


def _column_doubts(part: Clause, evidence: Evidence) -> Doubts:
    """What is said of a column by its name stands in its cell."""
    named = [s for s in evidence.segments if any(word.capital and word.stem in s.column for word in part.words)]
    cells = frozenset[Sense]().union(*(segment.offered - segment.column for segment in evidence.segments))
    for segment in named:
        held = segment.offered | evidence.subject
        away = [w for w in part.words if not w.stands_in(held) and w.stands_in(cells) and w.weight]
        if away and not any(word.stem in other.column for other in named for word in away):
            return [(Doubt.RIVAL, away[0].stem)]
    return []


def _thin_doubts(
    said: Said, kept: Sequence[Segment], touched: Sequence[Segment], subject: frozenset[Sense], held: float
) -> Doubts:
    """Headings and a row's label tell what is spoken of; what is said of it must stand in the statement itself, and
    be more than a word picked out of it."""
    clause = said.clause
    own = frozenset[Sense]().union(*(segment.offered for segment in kept))
    weight = sum(min(word.weight, 1.0) for word in clause.words if word.stands_in(own - subject))
    if weight + 2 * len(clause.quantities) < 0.3 * held:
        return [(Doubt.NOT_SAID, "only its headings")]
    told_own = sum(min(word.weight, 1.0) for word in clause.words if word.stands_in(own | subject))
    if not told_own and _share(said.asked.words, own | subject) < 0.5:
        return [(Doubt.NOT_SAID, "hardly anything")]
    if told_own < 2 and said.alone and not clause.quantities:
        return [(Doubt.NOT_SAID, "hardly anything")]
    for part in said.parts:
        weighty = [word for word in part.words if word.weight]
        if len(weighty) > 1 and not part.quantities and _share(weighty, own | subject) < said.strict.own:
            return [(Doubt.NOT_SAID, "a part of it")]
    theirs = [word for segment in touched for word in segment.clause.words if word.weight]
    told = sum(word.stands_in(said.mine) for word in theirs)
    least = said.strict.told if told_own >= 3 else 2 * said.strict.told
    thin = not clause.quantities and told < least * len(theirs)
    return [(Doubt.NOT_SAID, "too little of it")] if thin else []


def _order_doubts(clause: Clause, kept: Sequence[Segment]) -> Doubts:
    """Several values of one unit in one clause are told in the order in which they stand: each belongs to what stands
    beside it."""
    for segment in kept:
        theirs = [quantity.value for quantity in segment.clause.quantities]
        for unit in {_unit(value) for value in theirs}:
            mine = [q.value for q in clause.quantities if _unit(q.value) == unit and q.value in theirs]
            places = [theirs.index(value) for value in mine]
            if places != sorted(places):
                return [(Doubt.ORDER, "values")]
    return []


def _condition_doubts(part: Clause, offered: frozenset[Sense]) -> Doubts:
    """A condition is the statement's own, not made of words from its headings."""
    if not part.limits:
        return []
    return [
        (Doubt.NOT_SAID, word.stem)
        for word in part.words
        if 0 < word.weight and not word.stands_in(offered) and not word.feeling
    ]


def _substitution_doubts(said: Said, part: Clause, offered: frozenset[Sense], touched: Sequence[Segment]) -> Doubts:
    """A word that is not the statement's own stands where the statement has another: "the remote can use" for "the TV
    can use"."""
    words = [word for word in part.words if word.weight]
    for at, word in enumerate(words):
        if word.stands_in(offered):
            continue
        before, behind = words[at - 1] if at else None, words[at + 1] if at + 1 < len(words) else None
        for segment in touched:
            if behind is not None and _is_done_by_another(part, behind, segment):
                return [(Doubt.OTHER_ACTOR, word.stem)]
            if _stands_for(segment, before, behind, said.sentence):
                return [(Doubt.OTHER_SUBJECT, word.stem)]
    return []


def _is_done_by_another(part: Clause, verb: Word, segment: Segment) -> bool:
    """The statement says of "you" or "us" that they do it, and the sentence of something else."""
    there = any(not act.senses.isdisjoint(verb.senses) for act in segment.clause.acts)
    return there and not any(not act.senses.isdisjoint(verb.senses) for act in part.acts)


def _stands_for(segment: Segment, before: Word | None, behind: Word | None, mine: frozenset[Sense]) -> bool:
    theirs = [word for word in segment.clause.words if word.weight]
    for at, word in enumerate(theirs):
        if word.stands_in(mine):
            continue
        last = at + 1 == len(theirs) and behind is None and at > 0
        led = at > 0 and before is not None and before.stands_in(theirs[at - 1].senses)
        followed = at + 1 < len(theirs) and behind is not None and behind.stands_in(theirs[at + 1].senses)
        if led or followed or last:
            return True
    return False


def _negation_doubts(part: Clause, kept: Sequence[Segment]) -> Doubts:
    """What is denied must be denied there, and what is not must not be: by the clauses that hold most of its words."""
    counts = [_likeness(part, segment) for segment in kept]
    most = max(counts, default=0)
    if part.negations > 1:
        return [(Doubt.NEGATION, "")]
    if part.negations and not part.words:
        return [] if any(s.clause.negations and not s.clause.words for s in kept) else [(Doubt.NEGATION, "")]
    if not most:
        return [(Doubt.NEGATION, "")] if part.negations and part.words else []
    told = {segment.clause.negations for segment, count in zip(kept, counts, strict=True) if count == most}
    right = 1 in told if part.negations else told == {0}
    return [] if right else [(Doubt.NEGATION, "")]


def _likeness(part: Clause, segment: Segment) -> float:
    """How many words a clause shares with what is said, and then how little else it has."""
    shared = sum(word.stands_in(segment.offered) for word in part.words if word.weight)
    theirs = [word for word in segment.clause.words if word.weight]
    return shared + _share(theirs, senses_of(part.words))


def _opposite_doubts(clause: Clause, touched: Sequence[Segment], kept: Sequence[Segment]) -> Doubts:
    """The statement says the opposite: of a word that it has not at all in any of its clauses, else where it is taken
    up."""
    mine = {word.stem for word in clause.words}
    near = frozenset[Sense]().union(*(segment.stems for segment in touched))
    whole = frozenset[Sense]().union(*(segment.stems for segment in kept))
    own = frozenset[Sense]().union(*(segment.offered for segment in kept))
    return [
        (Doubt.OPPOSITE, word.stem)
        for word in clause.words
        if word.opposites
        and word.stem not in near
        and not (word.opposites - mine).isdisjoint(near if word.stands_in(own) else whole)
    ]


def _limit_doubts(said: Said, evidence: Evidence, kept: Sequence[Segment], touched: Sequence[Segment]) -> Doubts:
    """A restriction that is left out makes too much of what it restricts."""
    if evidence.restricted:
        return [(Doubt.DROPPED_LIMIT, "restricted by what follows")]
    doubts: Doubts = []
    for segment in kept:
        words = segment.clause.words
        left = [word for word in words if word.weight and not word.stands_in(said.mine)]
        if segment.clause.limits and not _keeps(said, words):
            doubts.append((Doubt.DROPPED_LIMIT, words[0].stem))
        elif segment in touched and (modifier := _modifier(words, left, evidence.context)):
            doubts.append((Doubt.DROPPED_LIMIT, modifier))
    return doubts


def _keeps(said: Said, words: Sequence[Word]) -> bool:
    """Whether enough of a limit is told; that the customer spoke of it does not tell it."""
    weighty = [word for word in words if word.weight]
    told = sum(word.stands_in(said.mine if word.capital else said.sentence) for word in weighty)
    return told >= said.strict.kept * len(weighty)


def _modifier(words: Sequence[Word], left: Sequence[Word], context: frozenset[Sense]) -> str:
    """A word that was left out right before one that was taken: "unopened" of "unopened coffee", "only" of "only in
    Germany" where Germany is not said either."""
    gone = {word.at for word in left if not word.stands_in(context)}
    for word, behind in zip(words, words[1:], strict=False):
        if word.at not in gone or word.capital:
            continue
        if word.weight > 1:
            if behind.at in gone:
                return word.stem
        elif word.stem != "the company" and behind.at not in gone and behind.at - word.end <= 1:
            return word.stem
    return ""


def _subject_doubts(said: Said, evidence: Evidence, offered: frozenset[Sense], touched: Sequence[Segment]) -> Doubts:
    held = offered | evidence.context
    names_one = any(word.capital for word in said.clause.words)
    mine = senses_of(said.clause.words) if names_one else said.mine
    if evidence.subject and evidence.subject.isdisjoint(mine):
        return [(Doubt.OTHER_SUBJECT, "its subject is not named")]
    theirs = frozenset[Sense]().union(*(segment.stems for segment in touched)) & said.names
    named = [word for word in said.clause.words if word.capital and not word.stands_in(offered)]
    if named and not theirs <= mine:
        return [(Doubt.OTHER_SUBJECT, named[0].stem)]
    if theirs and theirs.isdisjoint(mine | (NOTHING if names_one else said.asked.names) | evidence.context):
        return [(Doubt.OTHER_SUBJECT, "its name is not said")]
    if said.clause.leans and said.asked.words and _share(said.asked.words, held) < said.strict.asked:
        return [(Doubt.OTHER_SUBJECT, "not about what was asked")]
    return []


def _share(words: Sequence[Word], held: frozenset[Sense]) -> float:
    return sum(word.stands_in(held) for word in words) / len(words) if words else 0.0


def _actor_doubts(said: Said, touched: Sequence[Segment]) -> Doubts:
    """Who does it: "we pay" is not "you pay", nor is "your bank pays"."""
    clause = said.clause
    theirs = [act for segment in touched for act in segment.clause.acts]
    doubts: Doubts = []
    for act in clause.acts:
        same = {other.person for other in theirs if not other.senses.isdisjoint(act.senses)}
        ours = act.person is Person.COMPANY and theirs and all(other.person is Person.CUSTOMER for other in theirs)
        if ours or (same and act.person not in same):
            doubts.append((Doubt.OTHER_ACTOR, act.person))
        elif not same and any(_acts_there(act, segment, said.sentence) for segment in touched):
            doubts.append((Doubt.OTHER_ACTOR, act.person))
    return doubts


def _acts_there(act: Act, segment: Segment, mine: frozenset[Sense]) -> bool:
    """Whether somebody else does it there, who is not spoken of."""
    words = [word for word in segment.clause.words if word.weight]
    return any(
        word.stands_in(act.senses) and not before.stands_in(mine)
        for before, word in zip(words, words[1:], strict=False)
    )


def _mode_doubts(clause: Clause, touched: Sequence[Segment]) -> Doubts:
    theirs = frozenset[Mode]().union(*(segment.clause.modes for segment in touched))
    if Mode.MUST in clause.modes and Mode.MUST not in theirs and theirs and not clause.negations:
        return [(Doubt.OBLIGATION, "must")]
    softer = clause.modes and Mode.MUST not in clause.modes
    if softer and Mode.MUST in theirs and Mode.MAY not in theirs and not clause.negations:
        return [(Doubt.OBLIGATION, "may")]
    return []


def rivals(said: Said, best: Match, others: Iterable[Evidence]) -> Doubts:
    """Another statement of the article has in its own words what this one has from its headings only, with another
    value; or it says as much of the thing that was asked about by name."""
    clause, evidence = said.clause, best.evidence
    kept = frozenset[Sense]().union(*(s.offered for s in _kept(clause.quantities, evidence.segments)), evidence.subject)
    borrowed = [word for word in clause.words if word.weight and not word.stands_in(kept)]
    named = said.sentence & said.names
    asked = NOTHING if named else said.asked.names - kept - evidence.context
    wanted = {quantity.value for quantity in clause.quantities}
    kinds = {quantity.value.kind for quantity in clause.quantities}
    for other in others:
        if other.article != evidence.article:
            if _is_rival_row(said, evidence, other, wanted) and _is_about_all_names(clause, other):
                return [(Doubt.RIVAL, "another row")]
            continue
        if _is_rival_row(said, evidence, other, wanted):
            return [(Doubt.RIVAL, "another row")]
        if asked and not asked.isdisjoint(other.own) and _share_of(clause, other) >= 0.5:
            return [(Doubt.RIVAL, "asked of another")]
        values = {q.value for s in other.segments for q in s.clause.quantities if q.value.kind in kinds}
        near = values and values.isdisjoint(wanted) and _share_of(clause, other) >= _share_of(clause, evidence)
        if near and any(word.stands_in(other.own) for word in borrowed):
            return [(Doubt.RIVAL, borrowed[0].stem)]
    return []


def _is_about_all_names(clause: Clause, other: Evidence) -> bool:
    names = [word for word in clause.words if word.capital]
    return bool(names) and all(word.stands_in(other.own | other.context) for word in names)


def _is_rival_row(said: Said, evidence: Evidence, other: Evidence, wanted: "set[Value]") -> bool:
    """A row whose whole label is said holds another value of the unit, or this one's label is only said in part."""
    if not other.subject or not other.subject <= said.mine:
        return False
    if evidence.subject and not evidence.subject <= said.mine:
        return True
    if other.subject < evidence.subject or not other.subject <= senses_of(said.clause.words) or other.subject == evidence.subject:
        return False
    units = {_unit(value) for value in wanted}
    theirs = {q.value for s in other.segments for q in s.clause.quantities if _unit(q.value) in units}
    return bool(theirs) and theirs.isdisjoint(wanted)


def _share_of(clause: Clause, other: Evidence) -> float:
    return _share(clause.words, other.own | other.context) if clause.words else 0.0
