"""Lies from the articles' own sentences: turned round, put in other order, widened, or told of something else."""

import re
from collections.abc import Iterator, Sequence
from random import Random

from evals.trust.asking import question_about
from evals.trust.material import Fact, Material
from evals.trust.recombined import Drafted, shuffled
from evals.trust.values import Found, keys_in, share, values_in, weighty
from evals.trust.wording import lowered, raised, told_otherwise

Pairs = Sequence[tuple[str, str]]


def other_value(material: Material, random: Random) -> Iterator[Drafted]:
    """The value of another sentence, of the same kind and unit where a unit matters."""
    for fact in shuffled(material.facts, random):
        values = values_in(fact.text)
        if not values:
            continue
        value = random.choice(values)
        taken = _values_for(value, fact, material, random)
        for other in taken[:2]:
            lie = value.replaced_in(fact.text, other.words)
            if not material.says_elsewhere(lie, [other.key]):
                yield _told(fact, lie, material, random)


def _values_for(value: Found, fact: Fact, material: Material, random: Random) -> list[Found]:
    """Those of its own article first."""
    own = keys_in(fact.text)
    found: dict[str, tuple[bool, Found]] = {}
    for other in shuffled(material.facts, random):
        for each in values_in(other.text):
            fits = each.kind == value.kind and (each.unit == value.unit or each.kind == "duration")
            hyphened = ("-" in each.words) == ("-" in value.words)
            if fits and hyphened and each.key not in own:
                found.setdefault(each.key, (other.article != fact.article, each))
    return [each for _, each in sorted(found.values(), key=lambda pair: pair[0])]


def other_name(material: Material, random: Random) -> Iterator[Drafted]:
    """The same told of another product, plan, country or function, where nothing like it is said of that one."""
    for fact in shuffled(material.facts, random):
        for group in shuffled(material.names, random):
            there = [name for name in group if re.search(_name(name), fact.text)]
            others = [name for name in group if name not in there]
            if not there or not others or len(there) > 2:
                continue
            mine, theirs = random.choice(there), random.choice(others)
            lie = re.sub(_name(mine), theirs, fact.text)
            if _no_such_thing(lie, theirs, material):
                yield _told(fact, lie, material, random)
            break


def _name(name: str) -> str:
    return rf"\b{re.escape(name)}\b(?!(?:'s)? (?:Plus|Smart|and|or|to|,))"


def _no_such_thing(lie: str, name: str, material: Material) -> bool:
    values = keys_in(lie)
    if values:
        return not material.says_elsewhere(f"{name} {lie}", values, 0.45)
    return " only" in lie and not material.says_elsewhere(lie, (), 0.95)


_LIMITS: Pairs = (
    (r"\bat least (?=\d)", "at most "),
    (r"\bat least (?=\d)", "no more than "),
    (r"\b[Uu]p to (?=[\d£€])", "at least "),
    (r"\b[Uu]p to (?=[\d£€])", "never less than "),
    (r"\bno more than (?=[\d£€])", "at least "),
    (r"\bwithin (?=\d)", "no earlier than "),
    (r"\bwithin (?=\d)", "not before "),
    (r"\bat the earliest\b", "at the latest"),
    (r"\bat the latest\b", "at the earliest"),
    (r"\bor later\b", "or earlier"),
    (r"\bor more\b", "or less"),
    (r"\bor higher\b", "or lower"),
    (r"\bbelow (?=[\d£€])", "above "),
    (r"\babove (?=[\d£€])", "below "),
    (r"\b(?:more|longer) than (?=[\d£€])", "less than "),
    (r"\bless than (?=[\d£€])", "more than "),
    (r"\bshorter than\b", "longer than"),
    (r"\bbefore (?=the (?:cut-off|renewal)|dispatch|\d)", "after "),
    (r"\bafter (?=the (?:cut-off|renewal)|dispatch|\d)", "before "),
    (r"\bfrom (?=[£€]\d)", "only below "),
)


def min_for_max(material: Material, random: Random) -> Iterator[Drafted]:
    return _by_pairs(_LIMITS, material, random)


_NEGATIONS: Pairs = (
    (r"\bcannot\b", "can"),
    (r"\bcan(?!not)\b", "cannot"),
    (r"\bis not\b", "is"),
    (r"\bare not\b", "are"),
    (r"\b(does|do) not have to\b", "must"),
    (r"\bdoes not (?!have\b)(\w+?)(?:(?<=[sx])|(?<=ss))(?= )", r"\1es"),
    (r"\bdoes not (?!have\b)(\w+?[^sx])(?= )", r"\1s"),
    (r"\bdo not (?!have to)(?=\w)", ""),
    (r"(?<!who )(?<!which )(?<!that )\bis (?=(?:free|available|valid|refunded|dishwasher|optional|enough|covered|"
     r"possible|supported|locked|charged|sent|kept|included|replaced|repaired|connected|activated))", "is not "),
    (r"\bare (?=(?:free|available|valid|refunded|dishwasher|covered|answered|dispatched|supported|saved|deleted|"
     r"recorded|displayed|blocked|sent|signed))", "are not "),
    (r"\bmust\b(?! not)", "need not"),
    (r"\b[Nn]ever\b", "always"),
    (r"\bno longer\b", "still"),
    (r"\bwithout\b", "only with"),
    (r"\bfree of charge\b", "for a fee"),
    (r"\bhas no\b", "has a"),
    (r"\bPlease do not\b", "Please do"),
    (r"\bDo not\b", "You can safely"),
    (r"\bwill not\b", "will"),
    (r"\bwill (?!not)", "will not "),
)  # fmt: skip


