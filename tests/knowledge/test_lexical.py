"""Search by words, those of the customer and those of the company."""

from app.care.other_words import Renaming
from app.domain.knowledge import Passage
from app.knowledge.lexical import LexicalIndex, TermBook
from app.language.terms import terms

TEXTS = (
    "Tallybrook delivers to Spain.",
    "Delivery is free from 40 pounds.",
    "The kettle boils quickly.",
    "Ships are painted on every kettle.",
)
SHIP = Renaming(terms=("dispatch",), ways=(("deliv",), ("deliveri",), ("post", "offic")))


def _index(*texts: str) -> LexicalIndex:
    passages = [
        Passage(id=str(at), article_id="a", position=at, title_path=(), text=text) for at, text in enumerate(texts)
    ]
    return LexicalIndex(TermBook(terms), passages)


def test_what_no_passage_says_is_looked_for_by_its_other_names() -> None:
    index = _index(*TEXTS)
    ways = index.ways([SHIP])

    scores = index.scores({"dispatch": 1.0, "spain": 1.0}, index.sayings(ways))

    assert ways == {"dispatch": (("deliv",), ("deliveri",))}
    assert list(scores > 0) == [True, True, False, False]
    assert scores[0] == max(scores)


def test_a_word_that_passages_say_is_called_nothing_else() -> None:
    renaming = Renaming(terms=("ship",), ways=(("deliv",),))
    index = _index("Ships sail.", "Ships sink.", *["We deliver."] * 50)

    assert index.ways([renaming]) == {}


def test_a_word_that_one_passage_says_gives_way_to_what_many_call_the_thing() -> None:
    index = _index("Our plan is a subscription.", *["Change the plan."] * 20)
    renaming = Renaming(terms=("subscript",), ways=(("plan",), ("our",)))

    assert index.ways([renaming]) == {"subscript": (("plan",),)}


def test_a_phrase_is_called_otherwise_though_its_words_are_common() -> None:
    index = _index("Gift cards are valid for 5 years.", "Run the programme.", "Run it again.")
    renaming = Renaming(terms=("run",), ways=(("valid",),), is_phrase=True)

    assert index.ways([renaming]) == {"run": (("valid",),)}


def test_another_way_of_several_words_is_gone_only_by_a_passage_that_holds_them_all() -> None:
    index = _index("Enter the discount code.", "The code of the lock.", "A discount for all.")
    ways = index.ways([Renaming(terms=("coupon",), ways=(("discount", "code"),))])

    assert list(index.scores({"coupon": 1.0}, index.sayings(ways)) > 0) == [True, False, False]


def test_the_customers_word_and_its_other_names_count_as_one() -> None:
    import numpy as np

    index = _index(*TEXTS)
    asked = {"dispatch": 1.0, "spain": 1.0}

    with_ways = index.coverage(asked, np.arange(4), index.sayings(index.ways([SHIP])))

    assert index.coverage(asked, np.arange(4), index.sayings())[0] < 0.5
    assert with_ways[0] == 1.0
    assert list(with_ways[2:]) == [0.0, 0.0]


def test_another_name_counts_less_than_the_word_itself() -> None:
    index = _index("We dispatch lamps.", *["The plan is good."] * 400, "They deliver lamps.")
    ways = {"dispatch": (("deliv",),)}

    scores = index.scores({"dispatch": 1.0}, index.sayings(ways))

    assert 0 < scores[-1] < scores[0]
