"""The questions of a turn as they are looked up: split, said so that they stand alone, and whose matter each is."""

import re
from collections.abc import Sequence

from app.domain.assessment import Assessment
from app.domain.conversations import Author
from app.domain.parts import Part
from app.domain.turns import Turn
from app.language.follow_ups import FollowUps, StandAlone
from app.language.own_matters import own_matter
from app.language.parts import Asked, asked_in
from app.language.reading import read

_REPLIES = (Author.ASSISTANT, Author.AGENT)


class PartReader:
    """Implements `care.answerers.PartReader`."""

    def __init__(self, follow_ups: FollowUps) -> None:
        self._follow_ups = follow_ups

    def __call__(self, turn: Turn, assessment: Assessment) -> tuple[Part, ...]:
        """At least one; a later one may lean on those before it."""
        before = [_calm(message.text) for message in turn.history if message.author is Author.CUSTOMER]
        reply = _calm(next((message.text for message in reversed(turn.history) if message.author in _REPLIES), ""))
        asked = asked_in(_calm(turn.text))
        if len(asked) == 1:
            alone = self._follow_ups.stand_alone(turn.text, before, reply)
            return (_as_part(asked[0], alone, _own_of_one(asked[0], turn, assessment, before)),)
        return tuple(self._several(asked, before, reply))

    def _several(self, asked: Sequence[Asked], before: Sequence[str], reply: str) -> list[Part]:
        said = [*before, asked[0].context] if asked[0].context else [*before]
        parts: list[Part] = []
        for one in asked:
            alone = self._follow_ups.stand_alone(one.words, said, reply)
            told = [other.words for other in asked if other is not one]
            parts.append(_part(one, alone, [*said, *told], one.context))
            said.append(one.words)
        return parts


def _calm(text: str) -> str:
    """Without long rows of one sign, which say no more than three of it and are slow to look through."""
    return _ROW_OF_SIGNS.sub(r"\1\1\1", text)


_ROW_OF_SIGNS = re.compile(r"([^\w])\1{3,}")


def _own_of_one(asked: Asked, turn: Turn, assessment: Assessment, before: Sequence[str]) -> float:
    """The whole turn was read for it already."""
    return assessment.own_matter if asked.words == turn.text.strip() else own_matter(read(asked.words), before).score


def _part(asked: Asked, alone: StandAlone, said: Sequence[str], context: str = "") -> Part:
    """What was told in the same message goes with every question of it."""
    return _as_part(asked, alone, own_matter(read(asked.words), said).score, context)


def _as_part(asked: Asked, alone: StandAlone, own: float, context: str = "") -> Part:
    before = (context, *alone.before) if context and context not in alone.before else alone.before
    return Part(words=asked.words, text=alone.text, before=before, leans=alone.leans or bool(context), own_matter=own)
