"""What is taken beside the best statement, and what never stands alone."""

from app.assistant.selection import Room, selected
from app.assistant.statements import statements_of
from app.language.sentences import split_sentences
from tests.assistant.writings import found


def _taken(markdown: str, best: str, *, others: float = 0.0, room: Room | None = None, out: str = "?") -> list[str]:
    """What is taken where `best` scores 1, everything else `others`, and what holds `out` is kept out."""
    statements = statements_of(found(markdown).passage, split_sentences)
    scores = [-1.0 if out in s.text else 1.0 if best in s.text else others for s in statements]
    return [statements[index].text for index in selected(statements, scores, room or Room(characters=60, whole=0))]


def test_a_procedure_is_taken_whole_with_its_introduction_even_beyond_the_room() -> None:
    steps = [f"{number}. Turn screw number {number} to the left." for number in range(1, 8)]

    taken = _taken(
        "Old news.\n\nOpen it like this:\n\n" + "\n".join(steps), "screw number 4", room=Room(statements=2, whole=0)
    )

    assert taken == ["Open it like this:", *steps]


def test_steps_with_items_between_them_are_one_procedure() -> None:
    markdown = "1. Choose:\n   - red\n   - blue\n2. Press start.\n3. Wait."

    assert _taken(markdown, "Wait", room=Room(statements=1, whole=0)) == [
        "1. Choose:",
        "- red",
        "- blue",
        "2. Press start.",
        "3. Wait.",
    ]


def test_a_very_long_procedure_ends_after_twelve_steps() -> None:
    steps = [f"{number}. Do part {number}." for number in range(1, 20)]

    assert _taken("\n".join(steps), "part 3.", room=Room(statements=1, whole=0)) == steps[:12]


def test_a_sentence_that_points_back_brings_what_it_points_to() -> None:
    taken = _taken(
        "The tank holds 0.6 litres. This is enough for four cups.", "four cups", room=Room(statements=1, whole=0)
    )

    assert taken == ["The tank holds 0.6 litres.", "This is enough for four cups."]


def test_what_limits_a_sentence_comes_with_it() -> None:
    taken = _taken("Coffee can go back. However, open bags cannot.", "Coffee can", room=Room(statements=1, whole=0))

    assert taken == ["Coffee can go back.", "However, open bags cannot."]


def test_an_introduction_brings_its_items() -> None:
    assert _taken("You need:\n\n- a cup\n- a spoon\n\nEnjoy.", "need", room=Room(statements=1, whole=0)) == [
        "You need:",
        "- a cup",
        "- a spoon",
    ]


def test_one_row_is_enough_unless_its_neighbours_answer_as_well() -> None:
    table = "| Plan | Price |\n|---|---|\n| Solo | £9 |\n| Duo | £16 |\n| Office | £80 |"

    assert _taken(table, "Duo") == ["Duo – Price: £16"]
    assert _taken(table, "Duo", others=0.9) == [
        "Solo – Price: £9",
        "Duo – Price: £16",
        "Office – Price: £80",
    ]


def test_neighbours_fill_the_room_and_no_more() -> None:
    text = "Aaaa aaaa aaaa aaaa. Bbbb bbbb bbbb bbbb. Cccc cccc cccc cccc. Dddd dddd dddd dddd."

    assert _taken(text, "Bbbb", room=Room(characters=45, whole=0)) == ["Bbbb bbbb bbbb bbbb.", "Cccc cccc cccc cccc."]


def test_a_short_section_is_given_whole_but_for_the_rows_that_do_not_answer() -> None:
    markdown = "It depends.\n\n| Plan | Price |\n|---|---|\n| Solo | £9 |\n| Duo | £16 |\n\nPrices are per month."

    taken = _taken(markdown, "Duo", room=Room(whole=200))

    assert taken == ["It depends.", "Duo – Price: £16", "Prices are per month."]


def test_the_best_rows_are_taken_and_not_the_nearest() -> None:
    rows = [f"| Plan {number} | £{number} |" for number in range(1, 9)]
    statements = statements_of(found("| Plan | Price |\n|---|---|\n" + "\n".join(rows)).passage, split_sentences)

    taken = selected(statements, [0.1, 0.8, 0.1, 0.1, 0.1, 0.1, 0.1, 1.0], Room(whole=0))

    assert [statements[index].text for index in taken] == ["Plan 2 – Price: £2", "Plan 8 – Price: £8"]


def test_what_is_kept_out_is_passed_over_with_all_that_leans_on_it() -> None:
    text = "The mug is red. Tea is green. It is hot. Cups are blue."

    assert _taken(text, "mug", room=Room(whole=200), out="Tea") == ["The mug is red.", "Cups are blue."]
    assert _taken(text, "mug", others=0.9, room=Room(whole=0), out="Tea") == ["The mug is red.", "Cups are blue."]


def test_a_step_never_comes_without_its_procedure() -> None:
    markdown = "1. Open it.\n2. Empty it.\n3. Start the timer.\n\nThe timer works once."

    taken = _taken(markdown, "timer", room=Room(whole=200))

    assert taken == ["1. Open it.", "2. Empty it.", "3. Start the timer.", "The timer works once."]


def test_what_explains_an_answer_stands_in_its_paragraph_or_after_it() -> None:
    text = "Barns are green.\n\nTea is hot. Mugs are red.\n\nCups are blue."

    taken = _taken(text, "Mugs", room=Room(whole=0))

    assert taken == ["Tea is hot.", "Mugs are red.", "Cups are blue."]
