"""No lie is shown, and what is true still comes through: a sample of what `python -m evals.trust` tells.

By words alone and only from the sample's articles, so that it takes seconds; the whole set stands in evals/trust."""

import asyncio
from pathlib import Path

import pytest

from evals.trust.generating import NAMES_OF_KNOWLEDGE_BASE, RECOMBINED, lies_of, paraphrases_of
from evals.trust.material import of_knowledge_base
from evals.trust.tables import HOLDS_AT_LEAST, OWN_AT_LEAST, Results
from evals.trust.telling import telling

pytestmark = pytest.mark.processes

KNOWLEDGE = Path(__file__).parents[2] / "knowledge_base"
SEED = 20260
LIES = 120
PARAPHRASES = 60


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """What came of each, told once for all tests here."""
    return asyncio.run(_tell(tmp_path_factory.mktemp("records")))


async def _tell(scratch: Path) -> Results:
    material = of_knowledge_base(KNOWLEDGE, NAMES_OF_KNOWLEDGE_BASE)
    results = Results()
    async with telling(material, KNOWLEDGE, scratch) as teller:
        for lie in lies_of(material, SEED, LIES):
            results.lies.append(await teller.tell_lie(lie))
        for paraphrase in paraphrases_of(material, SEED, PARAPHRASES):
            results.paraphrases.append(await teller.tell_paraphrase(paraphrase))
    return results


def test_no_lie_is_shown(told: Results) -> None:
    assert [f"{each.case.kind}: {each.case.lie}" for each in told.shown] == []


def test_a_true_answer_is_there_in_whose_words_ever(told: Results) -> None:
    lost = [f"{each.case.kind}: {each.case.sentence}" for each in told.paraphrases if not each.holds]

    assert told.share_holding >= HOLDS_AT_LEAST, lost


def test_a_true_answer_mostly_stands_in_the_models_own_words(told: Results) -> None:
    withheld = [f"{each.case.kind}: {each.case.sentence}" for each in told.paraphrases if not each.own]

    assert told.share_own >= OWN_AT_LEAST, withheld


def test_at_least_half_of_the_lies_are_made_of_what_the_articles_say(told: Results) -> None:
    kinds = [each.case.kind for each in told.lies]

    assert len(set(kinds)) >= 14
    assert sum(kind in RECOMBINED for kind in kinds) >= len(kinds) / 2


def test_the_same_seed_tells_the_same() -> None:
    material = of_knowledge_base(KNOWLEDGE, NAMES_OF_KNOWLEDGE_BASE)

    assert lies_of(material, 1, 33) == lies_of(material, 1, 33) != lies_of(material, 2, 33)
    assert paraphrases_of(material, 1, 28) == paraphrases_of(material, 1, 28)
