"""What kind of answer a question wants, steps, an amount, a time, and which statements are of that kind. Pure."""

import re
from enum import StrEnum

from app.assistant.statements import Statement, StatementKind


class AnswerKind(StrEnum):
    """What a statement must be or hold to answer such a question."""

    STEPS = "steps"
    TIME = "time"
    MONEY = "money"
    NUMBER = "number"
    CONTACT = "contact"
    RULES = "rules"


def kind_wanted(question: str) -> AnswerKind | None:
    """By the words of asking in four languages; None where they tell nothing."""
    return next((kind for kind, words in _ASKS_FOR.items() if words.search(question)), None)


def without_kind(question: str) -> str:
    """The question without the words that only say that rules are wanted: articles do not call them so."""
    return _RULES.sub(" ", question)


def is_of_kind(statement: Statement, kind: AnswerKind) -> bool:
    if kind is AnswerKind.STEPS:
        return statement.kind is StatementKind.STEP
    if kind is AnswerKind.RULES:
        return _is_rule(statement)
    return bool(_HOLDS[kind].search(statement.text))


def _is_rule(statement: Statement) -> bool:
    """Whether it tells by when or at what price something may be done; what applied once is no rule."""
    if statement.kind is StatementKind.STEP or _PAST.search(statement.text):
        return False
    limits = any(_HOLDS[kind].search(statement.text) for kind in (AnswerKind.TIME, AnswerKind.MONEY))
    return limits and (statement.kind is StatementKind.ROW or bool(_HOLDS[AnswerKind.RULES].search(statement.text)))


_PAST = re.compile(r"\b(?:was|were|war|waren|était|étaient|era|eran)\b")


def _words(*patterns: str) -> "re.Pattern[str]":
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})", re.IGNORECASE)


_RULES = _words(
    r"(?:policy|policies|rules?|terms|conditions)\b",
    r"(?:\w*bedingungen|\w*regeln|conditions|règles|condiciones|normas|reglas|política)\b",
)
_ASKS_FOR = {
    AnswerKind.CONTACT: _words(
        r"(?:phone|telephone) number\b",
        r"(?:call|phone|reach|contact|e-?mail|ring) (?:you|someone|somebody)\b",
        r"(?:telefonnummer|hotline)\b",
        r"numéro de téléphone\b",
        r"(?:número|teléfono) de (?:teléfono|contacto)\b",
    ),
    AnswerKind.STEPS: _words(
        r"how (?:do|can|should|would|could) (?:i|we|you)\b",
        r"how to\b",
        r"what (?:can|do|should) i do\b",
        r"wie (?:\w+ )?(?:ich|man)\b",
        r"comment\b",
        r"cómo\b",
    ),
    AnswerKind.TIME: _words(
        r"how (?:long|often|soon|quickly|fast)\b",
        r"when (?:is|are|do|does|did|will|can|could|should|would|may|must)\b",
        r"(?:until|since|from|by) when\b",
        r"(?:what|which) (?:time|day)s?\b",
        r"wann\b",
        r"wie (?:lange|oft|schnell)\b",
        r"quand\b",
        r"combien de (?:temps|jours)\b",
        r"cu[aá]ndo\b",
        r"cu[aá]nto (?:tiempo|tarda)\b",
    ),
    AnswerKind.MONEY: _words(
        r"how much (?:is|are|does|do|will|would|for|to pay)\b",
        r"(?:prices?|costs?|fees?|postage)\b",
        r"(?:what|who|how much) [^?.!]*\b(?:pays?|charged?)\b",
        r"(?:was kostet|wie teuer|preis|kosten)\b",
        r"(?:combien coûte|prix|coût)\b",
        r"(?:cu[aá]nto (?:cuesta|vale)|precio)\b",
    ),
    AnswerKind.NUMBER: _words(
        r"how (?:many|much|big|large|loud|heavy|tall|wide|high|hot|far)\b",
        r"(?:what|which) (?:size|number|temperature|setting)\b",
        r"wie ?(?:viele?|groß|laut|schwer|hoch)\b",
        r"combien\b",
        r"cu[aá]nt[oa]s?\b",
    ),
    AnswerKind.RULES: _words(
        r"(?:policy|policies)\b",
        r"what (?:are|about) (?:\w+ ){0,3}(?:rules|terms|conditions)\b",
        r"was sind (?:\w+ ){0,3}\w*(?:bedingungen|regeln)\b",
        r"quelles sont (?:\w+ ){0,3}(?:conditions|règles)\b",
        r"cuáles son (?:\w+ ){0,3}(?:condiciones|normas|reglas)\b",
        r"politique d",
        r"política de\b",
    ),
}
"""Looked through in this order: "how long does it take to pay" asks for a time."""

_HOLDS = {
    AnswerKind.TIME: re.compile(
        r"\d[\s-](?:\w+ )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b"
        r"|\d (?:Sekunden?|Minuten?|Stunden?|(?:\w+)?[Tt]agen?|Wochen?|Monaten?|Jahren?)\b"
        r"|\d (?:secondes?|heures?|jours?|semaines?|mois|ans?)\b"
        r"|\d (?:segundos?|minutos?|horas?|d[ií]as?|semanas?|mes(?:es)?|años?)\b"
        r"|\b\d{1,2}:\d\d\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    ),
    AnswerKind.MONEY: re.compile(
        r"[€£$]\s?\d|\d\s?(?:[€£$]|euros?\b|pounds?\b|dollars?\b|[A-Z]{3}\b)"
        r"|\b(?:[Ff]ree|[Kk]ostenlos|[Kk]ostenfrei|[Gg]ratuite?|[Gg]ratis)\b"
    ),
    AnswerKind.NUMBER: re.compile(r"\d"),
    AnswerKind.RULES: re.compile(
        r"\b(?:can|cannot|may|must)\b"
        r"|\b(?:kann|können|darf|dürfen|muss|müssen|peut|pouvez|doit|devez|puede|puedes|pueden|debe|debes)\b"
    ),
    AnswerKind.CONTACT: re.compile(r"(?<!\w)\+?\d[\d ()/-]{6,}\d|\S@\S+\.\w"),
}
