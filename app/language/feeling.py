"""What a customer seems to feel, and at whom: rules name the words, the model hears how they sound."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.assessment import Feeling
from app.language.phrases import rules
from app.language.reading import NOTHING, Finding, Reading, read
from app.language.sound import FeelingModel, Sound

DISTRESSED_AT = 0.6
ANGRY_AT = 0.8
UPSET_AT = 0.75
PLEASED_AT = 0.75
SOUNDS_ANGRY_AT = 0.9
"""Without a rule that names the words. Cautious, since anger calls a person."""
SOUNDS_UPSET_AT = 0.7

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_EMPHASIS = re.compile(r"[!?]\s*[!?]")
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class Marks:
    """What the rules found. `others` is somebody else that the words may be about."""

    angry: Finding
    upset: Finding
    pleased: Finding
    distressed: Finding
    others: Finding

    @property
    def scores(self) -> tuple[float, float, float, float]:
        """The order in which the model was trained with them."""
        return self.angry.score, self.upset.score, self.pleased.score, self.distressed.score


@dataclass(frozen=True, kw_only=True, slots=True)
class Felt:
    feeling: Feeling = Feeling.CALM
    evidence: str = ""
    sound: Sound = Sound()


def marks_in(reading: Reading) -> Marks:
    anger = rules("anger")
    return Marks(
        angry=anger["angry"].surest(reading),
        upset=anger["upset"].surest(reading),
        pleased=anger["pleased"].surest(reading),
        distressed=rules("distress")["distress"].surest(reading),
        others=anger["others"].surest(reading),
    )


class FeelingReader:
    """Reads one message at a time; holds the model's weights."""

    def __init__(self, model: FeelingModel) -> None:
        self._model = model

    def felt(self, reading: Reading, vector: Sequence[float] | None = None) -> Felt:
        marks = marks_in(reading)
        sound = self._model.sound(reading, marks.scores, vector)
        for feeling, finding in (
            (Feeling.DISTRESSED, _from(DISTRESSED_AT, marks.distressed)),
            (Feeling.ANGRY, self._anger(reading, marks, sound)),
            (Feeling.UPSET, self._upset(reading, marks, sound)),
            (Feeling.PLEASED, _from(PLEASED_AT, marks.pleased)),
        ):
            if finding.score:
                return Felt(feeling=feeling, evidence=finding.evidence, sound=sound)
        return Felt(sound=sound)

    def _anger(self, reading: Reading, marks: Marks, sound: Sound) -> Finding:
        if marks.angry.score >= ANGRY_AT:
            return marks.angry
        if marks.others.score or marks.pleased.score:
            return NOTHING
        if _shouted(reading.text) and (marks.upset.score or sound.negative >= 0.5):
            return Finding(score=ANGRY_AT, evidence=reading.text.strip())
        if sound.angry >= SOUNDS_ANGRY_AT:
            return Finding(score=sound.angry, evidence=self._angriest(reading.text))
        return NOTHING

    def _upset(self, reading: Reading, marks: Marks, sound: Sound) -> Finding:
        if marks.upset.score >= UPSET_AT:
            return marks.upset
        if sound.upset >= SOUNDS_UPSET_AT and not (marks.pleased.score or marks.others.score):
            return Finding(score=sound.upset, evidence=self._angriest(reading.text))
        return NOTHING

    def _angriest(self, text: str) -> str:
        """The sentence that sounds the worst."""
        sentences = [found.strip() for found in _SENTENCE.findall(text) if found.strip()] or [text.strip()]
        return max(sentences, key=lambda sentence: self._alone(sentence).upset) if len(sentences) > 1 else sentences[0]

    def _alone(self, sentence: str) -> Sound:
        reading = read(sentence)
        return self._model.sound(reading, marks_in(reading).scores)


def _from(least: float, finding: Finding) -> Finding:
    return finding if finding.score >= least else NOTHING


def _shouted(text: str) -> bool:
    """Most words in capitals, and a mark put twice."""
    words = text.split()
    return len(words) >= 3 and len(_CAPITALS.findall(text)) > 0.6 * len(words) and _EMPHASIS.search(text) is not None
