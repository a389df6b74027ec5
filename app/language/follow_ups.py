"""Follow-ups, corrections and changes of subject: the question that is meant, said so that it stands alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.language.pairs import Pairs
from app.language.places import asked_elsewhere
from app.language.references import points_back, referred

_OPENERS = re.compile(
    r"^\W*(?:(?:no|nope|nah|not that|sorry|actually|well|ah|oh|hm+|ok|okay|right|i see|and|or|but|so|also|then|just|"
    r"yes|yeah|nein|doch|entschuldigung|und|aber|also|ach so|non|pardon|et|mais|alors|no|perdón|perdon|y|pero|entonces|"
    r"please|"
    r"i (?:meant|mean|wrote|said)|ich meinte|ich meine|je voulais dire|je veux dire|quería decir|me refería a|"
    r"what about|how about|was ist mit|et pour|qué tal)\b\W*)+",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\b(?:i (?:meant|mean|wrote|said)|not .{1,30}\b(?:but|i meant)|sorry|wrong|mixed up|no,|no the|no not|nein|"
    r"ich meinte|non|je voulais dire|quería decir|perdón|me refería)\b|^\W*(?:no|not|nein|non)\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"\bnot (?:the |for |in |on |by )?(?P<wrong>[\w -]{1,30}?),? (?:i (?:meant|mean) |but |rather )(?:the |for |in )?"
    r"(?P<right>.+)$"
    r"|\b(?:i wrote |i said )(?P<wrote>[\w -]{1,30}?) but (?:it['’]?s |i meant |i mean )(?P<meant>[^.;]+)"
    r"|(?P<this>[\w -]{1,30}?),? not (?:the |for |in )?(?P<that>[\w -]{1,30})$",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"^\W*(?:(?:ok|okay|great|thanks|thank you|ta|cheers|perfect|got it|found it|sorted|all sorted|solved|never ?mind|"
    r"forget it|forget that|that helps|that helped|now|all good|no problem|i['’]?ll keep it|works now|danke|alles klar|"
    r"erledigt|passt|merci|c['’]est bon|gracias|vale|listo)\b\W*)+",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"\b(?:it|its|that|this|they|them|those|these|there|one|ones|then|both|instead|else|same|either|"
    r"es|das|dies\w*|dort|davon|dafür|damit|dabei|ihn|sie|ça|cela|celui|celle|y|en|le|eso|esto|ese|esa|lo|allí)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(?:of (?:it|them)|those|these|the same|davon|diese[rnm]?|ceux-ci|estos|estas)\b", re.IGNORECASE
)
_LEANS_BY_OPENING = re.compile(
    r"^\W*(?:and|or|also|but|what about|how about|ok and|right,? and|i see\W+and|only|even|just|with|without|for|in|to|"
    r"by|und|oder|auch|aber|für|mit|ohne|nach|et|ou|aussi|pour|avec|sans|en|y|o|también|para|con|sin)\b",
    re.IGNORECASE,
)
_WH = (
    r"(?:how|whats?|when|where|which|who|why|wie|wann|wo|welche[rsnm]?|wer|warum|wieviel|comment|quel(?:le)?s?|quand|où|"
    r"pourquoi|combien|cómo|qué|cuál(?:es)?|cuándo|dónde|quién|cuánt[oa]s?)"
)
_ASKS = re.compile(
    rf"\?|(?:^\W*(?:\w+ ){{0,3}}?|[,;]\s*){_WH}\b"
    r"|(?:^\W*|[,;]\s*)(?:(?:and|or|so|but|also|then|ok|well|hm+|und|oder|aber|et|mais|y|pero)\W+){0,2}"
    r"(?:can|could|do|does|did|is|are|will|would|should|may|am|must|was|kann|können|darf|ist|sind|gibt|muss|que|qui|"
    r"est-ce|puis-je|peut-on|como|puedo|hay|se puede)\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.?!])\s+|\n+")
_FEW = 3
"""Words up to which a message is no question of its own."""

_MOST_BEFORE = 4


@dataclass(frozen=True, kw_only=True)
class StandAlone:
    """A question in words that stand alone, but for `before`, those it is asked behind. `leans`: it is a follow-up,
    which a model may say better."""

    text: str
    before: tuple[str, ...] = ()
    leans: bool = False


class FollowUps:
    """Implements `care.answerers.FollowUps`. `products` sharing all but the last word are a pair."""

    def __init__(self, products: Sequence[str]) -> None:
        self._pairs = Pairs(products)

    def __call__(self, text: str, before: Sequence[str]) -> str:
        """The question that is meant, or `text` as it stands."""
        return self.stand_alone(text, before).text

    def stand_alone(self, text: str, before: Sequence[str], reply: str = "") -> StandAlone:
        """`before` are the customer's messages, oldest first, `reply` is what they read last."""
        topic = StandAlone(text="")
        for said in before[-_MOST_BEFORE:]:
            topic = self._next(topic, said, "")
        return self._next(topic, text, reply)

    def _next(self, topic: StandAlone, said: str, reply: str) -> StandAlone:
        if not topic.text:
            return StandAlone(text=said)
        if not _CLOSED.sub("", said).strip(" .!?,"):
            return topic
        if not self._leans(said, topic.text):
            return StandAlone(text=_CLOSED.sub("", said).strip() or said)
        meant = referred(said, topic.text, reply)
        if meant == said and (swapped := self._swapped(topic.text, said)):
            return StandAlone(text=swapped, leans=True)
        return StandAlone(text=meant, before=(*topic.before[-1:], topic.text), leans=meant == said)

    def _leans(self, said: str, topic: str) -> bool:
        """Whether it only makes sense behind the question before it."""
        asking = _asking(_CLOSED.sub("", said).strip() or said)
        if len(asking.split()) <= _FEW or points_back(said) or _CORRECTS.search(said) or not _ASKS.search(asking):
            return True
        if _LEANS_BY_OPENING.match(asking) or self._pairs.meant(said):
            return True
        if _POINTS.search(asking):
            return True
        return bool(_LEANS.search(asking)) and not self._pairs.names_another(asking, topic)

    def _swapped(self, topic: str, said: str) -> str:
        """The question before with another product, place or word in it; empty where nothing is swapped."""
        if swapped := self._pairs.asked_again(topic, said):
            return swapped
        if elsewhere := asked_elsewhere(topic, said):
            return elsewhere
        if (instead := _INSTEAD.search(said)) and (corrected := _instead(topic, instead)):
            return corrected
        rest = _OPENERS.sub("", said).strip(" .!?,")
        if _ASKS.search(rest) or not rest or self._pairs.meant(said):
            return ""
        return f"{topic.rstrip(' ?.!')}, {rest}?"


def _asking(said: str) -> str:
    """The last sentence that asks, else the whole."""
    sentences = [sentence for sentence in _SENTENCES.split(said) if sentence.strip()]
    return next((sentence for sentence in reversed(sentences) if _ASKS.search(sentence)), said)


def _instead(topic: str, found: re.Match[str]) -> str:
    wrong = found["wrong"] or found["wrote"] or found["that"] or ""
    right = found["right"] or found["meant"] or found["this"] or ""
    wrong, right = wrong.strip(), _OPENERS.sub("", right).strip(" .!?")
    named = re.compile(rf"\b{re.escape(wrong)}\b", re.IGNORECASE)
    return named.sub(lambda _: right, topic) if wrong and right and named.search(topic) else ""
