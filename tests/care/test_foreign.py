"""A quotation in another language is announced once, in the customer's language."""

from pathlib import Path

from app.assistant.wording import FileWording
from app.care.foreign import foreign_notice
from app.domain.checking import Draft
from app.domain.knowledge import FoundPassage, Passage
from app.domain.replies import Sentence

WORDING = FileWording(Path(__file__).parents[2] / "prompts" / "texts")
QUOTED = Draft(text="The warranty is two years.", cited=("p1",), quoted=True)


def found(language: str) -> list[FoundPassage]:
    passage = Passage(
        id="p1", article_id="a1", position=0, title_path=("W",), text="The warranty is two years.", language=language
    )
    return [FoundPassage(passage=passage, score=1.0, similarity=None, coverage=1.0)]


def test_a_quotation_in_another_language_is_announced() -> None:
    assert foreign_notice(QUOTED, found("en"), "de", (), WORDING) == "Das habe ich nur auf Englisch gefunden:"
    assert foreign_notice(QUOTED, found("de"), "en", (), WORDING) == "I have found this only in German:"


def test_it_is_announced_once_in_a_reply() -> None:
    said = [Sentence(text="Guten Tag Ann,\n\nDas habe ich nur auf Englisch gefunden:\n\nOne.")]

    assert foreign_notice(QUOTED, found("en"), "de", said, WORDING) is None


def test_the_customers_own_language_is_not_announced() -> None:
    assert foreign_notice(QUOTED, found("de-AT"), "de", (), WORDING) is None


def test_a_language_that_is_not_told_apart_is_not_announced() -> None:
    assert foreign_notice(QUOTED, found("it"), "en", (), WORDING) is None


def test_what_a_model_wrote_is_not_announced() -> None:
    written = Draft(text="Die Garantie gilt zwei Jahre.", cited=("p1",))

    assert foreign_notice(written, found("en"), "de", (), WORDING) is None
