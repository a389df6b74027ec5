"""What a customer's message tells: feeling, wish for a person, safety, small talk. Values; language reads the words."""

from dataclasses import dataclass
from enum import StrEnum


class Feeling(StrEnum):
    """How the customer seems to feel; `ANGRY` and `DISTRESSED` call a person, `UPSET` only colours the reply."""

    CALM = "calm"
    PLEASED = "pleased"
    UPSET = "upset"
    ANGRY = "angry"
    DISTRESSED = "distressed"


class SmallTalk(StrEnum):
    """Words that want a human courtesy rather than a look-up."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    WHO_ARE_YOU = "who_are_you"
    AGREEMENT = "agreement"
    REFUSAL = "refusal"


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """What the not yet answered messages tell, each finding with its evidence: the customer's own words.

    Scores are 0..1; 0.5 and above of `wants_person` is a wish. `anger`, `upset` and `negative` are how the words sound,
    whoever they are about; `feeling` heeds at whom they are aimed. `difficulty_evidence` quotes the words by
    which the customer says that the answers did not help. `own_matter` is how surely they ask what only the company's
    records answer, about their order, payment or account, from 0.5 on it is taken for that; `own_matter_before`: their
    message before asked it too. `numbers` are those of orders and the like, and addresses, that they gave."""

    feeling: Feeling = Feeling.CALM
    feeling_evidence: str = ""
    anger: float = 0.0
    upset: float = 0.0
    negative: float = 0.0
    wants_person: float = 0.0
    person_evidence: str = ""
    safety_evidence: str = ""
    difficulty_evidence: str = ""
    own_matter: float = 0.0
    own_matter_evidence: str = ""
    own_matter_before: bool = False
    numbers: tuple[str, ...] = ()
    small_talk: SmallTalk | None = None
    language: str = "en"
