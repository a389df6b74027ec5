from dataclasses import fields, replace

import pytest

from app.domain.knowledge import Article, Passage, SearchQuestion
from app.knowledge.answerable import (
    HYBRID,
    WORDS_ALONE,
    Signs,
    Weights,
    answerable,
    asks_how_or_whether,
    held_by_statement,
    signs_of,
)
from app.knowledge.asked import asked_of
from app.knowledge.ranking import Candidate
from app.language.terms import terms
from tests.fakes.pace import cpu_seconds
from tests.knowledge.concepts import Company

MIDDLING = Signs(similarity=0.5, margin=0.4, statement=0.4, ahead=0.1, manner=0)
FOR_AN_ANSWER = [field.name for field in fields(Signs) if field.name != "manner"]


def passage(text: str, *title_path: str) -> Passage:
    return Passage(id=text[:20], article_id="a", position=0, title_path=title_path, text=text)


def candidate(article: str, score: float, similarity: float | None = None, coverage: float = 0.5) -> Candidate:
    return Candidate(
        passage_id=article,
        article_id=article,
        score=score,
        lexical=score,
        similarity=similarity,
        coverage=coverage,
    )


def held(question: str, given: Passage, *before: str) -> float:
    return held_by_statement(asked_of(SearchQuestion(text=question, before=before), terms), given, terms)


def signs(*crowd: Candidate, question: str = "how long is the warranty") -> Signs:
    asked = asked_of(SearchQuestion(text=question), terms)
    return signs_of(asked, [(crowd[0], passage("The warranty is 2 years long."))], crowd, terms)


@pytest.mark.parametrize("weights", [HYBRID, WORDS_ALONE])
@pytest.mark.parametrize("sign", FOR_AN_ANSWER)
def test_no_sign_of_an_answer_makes_one_less_sure(weights: Weights, sign: str):
    more = replace(MIDDLING, **{sign: 1.0})

    assert answerable(more, weights) >= answerable(MIDDLING, weights)
    assert 0 < answerable(MIDDLING, weights) < 1


def test_a_statement_may_hold_a_word_by_its_other_name():
    given = passage("Tallybrook delivers to Spain.")
    asked = asked_of(SearchQuestion(text="do you ship to Spain"), terms)

    in_other_words = replace(asked, ways={"ship": (("deliv",),)})

    assert held_by_statement(asked, given, terms) == 0.5
    assert held_by_statement(in_other_words, given, terms) == 1


def test_one_statement_that_holds_all_words_says_more_than_two_that_share_them():
    together = passage("The filter is washed by hand. Spare parts cost more.")
    apart = passage("The filter is new. Wash everything else by hand.")

    assert held("wash the filter by hand", together) > held("wash the filter by hand", apart)


def test_headings_count_with_each_statement():
    text = "Use cold water only."

    assert held("cleaning the kettle", passage(text, "Kettle", "Cleaning")) == 1
    assert held("cleaning the kettle", passage(text, "Delivery")) == 0


def test_a_follow_up_without_words_of_its_own_goes_by_those_before():
    given = passage("A new filter costs €9.")

    assert held("how much is that?", given, "I need a new filter") == 1
    assert held("how much is that?", given) == 0


def test_a_passage_among_many_that_are_as_good_stands_out_less():
    rivals = [candidate(f"r{number}", 0.9) for number in range(8)]

    assert signs(candidate("a", 1.0)).margin > signs(candidate("a", 1.0), *rivals).margin


def test_two_near_articles_take_nothing_from_one_that_stands_out():
    far = [candidate(f"far{number}", 0.2) for number in range(6)]
    near = [candidate("near1", 0.9), candidate("near2", 0.9)]

    assert signs(candidate("a", 1.0), *near, *far).margin == pytest.approx(0.8)


def test_without_vectors_similarity_says_nothing():
    assert signs(candidate("a", 1.0)).similarity == 0


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("How do I reset the TV?", True),
        ("ok, how can I pay", True),
        ("Is it safe?", True),
        ("Wie kann ich zahlen?", True),
        ("¿Puedo devolverlo?", True),
        ("How much is delivery?", False),
        ("Wie lange dauert das?", False),
        ("What does E1 mean?", False),
        ("The kettle is broken", False),
        ("", False),
    ],
)
def test_how_to_and_yes_or_no_are_told_from_what_and_how_much(text: str, is_one: bool):
    assert asks_how_or_whether(text) is is_one


def test_the_signs_of_a_question_cost_little():
    long = passage("Press the button and hold it until the light blinks. " * 17, "Manual", "Buttons")
    crowd = [candidate(f"a{number}", 1 - number / 100, 0.5) for number in range(100)]
    asked = asked_of(SearchQuestion(text="which button makes the light blink?"), terms)

    seconds = cpu_seconds(lambda: signs_of(asked, [(each, long) for each in crowd[:3]], crowd, terms), times=5)

    assert seconds < 0.006


async def test_what_is_only_mentioned_is_less_sure_than_what_is_told():
    company = Company()
    await company.holds(
        Article(id="filters", title="Filters", text="Change the filter of the kettle every three months."),
        Article(id="delivery", title="Delivery", text="A kettle arrives within three days."),
    )

    told = await company.search.search(SearchQuestion(text="when should the filter of the kettle be changed?"))
    mentioned = await company.search.search(SearchQuestion(text="which colours of kettle are sold in Norway?"))

    assert told.answerable > 0.5 > mentioned.answerable
