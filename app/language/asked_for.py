"""What kind of fact a question asks for: an amount in certain units, or whether something may or must be. Pure."""

import re
from enum import StrEnum


class Wanted(StrEnum):
    """Kinds of facts that two articles may state differently."""

    TIME = "time"
    DAY = "day"
    OFTEN = "often"
    MONEY = "money"
    MEASURE = "measure"
    COUNT = "count"
    MAY = "may"
    MUST = "must"
    PLACE = "place"


def wanted_by(question: str) -> frozenset[Wanted]:
    """By the words of asking in four languages; empty where they tell nothing."""
    return frozenset(kind for kind, words in _ASKS.items() if words.search(question))


def counted_in(question: str) -> str:
    """The word behind "how many", or an empty one."""
    counted = _COUNTED.search(question)
    return counted[1] if counted else ""


_COUNTED = re.compile(r"\b(?:how many|wie ?viele|combien de|cu[aá]nt[oa]s) (\w+)", re.IGNORECASE)


def _words(*patterns: str) -> "re.Pattern[str]":
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


_ASKS = {
    Wanted.TIME: _words(
        r"how (?:long|soon|quick(?:ly)?|fast|late|early|many (?:seconds|minutes|hours|days|weeks|months|years))",
        r"when|what time|until|till|(?:what|which) (?:hours?|time)s?|deadline|cut-?off",
        r"(?:the )?(?:latest|earliest|time limit)|period|duration|how old",
        r"wann|wie (?:lange|schnell|spät|früh|alt)|bis wann|welche[nmrs]? (?:uhrzeit|frist)\w*|frist",
        r"quand|combien de (?:temps|jours|mois|semaines)|quel délai|jusqu'à quand|à quelle heure|délai",
        r"cu[aá]ndo|cu[aá]nto (?:tiempo|tarda|dura)|cu[aá]ntos (?:d[ií]as|meses|años)|plazo|a qu[eé] hora",
    ),
    Wanted.DAY: _words(
        r"(?:what|which) (?:weekday|day|date)s?|closing days?",
        r"welche[nmrs]? (?:wochen)?tage?n?|quels? jours?|qu[eé] d[ií]as?",
    ),
    Wanted.OFTEN: _words(r"how (?:often|frequently)", r"wie oft", r"à quelle fréquence", r"con qu[eé] frecuencia"),
    Wanted.MONEY: _words(
        r"how much (?:is|are|does|do|will|would|for|to pay|money|must|to)|how expensive",
        r"(?:prices?|costs?|fees?|postage|deposits?|discounts?|charges?|charged?|rates?|penalty|surcharge|refund\w*)",
        r"(?:what|how much|who) [^?.!]*\bpays?|do i have to pay",
        r"was kostet|was kosten|wie teuer|preise?|kosten|gebühr(?:en)?|kaution|rabatt|porto",
        r"combien (?:coûte|coûtent|ça coûte|dois-je payer)|prix|coûts?|frais|caution|remise",
        r"cu[aá]nto (?:cuesta|vale|cobran|cuestan)|precios?|costes?|gastos|fianza|descuento",
    ),
    Wanted.MEASURE: _words(
        r"how (?:much|big|large|loud|heavy|tall|wide|high|hot|far|deep|strong|powerful)",
        r"(?:largest|biggest|smallest|heaviest|highest|maximum|minimum|max|limit|size|capacity|weight|most|least|range)",
        r"(?:what|which) (?:size|number|temperature|setting|age|height|width|length|depth|weight|volume|speed)",
        r"wie ?(?:viel|groß|laut|schwer|hoch|breit|lang|weit|tief)|welche (?:größe|höhe|breite|länge|tiefe)",
        r"höchstens|mindestens|maximal\w*|größte[rns]?",
        r"combien de|quelle (?:taille|température|capacité|hauteur|largeur|longueur)|maximum",
        r"cu[aá]nt[oa]|qu[eé] (?:tamaño|temperatura|capacidad|altura|anchura|longitud)|m[aá]xim[oa]",
    ),
    Wanted.COUNT: _words(r"how many", r"wie ?viele", r"combien de", r"cu[aá]nt[oa]s"),
    Wanted.PLACE: _words(
        r"where(?:'s|’s| is| are| do i find| can i find)|(?:what|which) (?:address|street)|address of",
        r"wo (?:ist|sind|finde ich|liegt)|welche (?:adresse|straße)|où (?:est|sont|se trouve\w*)|quelle adresse",
        r"d[oó]nde (?:está|están|queda|encuentro)|qu[eé] dirección",
    ),
    Wanted.MAY: re.compile(
        r"(?:^|[.,!?;:\n]\s*|\b(?:and|or|und|et|y) )(?:so )?"
        r"(?:(?:can|could|may|is|are|am|does|will|would)\b(?! (?:you|there)\b)|do you\b)"
        r"|\b(?:allowed|permitted|possible)\b"
        r"|(?:^|[.,!?;:\n]\s*)(?:kann|können|darf|dürfen|ist|sind|gibt)\b"
        r"|(?:^|[.,!?;:\n]\s*)(?:puis-je|peut-on|pouvons|est-ce|puedo|podemos|se puede)\b",
        re.IGNORECASE,
    ),
    Wanted.MUST: re.compile(
        r"\b(?:do|does|must|should|need)(?:n't)? (?:i|we|you|one|my \w+|the \w+)\b(?= .*\b(?:have|need|must)\b)"
        r"|\b(?:must|need) (?:i|we)\b|\b(?:required|necessary|mandatory|compulsory|obligatory)\b"
        r"|\b(?:muss|müssen|brauche|nötig|erforderlich|dois-je|faut-il|obligatoire|tengo que|hay que|necesario)\b",
        re.IGNORECASE,
    ),
}
