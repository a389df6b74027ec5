"""The question that a customer asks to whom something is told."""

import re

from evals.trust.material import Fact, Point
from evals.trust.values import values_in
from evals.trust.wording import lowered, named, raised

_VERB = (
    r"is|are|has|have|can|cannot|costs?|takes?|must|does|do|will|needs?|uses?|starts?|comes?|applies|covers?|works?|"
    r"lasts?|receives?|displays?|shows?|allows?|supports?|appears?|keeps?|lets?|sends?|may|counts?|goes|go|switch(?:es)?|"
    r"stays?|connects?|requires?|belongs?|answers?|asks?|fits?|makes?|brews?|arrives?|helps?|saves?|never|waits?|leaves?"
)
_SUBJECT = re.compile(
    rf"(?P<subject>(?!(?:You|If|When|To|Once|Wipe|With)\b)[A-Z][^\s,;:.]*(?: [^\s,;:.]+){{0,6}}?)"
    rf" (?P<verb>{_VERB})\b(?P<rest>.*)\."
)
_STOPS = re.compile(r"[,;:.(]| (?:because|if|when|unless|except|so that|but|within \d|up to \d|for \d)\b")


def question_about(fact: Fact) -> str:
    """As one would ask for it; never with its values, which then would be the customer's own words."""
    text = fact.text
    for pattern, frame in _FRAMES:
        if (found := re.match(pattern, text)) and (rest := _clause(found[1])):
            return f"{frame[0]} {rest}{frame[1]}?"
    if found := _SUBJECT.fullmatch(text):
        return _about_subject(found)
    return f"{fact.heading}: what about {_clause(lowered(text)) or 'this'}?"


_FRAMES = (
    (r"You can(?:not)? (.*)", ("Can I", "")),
    (r"You (?:must|have to|need to) (.*)", ("Do I have to", "")),
    (r"You do not have to (.*)", ("Do I have to", "")),
    (r"You (?:receive|get) (.*)", ("Do I get", "")),
    (r"You pay (.*)", ("Do I pay", "")),
    (r"If (.*?), .*", ("What happens if", "")),
    (r"When (.*?), .*", ("What happens when", "")),
    (r"To (.*?), .*", ("How do I", "")),
    (r"(?:Do not|Never) (.*)", ("May I", "")),
    (r"(?:Use|Press|Select|Open|Hold) .*? to (.*)", ("How do I", "")),
    (
        r"((?:Use|Press|Select|Open|Hold|Choose|Check|Clean|Take|Keep|Wait|Fill|Put|Wipe|Enter|Send|Go|Make|Ask) .*)",
        ("Do I have to", ""),
    ),
)


def _about_subject(found: re.Match[str]) -> str:
    subject, verb, rest = lowered(_as_customer(found["subject"])), found["verb"], found["rest"]
    first = next(iter(values_in(rest)), None)
    kind = first.kind if first else ""
    if kind == "price" and verb.startswith("cost"):
        return f"How much does {subject} cost?"
    if kind == "duration" and verb.startswith(("take", "last")):
        return f"How long does it take: {subject}?"
    about = _clause(re.sub(r"^ (?:not|also|only)\b", "", rest).strip())
    if verb in ("is", "are", "can", "does", "do", "has", "will") and about:
        return raised(f"{verb} {subject} {about}?")
    if verb == "cannot" and about:
        return f"Can {subject} {about}?"
    return f"What about {subject}, {about}?" if about else f"What should I know about {subject}?"


def _clause(text: str) -> str:
    """Its first clause, without values."""
    for value in reversed(values_in(text)):
        text = value.replaced_in(text, "|")
    text = _LEFT_OPEN.sub("", text)
    words = _STOPS.split(text)[0].strip()
    if len(words.split()) < 3:
        words = " ".join(re.split(r"[;.]", text)[0].split()[:9])
    return _as_customer(_LOOSE_END.sub("", words.strip(" ,")))


_LEFT_OPEN = re.compile(
    r"(?:\b(?:up to|at least|about|within|for|from|after|than|more|of|and|to|every|costs?) ?)*\|(?: ?\(?\|\)?)*"
)
_LOOSE_END = re.compile(
    r"(?: (?:up to|from|for|of|at|in|to|within|about|the|a|and|or|at least|than|by|with|on|is|are))+$"
)


def _as_customer(text: str) -> str:
    for theirs, mine in _TURNED:
        text = re.sub(theirs, mine, text)
    return text


_TURNED = (
    (r"\byourself\b", "myself"),
    (r"\byour\b", "my"),
    (r"\bYour\b", "My"),
    (r"\byou are\b", "I am"),
    (r"\b((?:ask|send|tell|help|give|offer|charge|show)s?|lets?) you\b", r"\1 me"),
    (r"\byou\b", "I"),
)


def question_for(point: Point) -> str:
    """About one cell of a table."""
    found = re.match(r"(?:Light|Code) on (.*)", point.about)
    place = found[1] if found else ""
    if re.search(r"[Mm]ean|Reason", point.attribute):
        return f"What does “{point.item}” mean{f' on {place}' if place else ''}?"
    if re.search(r"What to do|Remedy|Measure", point.attribute):
        return f"What do I do about “{point.item}”{f' on {place}' if place else ''}?"
    verb = "are" if point.attribute.endswith(("ages", "levels", "tures", "mits")) else "is"
    return f"What {verb} the {lowered(point.attribute)} for {named(point.item)}?"
