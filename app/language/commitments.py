"""Sentences that commit the company, claim a deed or pretend to be a person: what no assistant may say of itself."""

import re

from app.domain.checking import Fault
from app.language.claim_words import word_set

_SPEAKER = re.compile(
    r"\b(?:I|I['’](?:ll|ve|m|d)|my|me|myself|ich|mir|mein(?:e[mnrs]?)?|je|j['’]ai|moi|mon|ma|yo)\b(?!-)", re.IGNORECASE
)
_MAY_BE_SAID = re.compile(
    r"\bI(?:['’]m| am) (?:so |very |really |truly )?(?:sorry|afraid|glad|pleased|an AI(?: assistant)?)\b"
    r"|\bI (?:can |do |fully |completely )?(?:understand|see|know|hear you|imagine|hope|appreciate|realise|realize)\b"
    r"|\bI(?:['’]d| would)? (?:suggest|recommend)\b|\b(?:let|tell) me know\b|\btell me\b|\bmy apologies\b"
    r"|\bI (?:can(?:not|['’]t)|could(?: not|n['’]t)|have not|haven['’]t|did not|didn['’]t|do not|don['’]t) "
    r"(?:find|found|see|know|have)\b|\bto me\b|\bes tut mir (?:sehr )?leid\b|\bich verstehe\b|"
    r"\bich kann (?:gut )?verstehen\b"
    r"|\bje (?:suis désolée?|comprends)\b|\bsagen Sie mir\b|\bdites-moi\b|\b(?:dígame|dime)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:I(?:['’]m| am)|this is|you(?:['’]re| are) (?:talking|speaking|chatting|writing) (?:to|with)) "
    r"(?:an? |the |one of )?(?:real |actual |human |living |flesh[- ]and[- ]blood |our |friendly )*"
    r"(?:human|person|man|woman|agent|employee|colleague|member|staff|someone|somebody)\b"
    r"|\bI(?:['’]m| am) not an? (?:bot|AI|robot|machine|computer|program)|\b(?:no|not an?|isn['’]t an?) (?:bot|"
    r"AI|robot|machine) "
    r"|\bich bin (?:ein Mensch|eine echte Person|kein (?:Bot|Roboter))|\bje suis (?:un humain|"
    r"une vraie personne|pas un robot)"
    r"|\bsoy (?:un humano|una persona|humano|humana)|\bno soy un robot",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:we|our team|a colleague|someone|the team|we['’]ve|they) (?:have |has |['’]ve )?(?:just |already |now )?"
    r"(?:cancelled|canceled|refunded|booked|sent|issued|updated|changed|added|applied|credited|forwarded|noted|ordered|"
    r"arranged|escalated|extended|reserved|registered|upgraded|waived|removed|deleted)\b.{0,40}\b(?:you|your|for you)\b"
    r"|\b(?:your|the) [\w' -]{2,40} (?:has|have) (?:just |already |now )?been (?:successfully )?\w+(?:ed|en|nt|ld|de)\b"
    r"|\bconsider it done\b|\ball (?:done|set|sorted|taken care of)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|once|when|after|until|unless|before|as soon as|whether|wenn|sobald|si|lorsque|cuando)\b", re.IGNORECASE
)
_PROMISE = re.compile(
    r"\b(?:I|we) (?:promise|guarantee|assure you)\b|\byou have (?:my|our) word\b|\brest assured\b"
    r"|\b(?:a|one of our|some(?:one|body)|our|my) (?:\w+ )?(?:colleagues?|agents?|managers?|supervisors?|body|"
    r"one) (?:will|is going to|['’]ll)\b"
    r"|\bwe['’](?:ll|re going to)\b.{0,30}\b(?:you|your)\b.{0,60}\b(?:today|tomorrow|tonight|right away|shortly|"
    r"straight away|now)\b",
    re.IGNORECASE,
)  # fmt: skip
_ADMITS = re.compile(
    r"^(?:I['’]m (?:sorry|afraid),? (?:but )?|unfortunately,? |sorry,? (?:but )?)*(?:(?:I|we) (?:can(?:not|"
    r"['’]t)|could(?: not|n['’]t)"
    r"|have(?: not|n['’]t)|did(?: not|n['’]t)|do(?: not|n['’]t)) (?:find|found|know|have|see)"
    r"|(?:the|our|these) (?:\w+ )?(?:passages|articles|pages|information|help)(?: \w+){0,3} do(?:es)?(?: not|"
    r"n['’]t) (?:say|mention|tell|cover))\b",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"^\W*(?:yes|no|sure|of course|certainly|absolutely|definitely|exactly|correct|right|ja|nein|natürlich|oui|"
    r"non|bien sûr|sí|no|claro)\b",
    re.IGNORECASE,
)


_WORD = re.compile(r"\w+")
_SPEAKERS = word_set("i my me myself ich mir mein meine meinem meinen meiner meines je j moi mon ma yo")
_PERSONS = word_set(
    """human person man woman agent employee colleague member staff someone somebody bot ai robot machine computer
    program mensch roboter humain personne humano persona humana"""
)
_DEEDS = word_set(
    """cancelled canceled refunded booked sent issued updated changed added applied credited forwarded noted ordered
    arranged escalated extended reserved registered upgraded waived removed deleted been done set sorted care"""
)
_PROMISES = word_set("promise guarantee assure word assured will going ll")
"""A word of these stands in all that the patterns find: most sentences have none and need no look."""


def overstep(text: str) -> Fault | None:
    """What the sentence presumes, whatever any support says; None where it presumes nothing."""
    words = frozenset(_WORD.findall(text.lower()))
    if not _PERSONS.isdisjoint(words) and _PERSON.search(text):
        return Fault.PRETENDS
    if not _SPEAKERS.isdisjoint(words) and _SPEAKER.search(_MAY_BE_SAID.sub(" ", text)):
        return Fault.COMMITS
    if not _PROMISES.isdisjoint(words) and _PROMISE.search(text):
        return Fault.COMMITS
    done = not _DEEDS.isdisjoint(words) and _DONE.search(text)
    return Fault.COMMITS if done and not _CONDITION.search(text) else None


def admits_not_knowing(text: str) -> bool:
    """Whether the sentence says that something was not found."""
    return bool(_ADMITS.match(text))


def answers_yes_or_no(text: str) -> bool:
    """Whether it begins by agreeing or denying, which says more than its words."""
    return bool(_ANSWERS.match(text))
