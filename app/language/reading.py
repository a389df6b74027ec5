"""A customer's message as plain words that rules can match, each of which still knows where it stood in the message."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
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
    "sb": "somebody", "sbdy": "somebody", "some1": "someone", "smb": "somebody", "reps": "rep",
    "cs": "customer service", "b4": "before", "wit": "with", "w": "with", "abt": "about", "let's": "let us",
    "shan't": "shall not", "ain't": "is not",
}  # fmt: skip
_ENDINGS: Mapping[str, str] = {
    "n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'m": " am", "'d": " would"
}  # fmt: skip
_FACES = {"(": "😞", ")": "🙂", "D": "😀", "P": "🙂", "/": "😞"}
_WITH_IS = frozenset(["it", "that", "what", "who", "where", "how", "there", "here", "he", "she"])


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """How sure a rule is, 0..1, and the customer's own words that show it."""

    score: float = 0.0
    evidence: str = ""


NOTHING = Finding()
_ASKING = """
how what which who where when why is are was do does did can could will would should may whats has have
"""
LONGEST_EVIDENCE = 300


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

    def is_question(self) -> bool:
        """By its mark, or by the word that it begins with."""
        return "?" in self.words or self.plain[1 : self.plain.find(" ", 1)] in _ASKING.split()

    @property
    def whole(self) -> str:
        """The message as evidence; of a long one the beginning."""
        return self.text.strip()[:LONGEST_EVIDENCE].strip()

    def quoted(self, match: re.Match[str]) -> str:
        return self.quote(*match.span())


def read(text: str) -> Reading:
    """Never fails: a message without a word reads as one blank."""
    plain: list[str] = []
    starts: list[int] = []
    spans: list[tuple[int, int]] = []
    at = 1
    for match in _tokens(text):
        if match["word"] is None:
            continue
        word = plain_word(match["word"])
        plain.append(word)
        starts.append(at)
        spans.append(match.span())
        at += len(word) + 1
    joined = f" {' '.join(plain)} "
    return Reading(text=text, plain=joined, words=frozenset(joined.split()), starts=tuple(starts), spans=tuple(spans))


def _tokens(text: str) -> Iterator[re.Match[str]]:
    """Of a long message the beginning and the end."""
    if len(text) <= LONGEST:
        yield from _TOKEN.finditer(text)
        return
    yield from _TOKEN.finditer(text, 0, LONGEST // 2)
    yield from _TOKEN.finditer(text, len(text) - LONGEST // 2)


@lru_cache(maxsize=8192)
def plain_word(written: str) -> str:
    """One word in plain letters; a short form becomes the words that it stands for."""
    if written in _BREAKS:
        return "." if written in "\n…" else ";" if written == ":" else written
    if written[0] in ":;":
        return _FACES.get(written[-1], written[0])
    word = _DRAWN_OUT.sub(r"\1\1", _folded(written)).replace("’", "'").replace("`", "'").replace("´", "'")
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


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()
