"""Inflected words as they might stand in a glossary, where stemming alone does not get there. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("words")

_PREFIX = "ab|an|auf|aus|be|bei|ein|ent|er|frei|her|heraus|hin|los|mit|nach|um|ver|vor|weg|wieder|zer|zu|zurück|zurueck"
_WITH_PREFIX = re.compile(rf"(?P<prefix>{_PREFIX})(?P<rest>\w{{4,}})")
_PARTICIPLE = re.compile(rf"(?P<prefix>{_PREFIX})?ge(?P<stem>\w{{3,}}?)e?(?P<end>t|n|te[nrsm]?|ne[nrsm]?)")
_WITH_ZU = re.compile(rf"(?P<prefix>{_PREFIX})zu(?P<stem>\w{{3,}}e?n)")
_RETURNED = re.compile(r"r(?:ü|ue)ck(?P<stem>\w{3,})")
_GERMAN_FINITE = re.compile(r"(?P<stem>\w{3,}?)e?(?:t|te|ten|st)")
_WITH_PRONOUNS = re.compile(r"(?P<verb>\w{2,}(?:[aáeéií]r|[aá]ndo|[eé]ndo))(?:me|te|se|nos|os)?(?:l[aeo]s?)?")
_SPANISH_FINITE = re.compile(
    r"(?P<stem>\w{2,}?)(?:[aáeéí]is|[aei]mos|as|es|an|en|a|e|o|ó|é|í|i?ste|i?steis|aba|abas|aban|ía|ías|ían|aron|ieron"
    r"|[ai]d[oa]s?|iendo|ando)"
)
_SPANISH_FUTURE = re.compile(r"(?P<verb>\w{2,}[aei]r)(?:é|ás|á|emos|éis|án|ía|ías|íamos|íais|ían)")
_FRENCH_ENDINGS = (
    (
        "er",
        re.compile(r"(?P<stem>\w{2,}?)(?:e|es|ons|ez|ent|ais|ait|ions|iez|aient|ai|a|é|ée|és|ées|ant|er[ae]\w{0,4})"),
    ),
    ("ir", re.compile(r"(?P<stem>\w{2,}?)(?:is|it|issons|issez|issent|issait|i|ie|ies|ir[ae]\w{0,4})")),
    ("re", re.compile(r"(?P<stem>\w{2,}?)(?:s|ons|ez|ent|ais|ait|u|ue|us|ues|r[ae]\w{0,4})?")),
)
_SPELLED = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"))


def folded(word: str) -> str:
    """Without accents, ß as ss."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def spelled_out(word: str, language: str) -> str:
    """German "fuer" as "für"; a "ue" behind a vowel or q stays, as in "neue" and "bequem"."""
    if language != "de":
        return word
    return re.sub(r"(?<![aeiouqäöü])(?:ae|oe|ue)", lambda found: dict(_SPELLED)[found.group()], word)


def base_forms(word: str, language: str) -> Iterator[str]:
    """The word, then what it may have been before it was inflected; far more than there are words of the language."""
    yield word
    if base := _irregular(language).get(folded(word)):
        yield base
    rules = {"de": _german, "fr": _french, "es": _spanish}.get(language)
    if rules:
        yield from rules(word)


def _german(word: str) -> Iterator[str]:
    """zurückgeschickt, zurückzuschicken: zurückschicken. Rücksenden: zurücksenden. abgeschlossen: abschließen."""
    yield spelled_out(word, "de")
    if (found := _WITH_PREFIX.fullmatch(word)) and (base := _irregular("de").get(folded(found["rest"]))):
        yield f"{found['prefix']}{base}"
    if found := _PARTICIPLE.fullmatch(word):
        yield f"{found['prefix'] or ''}{found['stem']}en"
    if found := _GERMAN_FINITE.fullmatch(word):
        yield f"{found['stem']}en"
    if found := _WITH_ZU.fullmatch(word):
        yield f"{found['prefix']}{found['stem']}"
    if found := _RETURNED.fullmatch(word):
        yield f"zurück{found['stem']}"


def _spanish(word: str) -> Iterator[str]:
    """devolverlo, devolverían, devuelvo: devolver; enviáis: enviar."""
    if found := _WITH_PRONOUNS.fullmatch(word) or _SPANISH_FUTURE.fullmatch(word):
        yield folded(found["verb"])
    if found := _SPANISH_FINITE.fullmatch(word):
        stem = found["stem"]
        for one in dict.fromkeys((stem, stem.replace("ue", "o"), stem.replace("ie", "e"))):
            yield from (f"{one}{end}" for end in ("ar", "er", "ir"))


def _french(word: str) -> Iterator[str]:
    """essaie: essayer; marchent: marcher; remboursée: rembourser; rendu: rendre."""
    if found := re.fullmatch(r"(\w+)i(?:e|es|ent)", word):
        yield f"{found[1]}yer"
    for ending, pattern in _FRENCH_ENDINGS:
        if found := pattern.fullmatch(word):
            yield f"{found['stem']}{ending}"


@cache
def _irregular(language: str) -> dict[str, str]:
    lines = (FOLDER / "irregular.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.partition(" | ") for line in lines if line.startswith(f"{language} "))
    return {folded(form): base[3:] for base, _, forms in rows for form in forms.split(", ")}
