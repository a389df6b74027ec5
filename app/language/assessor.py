"""What a customer's messages tell, from their words alone: a millisecond, no network, no language model."""

from collections.abc import Callable, Sequence

from app.care.lookup import EmbeddingUnavailableError
from app.domain.assessment import Assessment, Feeling
from app.domain.decisions import OWN_AT
from app.language.difficulty import difficulty
from app.language.feeling import FeelingReader, Felt
from app.language.meaning import MeaningModel
from app.language.own_matters import numbers_in, own_matter
from app.language.phrases import rules
from app.language.reading import read, surest
from app.language.safety import danger
from app.language.small_talk import small_talk
from app.language.sound import FeelingModel, Sound
from app.language.tongues import tongue_of
from app.language.wishes import wish_for_person

Vector = Sequence[float]
Embed = Callable[[Sequence[str]], Sequence[Vector]]
"""Texts into unit vectors of all-MiniLM-L6-v2, one row a text."""

_GRAVEST_FIRST = (Feeling.DISTRESSED, Feeling.ANGRY, Feeling.UPSET, Feeling.PLEASED, Feeling.CALM)
_BEFORE = 3
"""Earlier messages in which a number may have been given."""

_RULES = (
    "anger",
    "cues",
    "difficulty",
    "distress",
    "own_matters",
    "own_matters_abroad",
    "safety",
    "small_talk",
    "wishes",
    "wishes_abroad",
)


class Assessor:
    """Implements `care.answerers.Assessor`. Rules find what is said in known words; vectors of MiniLM, where there are
    any, also what is said in others."""

    def __init__(self, embed: Embed | None = None) -> None:
        """Loads weights and rules, some 0.4 s. Without `embed` a vector may still be passed to `assess`."""
        self._embed = embed
        self._meanings = MeaningModel()
        self._feelings = FeelingReader(FeelingModel())
        for file in _RULES:
            rules(file)

    def assess(self, messages: Sequence[str], before: Sequence[str] = (), vector: Vector | None = None) -> Assessment:
        """`vector` is that of the last message; one of another model's length is not looked at."""
        readings = [read(message) for message in messages]
        vectors = self._vectors(messages, vector)
        meanings = [None if each is None else self._meanings.meaning(each) for each in vectors]
        each_felt = [*map(self._feelings.felt, readings, vectors, meanings)]
        felt = _together(each_felt)
        wish = surest(*map(wish_for_person, readings, meanings))
        said = "\n".join(messages)
        own = own_matter(readings[0] if len(readings) == 1 else read(said), before)
        return Assessment(
            feeling=felt.feeling,
            feeling_evidence=felt.evidence,
            anger=felt.sound.angry,
            upset=felt.sound.upset,
            negative=felt.sound.negative,
            wants_person=wish.score,
            person_evidence=wish.evidence,
            safety_evidence=surest(*map(danger, readings, meanings, [each.sound for each in each_felt])).evidence,
            difficulty_evidence=surest(*(difficulty(reading, before) for reading in readings)).evidence,
            own_matter=own.score,
            own_matter_evidence=own.evidence,
            own_matter_before=bool(before) and own_matter(read(before[-1]), before[:-1]).score >= OWN_AT,
            numbers=numbers_in("\n".join([*before[-_BEFORE:], said])),
            small_talk=small_talk(readings),
            language=tongue_of(readings, before),
        )

    def _vectors(self, messages: Sequence[str], vector: Vector | None) -> list[Vector | None]:
        vectors: list[Vector | None] = [None] * len(messages)
        if vector is not None and messages:
            vectors[-1] = vector
        elif self._embed is not None and messages:
            try:
                vectors = list(self._embed(messages))
            except EmbeddingUnavailableError:
                return vectors
        fitting = self._meanings.dimensions
        return [each if each is not None and len(each) == fitting else None for each in vectors]


def _together(each_felt: Sequence[Felt]) -> Felt:
    """The gravest feeling of a burst, unless the customer ends it pleased; the strongest sound."""
    if not each_felt:
        return Felt()
    last = each_felt[-1]
    gravest = min(each_felt, key=lambda felt: _GRAVEST_FIRST.index(felt.feeling))
    said = last if last.feeling is Feeling.PLEASED and gravest.feeling is not Feeling.DISTRESSED else gravest
    return Felt(feeling=said.feeling, evidence=said.evidence, sound=_loudest([felt.sound for felt in each_felt]))


def _loudest(sounds: Sequence[Sound]) -> Sound:
    return Sound(
        angry=max(sound.angry for sound in sounds),
        upset=max(sound.upset for sound in sounds),
        negative=max(sound.negative for sound in sounds),
    )
