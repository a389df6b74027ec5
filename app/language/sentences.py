"""Texts into sentences, whole or as they arrive: help articles in Markdown and what models write."""

import re
from dataclasses import dataclass
from enum import Enum

from app.language.sentence_ends import Verdict, ends_sentence

SPACE = re.compile(r"\s*")
STOP = re.compile(r"[.!?…]|\n")
# A closing sign or a reference like [1] belongs to the sentence that it follows.
TAIL = re.compile(r"""[.!?…]+(?:[)\]"'”“’»*_`]|[ \u00a0\u202f]»|[ ]?\[\d{1,3}\]){0,8}""")
REFERENCE_BEGUN = re.compile(r"[ ]?\[\d{0,3}")

WHOLE_LINE = re.compile(r"[ \t]*(?:#{1,6}[ \t]|\||```|~~~|(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t\r]*(?:\n|\Z))")
FENCE = re.compile(r"[ \t]*(?:```|~~~)")
LIST_MARK = re.compile(r"[ \t]*(?:[-*+•–]|\d{1,3}[.)]|[A-Za-z][.)])[ \t]+")
MARK_BEGUN = re.compile(r"[ \t]*(?:#{1,6}|[-*+•–]|\d{1,3}[.)]?|[A-Za-z][.)]?|`{1,2}|~{1,2}|-+|\*+|_+|=+)?[ \t\r]*")

SHORT_LINE = 45  # signs; a wrapped paragraph's lines are longer


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """`lead` is the white space that stood before it: leads and texts in turn are the original, less its last spaces.

    A list item keeps its mark; a heading, a table's row and a line of code are one sentence each."""

    text: str
    lead: str = ""


def split_sentences(text: str) -> list[Sentence]:
    stream = SentenceStream()
    return [*stream.feed(text), *stream.end()]


class _Line(Enum):
    """What the current line is: text may hold several sentences, a whole line is one."""

    NOT_KNOWN = 0
    TEXT = 1
    WHOLE = 2


class SentenceStream:
    """Finds the same sentences in pieces as in the whole; each is given out once what follows settles its end."""

    def __init__(self) -> None:
        self._text = ""
        self._taken = 0  # up to here the text was given out
        self._start = 0  # the sentence's first sign
        self._scan = 0  # up to here there is no end
        self._line = _Line.NOT_KNOWN
        self._line_start = 0
        self._in_code = False

    def feed(self, delta: str) -> list[Sentence]:
        self._text += delta
        return self._cut(ended=False)

    def end(self) -> list[Sentence]:
        """The rest; nothing can be fed afterwards."""
        found = self._cut(ended=True)
        rest = self._text[self._taken :].rstrip()
        self._text = ""
        text = rest.lstrip()
        return [*found, Sentence(text=text, lead=rest[: len(rest) - len(text)])] if text else found

    def _cut(self, *, ended: bool) -> list[Sentence]:
        found: list[Sentence] = []
        while (end := self._next_end(ended)) is not None:
            found.append(Sentence(text=self._text[self._start : end], lead=self._text[self._taken : self._start]))
            self._taken = end
            self._begin_after(end)
        self._forget_taken()
        return found

    def _forget_taken(self) -> None:
        taken = self._taken
        if taken:
            self._text = self._text[taken:]
            self._taken, self._start, self._scan = 0, self._start - taken, self._scan - taken
            self._line_start -= taken

    def _begin_after(self, end: int) -> None:
        """On the same line the next sentence is text as this one was; on another the line must be read first."""
        begin = _skip_space(self._text, end)
        if "\n" in self._text[end:begin]:
            self._line = _Line.NOT_KNOWN
            self._scan = end
        else:
            self._start = self._scan = begin

    def _next_end(self, ended: bool) -> int | None:
        """Where the sentence ends, or None when more must be known; `_scan` is left where to look on."""
        while self._line is not _Line.NOT_KNOWN or self._read_line_start(ended):
            stop = self._next_stop()
            if stop == len(self._text):
                self._scan = stop
                return None
            end = self._end_of_text(stop)
            verdict = self._judge(stop, end, ended)
            if verdict is Verdict.END:
                return end
            if verdict is Verdict.WAIT:
                self._scan = stop
                return None
            self._go_on_after(end)
        return None

    def _next_stop(self) -> int:
        if self._line is _Line.WHOLE:
            position = self._text.find("\n", self._scan)
            return position if position >= 0 else len(self._text)
        found = STOP.search(self._text, self._scan)
        return found.start() if found else len(self._text)

    def _end_of_text(self, stop: int) -> int:
        """Where the sentence would end for this stop: behind its closing signs, or before the line's last spaces."""
        tail = TAIL.match(self._text, stop)
        if tail:
            return tail.end()
        while self._text[stop - 1] in " \t\r":
            stop -= 1
        return stop

    def _judge(self, stop: int, end: int, ended: bool) -> Verdict:
        text, following = self._text, _skip_space(self._text, end)
        line_breaks = text.count("\n", end, following)
        if line_breaks > 1 or (line_breaks and self._line is _Line.WHOLE):
            return Verdict.END
        if following == len(text) or (not ended and REFERENCE_BEGUN.fullmatch(text, end)):
            return Verdict.GOES_ON if ended else Verdict.WAIT
        if following == end:
            return Verdict.GOES_ON
        if line_breaks:
            verdict = self._judge_line_break(end, following, ended)
            if verdict is not Verdict.GOES_ON:
                return verdict
        if text[stop] == "\n":
            return Verdict.GOES_ON
        return ends_sentence(text, start=self._start, stop=stop, end=end, following=following, ended=ended)

    def _judge_line_break(self, end: int, following: int, ended: bool) -> Verdict:
        text = self._text
        line_start = text.rfind("\n", end, following) + 1
        if not ended and MARK_BEGUN.fullmatch(text, line_start):
            return Verdict.WAIT
        if WHOLE_LINE.match(text, line_start) or LIST_MARK.match(text, line_start) or text[end - 1] == ":":
            return Verdict.END
        short = end - self._line_start < SHORT_LINE
        return Verdict.END if short and not text[following].islower() else Verdict.GOES_ON

    def _go_on_after(self, end: int) -> None:
        self._scan = _skip_space(self._text, end)
        line_break = self._text.rfind("\n", end, self._scan)
        if line_break >= 0:
            self._line_start = line_break + 1

    def _read_line_start(self, ended: bool) -> bool:
        """Tells what the line is on which a sentence begins; False when more must be known."""
        text = self._text
        begin = _skip_space(text, self._scan)
        line_start = max(text.rfind("\n", self._taken, begin) + 1, self._taken)
        if begin == len(text) or (not ended and MARK_BEGUN.fullmatch(text, line_start)):
            return False
        self._start = self._scan = begin
        self._line_start = line_start
        fence = FENCE.match(text, line_start)
        self._line = _Line.WHOLE if self._in_code or WHOLE_LINE.match(text, line_start) else _Line.TEXT
        if fence:
            self._in_code = not self._in_code
        elif self._line is _Line.TEXT and (mark := LIST_MARK.match(text, line_start)):
            self._scan = mark.end()
        return True


def _skip_space(text: str, position: int) -> int:
    found = SPACE.match(text, position)
    return found.end() if found else position
