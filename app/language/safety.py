"""What cannot wait for an article: danger to people from a product, harm to oneself, threats of violence."""

from app.language.meaning import Meaning
from app.language.phrases import rules
from app.language.reading import NOTHING, Finding, Reading
from app.language.sound import Sound

MEANT_AT = 0.5
SOUNDS_NEGATIVE_AT = 0.3


def danger(reading: Reading, meaning: Meaning | None = None, sound: Sound | None = None) -> Finding:
    """Rather one handoff too many than one too few, but a burning question, a Fire TV and a smoke detector are none.
    `meaning` counts where nothing is asked and it does not sound cheerful."""
    table = rules("safety")["danger"]
    found = table.surest(reading)
    if found.score or meaning is None or meaning.danger < MEANT_AT:
        return found
    cheerful = sound is None or sound.negative < SOUNDS_NEGATIVE_AT
    if cheerful or reading.is_question() or table.excepts(reading):
        return NOTHING
    return Finding(score=meaning.danger, evidence=reading.whole)
