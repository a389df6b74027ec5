"""What is taken beside the best statement, and what never stands alone."""

from app.assistant.selection import Room, selected
from app.assistant.statements import statements_of
from app.language.sentences import split_sentences


def _taken(markdown: str, best: str, *, others: float = 0.0, room: Room | None = None) -> list[str]:
    statements = statements_of("p1", markdown, split_sentences)
    scores = [1.0 if best in statement.text else others for statement in statements]
    return [statements[index].text for index in selected(statements, scores, room or Room(characters=60))]


def test_a_procedure_is_taken_whole_with_its_introduction_even_beyond_the_room() -> None:
    steps = [f"{number}. Turn screw number {number} to the left." for number in range(1, 8)]

    taken = _taken("Old news.\n\nOpen it like this:\n\n" + "\n".join(steps), "screw number 4", room=Room(statements=2))

    assert taken == ["Open it like this:", *steps]


def test_steps_with_items_between_them_are_one_procedure() -> None:
    markdown = "1. Choose:\n   - red\n   - blue\n2. Press start.\n3. Wait."

    assert _taken(markdown, "Wait", room=Room(statements=1)) == [
        "1. Choose:",
        "- red",
        "- blue",
        "2. Press start.",
        "3. Wait.",
    ]


def test_a_very_long_procedure_ends_after_twelve_steps() -> None:
    steps = [f"{number}. Do part {number}." for number in range(1, 20)]

    assert _taken("\n".join(steps), "part 3.", room=Room(statements=1)) == steps[:12]


def test_a_sentence_that_points_back_brings_what_it_points_to() -> None:
    taken = _taken("The tank holds 0.6 litres. This is enough for four cups.", "four cups", room=Room(statements=1))

    assert taken == ["The tank holds 0.6 litres.", "This is enough for four cups."]


def test_what_limits_a_sentence_comes_with_it() -> None:
    taken = _taken("Coffee can go back. However, open bags cannot.", "Coffee can", room=Room(statements=1))

    assert taken == ["Coffee can go back.", "However, open bags cannot."]


def test_an_introduction_brings_its_items() -> None:
    assert _taken("You need:\n\n- a cup\n- a spoon\n\nEnjoy.", "need", room=Room(statements=1)) == [
        "You need:",
        "- a cup",
        "- a spoon",
    ]


def test_one_row_is_enough_unless_its_neighbours_answer_as_well() -> None:
    table = "| Plan | Price |\n|---|---|\n| Solo | £9 |\n| Duo | £16 |\n| Office | £80 |"

    assert _taken(table, "Duo") == ["Duo: £16"]
    assert _taken(table, "Duo", others=0.9) == ["Solo: £9", "Duo: £16", "Office: £80"]


def test_neighbours_fill_the_room_and_no_more() -> None:
    text = "Aaaa aaaa aaaa aaaa. Bbbb bbbb bbbb bbbb. Cccc cccc cccc cccc. Dddd dddd dddd dddd."

    assert _taken(text, "Bbbb", room=Room(characters=45)) == ["Bbbb bbbb bbbb bbbb.", "Cccc cccc cccc cccc."]
