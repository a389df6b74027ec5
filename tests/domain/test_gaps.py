"""Questions asked in vain are one gap however they are ordered and ended; a settled one comes back when asked again."""

from datetime import UTC, datetime, timedelta

from app.domain.gaps import Unanswered, gaps_of, key_of_terms

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def asked(question: str, minutes: int = 0, conversation: str = "c") -> Unanswered:
    at = NOON + timedelta(minutes=minutes)
    return Unanswered(question=question, conversation_id=conversation, at=at, covers_to=1)


def key(question: str) -> str:
    return key_of_terms(question.lower().rstrip("?").split(), question)


def test_the_most_asked_question_comes_first_in_its_newest_words() -> None:
    asked_in_vain = [asked("Blue cups?", 3), asked("red cups?", 2), asked("Cups blue?", 1)]

    gaps = gaps_of(asked_in_vain, key, {})

    assert [(gap.question, len(gap.times)) for gap in gaps] == [("Blue cups?", 2), ("red cups?", 1)]


def test_a_settled_gap_counts_only_what_was_asked_since() -> None:
    asked_in_vain = [asked("Cups?", 1), asked("Cups?", 5)]

    before = gaps_of(asked_in_vain[:1], key, {"cups": NOON + timedelta(minutes=2)})
    after = gaps_of(asked_in_vain, key, {"cups": NOON + timedelta(minutes=2)})

    assert before == ()
    assert [len(gap.times) for gap in after] == [1]


def test_words_that_carry_no_meaning_are_told_apart_by_themselves() -> None:
    assert key_of_terms([], "And  this?") == "and this?"
    assert key_of_terms([], "And that?") != key_of_terms([], "And this?")
    assert len(key_of_terms(["x" * 1_000], "")) == 320
