"""Every setting stands in .env.example and in docs/configuration.md as app/config.py has it, and nothing else does."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import AliasChoices, SecretStr
from pydantic.fields import FieldInfo

from app.config import ROOT, Settings

EXAMPLE = ROOT / ".env.example"
PAGE = ROOT / "docs" / "configuration.md"


@dataclass(frozen=True)
class Documented:
    """A setting as a reader sees it."""

    default: str
    description: str


def test_the_example_names_every_setting_with_its_default_and_what_it_is() -> None:
    found = re.findall(r"^# (.+)\n#([A-Z_]+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE)

    assert {name: Documented(default, description) for description, name, default in found} == settings()


def test_the_page_names_every_setting_with_its_default_and_what_it_is() -> None:
    found = re.findall(r"^\| `([A-Z_]+)` \| (?:`(.*?)`|) \| (.+) \|$", PAGE.read_text(), re.MULTILINE)

    assert {name: Documented(default, description) for name, default, description in found} == settings()


def test_neither_names_a_setting_twice_nor_one_that_does_not_exist() -> None:
    in_example = re.findall(r"^#?\s*([A-Z][A-Z_]+)=", EXAMPLE.read_text(), re.MULTILINE)
    in_page = re.findall(r"^\|\s*`([A-Z_]+)`", PAGE.read_text(), re.MULTILINE)

    assert sorted(in_example) == sorted(settings())
    assert sorted(in_page) == sorted(settings())


def test_the_example_with_every_line_taken_in_is_what_it_is_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    for name in settings():
        monkeypatch.delenv(name, raising=False)
    taken_in = tmp_path / ".env"
    taken_in.write_text(re.sub(r"^#([A-Z_]+=)", r"\1", EXAMPLE.read_text(), flags=re.MULTILINE))

    with_example = Settings(_env_file=taken_in).model_dump()  # pyright: ignore[reportCallIssue] pydantic-settings' own

    without = Settings(_env_file=None).model_dump()  # pyright: ignore[reportCallIssue]
    assert {name: whole(value) for name, value in with_example.items()} == without


def settings() -> dict[str, Documented]:
    return {
        environment_name(name, field): Documented(written(field), field.description or "")
        for name, field in Settings.model_fields.items()
    }


def environment_name(name: str, field: FieldInfo) -> str:
    alias = field.validation_alias
    return str(alias.choices[0]) if isinstance(alias, AliasChoices) else f"CARELINE_{name.upper()}"


def written(field: FieldInfo) -> str:
    """The default as one writes it into a file: folders from the root of the source tree, nothing for none."""
    match field.get_default(call_default_factory=True):
        case None:
            return ""
        case bool(flag):
            return str(flag).lower()
        case Path() as path:
            return path.relative_to(ROOT).as_posix()
        case SecretStr() as secret:
            return secret.get_secret_value()
        case dict() | ():
            return ""
        case value:
            return str(value)


def whole(value: object) -> object:
    return value.absolute() if isinstance(value, Path) else value