_OPEN = re.compile(
    r"\b(?:may|might|or (?:does |do |is )?not|whether|except|only|unless|(?:some|certain)(?:thing)?)\b", re.I
)


def turned_round(material: Material, random: Random) -> Iterator[Drafted]:
    """What can be done cannot, what is free is not. Sentences that leave things open cannot be turned, and very short
    ones hold only where they stand."""
    for drafted in _by_pairs(_NEGATIONS, material, random):
        if len(drafted.truth.split()) > 5 and not _OPEN.search(drafted.truth):
            yield drafted


_WIDENED: Pairs = (
    (r"\bonly\b(?= (?:in|on|for|with|the|if|when|from|by|after|before|to|as|against))", "not only"),
    (r"\b(?:can be used|is available|are available|applies|works) only\b", "is possible also elsewhere than"),
    (r" only\.", ", among others."),
    (r"\bup to (?=\d)", "more than "),
    (r"\b[Oo]nly one\b", "more than one"),
    (r"\bonly the\b", "also others than the"),
    (r"\bonce only\b", "as often as you like"),
    (r"\bone single kind\b", "several kinds"),
    (r"\bonce per customer\b", "as often as you like"),
)


def widened(material: Material, random: Random) -> Iterator[Drafted]:
    """What holds for some only, or up to a figure, told without that bound."""
    return _by_pairs(_WIDENED, material, random)


_DROPPED = re.compile(
    r",? (?:except|unless|as long as|provided (?:that|you)|but only if|(?:only )?if|without charge)\b [^.;]*(?=\.)"
)
_ALWAYS = (", in every case", " under all circumstances", ", whatever the circumstances", ", always")
_EVER = (", whatever the circumstances", ", without any exception")
_NO_RULE = re.compile(
    r"(?:If|When|Do|Please|Check|Ask|Choose|Clean|Confirm|Use|Select|Press|Reset|Contact)\b|.*\bmay\b"
)
_LEFT_OUT = re.compile(r"if (?:you can|you like|in doubt|possible|any)|but not")


def dropped_limit(material: Material, random: Random) -> Iterator[Drafted]:
    """A rule without its exception or its condition, and "in every case" where the bare rule might pass for it."""
    for fact in shuffled(material.facts, random):
        found = _DROPPED.search(fact.text)
        if not found or _LEFT_OUT.search(found[0]) or _NO_RULE.match(fact.text):
            continue
        rest = (fact.text[: found.start()] + fact.text[found.end() :]).removesuffix(".")
        if len(rest.split()) < 4 or rest.endswith((" only", " even", " and", " or")):
            continue
        always = random.choice(_EVER if re.search(r"\b(?:not|cannot|never|no)\b", rest) else _ALWAYS)
        yield _told(fact, raised(f"{rest}{always}."), material, random)


_UNITS: dict[str, tuple[str, ...]] = {
    "second": ("minutes",), "minute": ("hours", "seconds"), "hour": ("days", "minutes"), "day": ("weeks", "hours"),
    "working day": ("weeks", "hours"), "week": ("days", "months"), "month": ("weeks", "days"), "year": ("months",),
    "kg": ("g",), "g": ("kg",), "cm": ("mm", "m"), "m": ("cm",), "W": ("kW",), "litre": ("ml",), "ml": ("litres",),
    "mm": ("cm",), "inche": ("cm",), "feet": ("inches",), "Hz": ("kHz",), "GB": ("MB",), "MB": ("GB",),
    "£": ("€",), "€": ("£",), "GHz": ("MHz",), "°C": ("°F",),
}  # fmt: skip


def wrong_unit(material: Material, random: Random) -> Iterator[Drafted]:
    for fact in shuffled(material.facts, random):
        values = [value for value in values_in(fact.text) if value.unit.removesuffix("s") in _UNITS]
        if not values:
            continue
        value = random.choice(values)
        unit = random.choice(_UNITS[value.unit.removesuffix("s")])
        unit = unit.removesuffix("s") if "-" in value.words else unit
        lie = value.replaced_in(fact.text, value.words.replace(value.unit, unit))
        if not material.says_elsewhere(lie, keys_in(lie) - keys_in(fact.text), 0.4):
            yield _told(fact, lie, material, random)


