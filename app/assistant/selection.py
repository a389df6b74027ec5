"""Which statements make the reply: the best one, what it needs to be understood, and its neighbours. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.assistant.statements import Statement, StatementKind

ENOUGH = 350
"""Characters from which on a neighbour must be nearly as good as the best statement to be taken."""

MOST_STEPS = 12
MOST_LISTED = 8
_MOST_BETWEEN_STEPS = 6

_AS_GOOD = 0.75
_FORWARD = 0.12
"""What follows the best statement explains it more often than what stands before it."""


@dataclass(frozen=True, kw_only=True)
class Room:
    """How much a reply may hold, in characters and statements; a section of up to `whole` characters is given whole.
    What the best statement needs is taken even so: a procedure is never cut."""

    characters: int = 600
    statements: int = 8
    whole: int = 500


def selected(statements: Sequence[Statement], scores: Sequence[float], room: Room) -> list[int]:
    """Indexes in order, around the statement with the highest score; a score below 0 keeps a statement out."""
    best = max(range(len(scores)), key=lambda index: scores[index])
    whole = needed(statements, best) | _worth_reading(statements, scores, best)
    if length(statements, whole) <= room.whole:
        return sorted(whole)
    return sorted(_grown(statements, scores, best, room))


def _worth_reading(statements: Sequence[Statement], scores: Sequence[float], best: int) -> set[int]:
    """All of a section but the rows, items and steps that do not answer as well."""
    at_least = [_AS_GOOD * scores[best] if s.is_listed else 0.0 for s in statements]
    good = (at for at, least in enumerate(at_least) if scores[at] >= least and _stands(statements, scores, at))
    return {needs for at in good for needs in needed(statements, at)}


def _stands(statements: Sequence[Statement], scores: Sequence[float], index: int) -> bool:
    """Whether nothing that it needs is kept out."""
    return all(scores[at] >= 0 for at in needed(statements, index))


def _grown(statements: Sequence[Statement], scores: Sequence[float], best: int, room: Room) -> set[int]:
    taken = needed(statements, best)
    while True:
        more = [at for at in _next(statements, scores, taken, best) if _fits(statements, taken, at, room)]
        more = [at for at in more if _worth(statements, taken, at, scores[at], scores[best])]
        if not more:
            return taken
        taken |= needed(statements, max(more, key=lambda index: scores[index] + (_FORWARD if index > best else 0.0)))


def _next(statements: Sequence[Statement], scores: Sequence[float], taken: set[int], best: int) -> Iterator[int]:
    """The nearest on either side, and the best row: a table is read by its rows, in no order."""
    open_ones = [at for at in range(len(scores)) if at not in taken and _stands(statements, scores, at)]
    rows = [index for index in open_ones if statements[index].kind is StatementKind.ROW]
    lines = [index for index in open_ones if statements[index].kind is not StatementKind.ROW]
    yield from [index for index in lines if index > best][:1]
    yield from [index for index in lines if index < best][-1:]
    yield from sorted(rows, key=lambda index: -scores[index])[:1]


def _fits(statements: Sequence[Statement], taken: set[int], side: int, room: Room) -> bool:
    together = taken | needed(statements, side)
    return len(together) <= room.statements and length(statements, together) <= room.characters


def _worth(statements: Sequence[Statement], taken: set[int], side: int, score: float, best: float) -> bool:
    """A line as good as the best always; one that explains it while there is little, but no paragraph before it."""
    if score >= _AS_GOOD * best:
        return True
    first = min(taken)
    if side < first and statements[side].block != statements[first].block:
        return False
    return not statements[side].is_listed and length(statements, taken) < ENOUGH


def length(statements: Sequence[Statement], taken: Iterable[int]) -> int:
    """Characters of the taken statements."""
    return sum(len(statements[index].text) for index in taken)


def needed(statements: Sequence[Statement], index: int) -> set[int]:
    """The statement with all without which it would mislead: what it leans on, its procedure, what restricts it."""
    found: set[int] = set()
    open_ones = [index]
    while open_ones:
        current = open_ones.pop()
        if current not in found:
            found.add(current)
            open_ones.extend(_needs_of(statements, current))
    return found


def _needs_of(statements: Sequence[Statement], index: int) -> Iterator[int]:
    statement = statements[index]
    if statement.intro is not None:
        yield statement.intro
    if index > 0 and (statement.leans_back or _is_question_before(statements, index)):
        yield index - 1
    if statement.kind is StatementKind.STEP:
        yield from procedure(statements, index)
    if index + 1 < len(statements):
        yield from _needs_after(statements, index)


def _is_question_before(statements: Sequence[Statement], index: int) -> bool:
    before = statements[index - 1]
    return before.text.endswith("?") and before.block == statements[index].block and not before.is_listed


def _needs_after(statements: Sequence[Statement], index: int) -> Iterator[int]:
    after = statements[index + 1]
    if after.limits:
        yield index + 1
    if not statements[index].introduces or statements[index].kind in (StatementKind.ITEM, StatementKind.ROW):
        return
    if after.kind in (StatementKind.SENTENCE, StatementKind.STEP):
        yield index + 1
        return
    same = (at for at in range(index + 1, len(statements)) if statements[at].block == after.block)
    yield from list(same)[:MOST_LISTED]


def procedure(statements: Sequence[Statement], index: int) -> range:
    """All steps from the first to the last of the procedure that this step belongs to, with what stands among them."""
    steps = [at for at, statement in enumerate(statements) if statement.kind is StatementKind.STEP]
    first = last = steps.index(index)
    while first > 0 and _goes_on(statements, steps[first - 1], steps[first]):
        first -= 1
    while last + 1 < len(steps) and _goes_on(statements, steps[last], steps[last + 1]):
        last += 1
    last = min(last, first + MOST_STEPS - 1)
    return range(steps[first], steps[last] + 1)


def _goes_on(statements: Sequence[Statement], step: int, after: int) -> bool:
    """Whether `after` is the next step: in Markdown every step may be numbered 1, and sub-items may stand between."""
    number, next_number = statements[step].step_number, statements[after].step_number
    if number is None or next_number is None or after - step > _MOST_BETWEEN_STEPS:
        return False
    return next_number == number + 1 or statements[step].block == statements[after].block
