"""What a question's words are called otherwise, and by which texts."""

from app.care.other_words import Renaming, held_ways, no_other_words, ways_of

SHIP = Renaming(terms=("ship",), ways=(("deliv",), ("send", "out")))


def test_only_the_ways_that_are_gone_are_kept() -> None:
    assert ways_of([SHIP], lambda _, way: len(way) == 1) == {"ship": (("deliv",),)}
    assert ways_of([SHIP], lambda _, way: False) == {}


def test_all_terms_of_a_phrase_are_called_what_it_is() -> None:
    back = Renaming(terms=("money", "back"), ways=(("refund",),), is_phrase=True)
    money = Renaming(terms=("money",), ways=(("refund",), ("cash",)))

    found = ways_of([back, money], lambda _, way: True)

    assert found == {"money": (("refund",), ("cash",)), "back": (("refund",),)}


def test_a_text_says_a_term_in_another_way_where_it_holds_all_of_it() -> None:
    ways = ways_of([SHIP], lambda _, way: True)

    assert held_ways(ways, frozenset(["deliv", "spain"])) == {"ship"}
    assert held_ways(ways, frozenset(["send", "spain"])) == frozenset()


def test_without_other_words_every_word_stands_for_itself() -> None:
    assert no_other_words("Do you ship to Spain?") == ()
