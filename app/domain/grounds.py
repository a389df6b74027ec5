"""All that carries the sentences of a turn, and what it says of each: held, or doubted and what to quote instead. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.domain.checking import Value
from app.domain.claims import Claim, Clause, Person, Sense, senses_of, together
from app.domain.grounding import NOTHING, Asked, Doubt, Evidence, Match, Said, Strictness, match, rivals

CANDIDATES = 6
"""Statements that are compared in full with each thing that is said."""

FEW = 3
"""Words below which a thing that is said cannot stand without the one before it."""

_BY_VALUE = 2.0
_BY_HEADING = 0.3
_BY_QUESTION = 0.6


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """What support says of a sentence: for each thing it states the statement that fits best, and the statement to
    quote where the sentence does not hold."""

    matches: tuple[Match, ...]
    near: tuple[tuple[Evidence, float], ...] = ()

    says_nothing: bool = False
    is_of_question: bool = False

    @property
    def holds(self) -> bool:
        return bool(self.matches) and all(found.holds for found in self.matches)

    @property
    def quotes(self) -> tuple[Evidence, ...]:
        """What stands in the support of that which is said, each statement once."""
        return tuple({evidence.place: evidence for evidence, _ in self.near}.values())

    @property
    def doubts(self) -> tuple[tuple[Doubt, str], ...]:
        return tuple(doubt for found in self.matches for doubt in found.doubts)


class Grounds:
    """The statements of a turn's support, found by the words and values they hold."""

    def __init__(self, evidence: Iterable[Evidence], names: frozenset[Sense] = NOTHING) -> None:
        self.evidence = tuple(evidence)
        self.names = names
        self._by_sense: defaultdict[Sense, list[int]] = defaultdict(list)
        self._by_value: defaultdict[Value, list[int]] = defaultdict(list)
        self._by_context: defaultdict[Sense, list[int]] = defaultdict(list)
        for at, each in enumerate(self.evidence):
            for sense in each.own:
                self._by_sense[sense].append(at)
            for sense in each.context:
                self._by_context[sense].append(at)
            for value in {q.value for segment in each.segments for q in segment.clause.quantities}:
                self._by_value[value].append(at)

    def weigh(self, claim: Claim, asked: Asked, strict: Strictness) -> Weighed:
        sentence = senses_of(together(claim.clauses).words)
        groups = stated(claim)
        said = [replace(self._said(parts, sentence, asked, strict), alone=len(groups) == 1) for parts in groups]
        said = [each for each in said if each.clause.says_something and not _only_feels(each)]
        matches = tuple(_in_order(_leaning(said, [self._best(each) for each in said])))
        near = [found for each in said for part in _worth_quoting(each) if (found := self._nearest(part, asked))]
        return Weighed(
            matches=matches,
            near=tuple(near),
            says_nothing=not said and all(_is_mere_courtesy(clause) for clause in claim.clauses),
            is_of_question=all(_is_of_question(each) for each in said),
        )

    def _said(self, parts: Sequence[Clause], sentence: frozenset[Sense], asked: Asked, strict: Strictness) -> Said:
        return Said(
            clause=together(parts),
            parts=tuple(parts),
            sentence=sentence,
            asked=asked,
            names=self.names,
            strict=strict,
        )

    def _best(self, said: Said) -> Match:
        best: Match | None = None
        for at in self._candidates(said.clause):
            found = match(said, self.evidence[at])
            if found.holds:
                found = replace(found, doubts=tuple(rivals(said, found, self._others(found.evidence))))
            if found.holds:
                return found
            if best is None or len(found.doubts) < len(best.doubts):
                best = found
        return self._as_steps(said) or best or Match(evidence=_NONE, doubts=((Doubt.NOT_SAID, "nothing of it"),))

    def _as_steps(self, said: Said) -> Match | None:
        """Several steps or items of one list in one sentence, each carried by its own, in their order."""
        parts = [part for part in said.parts if part.says_something]
        if len(parts) < 2 or any(part.limits or part.negations for part in parts):
            return None
        places: list[tuple[str, int]] = []
        for part in parts:
            alone = replace(said, clause=part, parts=(part,))
            found = next((f for at in self._candidates(part) if (f := self._step(alone, at, places)).holds), None)
            if found is None:
                return None
            places.append(found.evidence.place)
        return found if len(set(places)) > 1 else None

    def _step(self, said: Said, at: int, places: Sequence[tuple[str, int]]) -> Match:
        """A listed statement of the same list as those before and not above them, weighed by itself."""
        evidence = self.evidence[at]
        goes_on = not places or (evidence.place[0] == places[-1][0] and 0 <= evidence.place[1] - places[-1][1] <= 2)
        if evidence.number is None or not goes_on:
            return Match(evidence=evidence, doubts=((Doubt.ORDER, "no next step"),))
        return match(said, evidence)

    def _others(self, evidence: Evidence) -> Iterable[Evidence]:
        return (each for each in self.evidence if each is not evidence and (each.article == evidence.article or each.subject))

    def _candidates(self, said: Clause) -> list[int]:
        scores = self._scores(said)
        best = sorted(scores, key=lambda at: -scores[at])
        return best[:CANDIDATES]

    def _scores(self, said: Clause) -> dict[int, float]:
        scores: defaultdict[int, float] = defaultdict(float)
        for word in said.words:
            self._add(scores, self._by_sense, word.senses, 1.0)
            self._add(scores, self._by_context, word.senses, _BY_HEADING)
        for quantity in said.quantities:
            for at in self._by_value.get(quantity.value, ()):
                scores[at] += _BY_VALUE
        return scores

    @staticmethod
    def _add(
        scores: "defaultdict[int, float]",
        index: "defaultdict[Sense, list[int]]",
        senses: Iterable[Sense],
        weight: float,
    ) -> None:
        lists = [index[sense] for sense in senses if sense in index]
        for at in set().union(*lists) if len(lists) > 1 else (lists[0] if lists else ()):
            scores[at] += weight

    def _nearest(self, clause: Clause, asked: Asked) -> tuple[Evidence, float] | None:
        """The statement nearest to what is said and asked, and the share of that which it holds."""
        scores = self._scores(clause)
        for word in asked.words:
            self._add(scores, self._by_sense, word.senses, _BY_QUESTION * min(word.weight, 1.0))
            self._add(scores, self._by_context, word.senses, _BY_QUESTION * _BY_HEADING * min(word.weight, 1.0))
        if not scores:
            return None
        best = max(scores, key=lambda at: scores[at])
        whole = len(clause.words) + _BY_VALUE * len(clause.quantities) + _BY_QUESTION * len(asked.words)
        return self.evidence[best], scores[best] / whole if whole else 0.0


