from app.domain.knowledge import Article
from app.knowledge.passages import WINDOW, passages_of


def article(text: str, title: str = "Kettle") -> Article:
    return Article(id="kettle.md", title=title, text=text)


def texts(text: str) -> list[str]:
    return [passage.text for passage in passages_of(article(text))]


def test_a_passage_carries_the_headings_above_it():
    cut = passages_of(article("Intro.\n\n## Care\n\nWipe it.\n\n### Descaling\n\nUse vinegar.\n\n## Faults\n\nE1."))

    assert [passage.title_path for passage in cut] == [
        ("Kettle",),
        ("Kettle", "Care"),
        ("Kettle", "Care", "Descaling"),
        ("Kettle", "Faults"),
    ]


def test_a_heading_alone_is_no_passage():
    cut = passages_of(article("## Empty\n\n## Full\n\nSomething."))

    assert [passage.title_path[-1] for passage in cut] == ["Full"]


def test_the_title_is_not_said_twice():
    cut = passages_of(article("# Kettle\n\nBoils water."))

    assert cut[0].title_path == ("Kettle",)


def test_an_article_of_a_title_alone_is_still_found_by_it():
    assert texts("") == ["Kettle"]


def test_long_text_is_cut_between_sentences():
    sentence = "The kettle boils a litre of water within three minutes at the highest level."
    cut = texts(" ".join([sentence] * 40))

    assert len(cut) > 1
    assert all(len(text) <= WINDOW + 200 for text in cut)
    assert all(text.endswith(".") and text.startswith("The kettle") for text in cut)


def test_no_word_is_lost_by_cutting():
    text = "\n\n".join(f"Paragraph {number}. " + f"word{number} " * 60 for number in range(30))

    assert " ".join(" ".join(texts(text)).split()) == " ".join(text.split())


def test_abbreviations_and_decimals_end_no_sentence():
    sentence = "Use approx. 2.5 l of water, e.g. from the tap, as Mr. Brown does."
    cut = texts(" ".join([sentence] * 40))

    assert all(text.endswith("does.") for text in cut)


def test_a_long_table_keeps_its_header_in_every_part():
    rows = "\n".join(
        f"| Part {number} | A rather long description of part {number} | {number} € |" for number in range(60)
    )
    cut = texts(f"| Part | What | Price |\n|---|---|---|\n{rows}")

    assert len(cut) > 1
    assert all(text.startswith("| Part | What | Price |\n|---|---|---|\n| Part ") for text in cut)


def test_a_list_is_announced_where_its_first_item_stands():
    filler = "This sentence only fills the first window of the passage with words. " * 12
    cut = texts(f"{filler}\n\nYou need these things:\n\n- " + "\n- ".join(["vinegar " * 12] * 8))

    assert cut[1].startswith("You need these things:\n\n- vinegar") or cut[1].startswith(
        "You need these things:\n- vinegar"
    )
    assert "You need" not in cut[0]


def test_a_sentence_without_end_is_cut_between_words():
    cut = texts("word " * 1000)

    assert all(len(text) <= WINDOW for text in cut)
    assert set(" ".join(cut).split()) == {"word"}


def test_ids_stay_while_the_words_stay():
    before = passages_of(article("First.\n\n## Two\n\nSecond."))
    after = passages_of(article("First.\n\n## Two\n\nSecond, but changed."))

    assert before[0].id == after[0].id
    assert before[1].id != after[1].id


def test_code_and_headings_inside_it_stay_whole():
    cut = passages_of(article("## Setup\n\n```\n# not a heading\nrun\n```"))

    assert [(passage.title_path, passage.text) for passage in cut] == [
        (("Kettle", "Setup"), "```\n# not a heading\nrun\n```")
    ]


def test_underlined_headings_count_and_rules_are_no_text():
    cut = passages_of(article("Care\n----\n\nWipe it.\n\n---\n\nA whole sentence stands here.\n---\n\n***\nMore."))

    assert [(passage.title_path, passage.text) for passage in cut] == [
        (("Kettle", "Care"), "Wipe it.\n\nA whole sentence stands here.\n\nMore.")
    ]
