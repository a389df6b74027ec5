"""What a customer seems to feel, and at whom: rules name the words, the model hears how they sound."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.assessment import Feeling
from app.language.meaning import Meaning
from app.language.phrases import rules
from app.language.reading import NOTHING, Finding, Reading, read
from app.language.sound import FeelingModel, Sound

DISTRESSED_AT = 0.6
ANGRY_AT = 0.8
UPSET_AT = 0.75
PLEASED_AT = 0.75
SOUNDS_ANGRY_AT = 0.85
"""Without a rule that names the words. Cautious, since anger calls a person."""
SOUNDS_UPSET_AT = 0.65
SOUNDS_UPSET_IN_A_QUESTION_AT = 0.85
SOUNDS_SO_TOO_AT = Sound(angry=0.3, upset=0.5, negative=0.6)
"""What it must sound like for a vector to be believed that means anger or, the last, distress: two views of the message
that were trained on different sentences."""
MEANT_AT = 0.5
MEANT_IN_A_QUESTION_AT = 0.75
NEGATIVE_AT = 0.5

_UNTOLD = Meaning()
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_EMPHASIS = re.compile(r"[!?]\s*[!?]")
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class Marks:
    """What the rules found. `others` is somebody else whom the words may be about, `aimed` that we are meant all the
    same, `disagreement` an opinion told calmly."""

    angry: Finding
    upset: Finding
    pleased: Finding
    distressed: Finding
    others: Finding
    aimed: Finding
    disagreement: Finding

    @property
    def elsewhere(self) -> bool:
        """About somebody else, and not about us as well."""
        return self.others.score > self.aimed.score

    @property
    def scores(self) -> tuple[float, float, float, float]:
        """The order in which the model was trained with them."""
        return self.angry.score, self.upset.score, self.pleased.score, self.distressed.score


@dataclass(frozen=True, kw_only=True, slots=True)
class Felt:
    feeling: Feeling = Feeling.CALM
    evidence: str = ""
    sound: Sound = field(default_factory=Sound)


def marks_in(reading: Reading) -> Marks:
    anger = rules("anger")
    return Marks(
        angry=anger["angry"].surest(reading),
        upset=anger["upset"].surest(reading),
        pleased=anger["pleased"].surest(reading),
        distressed=rules("distress")["distress"].surest(reading),
        others=anger["others"].surest(reading),
        aimed=anger["aimed"].surest(reading),
        disagreement=anger["disagreement"].surest(reading),
    )


class FeelingReader:
    """Reads one message at a time; holds the model's weights."""

    def __init__(self, model: FeelingModel) -> None:
        self._model = model

    def felt(self, reading: Reading, vector: Sequence[float] | None = None, meaning: Meaning | None = None) -> Felt:
        """`meaning` is what the vector says, where there is one."""
        marks = marks_in(reading)
        sound = self._model.sound(reading, marks.scores, vector)
        meant = meaning or _UNTOLD
        for feeling, finding in (
            (Feeling.DISTRESSED, _distress(reading, marks, sound, meant)),
            (Feeling.ANGRY, self._anger(reading, marks, sound, meant)),
            (Feeling.UPSET, self._upset(reading, marks, sound, meant)),
            (Feeling.PLEASED, _pleasure(reading, marks, sound, meant)),
        ):
            if finding.score:
                return Felt(feeling=feeling, evidence=finding.evidence, sound=sound)
        return Felt(sound=sound)

    def _anger(self, reading: Reading, marks: Marks, sound: Sound, meant: Meaning) -> Finding:
        if marks.angry.score >= ANGRY_AT:
            return marks.angry
        if marks.elsewhere or marks.pleased.score:
            return NOTHING
        if _shouted(reading.text) and (marks.upset.score or sound.negative >= NEGATIVE_AT):
            return Finding(score=ANGRY_AT, evidence=reading.text.strip())
        sounds_so = sound.angry >= SOUNDS_SO_TOO_AT.angry and sound.upset >= SOUNDS_SO_TOO_AT.upset
        meant_so = meant.angry >= MEANT_AT and sounds_so and not marks.disagreement.score
        if sound.angry >= SOUNDS_ANGRY_AT or meant_so:
            return Finding(score=max(sound.angry, meant.angry), evidence=self._angriest(reading.text))
        return NOTHING

    def _upset(self, reading: Reading, marks: Marks, sound: Sound, meant: Meaning) -> Finding:
        if marks.upset.score >= UPSET_AT:
            return marks.upset
        other = marks.elsewhere or marks.pleased.score or marks.disagreement.score
        least = SOUNDS_UPSET_IN_A_QUESTION_AT if reading.is_question() else SOUNDS_UPSET_AT
        if (sound.upset >= least or meant.unhappy >= MEANT_AT) and not other:
            return Finding(score=max(sound.upset, meant.unhappy), evidence=self._angriest(reading.text))
        return NOTHING

    def _angriest(self, text: str) -> str:
        """The sentence that sounds the worst."""
        sentences = [found.strip() for found in _SENTENCE.findall(text) if found.strip()] or [text.strip()]
        return max(sentences, key=lambda sentence: self._alone(sentence).upset) if len(sentences) > 1 else sentences[0]

    def _alone(self, sentence: str) -> Sound:
        reading = read(sentence)
        return self._model.sound(reading, marks_in(reading).scores)


def _distress(reading: Reading, marks: Marks, sound: Sound, meant: Meaning) -> Finding:
    if marks.distressed.score >= DISTRESSED_AT:
        return marks.distressed
    if sound.negative < SOUNDS_SO_TOO_AT.negative:
        return NOTHING
    least = MEANT_IN_A_QUESTION_AT if reading.is_question() else MEANT_AT
    return Finding(score=meant.distressed, evidence=reading.whole) if meant.distressed >= least else NOTHING


def _pleasure(reading: Reading, marks: Marks, sound: Sound, meant: Meaning) -> Finding:
    if sound.negative >= NEGATIVE_AT:
        return NOTHING
    if marks.pleased.score >= PLEASED_AT:
        return marks.pleased
    told = meant.pleased >= MEANT_AT and not reading.is_question()
    return Finding(score=meant.pleased, evidence=reading.whole) if told else NOTHING


def _shouted(text: str) -> bool:
    """Most words in capitals, and a mark put twice."""
    words = text.split()
    return len(words) >= 3 and len(_CAPITALS.findall(text)) > 0.6 * len(words) and _EMPHASIS.search(text) is not None
