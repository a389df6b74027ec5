"""All that carries the sentences of a turn, and what it says of each: held, or doubted and what to quote instead."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.domain.claims import Claim, Clause, Person, Sense, together
from app.domain.grounding import NOTHING, Asked, Doubt, Evidence, Match, Place, Said, Strictness, missing_of
from app.domain.grounding_fit import Fit
from app.domain.grounding_index import Index, Postings, asked_weight
from app.domain.grounding_match import RULES_OF_STEPS, doubts_of, match
from app.domain.grounding_rivals import rivals

CANDIDATES = 6
"""Statements that are compared in full with each thing that is said."""

FEW = 3
"""Words below which a thing that is said cannot stand without the one before it."""

_NONE = Evidence(place=("", 0), article="", segments=())


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """What support says of a sentence: for each thing that it states the statement that fits best."""

    said: tuple[Said, ...]
    matches: tuple[Match, ...]
    says_nothing: bool = False

    @property
    def holds(self) -> bool:
        return bool(self.matches) and all(found.holds for found in self.matches)

    @property
    def is_of_question(self) -> bool:
        return all(_is_of_question(each) for each in self.said)

    @property
    def doubts(self) -> tuple[tuple[Doubt, str], ...]:
        return tuple([doubt for found in self.matches for doubt in found.doubts])


class Grounds:
    """The statements of a turn's support, found by the words and values they hold."""

    def __init__(self, parts: Iterable[Postings], names: frozenset[Sense] = NOTHING) -> None:
        """`names` are what the support writes like names and nowhere else."""
        self.names = names
        self._index = Index(parts)

    def weigh(self, claim: Claim, asked: Asked, strict: Strictness) -> Weighed:
        said = self._said(claim, asked, strict)
        matches = _in_order(_of_both(said, list(_leaning(said, [self._best(each) for each in said]))))
        courteous = not said and all(_is_mere_courtesy(clause) for clause in claim.clauses)
        return Weighed(said=tuple(said), matches=tuple(matches), says_nothing=courteous)

    def question(self, asked: Asked) -> int:
        """What each statement has of a question, to be added in `nearest`."""
        return self._index.asked(asked.words)

    def nearest(self, weighed: Weighed, asked: Asked, question: int) -> Iterator[tuple[Evidence, float]]:
        """The statements nearest to what is said and asked, with the share of that which each holds; what stands beside
        the last one goes before what is as near elsewhere."""
        beside = 0
        for clause in [part for each in weighed.said for part in _worth_quoting(each)]:
            whole = asked_weight(asked.words, clause)
            if whole and (
                found := self._index.best(self._index.scores(clause) + question + beside, self._index.alike(clause))
            ):
                beside = self._index.beside(found[0])
                yield found[0], found[1] / whole

    def _said(self, claim: Claim, asked: Asked, strict: Strictness) -> list[Said]:
        sentence = NOTHING.union(*[clause.senses for clause in claim.clauses])
        groups = stated(claim)
        said = [
            Said(
                clause=together(parts),
                parts=tuple(parts),
                sentence=sentence,
                asked=asked,
                names=self.names,
                strict=strict,
                alone=len(groups) == 1,
            )
            for parts in groups
        ]
        return [each for each in said if each.clause.says_something and not _only_feels(each)]

    def _best(self, said: Said) -> Match:
        tally = self._index.tally(said)
        doubted: Match | None = None
        for evidence in self._index.by_score(tally.possible, tally.scores, CANDIDATES):
            found = self._compared(said, evidence)
            if found.holds:
                return found
            doubted = doubted or found
        return self._as_steps(said) or doubted or self._unheld(said, tally.scores)

    def _compared(self, said: Said, evidence: Evidence) -> Match:
        fit = Fit(said, evidence)
        return Match(evidence=evidence, doubts=doubts_of(fit) or rivals(fit, self._index))

    def _unheld(self, said: Said, scores: int) -> Match:
        """What is missing in the statement that has most of it."""
        found = self._index.best(scores)
        return match(said, found[0]) if found else Match(evidence=_NONE, doubts=((Doubt.NOT_SAID, "nothing of it"),))

    def _as_steps(self, said: Said) -> Match | None:
        """Several steps or items of one list in one sentence, each carried by its own, in their order."""
        parts = [part for part in said.parts if part.says_something]
        if len(parts) < 2 or any(part.limits or part.negations for part in parts):
            return None
        steps: list[Match] = []
        for part in parts:
            step = self._step(replace(said, clause=part, parts=(part,)), steps[-1].evidence.place if steps else None)
            if step is None:
                return None
            steps.append(step)
        return steps[-1] if len({step.evidence.place for step in steps}) > 1 else None

    def _step(self, said: Said, last: Place | None) -> Match | None:
        """A listed statement of the same list as the last one and not above it, weighed by itself."""
        tally = self._index.tally(said)
        for evidence in self._index.by_score(self._index.listed(tally), tally.scores, CANDIDATES):
            if _goes_on(evidence.place, last) and (found := match(said, evidence, RULES_OF_STEPS)).holds:
                return found
        return None


