"""What "the second one", "the latter" and "the last one" stand for, in what was listed just before."""

import re

_FIRST, _SECOND, _THIRD, _FOURTH, _LAST = 0, 1, 2, 3, -1
_ORDINALS_TEXT = {
    _FIRST: "first former 1st erste ersten erster erstere premier premiere première primero primera primer",
    _SECOND: "second 2nd zweite zweiten zweiter deuxieme deuxième second seconde segundo segunda",
    _THIRD: "third 3rd dritte dritten dritter troisieme troisième tercero tercera tercer",
    _FOURTH: "fourth 4th vierte vierten vierter quatrieme quatrième cuarto cuarta",
    _LAST: "last latter letzte letzten letzter letztere dernier derniere dernière ultimo última ultima último",
}
_ORDINALS = {word: place for place, words in _ORDINALS_TEXT.items() for word in words.split()}
_ONE = r"(?:one|ones|option|plan|model|choice|question|way)"
_REFERENCE = re.compile(
    rf"\b(?:the|der|die|das|den|dem|le|la|el)\s+(?P<ordinal>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
    rf"(?:\s+{_ONE}\b|\b(?!\s+(?!(?:is|in|for|and|please|then|of|to|on|ist|est|es|was|can|has)\b)\w))",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s*(?:,|;|/|\bor\b|\band\b|\boder\b|\bund\b|\bou\b|\bet\b|\bo\b|\by\b)\s*", re.IGNORECASE)
_CODE = re.compile(r"\w*\d\w*")
"""E1, E2: of the last one of them only the first word is its name."""

_LONGEST_ITEM = 6
"""Words; what is longer between two commas is no name on a list."""

_FEWEST_ROWS = 2
_ROW = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+(?P<name>[^–:|.\n]{1,60}?)\s*(?:–|:|\||\.|$)", re.MULTILINE)
_COLUMNS = re.compile(r"(?P<name>[A-Z][\w ]{0,30}?): [^;\n]+(?:;|$)", re.MULTILINE)
_LEAD_IN = re.compile(
    r"^.*?(?::|\b(?:what do|what does|what are|do you take|do you have|do you sell|which|between|take|have)\b)\s*",
    re.IGNORECASE,
)


def referred(text: str, question: str, reply: str) -> str:
    """The text with the thing named that its ordinal points at, in the question before or else in the reply."""
    found = _REFERENCE.search(text)
    if not found:
        return text
    place = _ORDINALS[found["ordinal"].lower()]
    for items in (_in_question(question), _in_reply(reply)):
        if len(items) >= _FEWEST_ROWS and place < len(items):
            return f"{text[: found.start()]}{items[place]}{text[found.end() :]}"
    return text


def points_back(text: str) -> bool:
    return _REFERENCE.search(text) is not None


def _in_question(question: str) -> list[str]:
    """The names that the question lists: behind a colon, or parted by "or"."""
    _, colon, listed = question.partition(":")
    items = _items(listed if colon else question)
    return items if colon or re.search(r"\b(?:or|oder|ou|o|and|und|et)\b|,", question) else []


def _items(listed: str) -> list[str]:
    parts = [part.strip(" ?!.") for part in _PARTED.split(listed)]
    parts = [_LEAD_IN.sub("", part) if at == 0 else part for at, part in enumerate(parts)]
    if len(parts) > 1 and all(_CODE.fullmatch(part) for part in parts[:-1]):
        parts[-1] = parts[-1].split()[0]
    return [part for part in parts if part and len(part.split()) <= _LONGEST_ITEM]


def _in_reply(reply: str) -> list[str]:
    """The rows of its list; of a single row the names before its values."""
    rows = [match["name"].strip() for match in _ROW.finditer(reply)]
    if len(rows) >= _FEWEST_ROWS and not _values_by_column(reply):
        return rows
    return _values_by_column(reply) or rows


def _values_by_column(reply: str) -> list[str]:
    """ "Roasts - Solo: House; Duo: Bright" lists Solo and Duo."""
    rows = [line for line in reply.splitlines() if line.lstrip().startswith("- ") and line.count(": ") >= _FEWEST_ROWS]
    names = [tuple(match["name"].strip() for match in _COLUMNS.finditer(row.partition("–")[2])) for row in rows]
    same = set(names)
    return list(same.pop()) if len(same) == 1 else []
