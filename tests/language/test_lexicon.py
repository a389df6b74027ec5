"""The lists of words are well formed, and what is read from them."""

from collections import Counter
from pathlib import Path

import pytest

from app.language.lexicon import FOLDER, HARD, LIGHT, Lexicon, lexicon_of

LISTS = ["synonyms_en.txt", "antonyms_en.txt", "light_en.txt", "hard_en.txt", "soft_en.txt", "empathy_en.txt"]


def _lines(name: str) -> list[str]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_holds_lower_case_words(name: str) -> None:
    assert not [line for line in _lines(name) if line != line.lower() and name != "soft_en.txt"]


@pytest.mark.parametrize("name", [name for name in LISTS if name != "antonyms_en.txt"])
def test_no_line_stands_twice_in_a_list(name: str) -> None:
    twice = [line for line, times in Counter(_lines(name)).items() if times > 1]

    assert not twice


def test_every_antonym_line_opposes_two_sides() -> None:
    assert not [line for line in _lines("antonyms_en.txt") if len(line.split("|")) != 2]


def test_a_group_of_synonyms_has_two_members_and_none_twice() -> None:
    groups = [[word.strip() for word in line.split(",")] for line in _lines("synonyms_en.txt")]

    assert not [group for group in groups if len(group) < 2 or len(set(group)) < len(group) or "" in group]


def test_no_pair_means_both_the_same_and_the_opposite() -> None:
    lexicon = lexicon_of("en")
    pairs = [[side.strip() for side in line.split("|")] for line in _lines("antonyms_en.txt")]

    both = [
        (one, other)
        for one, other in pairs
        if " " not in one + other and not lexicon.of_word(one).senses.isdisjoint(lexicon.of_word(other).senses)
    ]

    assert not both


def test_a_word_shares_a_sense_with_its_synonym(tmp_path: Path) -> None:
    (tmp_path / "synonyms_en.txt").write_text("parcel, package\n")
    lexicon = Lexicon("en", tmp_path)

    assert not lexicon.of_word("parcels").senses.isdisjoint(lexicon.of_word("package").senses)


def test_a_word_knows_its_opposite(tmp_path: Path) -> None:
    (tmp_path / "antonyms_en.txt").write_text("open | closed\n")
    lexicon = Lexicon("en", tmp_path)

    assert lexicon.of_word("open").opposites == {lexicon.stem("closed")}


def test_the_longest_phrase_is_found(tmp_path: Path) -> None:
    (tmp_path / "synonyms_en.txt").write_text("free, free of charge, free of\n")
    lexicon = Lexicon("en", tmp_path)
    stems = [lexicon.stem(word) for word in ["free", "of", "charge"]]

    phrase = lexicon.phrase_at(stems, 0)

    assert phrase is not None
    assert phrase[0] == 3


def test_the_longest_run_of_soft_words_is_found(tmp_path: Path) -> None:
    (tmp_path / "soft_en.txt").write_text("please\nplease note that\n")
    lexicon = Lexicon("en", tmp_path)

    assert lexicon.soft_at(["please", "note", "that", "tea"], 0) == 3
    assert lexicon.soft_at(["please", "wait"], 0) == 1
    assert lexicon.soft_at(["tea"], 0) == 0


def test_hard_and_light_words_weigh_so(tmp_path: Path) -> None:
    (tmp_path / "hard_en.txt").write_text("guarantee\n")
    (tmp_path / "light_en.txt").write_text("simply\n")
    lexicon = Lexicon("en", tmp_path)

    assert lexicon.of_word("guarantee").weight == HARD
    assert lexicon.of_word("simply").weight == LIGHT


@pytest.mark.parametrize(("written", "base"), [("sent", "send"), ("organise", "organize"), ("parcels", "parcel")])
def test_forms_of_a_word_have_one_stem(written: str, base: str) -> None:
    lexicon = lexicon_of("en")

    assert lexicon.stem(written) == lexicon.stem(base)


def test_a_language_without_lists_knows_words_by_their_stems() -> None:
    meaning = lexicon_of("de").of_word("Pakete")

    assert meaning.senses == {meaning.stem}
