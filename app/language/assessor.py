"""What a customer's messages tell, from their words alone: a millisecond, no network, no model needed."""

from collections.abc import Callable, Sequence

from app.domain.assessment import Assessment, Feeling
from app.language.difficulty import difficulty
from app.language.feeling import Felt, FeelingReader
from app.language.phrases import rules
from app.language.reading import Finding, Reading, read, surest
from app.language.safety import danger
from app.language.small_talk import small_talk
from app.language.sound import FeelingModel, Sound
from app.language.tongues import tongue_of
from app.language.wishes import wish_for_person

Embed = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""Texts into unit vectors of all-MiniLM-L6-v2, one row a text."""

_GRAVEST_FIRST = (Feeling.DISTRESSED, Feeling.ANGRY, Feeling.UPSET, Feeling.PLEASED, Feeling.CALM)
_RULES = ("anger", "difficulty", "distress", "safety", "small_talk", "wishes", "wishes_abroad")


class Assessor:
    """Implements `care.answerers.Assessor`. Vectors of MiniLM make the feeling scores better, nothing else needs them."""

    def __init__(self, embed: Embed | None = None) -> None:
        """Loads weights and rules, some 0.3 s. Without `embed` vectors may still be passed to `assess`."""
        self._embed = embed
        self._model = FeelingModel()
        self._feelings = FeelingReader(self._model)
        for file in _RULES:
            rules(file)
        self.assess(["hello"])

    def assess(
        self, messages: Sequence[str], before: Sequence[str] = (), vector: Sequence[float] | None = None
    ) -> Assessment:
        """`vector` is that of the messages joined by line breaks; one of another model's length is not looked at."""
        readings = [read(message) for message in messages]
        felt = self._felt(readings, self._vector(messages, vector))
        wish = surest(*map(wish_for_person, readings))
        return Assessment(
            feeling=felt.feeling,
            feeling_evidence=felt.evidence,
            anger=felt.sound.angry,
            upset=felt.sound.upset,
            negative=felt.sound.negative,
            wants_person=wish.score,
            person_evidence=wish.evidence,
            safety_evidence=surest(*map(danger, readings)).evidence,
            difficulty_evidence=_difficulty(readings, before).evidence,
            small_talk=small_talk(readings),
            language=tongue_of(messages, before),
        )

    def _vector(self, messages: Sequence[str], vector: Sequence[float] | None) -> Sequence[float] | None:
        if vector is None and self._embed is not None and any(message.strip() for message in messages):
            vector = self._embed(["\n".join(messages)])[0]
        return vector if vector is not None and len(vector) == self._model.dimensions else None

    def _felt(self, readings: Sequence[Reading], vector: Sequence[float] | None) -> Felt:
        """The gravest feeling of a burst, unless the customer ends it pleased; the strongest sound."""
        all_felt = [self._feelings.felt(reading, vector) for reading in readings] or [Felt()]
        last = all_felt[-1]
        gravest = min(all_felt, key=lambda felt: _GRAVEST_FIRST.index(felt.feeling))
        said = last if last.feeling is Feeling.PLEASED and gravest.feeling is not Feeling.DISTRESSED else gravest
        return Felt(feeling=said.feeling, evidence=said.evidence, sound=_loudest([felt.sound for felt in all_felt]))


def _loudest(sounds: Sequence[Sound]) -> Sound:
    return Sound(
        angry=max(sound.angry for sound in sounds),
        upset=max(sound.upset for sound in sounds),
        negative=max(sound.negative for sound in sounds),
    )


def _difficulty(readings: Sequence[Reading], before: Sequence[str]) -> Finding:
    return surest(*(difficulty(reading, before) for reading in readings))