def _goes_on(place: Place, last: Place | None) -> bool:
    return last is None or (place[0] == last[0] and 0 <= place[1] - last[1] <= 2)


def _is_mere_courtesy(clause: Clause) -> bool:
    return not clause.modes and not (clause.negations and not any(word.feeling for word in clause.words))


_SEARCH = "find found inform information help articl passag page knowledg mention answer detail about cover say tell"
_SEARCHED = frozenset(_SEARCH.split())
"""The stems of looking something up."""


def _is_of_question(said: Said) -> bool:
    """Whether all its words are the customer's, or of looking something up."""
    words = [word for word in said.clause.weighty if word.stem not in _SEARCHED]
    return not said.clause.quantities and not missing_of(words, said.asked.senses)


def _worth_quoting(said: Said) -> list[Clause]:
    """The parts of it that are worth looking for by themselves, or the whole."""
    parts = [part for part in said.parts if part.quantities or len(part.weighty) > 1]
    return [said.clause, *parts] if len(parts) > 1 else [said.clause]


def _only_feels(said: Said) -> bool:
    """Words of fellow feeling beside the customer's own; one word of ours may stand among them."""
    clause = said.clause
    felt = clause.feels or any(word.feeling for word in clause.words)
    if not felt or clause.quantities or clause.modes or any(act.person is not Person.CUSTOMER for act in clause.acts):
        return False
    others = missing_of([word for word in clause.weighty if not word.feeling], said.asked.senses)
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
    before: Match | None = None
    for each, found in zip(said, matches, strict=True):
        few = len(each.clause.weighty) < FEW and not each.clause.quantities
        apart = before is not None and found.holds and not _are_near(found.evidence, before.evidence)
        if apart and (few or each.clause.leans):
            yield replace(found, doubts=((Doubt.NOT_SAID, "of the same thing"),))
        else:
            yield found
        before = found


def _of_both(said: Sequence[Said], matches: Sequence[Match]) -> Iterator[Match]:
    """What is said of "both" is carried by one statement on both."""
    for at, (each, found) in enumerate(zip(said, matches, strict=True)):
        ahead = matches[at + 1].evidence if at + 1 < len(matches) else found.evidence
        unfinished = each.clause.joins and not any(part.own for part in each.parts)
        if unfinished and found.holds and ahead is not found.evidence:
            yield replace(found, doubts=((Doubt.RIVAL, "not of both"),))
        else:
            yield found


def _are_near(one: Evidence, other: Evidence) -> bool:
    return one.place[0] == other.place[0] and abs(one.place[1] - other.place[1]) <= 1


def _in_order(matches: Iterable[Match]) -> Iterator[Match]:
    """Steps are told in their order: a later one first is a doubt."""
    last = 0
    for found in matches:
        number = found.evidence.number
        is_late = number is not None and number < last
        yield replace(found, doubts=(*found.doubts, (Doubt.ORDER, str(number)))) if is_late else found
        last = number or last


def asked_of(claims: Iterable[Claim], names: frozenset[Sense], named: Iterable[Sense]) -> Asked:
    """What the customer's messages ask about. `named` are names of the support found in their text."""
    words = tuple(word for claim in claims for clause in claim.clauses for word in clause.words)
    senses = NOTHING.union(*[word.senses for word in words])
    return Asked(senses=senses, names=(senses & names) | frozenset(named), words=words)
