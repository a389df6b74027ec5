"""True sentences in other words than the article's, each kind by one way of saying it otherwise."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from app.domain.knowledge import Passage
from evals.trust.asking import question_about, question_for
from evals.trust.material import Fact, Material
from evals.trust.recombined import shuffled
from evals.trust.values import values_in
from evals.trust.wording import (
    Change,
    can_be_framed,
    contracted,
    framed,
    in_other_units,
    in_words,
    is_noun,
    lowered,
    named,
    raised,
    reordered,
    with_currency_words,
    with_opening,
    with_synonyms,
)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A paraphrase before it is numbered."""

    passage: Passage
    question: str
    sentence: str
    holds: str
    says: tuple[str, ...]


Sayer = Callable[[Material, Random], Iterator[Said]]


def changed(change: Change) -> Sayer:
    """An article's sentence after a change, where it changes anything."""

    def say(material: Material, random: Random) -> Iterator[Said]:
        for fact in shuffled(material.facts, random):
            sentence = change(fact.text, random)
            if sentence not in ("", fact.text):
                yield _of(fact, sentence)

    return say


def possible(text: str, random: Random) -> str:
    """What the customer can do, as what is possible, or asked of them."""
    if found := re.match(r"You can(?: also)? (?!only)(.*)", text):
        start = random.choice(
            ("It is possible to", "You're able to", "There is the option to", "Feel free to", "You may")
        )
        return f"{start} {found[1]}"
    if found := re.match(r"You (?:must|have to) (.*)", text):
        return f"{random.choice(('It is necessary to', 'You need to', 'Please note that you have to'))} {found[1]}"
    if re.match(r"(?:Press|Select|Use|Open|Hold|Choose|Check|Clean|Wipe|Take|Put|Fill|Enter|Keep|Wait)\b", text):
        return f"{random.choice(('Please', 'You should', 'It is best to', 'What you do:', 'Simply'))} {lowered(text)}"
    return text


def with_pronoun(text: str, random: Random) -> str:
    """The subject as "it" or "this"; the question has named it."""
    found = re.match(
        r"(?:The|A|An|Every) [\w' -]{3,40}? (is|has|costs (?=[£€])|takes|can|cannot|lasts|runs|fits|works|starts) ",
        text,
    )
    if not found or len(text[found.start(1) :].split()) < 6:
        return text
    return f"{random.choice(('It', 'This'))} {text[found.start(1) :]}"


def shortened(text: str, random: Random) -> str:
    """Without a reason, an example or a remark that limits nothing."""
    if re.match(r"(?:If|When|To|As)\b", text):
        return text
    return re.sub(
        r",? (?:because(?! of)|for example|such as|so that|whereas|which then)\b[^.;]*(?=\.)", "", text, count=1
    )


def several(text: str, random: Random) -> str:
    """Two or three changes at once, as a model writes."""
    changes: list[Change] = [
        reordered,
        with_synonyms,
        contracted,
        in_words,
        possible,
        with_currency_words,
        in_other_units,
    ]
    done = 0
    for change in random.sample(changes, len(changes)):
        other = change(text, random)
        done += other != text
        text = other
        if done == 3:
            break
    if done < 2:
        return ""
    return with_opening(text, random) if random.random() < 0.3 else text


def merged(material: Material, random: Random) -> Iterator[Said]:
    """Two neighbouring sentences as one; asked was for the first."""
    pairs = [
        (a, b)
        for a, b in zip(material.facts, material.facts[1:], strict=False)
        if (a.passage.id, a.block) == (b.passage.id, b.block) and len(a.text) + len(b.text) < 200
        if f"{a.text} {b.text}" in " ".join(a.passage.text.split())
    ]
    for first, last in shuffled(pairs, random):
        joint = random.choice((", and ", "; ", " – "))
        sentence = f"{first.text.removesuffix('.')}{joint}{lowered(last.text)}"
        yield _of(first, sentence)


def of_rows(material: Material, random: Random) -> Iterator[Said]:
    """A cell of a table as a sentence."""
    for point in shuffled((p for p in material.points if can_be_framed(p) and p.value not in ("Yes", "No")), random):
        sentence = framed(point, point.value, random)
        says = (point.item, *(tuple(value.words for value in values_in(point.value)) or (point.value,)))
        yield Said(passage=point.passage, question=question_for(point), sentence=sentence, holds=point.line, says=says)


_TWO = (
    "For {item}, the {one} is {first} and the {two} is {second}.",
    "{Item}: the {one} is {first}, the {two} {second}.",
    "With {item} you have {first} as the {one} and {second} as the {two}.",
)


def of_two_cells(material: Material, random: Random) -> Iterator[Said]:
    """Two cells of one item in a sentence."""
    framable = [p for p in material.points if is_noun(p) and values_in(p.value)]
    for one in shuffled(framable, random):
        others = [q for q in framable if q.item == one.item and q.passage.id == one.passage.id]
        two = random.choice(others)
        if two.attribute == one.attribute:
            continue
        sentence = random.choice(_TWO).format(
            item=named(one.item),
            Item=raised(named(one.item)),
            one=lowered(one.attribute),
            two=lowered(two.attribute),
            first=lowered(one.value),
            second=lowered(two.value),
        )
        says = (one.item, *(value.words for point in (one, two) for value in values_in(point.value)))
        question = f"{question_for(one)} And the {lowered(two.attribute)}?"
        yield Said(passage=one.passage, question=question, sentence=sentence, holds=one.line, says=says)


def _of(fact: Fact, sentence: str) -> Said:
    return Said(
        passage=fact.passage, question=question_about(fact), sentence=sentence, holds=fact.text, says=_says(fact.text)
    )


def _says(text: str) -> tuple[str, ...]:
    """Its values; where it has none, only the sentence itself or the article's words will do."""
    return tuple(dict.fromkeys(value.words for value in values_in(text)))


SAYERS: dict[str, Sayer] = {
    "a row as a sentence": of_rows,
    "two cells in a sentence": of_two_cells,
    "numbers in words": changed(in_words),
    "currency in words": changed(with_currency_words),
    "other unit, same length": changed(in_other_units),
    "clauses in other order": changed(reordered),
    "two sentences as one": merged,
    "synonyms": changed(with_synonyms),
    "contractions": changed(contracted),
    "polite opening": changed(with_opening),
    "possible, necessary, please": changed(possible),
    "it and this": changed(with_pronoun),
    "without reason or example": changed(shortened),
    "several at once": changed(several),
}
