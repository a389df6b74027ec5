"""Of two statements that cannot both hold the newer one counts; what only looks like it is left alone."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.contradictions import (
    Amount,
    Stated,
    contradict,
    contradictions_among,
    undecided,
    without_contradicted,
)
from app.domain.knowledge import FoundPassage, Passage

WEEK = Amount(unit="duration", canonical="s 604800", size=604_800)
MONTH = Amount(unit="duration", canonical="month 1", size=2_630_016)
THIRTY_DAYS = Amount(unit="duration", canonical="s 2592000", size=2_592_000)


def stated(article: str, says: Amount, *, since: date | None = None, **more: Any) -> Stated:
    passage = Passage(id=f"{article}#0", article_id=article, position=0, title_path=(article,), text=f"{article} says.")
    found = FoundPassage(passage=passage, score=1.0, similarity=0.8, coverage=1.0, valid_from=since)
    return Stated(found=found, text=f"{article} says.", says=frozenset({says}), nearness=0.7, **more)


def very_alike(_one: Stated, _other: Stated) -> float:
    return 0.9


def test_the_article_with_the_later_day_is_the_newer_one() -> None:
    new, old = stated("New", MONTH, since=date(2025, 1, 1)), stated("Old", WEEK, since=date(2024, 1, 1))

    (found,) = contradictions_among((new, old), very_alike)

    assert (found.older, found.newer, found.dated) == (old, new, True)


def test_without_days_or_on_the_same_day_nobody_can_tell() -> None:
    undated = contradictions_among((stated("A", MONTH), stated("B", WEEK, since=date(2025, 1, 1))), very_alike)
    same_day = contradictions_among(
        (stated("A", MONTH, since=date(2025, 1, 1)), stated("B", WEEK, since=date(2025, 1, 1))), very_alike
    )

    assert [found.dated for found in (*undated, *same_day)] == [False, False]


def test_what_a_newer_one_overruled_is_no_doubt_any_more() -> None:
    old, undated = (
        stated("Old", WEEK, since=date(2024, 1, 1)),
        stated("Undated", replace(WEEK, size=777_600, canonical="s 777600")),
    )
    new = stated("New", MONTH, since=date(2025, 1, 1))
    found = contradictions_among((old, undated, new), very_alike)

    assert {(d.older.text, d.newer.text) for d in undecided(found)} == {("Undated says.", "New says.")}


def test_the_same_amount_in_other_words_is_no_contradiction() -> None:
    assert not contradict(stated("A", MONTH), stated("B", THIRTY_DAYS))
    assert contradict(stated("A", MONTH), stated("B", WEEK))


def test_that_both_say_yes_hides_no_difference_of_amounts() -> None:
    yes = Amount(unit="must", canonical="yes")
    week, month = stated("A", WEEK), stated("B", MONTH)

    assert contradict(replace(week, says=frozenset({WEEK, yes})), replace(month, says=frozenset({MONTH, yes})))
    assert not contradict(replace(week, says=frozenset({yes})), replace(month, says=frozenset({MONTH, yes})))


def test_without_dates_two_amounts_must_be_surely_of_one_matter() -> None:
    undated, dated = (
        (stated("A", MONTH), stated("B", WEEK)),
        (
            stated("A", MONTH, since=date(2024, 1, 1)),
            stated("B", WEEK, since=date(2025, 1, 1)),
        ),
    )

    assert not contradictions_among(undated, lambda _one, _other: 0.45)
    assert contradictions_among(dated, lambda _one, _other: 0.45)


def test_statements_of_one_article_or_with_an_exception_are_left_alone() -> None:
    assert not contradict(stated("A", MONTH), stated("A", WEEK))
    assert not contradict(stated("A", MONTH), stated("B", WEEK, special=True))


def test_other_names_places_circumstances_and_titles_tell_apart() -> None:
    air, pro = frozenset({"Nuvo Air"}), frozenset({"Nuvo Air Pro"})
    ireland = frozenset({"Ireland"})
    new, used = frozenset({("state", "new")}), frozenset({("state", "opened")})

    assert not contradict(stated("A", MONTH, names=air), stated("B", WEEK, names=pro))
    assert not contradict(stated("A", MONTH, names=ireland, places=ireland), stated("B", WEEK))
    assert not contradict(stated("A", MONTH, circumstances=new), stated("B", WEEK, circumstances=used))
    assert not contradict(stated("Washing the jacket", MONTH), stated("Washing the trousers", WEEK))
    assert contradict(stated("Prices 2024", MONTH), stated("Prices 2025", WEEK))


def test_statements_that_are_far_from_the_question_or_from_each_other_are_left_alone() -> None:
    far = replace(stated("B", WEEK), nearness=0.2)

    assert not contradictions_among((stated("A", MONTH), far), very_alike)
    assert not contradictions_among((stated("A", MONTH), stated("B", WEEK)), lambda _one, _other: 0.2)


def test_what_is_overruled_is_cut_out_and_the_rest_stands_last() -> None:
    old, new = stated("Old", WEEK, since=date(2024, 1, 1)), stated("New", MONTH, since=date(2025, 1, 1))
    passage = replace(old.found, passage=replace(old.found.passage, text="Old says. Bring it back clean."))
    decided = contradictions_among((old, new), very_alike)

    left = without_contradicted((passage, new.found), decided, lambda _found, said: (said.text,))

    assert [found.passage.text.strip() for found in left] == ["New says.", "Bring it back clean."]


def test_a_passage_of_which_nothing_is_left_is_left_out() -> None:
    old, new = stated("Old", WEEK, since=date(2024, 1, 1)), stated("New", MONTH, since=date(2025, 1, 1))
    decided = contradictions_among((old, new), very_alike)

    assert without_contradicted((old.found, new.found), decided, lambda _found, said: (said.text,)) == (new.found,)
