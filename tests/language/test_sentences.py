"""Sentences of help articles and of what models write, whole and as they arrive."""

import random

import pytest

from app.language.sentences import Sentence, SentenceStream, split_sentences

ARTICLE = """\
# Returns & refunds

You can return most items within 30 days. Write to Dr. Weber, e.g. by e-mail (help@example.com). Version 2.4.1 is out!
See https://example.com/a.b?c=d. Wait...  or don't. "Really?" Yes. Fine. [1] Next.[2] Last one [3]. Ends here…

1. Open the app. Tap *Settings*.
2. Press "Reset"
   and wait.
- One
- Two: yes. No.

| model | price |
|---|---:|
| E. 3 | 5.00 approx. |

```
run.it now. And
  again
```
Wir öffnen am 3. Mai um 9 Uhr, z. B. nach Absprache. « Bonjour ! » Il dit oui. ¿Cómo? ¡Así! La Sra. García.
Opening hours:
Mo.–Fr. 9 a.m. – 5 p.m.
***
**Note.** Best,
Anna\t
"""


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text)]


def streamed(pieces: list[str]) -> list[Sentence]:
    stream = SentenceStream()
    found = [sentence for piece in pieces for sentence in stream.feed(piece)]
    return [*found, *stream.end()]


def cut_at_random(text: str, dice: random.Random) -> list[str]:
    longest = dice.choice([1, 3, 8, 200])
    pieces: list[str] = []
    while text:
        size = dice.randint(0, longest)
        pieces.append(text[:size])
        text = text[size:]
    return pieces


@pytest.mark.parametrize(
    "text",
    [
        "Reset it. | Then wait.",
        "Is it on? | Check the light! | Done.",
        "No. | That is not covered.",
        "It closes at 5 p.m. | The shop is near.",
        "It costs 30. | Delivery is free.",
        "Use a charger, cable, etc. | Nothing else.",
        'He said "Stop!" | She left.',
        "Choose plan B. | It is cheaper.",
        "So do I. | Thanks.",
        "it broke. | i want a refund",
        "Wait... | Then go on.",
        "See example.com. | It says so.",
        "Great! | 😀 No.",
        "Das kostet 30. | Danach mehr.",
        "¿Cómo? | ¡Así! | Bien.",
        "Vraiment ? | Oui.",
        "« Bonjour ! » | Il sourit.",
        "**Note.** | It is hot.",
        "Free for 30 days. [1] | Later it costs 5 €.[2] | Cancel any time [3].",
    ],
)
def test_a_sentence_ends_where_the_next_begins(text: str):
    assert texts(text.replace(" | ", " ")) == text.split(" | ")


@pytest.mark.parametrize(
    "sentence",
    [
        "Write to Dr. Weber or Mrs. Jones.",
        "Use a charger, e.g. Model No. 5, i.e. the white one.",
        "It takes approx. 3 days, max. 5 in winter.",
        "Version 2.4.1 costs 3.50 EUR, see https://example.com/a.b?c=d!e for help@example.com.",
        "We open at 9 a.m. Monday to Friday, 5 p.m. GMT at the latest.",
        "Wait... or do not… as you like.",
        'He said "Stop!" and left (really?) at once.',
        "Chargers, cables, etc. are not covered.",
        "By J. K. Rowling.",
        "Wir öffnen am 3. Mai, z. B. im 2. Stock, d. h. oben.",
        "Ihre Bestellnr. 52 liegt bei Fr. Weber bzw. Hr. Kurz.",
        "La Sra. García vive aquí, p. ej. en el núm. 5.",
        "Contactez Mme. Dupont au 3 r. Verte.",
        "1. Open the app.",
        "Step 2. Tap it.",
    ],
)
def test_a_shortened_word_does_not_end_a_sentence(sentence: str):
    assert texts(sentence) == [sentence]
    assert texts(f"{sentence} Next one.") == [sentence, "Next one."]


def test_list_items_keep_their_marks():
    assert texts("Do this:\n1. Open it. Look.\n2) Wait\n   a bit.\n- [ ] Close\n* End") == [
        "Do this:",
        "1. Open it.",
        "Look.",
        "2) Wait\n   a bit.",
        "- [ ] Close",
        "* End",
    ]


def test_headings_rows_rules_and_code_are_one_sentence_a_line():
    text = "## One. Two\nText. More\n| a. b | c. D |\n|---|---|\n---\n```\nx. Y\n  - z\n```\nEnd"

    assert texts(text) == [
        *("## One. Two", "Text.", "More", "| a. b | c. D |", "|---|---|", "---"),
        *("```", "x. Y", "- z", "```", "End"),
    ]


def test_a_wrapped_paragraph_is_read_on_and_short_lines_are_not():
    wrapped = "The warranty holds for two years from the day on which you\nBought it and covers the battery."
    short = "Opening hours\nMonday to Friday\nat nine"

    assert texts(wrapped) == [wrapped]
    assert texts(short) == ["Opening hours", "Monday to Friday\nat nine"]


def test_leads_and_texts_in_turn_are_the_original():
    found = split_sentences(f" \n{ARTICLE}")

    assert "".join(sentence.lead + sentence.text for sentence in found) == f" \n{ARTICLE}".rstrip()
    assert all(sentence.text == sentence.text.strip() != "" for sentence in found)
    assert found[0] == Sentence(text="# Returns & refunds", lead=" \n")


@pytest.mark.parametrize("text", ["", "  \n\t\n"])
def test_nothing_written_is_no_sentence(text: str):
    assert split_sentences(text) == []


@pytest.mark.parametrize("seed", range(60))
def test_pieces_give_the_same_sentences_as_the_whole(seed: int):
    dice = random.Random(seed)

    assert streamed(cut_at_random(ARTICLE, dice)) == split_sentences(ARTICLE)


SCRAPS = [
    *("Word", "word", "5", "3", "E.", "Dr", "etc", "e.g", "No", "am", "Mai", "a.m", "I", "z", "B", "😀", "x.y/z"),
    *(".", ". ", "! ", "? ", "... ", "…", ": ", ", ", ") ", "(", '"', "” ", "« ", " »", "[1", "] ", "[2]", "*", "**"),
    *(" ", "  ", "\n", "\n\n", "\r\n", "\u00a0", "- ", "\n- ", "\n1. ", "\n| a |", "\n---\n", "\n```\n", "# ", "~~~"),
]


@pytest.mark.parametrize("seed", range(200))
def test_any_text_in_any_pieces_loses_nothing(seed: int):
    dice = random.Random(seed)
    text = "".join(dice.choices(SCRAPS, k=40))
    whole = split_sentences(text)

    assert "".join(sentence.lead + sentence.text for sentence in whole) == text.rstrip()
    assert streamed(list(text)) == whole
    assert streamed(cut_at_random(text, dice)) == whole


def test_a_stop_is_held_until_what_follows_is_known():
    stream = SentenceStream()

    assert stream.feed("It costs 3.") == []
    assert stream.feed("5 euros. ") == []
    assert stream.feed("De") == []
    assert stream.feed("livery is") == [Sentence(text="It costs 3.5 euros.")]
    assert stream.feed(" free") == []
    assert stream.end() == [Sentence(text="Delivery is free", lead=" ")]
