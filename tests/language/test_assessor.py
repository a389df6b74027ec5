"""All findings together, each with the customer's own words; with and without vectors."""

from collections.abc import Sequence

import pytest

from app.care.lookup import EmbeddingUnavailableError
from app.domain.assessment import Feeling, SmallTalk
from app.language.assessor import Assessor
from app.language.phrases import FOLDER, rules
from tests.fakes.pace import cpu_seconds


class RecordingEmbedder:
    """Vectors of zeros, or none at all; records what it was asked."""

    def __init__(self, *, dimensions: int = 384, down: bool = False) -> None:
        self.asked: list[list[str]] = []
        self._dimensions = dimensions
        self._down = down

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        self.asked.append([*texts])
        if self._down:
            raise EmbeddingUnavailableError("down")
        return [[0.0] * self._dimensions for _ in texts]


@pytest.fixture(scope="module")
def assessor() -> Assessor:
    return Assessor()


def test_a_plain_question_tells_nothing(assessor: Assessor) -> None:
    assessment = assessor.assess(["How do I descale the kettle?"])

    assert assessment.feeling is Feeling.CALM
    assert assessment.wants_person < 0.5
    assert not assessment.safety_evidence
    assert not assessment.difficulty_evidence
    assert assessment.small_talk is None
    assert assessment.language == "en"


def test_findings_of_a_burst_come_together(assessor: Assessor) -> None:
    messages = ["it is still not working", "you people are useless", "give me a human. there is smoke coming out of it"]

    assessment = assessor.assess(messages, ["how do I switch it on?"])

    assert assessment.feeling is Feeling.ANGRY
    assert assessment.feeling_evidence in messages[1]
    assert assessment.wants_person >= 0.5
    assert assessment.person_evidence in messages[2]
    assert assessment.safety_evidence in messages[2]
    assert assessment.safety_evidence
    assert assessment.difficulty_evidence in messages[0]


def test_a_burst_that_ends_pleased_is_pleased(assessor: Assessor) -> None:
    messages = ["this is ridiculous", "oh wait, it works now, thank you so much!"]

    assert assessor.assess(messages).feeling is Feeling.PLEASED


@pytest.mark.parametrize(
    "message",
    [
        "that did not help",
        "still not working",
        "you are not answering my question",
        "no, that's wrong",
        "same problem again",
        "you keep sending me the same link",
        "das hat nicht geholfen",
        "no me sirve",
    ],
)
def test_words_that_say_it_did_not_help_are_difficulty(assessor: Assessor, message: str) -> None:
    evidence = assessor.assess([message]).difficulty_evidence

    assert evidence
    assert evidence in message


def test_trying_in_vain_is_difficulty_only_after_something_was_answered(assessor: Assessor) -> None:
    first = assessor.assess(["I already tried that"])
    later = assessor.assess(["I already tried that"], ["how do I reset it?"])

    assert (first.difficulty_evidence, later.difficulty_evidence) == ("", "already tried that")


def test_the_same_question_again_is_difficulty(assessor: Assessor) -> None:
    question = "how do I reset the blue timer"

    assert assessor.assess([question + "?"], [question, "thanks"]).difficulty_evidence == question + "?"
    assert not assessor.assess(["how do I clean the blue filter"], [question]).difficulty_evidence


@pytest.mark.parametrize("message", ["will it still work without the app?", "thank you, that answered my question"])
def test_questions_and_thanks_are_no_difficulty(assessor: Assessor, message: str) -> None:
    assert not assessor.assess([message], ["hello"]).difficulty_evidence


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("Wie kann ich die Maschine entkalken?", "de"),
        ("Comment puis-je annuler ma commande ?", "fr"),
        ("¿Cómo puedo cambiar mi pedido?", "es"),
        ("Danke", "de"),
        ("E04", "en"),
    ],
)
def test_the_language_is_told_by_small_words(assessor: Assessor, message: str, language: str) -> None:
    assert assessor.assess([message]).language == language


def test_a_message_without_words_keeps_the_language_of_those_before(assessor: Assessor) -> None:
    assert assessor.assess(["40213"], ["Wo ist meine Bestellung?"]).language == "de"


@pytest.mark.parametrize(
    "messages", [[], [""], ["   \n"], ["?"], ["\x00"], ["''''"], ["👍" * 3000], ["a " * 40_000], ["@" * 9000]]
)
def test_strange_words_raise_nothing(assessor: Assessor, messages: list[str]) -> None:
    assert assessor.assess(messages).feeling is Feeling.CALM


def test_a_wish_at_the_end_of_a_long_message_is_found(assessor: Assessor) -> None:
    assert assessor.assess(["log line 17 ok\n" * 2000 + "Please let me talk to a human."]).wants_person >= 0.5


def test_each_message_is_embedded_once_and_only_where_there_is_an_embedder() -> None:
    embedder = RecordingEmbedder()

    Assessor(embedder.embed).assess(["one", "two"])
    Assessor(embedder.embed).assess(["one"], vector=[0.0] * 384)
    Assessor(embedder.embed).assess([])

    assert embedder.asked == [["one", "two"]]


def test_vectors_that_cannot_be_had_are_done_without() -> None:
    down = RecordingEmbedder(down=True)

    assert Assessor(down.embed).assess(["get me a human"]).wants_person >= 0.5


def test_vectors_of_another_model_are_not_looked_at(assessor: Assessor) -> None:
    other = RecordingEmbedder(dimensions=1536)
    message = "hm, that is a letdown"

    assert Assessor(other.embed).assess([message]) == assessor.assess([message])


def test_a_vector_changes_how_a_message_sounds(assessor: Assessor) -> None:
    message = "hm, that is a letdown"

    assert assessor.assess([message], vector=[0.05] * 384).negative != assessor.assess([message]).negative


def test_agreement_is_small_talk_of_its_own(assessor: Assessor) -> None:
    assert assessor.assess(["yes please"]).small_talk is SmallTalk.AGREEMENT
    assert assessor.assess(["no"]).small_talk is SmallTalk.REFUSAL


def test_every_file_of_rules_can_be_read() -> None:
    files = {path.stem for path in FOLDER.glob("*.txt")} - {"README"}

    assert files == {
        "anger", "cues", "difficulty", "distress", "own_matters", "own_matters_abroad", "safety", "small_talk",
        "to_the_ai", "wishes", "wishes_abroad",
    }  # fmt: skip
    assert all(rules(file) for file in files)


def test_a_message_takes_about_a_millisecond(assessor: Assessor) -> None:
    message = "I ordered it two weeks ago and it has not come, nobody answers, can you tell me where it is please? " * 2

    assert cpu_seconds(lambda: assessor.assess([message])) < 0.006
