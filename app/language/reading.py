"""A customer's message as plain words that rules can match, each of which still knows where it stood in the message."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.language.typos import corrected

LONGEST = 4000
"""Characters that are read: a pasted log says nothing of how the customer feels."""

_PASSED_OVER = r"https?://\S+|www\.\S+|(?<!\w)@\w+"
_TOKEN = re.compile(
    rf"{_PASSED_OVER}|(?P<word>[^\W\d_]+(?:['’`´][^\W\d_]+)*|\d+|[:;]-?[()DP/](?!\w)|[.,;:!?\n…]"
    r"|[☀-➿\U0001f300-\U0001faff])"
)
"""Links and the names of accounts say nothing of what is wanted or felt."""
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_BREAKS = frozenset(".,;:!?\n…")

_SHORT_FORMS: Mapping[str, str] = {
    "wanna": "want to", "wana": "want to", "gonna": "going to", "gotta": "have to", "gimme": "give me",
    "lemme": "let me", "u": "you", "ur": "your", "r": "are", "ya": "you", "yall": "you all", "plz": "please",
    "pls": "please", "plse": "please", "pleas": "please", "thx": "thanks", "thnx": "thanks", "tnx": "thanks",
    "thanx": "thanks", "ty": "thank you", "cant": "can not", "cannot": "can not", "can't": "can not",
    "dont": "do not", "doesnt": "does not", "didnt": "did not", "isnt": "is not", "arent": "are not",
    "wasnt": "was not", "wont": "will not", "won't": "will not", "wouldnt": "would not", "couldnt": "could not",
    "havent": "have not", "hasnt": "has not", "im": "i am", "ive": "i have", "i'd": "i would",
    "youre": "you are", "thats": "that is", "whats": "what is", "someones": "someone", "bcoz": "because",
    "sb": "somebody", "sbdy": "somebody", "some1": "someone", "smb": "somebody", "reps": "rep", "cs": "customer service",
    "b4": "before", "wit": "with", "w": "with", "abt": "about", "let's": "let us", "shan't": "shall not", "ain't": "is not",
}  # fmt: skip
_ENDINGS: Mapping[str, str] = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'m": " am", "'d": " would"}
_FACES = {"(": "😞", ")": "🙂", "D": "😀", "P": "🙂", "/": "😞"}
_WITH_IS = frozenset(["it", "that", "what", "who", "where", "how", "there", "here", "he", "she"])


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """How sure a rule is, 0..1, and the customer's own words that show it."""

    score: float = 0.0
    evidence: str = ""


NOTHING = Finding()


def surest(*findings: Finding) -> Finding:
    return max(findings, key=lambda finding: finding.score, default=NOTHING)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """`plain` holds lower-case words without accents, short forms written out, parted by single spaces and with a
    space at both ends; every break of a sentence is a word of its own, "." "," "?" or "!"."""

    text: str
    plain: str
    words: frozenset[str]
    starts: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]

    def quote(self, start: int, end: int) -> str:
        """The customer's own words behind `plain[start:end]`, without breaks at the ends."""
        held = self.plain[start:end].strip(" .,;!?")
        if not held:
            return ""
        start = self.plain.index(held, start)
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, start + len(held) - 1) - 1
        return self.text[self.spans[first][0] : self.spans[last][1]]

    def quoted(self, match: re.Match[str]) -> str:
        return self.quote(*match.span())

    def sentence_at(self, start: int, end: int) -> str:
        """The customer's whole sentence, in plain words, around `plain[start:end]`."""
        left = max(self.plain.rfind(f" {mark} ", 0, start + 1) for mark in ".!?")
        rights = [at for mark in ".!?" if (at := self.plain.find(f" {mark} ", max(end - 1, 0))) >= 0]
        return self.plain[max(left, 0) : min(rights, default=len(self.plain))] + " "


def read(text: str) -> Reading:
    """Never fails: a message without a word reads as one blank."""
    text = text if len(text) <= LONGEST else text[:LONGEST]
    plain: list[str] = []
    starts: list[int] = []
    spans: list[tuple[int, int]] = []
    at = 1
    for match in _TOKEN.finditer(text):
        if match["word"] is None:
            continue
        word = plain_word(match["word"])
        plain.append(word)
        starts.append(at)
        spans.append(match.span())
        at += len(word) + 1
    joined = f" {' '.join(plain)} "
    return Reading(text=text, plain=joined, words=frozenset(joined.split()), starts=tuple(starts), spans=tuple(spans))


@lru_cache(maxsize=8192)
def plain_word(token: str) -> str:
    """One token in plain letters; a short form becomes the words that it stands for."""
    if token in _BREAKS:
        return "." if token in "\n…" else ";" if token == ":" else token
    if token[0] in ":;":
        return _FACES.get(token[-1], token[0])
    word = _DRAWN_OUT.sub(r"\1\1", _folded(token)).replace("’", "'").replace("`", "'").replace("´", "'")
    if word in _SHORT_FORMS:
        return _SHORT_FORMS[word]
    if "'" not in word:
        return corrected(word)
    for ending, meaning in _ENDINGS.items():
        if word.endswith(ending):
            return word[: -len(ending)] + meaning
    if word.endswith("'s"):
        return word[:-2] + (" is" if word[:-2] in _WITH_IS else "")
    return word.replace("'", " ") if word[1:2] == "'" else word.replace("'", "")


def _folded(token: str) -> str:
    if token.isascii():
        return token.lower()
    parts = unicodedata.normalize("NFKD", token.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()
