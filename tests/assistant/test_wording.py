"""The fixed texts: complete in every language, filled in, and refused when a file lacks one."""

from pathlib import Path

import pytest

from app.assistant.wording import FIELDS, FileWording, UnknownTextError, WordingError

TEXTS = Path(__file__).parents[2] / "prompts" / "texts"


def _written(folder: Path, language: str, *, without: str = "", **changed: str) -> None:
    texts = {key: " ".join(f"{{{name}}}" for name in sorted(fields)) or key for key, fields in FIELDS.items()}
    lines = [f'{key}: "{text}"' for key, text in (texts | changed).items() if key != without]
    (folder / f"{language}.yaml").write_text("\n".join(lines), encoding="utf-8")


def test_the_shipped_texts_are_complete_in_four_languages() -> None:
    wording = FileWording(TEXTS)

    assert wording.languages == ("de", "en", "es", "fr")


def test_fields_are_filled_in_the_customers_language() -> None:
    wording = FileWording(TEXTS)

    assert "3" in wording.say("agent_on_duty", "de", position="3")
    assert wording.say("greeting_named", "de-AT", name="Anna {x}") == "Guten Tag Anna {x},"


def test_an_unknown_language_is_answered_in_english() -> None:
    wording = FileWording(TEXTS)

    assert wording.say("thanks", "fi") == wording.say("thanks", "en")


def test_an_unknown_text_or_a_missing_field_is_named() -> None:
    wording = FileWording(TEXTS)

    with pytest.raises(UnknownTextError, match="farewell"):
        wording.say("farewell")
    with pytest.raises(UnknownTextError, match="position"):
        wording.say("agent_on_duty")


def test_no_fixed_text_names_a_link_or_a_number() -> None:
    texts = [path.read_text(encoding="utf-8") for path in TEXTS.glob("*.yaml")]

    assert not [text for text in texts if "http" in text or any(sign.isdigit() for sign in text)]


@pytest.mark.parametrize(
    ("without", "changed", "named"),
    [
        ("thanks", {}, "de.yaml: missing thanks"),
        ("", {"farewell": "Bye"}, "de.yaml: nobody says farewell"),
        ("", {"agent_on_duty": "Number {place}"}, "place, position"),
        ("", {"thanks": "Thank {name.__class__}"}, "name.__class__"),
        ("", {"thanks": "Thank {you"}, "thanks has a brace"),
        ("", {"thanks": " "}, "thanks is no text"),
    ],
)
def test_a_language_that_lacks_something_stops_the_start(
    tmp_path: Path, without: str, changed: dict[str, str], named: str
) -> None:
    _written(tmp_path, "en")
    _written(tmp_path, "de", without=without, **changed)

    with pytest.raises(WordingError, match=named):
        FileWording(tmp_path)


def test_unreadable_files_and_a_missing_english_are_named(tmp_path: Path) -> None:
    with pytest.raises(WordingError, match=r"no en\.yaml"):
        FileWording(tmp_path)

    (tmp_path / "en.yaml").write_text("thanks: [", encoding="utf-8")
    with pytest.raises(WordingError, match=r"en\.yaml cannot be read"):
        FileWording(tmp_path)
    (tmp_path / "en.yaml").write_text("- thanks", encoding="utf-8")
    with pytest.raises(WordingError, match="no texts by key"):
        FileWording(tmp_path)
