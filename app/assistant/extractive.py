"""The answerer without a model: the sentences of the passages that answer, in their order, each with its source."""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence

from app.assistant.questions import Question, parts_of, question_of
from app.assistant.readings import Reader, Reading
from app.assistant.relevance import Relevance, Scored, Space, best_first, by_words
from app.assistant.selection import Room, selected
from app.assistant.statements import Statement, StatementKind
from app.care.answerers import SentenceSplitter, Writing
from app.care.lookup import Embedder, Interpreter, Terms
from app.care.other_words import OtherWords, Ways, no_other_words, ways_of
from app.domain.checking import Draft
from app.domain.conversations import Author
from app.domain.knowledge import FoundPassage
from app.domain.parts import Part
from app.domain.turns import Turn

_MOST_READINGS = 6
_MOST_BEFORE = 2
_ROOM = Room()
_ROOM_OF_PART = Room(characters=400, statements=6, whole=400)
_ROOM_BESIDE = Room(characters=300, statements=4, whole=300)
"""What a second section may add to a short answer."""

_SHORT = 400
"""Characters up to which an answer leaves room for a second section."""

_CLOSE = 0.15
"""How near the second section's score must be for it to speak too."""

_COVERED = 0.5
"""A part of the question is answered where more than this share of its words stands in what is said, or above it."""

_SAME = 0.8
"""A statement was said before where one shown sentence holds this share of its words."""


class ExtractiveAnswerer:
    """Implements `care.answerers.Answerer` by quoting; never raises ModelFailedError. May find nothing to say."""

    name = "extractive"
    waits = False

    def __init__(
        self,
        *,
        terms: Terms,
        split: SentenceSplitter,
        embedder: Embedder | None = None,
        abroad: Mapping[str, "ExtractiveAnswerer"] | None = None,
        reads: Terms | None = None,
        spaces: Sequence[Space] = (),
        other_words: OtherWords = no_other_words,
    ) -> None:
        """`abroad` answers questions of other languages than the passages', by the language that is asked in, and holds
        all that are told apart. `reads` are the terms of passages where those of questions differ: there a question's
        word may be said in several ways. `spaces` compare meanings besides the embedder."""
        self._terms = terms
        self._reader = Reader(terms=reads or terms, split=split)
        self._relevance = Relevance(*spaces, *([Space(embedder=embedder)] if embedder else []))
        self._abroad = abroad or {}
        self._says_in_ways = reads is not None
        self._other_words = other_words

    async def write(self, writing: Writing) -> AsyncGenerator[Draft, None]:
        """In a thread: choosing takes some milliseconds."""
        for draft in await asyncio.to_thread(self._for(writing)._chosen, writing):
            yield draft

    def _for(self, writing: Writing) -> "ExtractiveAnswerer":
        """Another one where the best passage stands in a language that is not the customer's."""
        asked_in = writing.assessment.language
        languages = [found.passage.language[:2].lower() for found in writing.passages[:1]]
        is_abroad = any(one != asked_in and one in self._abroad for one in languages)
        return self._abroad.get(asked_in, self) if is_abroad else self

    def _chosen(self, writing: Writing) -> list[Draft]:
        """What answers each question of the turn, in order; what was said on one is not said on the next again."""
        if not writing.passages:
            return []
        language = writing.passages[0].passage.language
        said: list[Statement] = []
        for part in _parts_of(writing.turn):
            passages = [f for f in writing.passages if not part.passage_ids or f.passage.id in part.passage_ids]
            said += self._answer(part, passages, said)
        return list(_drafts(self._not_shown(said, writing.turn, language), bool(writing.turn.shown)))

    def _answer(self, part: Part, passages: Sequence[FoundPassage], told: Sequence[Statement]) -> list[Statement]:
        """What answers one question and was not told on those before it; nothing where that covers it already."""
        readings = self._reader.readings(passages, _MOST_READINGS)
        if not readings:
            return []
        language = passages[0].passage.language
        products = {product for found in passages for product in found.passage.products}
        question = question_of(part.text, part.before[-_MOST_BEFORE:], self._terms, language, products)
        if self._says_in_ways:
            question = question.of_words(frozenset(term for reading in readings for term in _all(reading)))
        ways = self._ways(part, readings, language)
        readings = [reading.saying(ways) for reading in readings]
        readings = [reading.with_statements(map(question.narrowed, reading.statements)) for reading in readings]
        best = best_first(question, readings, self._relevance.scores(question, readings))
        if not best or not part.passage_ids:
            return self._said(part.text, question, readings, best) if best else []
        words = frozenset(self._terms(part.words, language))
        covered = bool(words) and _share(words, _words_of(readings, told)) > _COVERED
        for scored in best[: 1 if covered else 2]:
            if chosen := _not_told(_selected(scored, _ROOM_OF_PART), told):
                return chosen
        return []

    def _ways(self, part: Part, readings: Sequence[Reading], language: str) -> Ways:
        """Other words for those of the question that none of the readings says."""
        renamings = self._other_words("\n".join((part.text, *part.before[-_MOST_BEFORE:])), language)
        said = frozenset[str]().union(*map(_all, readings)) if renamings else frozenset[str]()
        return ways_of(
            renamings, lambda one, way: said.issuperset(way) and (one.is_phrase or said.isdisjoint(one.terms))
        )

    def _said(
        self, text: str, question: Question, readings: Sequence[Reading], best: Sequence[Scored]
    ) -> list[Statement]:
        """In the order in which it was asked, else the best first."""
        said = _selected(best[0], _ROOM)
        for number, part in enumerate(parts_of(text)):
            if more := self._open_part(part, question, readings, said):
                return [*said, *more] if number else [*more, *said]
        return [*said, *_second(best, said)]

    def _open_part(
        self, part: str, question: Question, readings: Sequence[Reading], said: Sequence[Statement]
    ) -> list[Statement]:
        """What another reading says to a part of the question that is not covered yet."""
        language = said[0].passage.language
        words = frozenset(self._terms(part, language))
        if len(words) < 2 or _share(words, _words_of(readings, said)) > _COVERED:
            return []
        others = [r for r in readings if said[0] not in r.statements and _share(words, _all(r)) > _COVERED]
        asked = question_of(part, (), self._terms, language, question.products)
        best = best_first(asked, others, by_words(asked, others))
        return _selected(best[0], _ROOM) if best else []

    def _not_shown(self, said: Sequence[Statement], turn: Turn, language: str) -> list[Statement]:
        shown = [(sentence.text.strip(), frozenset(self._terms(sentence.text, language))) for sentence in turn.shown]
        return [s for s in said if not any(self._repeats(s, language, text, words) for text, words in shown)]

    def _repeats(self, statement: Statement, language: str, shown: str, shown_words: frozenset[str]) -> bool:
        words = frozenset(self._terms(statement.text, language))
        return shown.endswith(statement.text) or (len(words) > 1 and _share(words, shown_words) >= _SAME)


