"""The widget stays small, and its texts say the same in every language."""

import gzip
import json
import re
from pathlib import Path

import pytest

from app.channels.widget.assembling import MODULES, Script
from app.wiring.widget import FILES

LARGEST = 12_288
TEXTS = sorted((FILES / "static" / "texts").glob("*.json"))


@pytest.mark.parametrize("texts", TEXTS, ids=lambda path: path.stem)
def test_the_script_with_the_texts_of_one_language_fits_into_12_kilobytes(texts: Path) -> None:
    script = len(Script(FILES / "script").compressed)
    words = len(gzip.compress(texts.read_bytes(), mtime=0))

    print(f"widget: {script:,} bytes, {texts.stem}: {words:,} bytes, together {script + words:,} of {LARGEST:,}")

    assert script + words <= LARGEST


def test_every_language_has_the_same_texts_with_the_same_fields() -> None:
    fields = {path.stem: _fields(json.loads(path.read_text("utf-8"))) for path in TEXTS}

    assert sorted(fields) == ["de", "en", "es", "fr"]
    assert all(found == fields["en"] for found in fields.values())


def test_the_script_says_only_what_the_texts_know() -> None:
    known = json.loads((FILES / "static" / "texts" / "en.json").read_text("utf-8"))
    script = Script(FILES / "script").plain.decode()

    assert set(re.findall(r"\btexts\.(\w+)", script)) <= set(known)


def test_every_module_is_in_the_script_and_none_is_longer_than_300_lines() -> None:
    modules = {path.stem: path.read_text("utf-8").count("\n") for path in (FILES / "script").glob("*.js")}

    assert sorted(modules) == sorted(MODULES)
    assert max(modules.values()) < 300


def test_the_script_is_one_file_without_imports_and_comments() -> None:
    script = Script(FILES / "script").plain.decode()

    assert not re.search(r"^(?:import|export) |/\*\*|^//", script, re.MULTILINE)


def test_nothing_that_anyone_wrote_can_become_markup() -> None:
    script = Script(FILES / "script").plain.decode()

    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", script)


def _fields(texts: dict[str, str | list[str]]) -> dict[str, tuple[int, list[str]]]:
    listed = {key: [value] if isinstance(value, str) else value for key, value in texts.items()}
    return {key: (len(values), sorted(re.findall(r"\{\w+\}", "".join(values)))) for key, values in listed.items()}
