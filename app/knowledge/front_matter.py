"""What an article's author declares about it, at the head of a file or in the columns of a table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Annotated, Any, Self, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from app.domain.knowledge import Article, Audience
from app.knowledge.broken import BrokenDocumentError

_HEAD = re.compile(r"\A---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)
_LONGEST_HEAD = 20_000
_NOTHING = ("", "~", "null")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"']+")


def _listed(value: object) -> object:
    """A list, or names parted by commas."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _day(value: object) -> object:
    """A day of the calendar, written as such: no numbers, no times of day."""
    if value is None:
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip()):
        return value.strip()
    raise ValueError("not a day like 2026-11-30")


def _web_address(value: object) -> object:
    if value is None or (isinstance(value, str) and _WEB_ADDRESS.fullmatch(value.strip())):
        return value
    raise ValueError("not an address that begins with http:// or https://")


class Declared(BaseModel):
    """What may be declared of an article; other names are left to their authors."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)

    title: str = Field(default="", max_length=500)
    address: Annotated[str | None, BeforeValidator(_web_address)] = None
    language: str = Field(default="en", pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$")
    audience: Audience = Audience.PUBLIC
    valid_from: Annotated[date | None, BeforeValidator(_day)] = None
    valid_until: Annotated[date | None, BeforeValidator(_day)] = None
    products: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError(f"valid_until {self.valid_until} lies before valid_from {self.valid_from}")
        return self


@dataclass(frozen=True, kw_only=True)
class Head:
    """Front matter, if any, and the text below it."""

    declared: Declared
    text: str


def head_of(name: str, text: str) -> Head:
    """Raises BrokenDocumentError that names the field. A rule `---` at the top of a text is no front matter."""
    found = _HEAD.match(text)
    if found is None or not (found[1] or "").strip():
        return Head(declared=Declared(), text=text)
    if len(found[1]) > _LONGEST_HEAD:
        raise BrokenDocumentError(name, f"front matter of more than {_LONGEST_HEAD} characters")
    fields = _yaml_fields(name, found[1])
    if fields is None:
        return Head(declared=Declared(), text=text)
    return Head(declared=declared_by(name, fields, "front matter"), text=text[found.end() :])


def declared_by(name: str, fields: Mapping[str, object], place: str) -> Declared:
    """Empty fields count as not given. Raises BrokenDocumentError that names the field and the place."""
    given = {key: value for key, value in fields.items() if value is not None and value != ""}
    try:
        return Declared.model_validate(given)
    except ValidationError as error:
        raise BrokenDocumentError(name, f"{place}: {_complaint(error)}") from None


def article_from(declared: Declared, *, id: str, title: str, text: str) -> Article:
    """`title` is used where none is declared."""
    values = declared.model_dump(exclude={"title"})
    return Article(id=id, title=declared.title or title, text=text.strip(), **values)


def _yaml_fields(name: str, head: str) -> dict[str, object] | None:
    """Every value as it is written, never a date or an object that YAML would make of it. None for a head that is no
    mapping, as when two rules frame a sentence."""
    yaml: Any = import_module("yaml")  # ships no types
    try:
        fields = yaml.load(head, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        line = f", line {place.line + 2}" if place is not None else ""
        raise BrokenDocumentError(name, f"front matter is not valid YAML{line}") from None
    if not isinstance(fields, dict):
        return None
    return {str(key): value for key, value in cast(dict[object, object], fields).items() if value not in _NOTHING}


def _complaint(error: ValidationError) -> str:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    said = first["msg"].removeprefix("Value error, ")
    return f"{field}: {said}" if field else said