def answerers_abroad(
    interpreter: Interpreter,
    split: SentenceSplitter,
    languages: Sequence[str],
    *,
    many: Embedder | None = None,
    english: Embedder | None = None,
) -> dict[str, ExtractiveAnswerer]:
    """One for each language that is asked in: its words are compared by what they are in English. `many` reads any
    language, `english` is asked in English words."""

    def one(asked_in: str) -> ExtractiveAnswerer:
        in_english = (
            Space(embedder=english, asks=lambda text: interpreter.in_english(text, asked_in)) if english else None
        )
        return ExtractiveAnswerer(
            terms=lambda text, language="en": interpreter.terms(text, asked_in),
            split=split,
            embedder=many,
            reads=interpreter.terms,
            spaces=[in_english] if in_english else [],
        )

    return {language: one(language) for language in languages}


def _not_told(statements: Sequence[Statement], told: Sequence[Statement]) -> list[Statement]:
    texts = {statement.text for statement in told}
    return [statement for statement in statements if statement.text not in texts]


def _parts_of(turn: Turn) -> Sequence[Part]:
    """The turn as one question where nobody read its parts."""
    if turn.parts:
        return turn.parts
    said = [message.text for message in turn.history if message.author is Author.CUSTOMER]
    return [Part(words=turn.text, text=turn.text, before=tuple(said))]


def _second(scored: Sequence[Scored], said: Sequence[Statement]) -> list[Statement]:
    """What the second section adds to a short answer, if it is as good."""
    if _length(said) > _SHORT or len(scored) < 2 or scored[0].value - scored[1].value > _CLOSE:
        return []
    told = [statement.text for statement in said]
    more = [statement for statement in _selected(scored[1], _ROOM_BESIDE) if statement.text not in told]
    return more if _length(more) <= _ROOM_BESIDE.characters else []


def _length(said: Sequence[Statement]) -> int:
    return sum(len(statement.text) for statement in said)


def _selected(scored: Scored, room: Room) -> list[Statement]:
    statements = scored.reading.statements
    return [statements[index] for index in selected(statements, scored.scores, room)]


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
        cited = (statement.passage.id,)
        yield Draft(text=_under_heading(before, statement), lead=lead, cited=cited, at_once=True, quoted=True)
        before = statement


def _under_heading(before: Statement | None, statement: Statement) -> str:
    """An item, step or row that begins the reply or a new section says first what it is about."""
    begins = before is None or before.passage.title_path != statement.passage.title_path
    text = f"- {statement.text}" if statement.kind is StatementKind.ROW else statement.text
    if not begins or not statement.is_listed or not statement.heading:
        return text
    return f"{statement.heading.rstrip(':')}{'' if statement.heading.endswith('?') else ':'}\n{text}"


def _lead(before: Statement, statement: Statement) -> str:
    """A new line for an item of a list, an empty one where a paragraph or another section begins, else a space."""
    if before.passage.title_path != statement.passage.title_path:
        return "\n\n"
    if statement.is_listed:
        return "\n"
    same = before.passage.id == statement.passage.id and before.block == statement.block
    return " " if same else "\n\n"