def swapped_values(material: Material, random: Random) -> Iterator[Drafted]:
    """Two values of a sentence, each in the other's place."""
    for fact in shuffled(material.facts, random):
        values = [v for v in values_in(fact.text) if v.kind not in ("time", "date", "count")]
        pairs = [(a, b) for a in values for b in values if a.start < b.start and a.unit == b.unit and a.key != b.key]
        for first, last in pairs[:1]:
            yield _told(fact, first.replaced_in(last.replaced_in(fact.text, first.words), last.words), material, random)


_ORDER = re.compile(r"(?!You\b|The\b|If\b|Or\b|A\b|For\b|Then\b|Repeat\b|Pour 10|From\b|When\b|It\b)[A-Z]\w+ [^:;]*\.")
_STEPS = ("First {b}, and only then {a}.", "Start with this: {b}; after that, {a}.", "Before you {a}, {b}.")


def swapped_steps(material: Material, random: Random) -> Iterator[Drafted]:
    """The later of two steps told as the first."""
    steps = [fact for fact in material.facts if fact.step is not None and _ORDER.fullmatch(fact.text)]
    for first in shuffled(steps, random):
        nexts = [s for s in steps if (s.passage.id, s.block) == (first.passage.id, first.block)]
        for last in [s for s in nexts if s.step == (first.step or 0) + 1][:1]:
            a, b = (lowered(s.text.removesuffix(".")) for s in (first, last))
            lie = random.choice(_STEPS).format(a=a, b=b)
            yield Drafted(passage=first.passage, question=question_about(first), lie=lie, truth=first.text)


_SUBJECTS: Pairs = (
    (r"\b[Yy]ou pay\b", "we pay"),
    (r"\b[Yy]ou pay\b", "Tallybrook pays"),
    (r"^Tallybrook (send|pay|refund|keep|arrange|replace|issue|deliver)s\b", r"You \1"),
    (r"\b[Tt]he care team\b(?= (?:can|sends?|answers?|will|does|asks?|chats))", "the AI assistant"),
    (r"\b[Tt]he AI assistant\b(?= (?!never)\w)", "the care team"),
    (r"\b[Yy]our bank\b", "Tallybrook"),
    (r"\b[Yy]ou receive\b", "the care team receives"),
    (r"\bthe buyer\b", "the recipient"),
    (r"\bby a person, never by the AI assistant\b", "by the AI assistant, never by a person"),
    (r"\b[Tt]he parcel carrier\b", "the care team"),
    (r"\b[Yy]ou can\b(?= (?:cancel|change|return|pay|request|delete|redirect|add|save))", "only the care team can"),
    (r"\bthe TV\b(?= (?:detects|displays|turns|pairs|cannot|can|must))", "the remote control"),
    (r"\b[Yy]our mobile device\b", "the TV's remote"),
    (r"\bUSB device\b", "Bluetooth device"),
)


def swapped_subject(material: Material, random: Random) -> Iterator[Drafted]:
    """Somebody else does it, pays it or gets it."""
    return _by_pairs(_SUBJECTS, material, random)


_RULE = re.compile(r"((?:If|When|After|As soon as|Before|For|To) [^,:]{8,90}), ([^:]{12,160})\.")


def other_condition(material: Material, random: Random) -> Iterator[Drafted]:
    """A rule under the condition of another rule of the same article."""
    ruled = [(fact, found) for fact in material.facts if (found := _RULE.fullmatch(fact.text))]
    for fact, found in shuffled(ruled, random):
        others = [o[1] for f, o in ruled if f.article == fact.article and _is_another(o[1], found[1])]
        if others and not re.search(r"contact|please tell|get in touch", found[2]):
            lie = f"{random.choice(others)}, {found[2]}."
            if not material.says_elsewhere(lie, (), 0.85):
                yield _told(fact, lie, material, random)


def _is_another(condition: str, mine: str) -> bool:
    """Of the same kind, and not narrower: what holds on Mondays holds on a Monday in May."""
    same_kind = condition.split()[0] == mine.split()[0]
    return same_kind and share(weighty(mine), weighty(condition)) < 0.6


def _by_pairs(pairs: Pairs, material: Material, random: Random) -> Iterator[Drafted]:
    """The first fitting place of a random fitting pair, where the result is said nowhere."""
    for fact in shuffled(material.facts, random):
        fitting = [(pattern, other) for pattern, other in pairs if re.search(pattern, fact.text)]
        if not fitting:
            continue
        pattern, other = random.choice(fitting)
        lie = raised(re.sub(r"  +", " ", re.sub(pattern, other, fact.text, count=1)))
        if all(lie != known.text for known in material.facts):
            yield _told(fact, lie, material, random)


def _told(fact: Fact, lie: str, material: Material, random: Random) -> Drafted:
    return Drafted(
        passage=fact.passage,
        question=question_about(fact),
        lie=told_otherwise(lie, fact, material, random),
        truth=fact.text,
    )
