"""In which language and by which way customers want to be answered, and a few circumstances they tell."""

import re
from collections.abc import Iterator, Sequence

from app.domain.customers import FactKind
from app.language.names import WORD

_LANGUAGES = {
    **dict.fromkeys(("german", "deutsch", "allemand", "alemán"), "German"),
    **dict.fromkeys(("english", "englisch", "anglais", "inglés"), "English"),
    **dict.fromkeys(("french", "französisch", "français", "francés"), "French"),
    **dict.fromkeys(("spanish", "spanisch", "espagnol", "español"), "Spanish"),
}
_LANGUAGE = "|".join(_LANGUAGES)
_PREFERS_LANGUAGE = re.compile(
    rf"(?:\bi(?:['’]d| would)? (?:rather|prefer)(?: to)?(?: (?:write|speak|talk|read))?(?: in)? (?P<a>{_LANGUAGE})\b"
    rf"|\b(?:please|pls|can you|could you|could we)[^.?!\n]{{0,20}}\b(?:write|reply|answer|respond|speak|talk)"
    rf"[^.?!\n]{{0,12}} in (?P<b>{_LANGUAGE})\b|\bin (?P<c>{_LANGUAGE}),? please\b|\bbitte auf (?P<d>{_LANGUAGE})\b"
    rf"|\blieber (?:auf )?(?P<e>{_LANGUAGE})\b|\ben (?P<f>{_LANGUAGE}),? (?:s['’]il vous plaît|por favor))",
    re.IGNORECASE,
)
_CHANNELS: Sequence[tuple[str, re.Pattern[str]]] = (
    (
        "in writing",
        re.compile(
            r"(?:please|pls|rather)[^.?!\n]{0,15}\bwrite\b[^.?!\n]{0,15}\b(?:than|instead of|not) (?:call|phone|ring)"
            r"|\b(?:please )?(?:do not|don['’]t|never) (?:call|phone|ring) me\b|\bbitte nicht anrufen\b",
            re.IGNORECASE,
        ),
    ),
    (
        "by e-mail",
        re.compile(
            r"\b(?:i(?: would|['’]d)? prefer|please use|contact me (?:only )?by|reach me (?:only )?by) e-?mail\b"
            r"|\bby e-?mail,? please\b|\b(?:lieber|bitte) per e-?mail\b",
            re.IGNORECASE,
        ),
    ),
    (
        "by phone",
        re.compile(
            r"\bi(?: would|['’]d)? prefer (?:a (?:phone )?call|the phone|phone calls|to (?:talk|speak) on the phone)\b"
            r"|\bplease (?:call|phone|ring) me (?:rather|instead)\b|\blieber telefonisch\b",
            re.IGNORECASE,
        ),
    ),
)

_LIVES = re.compile(
    rf"\b(?i:i live in|we live in|i['’]m based in|ich wohne in|ich lebe in|j['’]habite (?:à|en|au)|vivo en)\s"
    rf"(?P<place>(?:the )?{WORD}(?:\s{WORD}){{0,2}})"
)
_PLAN = re.compile(
    r"\b(?i:i['’]?m on (?:the|your)|i am on (?:the|your)|i have (?:the|your)|we have (?:the|your)"
    r"|we['’]?re on (?:the|your)|my|our)\s"
    r"(?P<plan>[A-Z][\w+-]*(?:\s[A-Z][\w+-]*)?)\s(?i:plan|subscription|tariff|abo)\b"
)
_PLAN_IS = re.compile(r"\b(?i:my (?:current )?plan is|my subscription is)\s(?:the\s)?(?P<plan>[A-Z][\w+-]*)")


def preferences(text: str) -> Iterator[tuple[FactKind, str, str]]:
    """Kind, what it is about, value."""
    for match in _PREFERS_LANGUAGE.finditer(text):
        said = next(word for word in match.groups() if word)
        yield FactKind.PREFERENCE, "language", _LANGUAGES[said.lower()]
    for way, pattern in _CHANNELS:
        if pattern.search(text):
            yield FactKind.PREFERENCE, "channel", way
            break
    for match in _LIVES.finditer(text):
        yield FactKind.CIRCUMSTANCE, "place", match["place"]
    for pattern in (_PLAN, _PLAN_IS):
        for match in pattern.finditer(text):
            if match["plan"].lower() not in _NO_PLANS:
                yield FactKind.CIRCUMSTANCE, "plan", match["plan"]


_NO_PLANS_TEXT = "my the your new old current monthly yearly annual payment this free to"
_NO_PLANS = frozenset(_NO_PLANS_TEXT.split())
