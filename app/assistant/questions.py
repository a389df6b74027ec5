"""A question as the answerer reads it: its words and their weights, the products it is about, what it wants."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.assistant.answer_kinds import AnswerKind, kind_wanted, without_kind
from app.assistant.statements import Statement
from app.care.lookup import Terms

_BEFORE = 0.3
"""What a word of the messages before counts, against a word of the question."""

_NAME = 0.3
"""What a word of a product's name counts: the name says what may be quoted, the other words what is asked."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """`weights` of its words 0..1, `words` those that are no product's name, `asks_for` those of the last message,
    `meanings` the texts whose meaning is compared, `about` the products it names, out
    of `products`, all that the passages know."""

    weights: Mapping[str, float]
    words: frozenset[str]
    asks_for: frozenset[str]
    meanings: tuple[str, ...]
    wanted: AnswerKind | None = None
    products: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()

    def is_missed_by(self, statement: Statement, before: str = "") -> bool:
        """Whether the statement is about other products only. Where it names none, what it leans on and then the
        nearest heading that names some tell."""
        if not self.about:
            return False
        known = frozenset(statement.passage.products) or self.products
        levels = (statement.text, before if statement.leans_back else "", *reversed(statement.passage.title_path))
        named = next((named for text in levels if (named := _named(text, known))), None)
        return named is not None and named.isdisjoint(self.about)

    def of_words(self, held: frozenset[str]) -> "Question":
        """Only the words that are held: of several ways to say one, those that nobody took weigh nothing."""
        return replace(self, weights={term: weight for term, weight in self.weights.items() if term in held})

    def narrowed(self, statement: Statement) -> Statement:
        """A row without the columns of products that are not asked about."""
        kept = tuple(cell for cell in statement.cells[1:] if not self._names_others(cell.column))
        if not kept or len(kept) + 1 == len(statement.cells):
            return statement
        return statement.with_cells((statement.cells[0], *kept))

    def _names_others(self, text: str) -> bool:
        named = _named(text, self.products)
        return bool(self.about and named) and named.isdisjoint(self.about)


def question_of(
    text: str, before: Sequence[str], terms: Terms, language: str, products: Iterable[str] = ()
) -> Question:
    """The last message counts fully; in a follow-up the messages before say what it is about."""
    known = frozenset(products)
    about = next((named for said in (text, *reversed(before)) if (named := _named(said, known))), frozenset[str]())
    weights = dict.fromkeys((term for said in before for term in terms(said, language)), _BEFORE)
    wanted = kind_wanted(text)
    asked = without_kind(text) if wanted is AnswerKind.RULES else text
    weights.update(dict.fromkeys(terms(asked, language) or terms(text, language), 1.0))
    names = {term for said in (text, *before) for name in _named(said, known) for term in terms(name, language)}
    follow_up = (f"{before[-1]}\n{text}",) if before else ()
    return Question(
        weights={term: weight * (_NAME if term in names else 1.0) for term, weight in weights.items()},
        words=frozenset(weights) - names,
        asks_for=frozenset(terms(text, language)) - names,
        meanings=(text, *follow_up),
        wanted=wanted,
        products=known,
        about=about,
    )


def parts_of(text: str) -> list[str]:
    """The questions of a message that asks several; none where it asks one."""
    parts = [part for part in _BETWEEN_PARTS.split(text) if _ASKS.match(part)]
    return parts if len(parts) > 1 else []


_BETWEEN_PARTS = re.compile(r"[?!;,\n]|\.\s|\b(?:and|also|und|sowie|außerdem|et|aussi|y|también)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"\W*(?:how|what|when|where|which|who|why|can|could|do|does|did|is|are|will|would|should|may"
    r"|wie|was|wann|wo|welche[rsnm]?|wer|warum|kann|können|ist|sind|gibt"
    r"|comment|que|quel(?:le)?s?|quand|où|qui|pourquoi|puis|peut|est|combien"
    r"|cómo|qué|cuál(?:es)?|cuándo|dónde|quién|puedo|puede|es|hay|cu[aá]nt[oa]s?)\b",
    re.IGNORECASE,
)


def _named(text: str, products: frozenset[str]) -> frozenset[str]:
    """The products whose names stand in the text as whole words, however they are spaced: Pour 10, pour-10, pour10."""
    if not products:
        return frozenset()
    found = {_squeezed(match.group()) for match in _pattern(products).finditer(text)}
    return frozenset(name for name in products if _squeezed(name) in found)


def _squeezed(name: str) -> str:
    return re.sub(r"[\s-]", "", name).casefold()


@lru_cache(maxsize=64)
def _pattern(products: frozenset[str]) -> "re.Pattern[str]":
    """Longer names first: the Breeze S Plus is not a Breeze S."""
    names = sorted((name for name in products if name.strip()), key=len, reverse=True)
    spelled = (r"[\s-]?".join(map(re.escape, re.split(r"[\s-]+", name.strip()))) for name in names)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelled)})(?!\w)", re.IGNORECASE)