_NONE = Evidence(place=("", 0), article="", segments=())


def _is_mere_courtesy(clause: Clause) -> bool:
    return not clause.modes and not (clause.negations and not any(word.feeling for word in clause.words))


_SEARCHED = frozenset(
    "find found inform information help articl passag page knowledg mention answer detail about cover say tell".split()
)


def _is_of_question(said: Said) -> bool:
    """Whether all its words are the customer's, or of looking something up."""
    words = (word for word in said.clause.words if word.weight and word.stem not in _SEARCHED)
    return not said.clause.quantities and all(word.stands_in(said.asked.senses) for word in words)


def _worth_quoting(said: Said) -> list[Clause]:
    """The parts of it that are worth looking for by themselves, or the whole."""
    parts = [part for part in said.parts if part.quantities or sum(word.weight > 0 for word in part.words) > 1]
    return [said.clause, *(part for part in parts if len(parts) > 1)]


def _only_feels(said: Said) -> bool:
    """Words of fellow feeling beside the customer's own; one word of ours may stand among them."""
    clause = said.clause
    felt = clause.feels or any(word.feeling for word in clause.words)
    if not felt or clause.quantities or clause.modes or any(act.person is not Person.CUSTOMER for act in clause.acts):
        return False
    others = [w for w in clause.words if w.weight and not w.feeling and not w.stands_in(said.asked.senses)]
    return len(others) <= 1 and not any(word.capital or word.weight > 1 for word in others)


def stated(claim: Claim) -> list[list[Clause]]:
    """The things that a sentence states, each to be carried by a statement: its equal clauses, with what hangs on
    them."""
    groups: list[list[Clause]] = []
    for clause in claim.clauses:
        if not groups or (clause.own and any(part.own or part.quantities for part in groups[-1])):
            groups.append([])
        groups[-1].append(clause)
    return groups


def _leaning(said: Sequence[Said], matches: Sequence[Match]) -> Iterator[Match]:
    """A few words behind another thing go on with it: they are carried by the same statement or by its neighbour."""
    for at, (each, found) in enumerate(zip(said, matches, strict=True)):
        few = sum(word.weight > 0 for word in each.clause.words) < FEW and not each.clause.quantities
        if at and (few or each.clause.leans) and found.holds and not _are_near(found.evidence, matches[at - 1].evidence):
            found = replace(found, doubts=((Doubt.NOT_SAID, "of the same thing"),))
        yield found


def _are_near(one: Evidence, other: Evidence) -> bool:
    return one.place[0] == other.place[0] and abs(one.place[1] - other.place[1]) <= 1


def _in_order(matches: Iterable[Match]) -> Iterable[Match]:
    """Steps are told in their order: a later one first is a doubt."""
    last = 0
    for found in matches:
        number = found.evidence.number
        if number is not None and number < last:
            found = replace(found, doubts=(*found.doubts, (Doubt.ORDER, str(number))))
        last = number or last
        yield found


def asked_of(claims: Iterable[Claim], names: frozenset[Sense], named: Iterable[Sense]) -> Asked:
    """What the customer's messages ask about. `named` are names of the support found in their text."""
    words = tuple(word for claim in claims for clause in claim.clauses for word in clause.words)
    senses = senses_of(words)
    return Asked(senses=senses, names=(senses & names) | frozenset(named), words=words)
