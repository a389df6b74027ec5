"""Where senses and values stand, counted for all statements at once."""

from app.domain.checking import Value, ValueKind
from app.domain.claims import Clause, Quantity, Sense, Word
from app.domain.grounding import Asked, Evidence, Said, Segment, Strictness
from app.domain.grounding_index import Index, postings_of

FIVE_DAYS = Value(kind=ValueKind.DURATION, canonical="s 432000", words="5 days")


def _word(stem: str, *, weight: float = 1.0, capital: bool = False, parts: tuple[str, ...] = ()) -> Word:
    return Word(
        stem=stem,
        senses=frozenset[Sense]([stem]),
        opposites=frozenset(),
        at=0,
        end=len(stem),
        weight=weight,
        capital=capital,
        parts=tuple(frozenset[Sense]([part]) for part in parts),
    )


def _quantity(value: Value) -> Quantity:
    return Quantity(value=value, at=0, start=0, end=1)


def _evidence(
    words: str, *, at: int = 0, passage: str = "p1", above: str = "", values: tuple[Value, ...] = (), **more: bool | int
) -> Evidence:
    stems = frozenset[Sense](words.split())
    clause = Clause(quantities=tuple(_quantity(value) for value in values), negations=int(more.get("denies", 0)))
    return Evidence(
        place=(passage, at),
        article=passage,
        segments=(Segment(clause=clause, offered=stems, stems=stems),),
        context=frozenset[Sense](above.split()),
        number=1 if more.get("listed") else None,
        restricted=bool(more.get("restricted")),
    )


def _said(*words: Word, values: tuple[Value, ...] = ()) -> Said:
    clause = Clause(words=words, quantities=tuple(_quantity(value) for value in values))
    return Said(
        clause=clause,
        parts=(clause,),
        sentence=clause.senses,
        asked=Asked(),
        names=frozenset(),
        strict=Strictness(),
    )


def _possible(index: Index, said: Said) -> list[int]:
    tally = index.tally(said)
    return [evidence.place[1] for evidence in index.by_score(tally.possible, tally.scores, 6)]


def test_the_statement_with_most_of_the_words_comes_first() -> None:
    index = Index([postings_of([_evidence("tea", at=0), _evidence("tea pot", at=1)])])

    assert _possible(index, _said(_word("tea"), _word("pot"))) == [1, 0]


def test_a_word_above_a_statement_counts_less_than_its_own() -> None:
    index = Index([postings_of([_evidence("cup", at=0, above="tea"), _evidence("tea", at=1)])])

    assert _possible(index, _said(_word("tea"))) == [1, 0]


def test_a_statement_without_what_is_spoken_of_is_not_possible() -> None:
    index = Index([postings_of([_evidence("pot", at=0), _evidence("tea", at=1)])])

    assert _possible(index, _said(_word("tea"), _word("pot"))) == [1]


def test_a_statement_without_a_name_is_not_possible() -> None:
    index = Index([postings_of([_evidence("tea", at=0), _evidence("tea Assam", at=1)])])

    assert _possible(index, _said(_word("tea"), _word("Assam", capital=True))) == [1]


def test_a_statement_without_the_value_is_not_possible() -> None:
    index = Index([postings_of([_evidence("tea", at=0), _evidence("tea", at=1, values=(FIVE_DAYS,))])])

    assert _possible(index, _said(_word("tea"), values=(FIVE_DAYS,))) == [1]


def test_a_restricted_statement_is_not_possible() -> None:
    index = Index([postings_of([_evidence("tea", at=0, restricted=True)])])

    assert _possible(index, _said(_word("tea"))) == []


def test_a_phrase_stands_where_all_its_parts_do() -> None:
    index = Index([postings_of([_evidence("send", at=0), _evidence("send back", at=1)])])

    assert _possible(index, _said(_word("send back", parts=("send", "back")))) == [1]


def test_passages_stand_behind_one_another() -> None:
    parts = [postings_of([_evidence(words, passage=words)]) for words in ("tea", "pot", "cup")]
    index = Index(parts)

    found = index.best(index.scores(Clause(words=(_word("cup"),))))

    assert found is not None
    assert found[0].place == ("cup", 0)


def test_of_equal_statements_the_first_is_the_best() -> None:
    index = Index([postings_of([_evidence("tea", at=0), _evidence("tea", at=1)])])

    found = index.best(index.scores(Clause(words=(_word("tea"),))))

    assert found is not None
    assert found[0].place == ("p1", 0)


def test_of_nearly_equal_statements_the_shortest_is_the_best_and_its_score_does_not_tell() -> None:
    long, short = "tea pot lid spout handle box", "tea pot"
    index = Index([postings_of([_evidence(long, at=0), _evidence(short, at=1)])])
    alone = Index([postings_of([_evidence(long, at=0)])])
    tea = Clause(words=(_word("tea"),))

    found, by_itself = index.best(index.scores(tea)), alone.best(alone.scores(tea))

    assert found is not None
    assert by_itself is not None
    assert found[0].place == ("p1", 1)
    assert found[1] == by_itself[1]


def test_what_denies_nothing_is_preferred_for_what_denies_nothing() -> None:
    denied = _evidence("tea", at=0, denies=True)
    index = Index([postings_of([denied, _evidence("tea pot", at=1)])])
    said, unsaid = Clause(words=(_word("tea"),)), Clause(words=(_word("tea"),), negations=1)

    places = [index.best(index.scores(clause), index.alike(clause)) for clause in (said, unsaid)]

    assert [found and found[0].place for found in places] == [("p1", 1), ("p1", 0)]


def test_a_word_of_few_statements_counts_more_than_one_of_many() -> None:
    many = [_evidence("tea", at=at) for at in range(40)]
    index = Index([postings_of([*many, _evidence("Assam", at=40)])])

    found = index.best(index.scores(Clause(words=(_word("tea"), _word("Assam")))))

    assert found is not None
    assert found[0].place == ("p1", 40)


def test_nothing_is_best_where_nothing_is_found() -> None:
    index = Index([postings_of([_evidence("tea")])])

    assert index.best(index.scores(Clause(words=(_word("cup"),)))) is None


def test_steps_and_items_are_told_from_other_statements() -> None:
    index = Index([postings_of([_evidence("tea", at=0), _evidence("tea", at=1, listed=True)])])
    tally = index.tally(_said(_word("tea")))

    assert [each.place[1] for each in index.by_score(index.listed(tally), tally.scores, 6)] == [1]


def test_an_articles_statements_are_found_by_their_own_words_only() -> None:
    index = Index(
        [
            postings_of([_evidence("tea", passage="a"), _evidence("cup", at=1, passage="a", above="tea")]),
            postings_of([_evidence("tea", passage="b")]),
        ]
    )

    assert [each.place for each in index.of_article("a", ["tea"])] == [("a", 0)]
