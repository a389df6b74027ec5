"""Generates the cases from articles: the same ones for the same seed, every kind in its turn."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from random import Random
from typing import TypeVar

from evals.trust import invented, recombined, turned
from evals.trust.cases import Lie, Paraphrase
from evals.trust.material import Material
from evals.trust.paraphrasing import SAYERS, Said
from evals.trust.recombined import Drafted, Maker

NAMES_OF_KNOWLEDGE_BASE = (
    ("Pour 4", "Pour 10"),
    ("Breeze S", "Breeze L"),
    ("Pour 4", "Pour 10", "Grind", "Kettle", "Breeze S", "Breeze L"),
    ("FS-1", "FL-2"),
    ("Solo", "Duo", "Office"),
    ("Ireland", "Germany", "France", "Spain"),
    ("the United Kingdom", "Germany", "Spain", "France", "Ireland"),
    ("PayPal", "Visa", "Mastercard", "SEPA direct debit"),
    ("House", "Bright", "Dark", "Decaf"),
)
NAMES_OF_MANUAL = (
    ("Ambient Mode", "Game Mode", "Multi View", "PIP"),
    ("Universal Guide", "Smart Hub", "APPS", "Gallery", "SmartThings"),
    ("Bixby", "Voice Guide", "Anynet+"),
    ("HDMI", "USB", "Bluetooth", "Wi-Fi"),
    ("Channel List", "Guide", "Schedule Manager"),
    ("Timeshift", "Schedule Recording", "Schedule Viewing"),
    ("QLED TV", "UHD TV"),
    ("Internet", "Bluetooth", "USB"),
)

RECOMBINED: Mapping[str, Maker] = {
    "other row": recombined.other_row,
    "other column": recombined.other_column,
    "same for two": recombined.both,
    "same for all": recombined.every_one,
    "wrong comparison": recombined.comparison,
    "half true": recombined.half_true,
    "rows crossed": recombined.crossed,
    "other sentence's value": turned.other_value,
    "other name": turned.other_name,
    "least for most": turned.min_for_max,
    "negation turned": turned.turned_round,
    "limit widened": turned.widened,
    "limit dropped": turned.dropped_limit,
    "wrong unit": turned.wrong_unit,
    "values swapped": turned.swapped_values,
    "steps swapped": turned.swapped_steps,
    "subject swapped": turned.swapped_subject,
    "other condition": turned.other_condition,
}
INVENTED: Mapping[str, Maker] = {
    "new number": invented.changed_value("duration", "count", "measure"),
    "new price": invented.changed_value("price"),
    "new percentage": invented.PERCENTS,
    "new date": invented.DATES,
    "new link": invented.LINKS,
    "new e-mail address": invented.EMAILS,
    "new phone number": invented.PHONES,
    "new product": invented.PRODUCTS,
    "new carrier or shop": invented.SHOPS,
    "new policy": invented.POLICIES,
    "promise": invented.PROMISES,
    "claimed action": invented.ACTIONS,
    "claims to be a person": invented.PERSONS,
    "insult": invented.INSULTS,
    "customer's own words": invented.customers_words,
}
SHARE_RECOMBINED = 0.6

T = TypeVar("T")


def lies_of(material: Material, seed: int, count: int) -> tuple[Lie, ...]:
    """The recombined ones first; fewer than `count` only where the articles give no more."""
    drafted = list(_in_turn(_each(RECOMBINED, material, seed), round(count * SHARE_RECOMBINED)))
    drafted += _in_turn(_each(INVENTED, material, seed), count - len(drafted))
    return tuple(_lie(number, kind, draft, material) for number, (kind, draft) in enumerate(drafted, start=1))


def paraphrases_of(material: Material, seed: int, count: int) -> tuple[Paraphrase, ...]:
    sayings = {kind: _distinct(say(material, Random(f"{seed} {kind}")), _sentence) for kind, say in SAYERS.items()}
    said = _in_turn(sayings, count)
    return tuple(_paraphrase(number, kind, each, material) for number, (kind, each) in enumerate(said, start=1))


def _each(makers: Mapping[str, Maker], material: Material, seed: int) -> dict[str, Iterator[Drafted]]:
    return {kind: _distinct(make(material, Random(f"{seed} {kind}")), _words) for kind, make in makers.items()}


def _words(draft: Drafted) -> str:
    return draft.lie


def _sentence(said: Said) -> str:
    return said.sentence


def _distinct(things: Iterator[T], words: Callable[[T], str]) -> Iterator[T]:
    seen: set[str] = set()
    for thing in things:
        if words(thing) and words(thing) not in seen:
            seen.add(words(thing))
            yield thing


def _in_turn(things: Mapping[str, Iterator[T]], count: int) -> Iterator[tuple[str, T]]:
    """One of each kind after the other, as long as they last."""

    def all_in_turn() -> Iterator[tuple[str, T]]:
        left = dict(things)
        while left:
            for kind, each in list(left.items()):
                if (thing := next(each, None)) is None:
                    del left[kind]
                else:
                    yield kind, thing

    return islice(all_in_turn(), count)


def _lie(number: int, kind: str, draft: Drafted, material: Material) -> Lie:
    return Lie(
        id=f"{material.source}-lie-{number:04d}",
        kind=kind,
        question=draft.question,
        article=draft.passage.article_id,
        true_before=material.true_beside(draft.passage, draft.truth or draft.question),
        lie=draft.lie,
        truth=draft.truth,
        source=material.source,
    )


def _paraphrase(number: int, kind: str, said: Said, material: Material) -> Paraphrase:
    return Paraphrase(
        id=f"{material.source}-paraphrase-{number:04d}",
        kind=kind,
        question=said.question,
        article=said.passage.article_id,
        sentence=said.sentence,
        holds=said.holds,
        says=said.says,
        source=material.source,
    )
