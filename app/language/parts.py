"""Which questions a customer's message asks, each in words that can be looked up by themselves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 4
"""Parts that are looked up; what is asked beyond them stays with the last."""

SEVERAL = 2
FEWEST_WORDS = 3

_SUBJECT = r"(?!\s+(?:not|also|still|now|been|being|to|very|so|too|just|only|already|had|nicht|pas|no)\b)"
_AUX = rf"(?:can|could|do|does|did|is|are|was|were|will|would|should|may|must|has|have|am(?=\s+i\b)){_SUBJECT}"
_ASK = (
    r"(?:(?:(?:and|or|also|plus|then|but)\s+)?(?:if\s+(?:so|not|yes)\W*\s*)?"
    r"(?:how(?:\s+(?:do|does|did|can|could|should|would|will|to|is|are|long|much|many|often|big|loud|heavy|hot|far|soon"
    r"|quick\w*|old|large|about))|what(?:['’]?s|\s+\w+)|whats|which\s+(?!is\b|was\b|are\b|has\b|I\b)\w+"
    r"|(?:when|where|why)(?:['’]?s|\s+(?:do|does|did|can|could|is|are|was|were|will|would|should|has|have|am))\b"
    rf"|who(?:['’]?s|\s+(?!is\b|was\b|has\b)\w+)|{_AUX}\s+\S+"
    r"|(?:i(?:['’]d|\s+would|\s+want|\s+need)\s+(?:also\s+)?(?:like\s+)?to\s+(?:also\s+)?know"
    r"|(?:can|could)\s+(?:you|u)\s+(?:also\s+)?tell\s+me|(?:please\s+)?tell\s+me)\b"
    r"|wie\s+\w+|was\s+\w+|wann\s+\w+|wo\s+\w+|welche[rsnm]?\s+\w+|wer\s+\w+|warum\s+\w+|wieviel\w*\s+\w+"
    r"|(?:kann|können|darf|muss|ist|sind|gibt|habt|haben|hat|wird|werden)\s+(?:ich|man|wir|ihr|sie|es|der|die|das|mein\w*)"
    r"|comment\s+\w+|quel(?:le)?s?\s+\w+|quand\s+\w+|où\s+\w+|pourquoi\s+\w+|combien\s+\w+|qu['’]\w+|est-ce\s+\w+"
    r"|(?:puis-je|peut-on|pouvez-vous|avez-vous|faut-il|dois-je)\s+\w+"
    r"|c[oó]mo\s+\w+|qu[eé]\s+\w+|cu[aá]l(?:es)?\s+\w+|cu[aá]ndo\s+\w+|d[oó]nde\s+\w+|cu[aá]nt[oa]s?\s+\w+"
    r"|(?:puedo|puede|se\s+puede|hay|tienen|tengo)\s+\w+))"
)
_LINK = (
    r"(?:[,;&+/]|\b(?:and|also|plus|as\s+well\s+as|und|außerdem|sowie|et|aussi|y|también|además)\b)"
    r"(?:\W|\b(?:and|also|then|too|auch|dann|aussi|también|in\s+that\s+case|if\s+(?:so|not|yes)|second\w{0,9}|"
    r"finally|lastly)\b)*+"
)
"""What stands between two questions; possessive, so that no row of commas is tried in every way there is."""
_GREETED = r"\W*(?:(?:hi|hello|hey|hallo|guten\s+tag|bonjour|hola|ok|so|please|thanks|danke|merci|gracias)\b\W*)*"
_BEGINS = re.compile(rf"{_GREETED}{_ASK}", re.IGNORECASE)
_GOES_ON = re.compile(r"\W*(?:and|also|plus|or|if|und|auch|et|aussi|y|también)\b", re.IGNORECASE)
_BREAK = re.compile(rf"{_LINK}(?={_ASK})", re.IGNORECASE)
_ASKS_WITHIN = re.compile(rf"(?:^|\s){_ASK}", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[?!])(?![?!])\s*|(?<=[a-zäöüßéèá)]\.)\s+|\n+", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:^|(?<=\s))(\d)\s?[.):]\s+(?=\S)")
_OPEN_ENDED = re.compile(
    r"\b(?:if|whether|and|or|how|what|when|where|why|which|who|ob|und|oder|wie|was|si|et|ou|comment|y|o)\W*$",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\b(?:both|each of them|beides|beide|les deux|ambos|ambas|las dos)\b", re.IGNORECASE)
_COURTESY = re.compile(
    r"\W*(?:hi|hello|hey|hallo|guten tag|bonjour|hola|thanks|thank you|please)\b[\s,!.]*$", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question as it stands in the message, with what was told around it."""

    words: str
    context: str = ""


def asked_in(text: str) -> list[Asked]:
    """The questions of a message, in order; one that is the whole message where it does not ask several."""
    numbered = _numbered(text)
    pieces = numbered or list(_pieces(text))
    asking = [at for at, piece in enumerate(pieces) if numbered or _asks(piece, at)]
    if len(asking) < SEVERAL:
        return _about_both(text) or [Asked(words=text.strip())]
    first = " ".join(pieces[: asking[0]]).strip()
    context = "" if _COURTESY.fullmatch(first) else first
    ends = [*asking[1:], len(pieces)]
    words = [" ".join(pieces[at:end]).strip() for at, end in zip(asking, ends, strict=True)]
    if len(words) > MOST:
        words = [*words[: MOST - 1], " ".join(words[MOST - 1 :])]
    return [Asked(words=_trimmed(each), context=context) for each in words]


def _numbered(text: str) -> list[str]:
    """ "1. ... 2. ...": every number begins a question, whatever its words."""
    found = list(_NUMBERED.finditer(text))
    if [match[1] for match in found] != [str(at + 1) for at in range(len(found))] or len(found) < 2:
        return []
    ends = [*(match.start() for match in found[1:]), len(text)]
    return [text[match.end() : end].strip() for match, end in zip(found, ends, strict=True)]


def _asks(piece: str, at: int) -> bool:
    if _BEGINS.match(piece) or piece.rstrip().endswith("?"):
        return True
    return at > 0 and _GOES_ON.match(piece) is not None and _ASKS_WITHIN.search(piece) is not None


def _pieces(text: str) -> Iterator[str]:
    """Sentences, and where one asks twice its halves."""
    for sentence in _SENTENCES.split(text):
        if not sentence.strip():
            continue
        start = 0
        for match in _BREAK.finditer(sentence):
            left, right = sentence[start : match.start()], sentence[match.end() :]
            if _stands(left) and len(right.split()) >= FEWEST_WORDS and _ASKS_WITHIN.search(left):
                yield left.strip()
                start = match.end()
        yield sentence[start:].strip()


def _stands(left: str) -> bool:
    return len(left.split()) >= FEWEST_WORDS and not _OPEN_ENDED.search(left)


def _about_both(text: str) -> list[Asked]:
    """ "A happens, and B happens. What do I do about both?" asks twice."""
    sentences = [sentence for sentence in _SENTENCES.split(text) if sentence.strip()]
    if len(sentences) < SEVERAL or not _BOTH.search(sentences[-1]):
        return []
    told = " ".join(sentences[:-1])
    left, link, right = told.rpartition(", and ")
    if not link or min(len(left.split()), len(right.split())) <= FEWEST_WORDS:
        return []
    return [Asked(words=left.strip()), Asked(words=right.strip())]


def _trimmed(words: str) -> str:
    return words.strip(" \t\n,;&")
