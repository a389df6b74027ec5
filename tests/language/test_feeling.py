"""What customers feel, and at whom: cautious with anger, since it calls a person."""

import json
from pathlib import Path

import pytest

from app.domain.assessment import Feeling
from app.language.assessor import Assessor
from app.language.feeling import FeelingReader
from app.language.meaning import Meaning, MeaningModel
from app.language.reading import read
from app.language.sound import FeelingModel

LABELLED = Path(__file__).parents[2] / "evals" / "feeling.jsonl"


@pytest.fixture(scope="module")
def feelings() -> FeelingReader:
    return FeelingReader(FeelingModel())


@pytest.mark.parametrize(
    "message",
    [
        "this is ridiculous, third time I'm asking, you people are useless",
        "Useless",
        "You lied to me.",
        "WHERE IS MY PARCEL??? I HAVE BEEN WAITING SINCE MAY",
        "do you even read what I write?",
        "This is bullshit",
        "your driver swore at my wife",
        "Quite frankly I find your behaviour insulting",
        "ihr seid unfähig",
    ],
)
def test_plain_anger_at_us_is_found(feelings: FeelingReader, message: str) -> None:
    felt = feelings.felt(read(message))

    assert felt.feeling is Feeling.ANGRY
    assert felt.evidence
    assert felt.evidence in message


@pytest.mark.parametrize(
    "message",
    [
        "my ex is such an idiot, how do I remove him from my account",
        "my old provider were crooks, how do i move my number to you?",
        "I'm angry at myself for deleting it, can it be restored?",
        "so sick of this heat, which fan is the strongest?",
        "Do you sell the Angry Birds charger?",
        "I disagree, the manual says 30 minutes and not 20.",
        "No, I meant the blue one",
        "how do I file a complaint?",
        "How do I report a lost card",
        "what does garbage collection cost",
    ],
)
def test_venting_at_others_and_disagreement_are_no_anger_at_us(feelings: FeelingReader, message: str) -> None:
    assert feelings.felt(read(message)).feeling is Feeling.CALM


@pytest.mark.parametrize(
    "message",
    [
        "My husband passed away last week and I have to close his account",
        "I can't pay my rent because of this",
        "I was scammed and all my savings are gone",
        "I'm panicking, please help",
        "ich bin total verzweifelt",
    ],
)
def test_grief_ruin_and_panic_are_distress(feelings: FeelingReader, message: str) -> None:
    felt = feelings.felt(read(message))

    assert felt.feeling is Feeling.DISTRESSED
    assert felt.evidence in message


def test_sorrow_without_anger_is_upset(feelings: FeelingReader) -> None:
    assert feelings.felt(read("I'm a bit disappointed, the colour is off")).feeling is Feeling.UPSET


def test_praise_is_pleased(feelings: FeelingReader) -> None:
    assert feelings.felt(read("Thank you so much, it works perfectly!")).feeling is Feeling.PLEASED


def test_a_vector_is_believed_about_distress_where_it_sounds_so_too(feelings: FeelingReader) -> None:
    meaning = Meaning(distressed=0.9)

    sad = feelings.felt(read("everything is awful and hopeless since then, I keep staring at the wall"), None, meaning)
    plain = feelings.felt(read("i need this song title"), None, meaning)

    assert (sad.feeling, plain.feeling) == (Feeling.DISTRESSED, Feeling.CALM)


def test_a_vector_alone_is_not_believed_about_anger(feelings: FeelingReader) -> None:
    assert feelings.felt(read("who is your superior, please"), None, Meaning(angry=0.9)).feeling is Feeling.CALM


def test_angrier_words_sound_angrier() -> None:
    model = FeelingModel()

    hot = model.sound(read("you useless idiots, this is disgusting"), (0.9, 0, 0, 0))
    cool = model.sound(read("which filter fits the large model"), (0, 0, 0, 0))

    assert hot.angry > 0.8 > 0.2 > cool.angry
    assert hot.negative > cool.negative


def test_the_weights_for_vectors_fit_each_other() -> None:
    dimensions = MeaningModel().dimensions

    sound = FeelingModel().sound(read("hello"), (0, 0, 0, 0), [0.0] * dimensions)

    assert 0 < sound.angry < 0.5


@pytest.mark.parametrize("half", ["a", "b"])
def test_the_labelled_messages_are_read_as_labelled(feelings: FeelingReader, half: str) -> None:
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    chosen = [row for row in rows if row["half"] == half]

    wrong = [row["id"] for row in chosen if feelings.felt(read(row["text"])).feeling != row["feeling"]]

    assert len(chosen) == 30
    assert len(wrong) <= 2, wrong


def test_a_question_about_a_price_is_not_taken_for_anger() -> None:
    assessment = Assessor().assess(["what do I pay for postage if I only order a pack of filters, to Spain"])

    assert assessment.feeling is Feeling.CALM
