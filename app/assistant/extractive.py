"""The answerer without a model: the sentences of the passages that answer, in their order, each with its source."""

import re
from collections.abc import AsyncGenerator, Iterator, Sequence

from app.assistant.readings import Reader, Reading
from app.assistant.relevance import Relevance, Rows, asked, by_words
from app.assistant.selection import Room, selected
from app.assistant.statements import Statement
from app.care.answerers import SentenceSplitter, Writing
from app.care.lookup import Embedder, Terms
from app.domain.checking import Draft
from app.domain.conversations import Author
from app.domain.turns import Turn

_MOST_READINGS = 4
_MOST_BEFORE = 2
_ROOM = Room()
_ROOM_FOR_PART = Room(characters=300, statements=3)

_PARTS = re.compile(r"[?!;\n]|\.\s|\b(?:and|also|und|sowie|außerdem|et|aussi|y|también)\b", re.IGNORECASE)
_COVERED = 0.5
"""A part of the question is answered where this share of its words stands in what is said, or above it."""

_SAME = 0.8
"""A statement was said before where one shown sentence holds this share of its words."""


class ExtractiveAnswerer:
    """Implements `care.answerers.Answerer` by quoting; never raises ModelFailedError. May find nothing to say."""

    name = "extractive"

    def __init__(self, *, terms: Terms, split: SentenceSplitter, embedder: Embedder | None = None) -> None:
        self._terms = terms
        self._reader = Reader(terms=terms, split=split)
        self._relevance = Relevance(embedder)

    async def write(self, writing: Writing) -> AsyncGenerator[Draft, None]:
        """The best reading's statements, then those of another one that answers a part which is still open."""
        readings = self._reader.readings(writing.passages, _MOST_READINGS)
        if not readings:
            return
        language = writing.passages[0].passage.language
        question = asked(writing.turn.text, _before(writing.turn), self._terms, language)
        scores = await self._relevance.scores(question, readings)
        said = _best(readings, scores, _ROOM)
        said.extend(self._open_part(writing.turn.text, language, readings, said))
        for draft in _drafts(self._not_shown(said, writing.turn, language), bool(writing.turn.shown)):
            yield draft

    def _open_part(
        self, text: str, language: str, readings: Sequence[Reading], said: Sequence[Statement]
    ) -> list[Statement]:
        """What another reading says to the first part of a several-part question that is not covered yet."""
        covered = _words_of(readings, said)
        for part in _PARTS.split(text):
            words = frozenset(self._terms(part, language))
            if len(words) < 2 or _share(words, covered) >= _COVERED:
                continue
            others = [r for r in readings if said[0] not in r.statements and _share(words, _all(r)) > _COVERED]
            if others:
                return _best(others, by_words(asked(part, (), self._terms, language), others), _ROOM_FOR_PART)
        return []

    def _not_shown(self, said: Sequence[Statement], turn: Turn, language: str) -> list[Statement]:
        shown = [(sentence.text.strip(), frozenset(self._terms(sentence.text, language))) for sentence in turn.shown]
        return [s for s in said if not any(self._repeats(s, language, text, words) for text, words in shown)]

    def _repeats(self, statement: Statement, language: str, shown: str, shown_words: frozenset[str]) -> bool:
        words = frozenset(self._terms(statement.text, language))
        return statement.text == shown or (len(words) > 1 and _share(words, shown_words) >= _SAME)


def _before(turn: Turn) -> list[str]:
    said = [message.text for message in turn.history if message.author is Author.CUSTOMER]
    return said[-_MOST_BEFORE:]


def _best(readings: Sequence[Reading], scores: Rows, room: Room) -> list[Statement]:
    reading, row = max(zip(readings, scores, strict=True), key=lambda pair: max(pair[1]))
    return [reading.statements[index] for index in selected(reading.statements, row, room)]


def _all(reading: Reading) -> frozenset[str]:
    return reading.title.union(*reading.bags)


def _words_of(readings: Sequence[Reading], said: Sequence[Statement]) -> frozenset[str]:
    """The words of what is said and of the titles above it."""
    words: set[str] = set()
    for reading in readings:
        held = [bag for statement, bag in zip(reading.statements, reading.bags, strict=True) if statement in said]
        words.update(*held, reading.title if held else ())
    return frozenset(words)


def _share(words: frozenset[str], held: frozenset[str]) -> float:
    return len(words & held) / len(words)


def _drafts(said: Sequence[Statement], goes_on: bool) -> Iterator[Draft]:
    before: Statement | None = None
    for statement in said:
        lead = _lead(before, statement) if before else ("\n\n" if goes_on else "")
        yield Draft(text=statement.text, lead=lead, cited=(statement.passage_id,))
        before = statement


def _lead(before: Statement, statement: Statement) -> str:
    """A new line for an item of a list, an empty one where a paragraph begins, else a space."""
    if statement.is_listed:
        return "\n"
    same = before.passage_id == statement.passage_id and before.block == statement.block
    return " " if same else "\n\n"
