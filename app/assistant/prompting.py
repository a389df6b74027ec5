"""What a model is given: our rules, the conversation before, the passages and the customer's words as data."""

import re
from collections.abc import Mapping, Sequence

from app.care.answerers import Writing
from app.domain.conversations import Author, Message
from app.domain.customers import Profile
from app.domain.knowledge import FoundPassage

Prompt = list[tuple[str, str]]
"""(role, words) in the order of the conversation, as LangChain takes them."""

HISTORY_CHARACTERS = 4_000
HISTORY_MESSAGES = 12
PASSAGE_CHARACTERS = 2_000
PASSAGES = 8

_LANGUAGES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish"}
_OUR_MARKS = re.compile(r"</?(?:passages|customer|message|already_said|refused)\b", re.IGNORECASE)
_REFERENCE = re.compile(r"\[\d{1,3}\]")
_LABELS = {"first_name": "First name", "products": "Products", "plan": "Plan"}
_ROLES = {Author.CUSTOMER: "human", Author.ASSISTANT: "ai", Author.AGENT: "ai"}


def prompt_of(rules: str, writing: Writing) -> Prompt:
    """Rules first and unchanged, so that a server can keep them; what differs from turn to turn comes last."""
    turn = writing.turn
    parts = [
        _passages(writing.passages[:PASSAGES]),
        _customer(turn.profile),
        f"Answer in {_LANGUAGES.get(writing.assessment.language, writing.assessment.language)}.",
        f"<message>\n{_data(turn.text)}\n</message>",
        _already_said([sentence.text for sentence in turn.shown]),
        _refused(writing.refused),
    ]
    return [("system", rules), *_before(turn.history), ("human", "\n\n".join(part for part in parts if part))]


def _passages(found: Sequence[FoundPassage]) -> str:
    numbered = [
        f"[{number}] {_data(f.passage.title)}\n{_data(f.passage.text[:PASSAGE_CHARACTERS])}"
        for number, f in enumerate(found, start=1)
    ]
    return "<passages>\n" + "\n\n".join(numbered) + "\n</passages>"


def given_of(profile: Profile) -> Mapping[str, str]:
    """First name, products and plan, where they are known and plain; nothing else of a profile is given to a model."""
    known = {
        "first_name": profile.first_name or "",
        "products": ", ".join(profile.products),
        "plan": profile.plan or "",
    }
    return {name: value for name, value in known.items() if value}


def _customer(profile: Profile) -> str:
    lines = [f"{_LABELS[name]}: {_data(value)}" for name, value in given_of(profile).items()]
    return "\n".join(["<customer>", *lines, "</customer>"]) if lines else ""


def _already_said(shown: Sequence[str]) -> str:
    if not shown:
        return ""
    said = _data(" ".join(shown))
    return f"Your reply began with this and was interrupted. Go on after it.\n<already_said>\n{said}\n</already_said>"


def _refused(sentences: Sequence[str]) -> str:
    if not sentences:
        return ""
    said = "\n".join(map(_data, sentences))
    return (
        "Of your first answer nothing could be shown, for no passage says these sentences. Write it anew, closer to "
        f"the words of the passages, or say that you have not found it.\n<refused>\n{said}\n</refused>"
    )


def _before(history: Sequence[Message]) -> Prompt:
    """The last messages that fit, from one of the customer's on."""
    taken: Prompt = []
    room = HISTORY_CHARACTERS
    for message in reversed(history[-HISTORY_MESSAGES:]):
        room -= len(message.text)
        if room < 0:
            break
        taken.append((_ROLES[message.author], _data(message.text)))
    while taken and taken[-1][0] != "human":
        taken.pop()
    return taken[::-1]


def _data(text: str) -> str:
    """Words of others cannot close our marks, nor pass for the number of a passage."""
    return _REFERENCE.sub("", _OUR_MARKS.sub("", text)) if "<" in text or "[" in text else text
