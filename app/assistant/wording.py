"""The fixed texts that customers read, from files by language; a text missing in one of them stops the start."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

from app.care.foreign import NAMED
from app.domain.assessment import SmallTalk
from app.domain.handoffs import HandoffReason
from app.domain.hours import DAYS
from app.domain.policies import PolicyRefusedError, Texts, fields_in

FALLBACK = "en"
"""The language that is always there; unknown ones get its texts."""

_NO_FIELDS: frozenset[str] = frozenset()

FIELDS: Mapping[str, frozenset[str]] = {
    "ai_notice": _NO_FIELDS,
    "greeting_named": frozenset({"name"}),
    "ask_back": _NO_FIELDS,
    "ask_back_about": frozenset({"products"}),
    "not_known": _NO_FIELDS,
    "not_helped": _NO_FIELDS,
    "own_matter": _NO_FIELDS,
    "own_matter_numbered": frozenset({"numbers"}),
    "on_record": frozenset({"name", "value"}),
    "open_own": frozenset({"parts"}),
    "open_unknown": frozenset({"parts"}),
    "open_offer": _NO_FIELDS,
    **{f"found_only_in_{language}": _NO_FIELDS for language in NAMED},
    "agent_on_duty": frozenset({"position"}),
    "nobody_on_duty_ask_contact": _NO_FIELDS,
    "nobody_on_duty_contact_known": frozenset({"contact"}),
    "back_at": frozenset({"day", "time", "zone"}),
    "day_today": _NO_FIELDS,
    **{f"day_{day}": _NO_FIELDS for day in DAYS},
    "still_waiting": _NO_FIELDS,
    "contact_taken": frozenset({"contact"}),
    **{kind.value: _NO_FIELDS for kind in SmallTalk},
    **{f"handoff_{reason.value}": _NO_FIELDS for reason in HandoffReason if reason is not HandoffReason.TAKEN_OVER},
}
"""What the use cases say, with the fields that they fill in. An agent who takes over speaks for themselves."""


class WordingError(Exception):
    """The files of fixed texts do not hold what they must; the message names file, key and field."""


class UnknownTextError(WordingError):
    """A text was asked for that no file holds, or without a field that it needs."""


class FileWording:
    """Implements `care.answerers.Wording` from `<folder>/<language>.yaml`, all read and checked at once."""

    def __init__(self, folder: Path) -> None:
        self._texts = {path.stem: _read(path) for path in sorted(folder.glob("*.yaml"))}
        if FALLBACK not in self._texts:
            raise WordingError(f"{folder} holds no {FALLBACK}.yaml")
        for language, texts in self._texts.items():
            _check(f"{language}.yaml", texts)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._texts)

    @property
    def fields(self) -> Mapping[str, frozenset[str]]:
        return FIELDS

    def texts(self, language: str) -> Texts:
        """Of one of the languages, by key."""
        return self._texts[language]

    def language_of(self, language: str) -> str:
        """Whose texts a customer of this language reads: "de-AT" reads "de"."""
        code = language.split("-")[0].lower()
        return code if code in self._texts else FALLBACK

    def say(self, key: str, language: str = FALLBACK, **fields: str) -> str:
        """The text in `language`, in English where there is none. Raises UnknownTextError."""
        try:
            return self._texts[self.language_of(language)][key].format(**fields)
        except KeyError as error:
            raise UnknownTextError(f"no text or field {error} for {key!r}") from error


class LiveWording:
    """Implements `care.answerers.Wording`: what the company set of the texts, else what the files hold."""

    def __init__(self, files: FileWording, set_texts: Callable[[], Mapping[str, Texts]]) -> None:
        self._files = files
        self._set_texts = set_texts

    @property
    def languages(self) -> tuple[str, ...]:
        return self._files.languages

    def say(self, key: str, language: str = FALLBACK, **fields: str) -> str:
        """Raises UnknownTextError."""
        text = self._set_texts().get(self._files.language_of(language), {}).get(key)
        return self._files.say(key, language, **fields) if text is None else text.format(**fields)


def _read(path: Path) -> dict[str, str]:
    import yaml

    try:
        held = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WordingError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(held, dict):
        raise WordingError(f"{path.name} holds no texts by key")
    texts = cast("dict[object, object]", held)
    return {str(key): _text(path.name, key, text) for key, text in texts.items()}


def _text(file: str, key: object, text: object) -> str:
    if not isinstance(text, str) or not text.strip():
        raise WordingError(f"{file}: {key} is no text")
    return text.strip()


def _check(file: str, texts: Mapping[str, str]) -> None:
    if missing := FIELDS.keys() - texts.keys():
        raise WordingError(f"{file}: missing {', '.join(sorted(missing))}")
    if unknown := texts.keys() - FIELDS.keys():
        raise WordingError(f"{file}: nobody says {', '.join(sorted(unknown))}")
    for key, text in texts.items():
        if (held := _fields_of(file, key, text)) != FIELDS[key]:
            named = ", ".join(sorted(held ^ FIELDS[key]))
            raise WordingError(f"{file}: {key} and the use cases differ in the fields {named}")


def _fields_of(file: str, key: str, text: str) -> frozenset[str]:
    try:
        return fields_in(text)
    except PolicyRefusedError as error:
        raise WordingError(f"{file}: {key} has a brace that is no field: {error}") from error
