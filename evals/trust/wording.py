"""The same said in other words: synonyms, forms of values, frames for what a table says, the order of clauses."""

import re
from collections.abc import Callable, Sequence
from random import Random

from evals.trust.material import Fact, Material, Point
from evals.trust.values import values_in

_SYNONYMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"You can(?!not)\b", ("You may", "You are able to", "It is possible to", "You have the option to")),
    (r"(?<=[a-z] )you can(?!not)\b", ("you are able to", "you may")),
    (r"\bcannot be\b", ("can't be", "can not be")),
    (r"\bmust\b(?! not)", ("has to", "needs to")),
    (r"\bcosts\b", ("is priced at", "comes to", "goes for")),
    (r"\btakes (?=\d|about|up to|longer)", ("needs ", "lasts ", "goes on for ")),
    (r"\bfree of charge\b", ("for free", "at no cost", "without any charge")),
    (r"\bis free(?= (?:in|of)\b|[.,])", ("costs nothing", "is at no charge")),
    (r"\byou receive\b", ("you get", "you are sent")),
    (r"\bYou receive\b", ("You get", "You will get")),
    (r"\bsends you\b", ("mails you", "will send you")),
    (r"\bcontact the care team\b", ("get in touch with the care team", "write to or call the care team")),
    (r"\bwithin(?= \d)", ("in no more than", "in at most")),
    (r"(?<=[tehsr] )appliance\b", ("device", "machine")),
    (r"\bappliances\b", ("devices", "machines")),
    (r"\bdispatched\b", ("sent out", "shipped")),
    (r"\bparcel\b", ("package",)),
    (r"\bSelect\b", ("Choose", "Pick")),
    (r"\bselect\b", ("choose", "pick")),
    (r"\babout(?= \d)", ("roughly", "around", "approximately")),
    (r"\bis valid for\b", ("can be used for", "stays valid for")),
    (r"\bare valid for\b", ("can be used for", "stay valid for")),
    (r"\bbought\b", ("purchased",)),
    (r"\bbuy\b", ("purchase",)),
    (r"\bat once\b", ("immediately", "right away")),
    (r"\bat any time\b", ("whenever you like", "any time")),
    (r"\bswitch off\b", ("turn off",)),
    (r"\bswitches itself off\b", ("goes off by itself", "turns itself off")),
    (r"\bpress\b", ("push", "tap")),
    (r"\bmake sure\b", ("check",)),
    (r"\bEnsure that\b", ("Make sure that",)),
    (r"\bis not supported\b", ("isn't supported", "does not work")),
    (r"\bwatching\b", ("viewing",)),
    (r"\bdisplays\b", ("shows",)),
    (r"\bautomatically(?=[.,])", ("by itself", "on its own")),
    (r"\bvia\b", ("through", "over")),
    (r"\bis lost\b", ("has gone missing",)),
    (r"\bif you want to\b", ("if you would like to", "should you wish to")),
    (r"\bneeds\b", ("requires",)),
    (r"\b(is|are) available\b", (r"\1 offered", r"\1 on offer")),
    (r"\bfault\b", ("defect",)),
    (r"\bpay(?= the\b)", ("cover", "bear")),
    (r"\bkeeps\b", ("holds on to",)),
)
"""What a customer takes for the same. Not always pretty; nor is what models write."""

_CONTRACTIONS = (
    ("cannot", "can't"),
    ("does not", "doesn't"),
    ("do not", "don't"),
    ("is not", "isn't"),
    ("are not", "aren't"),
    ("has not", "hasn't"),
    ("You will", "You'll"),
    ("you will", "you'll"),
    ("You have to", "You've got to"),
    ("it is", "it's"),
    ("It is", "It's"),
)
_WORDS = {
    "1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "8": "eight",
    "9": "nine", "10": "ten", "12": "twelve", "14": "fourteen", "15": "fifteen", "20": "twenty", "24": "twenty-four",
    "25": "twenty-five", "30": "thirty", "40": "forty", "45": "forty-five", "60": "sixty", "90": "ninety",
}  # fmt: skip
_SAME_LENGTH = {
    "30 minutes": "half an hour", "60 minutes": "one hour", "90 minutes": "an hour and a half", "14 days": "two weeks",
    "7 days": "one week", "12 months": "one year", "24 months": "two years",
    "60 seconds": "one minute", "21 days": "three weeks", "120 minutes": "two hours", "6 months": "half a year",
}  # fmt: skip
OPENINGS = ("Yes, ", "Sure: ", "Happy to help: ", "Good to know: ", "In short, ", "Thanks for asking: ", "Of course: ")
_KEPT_CAPITAL = re.compile(
    r"(?:(?!(?:The|With|For|In|When|As|If|An?|On|To|You|From|Your|Every|All|Only|One|Is)\b)[A-Z][\w-]* [A-Z]|"
    r"[A-Z]{2}|I\b|[A-Z]\d|(?:Tallybrook|Bean|Care|Pour|Breeze|Grind|Kettle|Duo|Office|Germany|"
    r"Solo|France|Spain|Ireland|United|UK|Visa|PayPal|SEPA|Samsung|Bixby|Smart|Ambient|Bluetooth|Anynet|Universal|TV|USB|HDMI|"
    r"Wi-Fi|Corsica|Monday|Saturday|English|Braille|Account)\b)"
)

Change = Callable[[str, Random], str]
"""Another text of the same meaning, or the same text where nothing fits."""


def lowered(text: str) -> str:
    """As it stands within a sentence."""
    return text if _KEPT_CAPITAL.match(text) else text[:1].lower() + text[1:]


def raised(text: str) -> str:
    return text[:1].upper() + text[1:]


def with_synonyms(text: str, random: Random, most: int = 2) -> str:
    fitting = [(pattern, others) for pattern, others in _SYNONYMS if re.search(pattern, text)]
    for pattern, others in random.sample(fitting, min(most, len(fitting))):
        text = re.sub(pattern, random.choice(others), text, count=1)
    return re.sub(r"(?i)\b((?:you|they|we|appliances|customers)(?: also)?) (?:has|needs) to\b", r"\1 have to", text)


def contracted(text: str, random: Random) -> str:
    for long, short in _CONTRACTIONS:
        text = re.sub(rf"\b{long}\b", short, text)
    return text


def in_words(text: str, random: Random) -> str:
    """Digits of durations and counts as words; ranges on both sides."""
    for value in reversed(values_in(text)):
        if value.kind in ("duration", "count"):
            text = value.replaced_in(text, re.sub(r"\d+", lambda d: _WORDS.get(d[0], d[0]), value.words))
    return text


def in_other_units(text: str, random: Random) -> str:
    for value in reversed(values_in(text)):
        if value.words in _SAME_LENGTH:
            return value.replaced_in(text, _SAME_LENGTH[value.words])
    return text


def with_currency_words(text: str, random: Random) -> str:
    """ "€20" as "20 euros", or as "EUR 20"."""
    form = random.choice(("{amount} {name}", "{amount} {name}", "{code} {amount}"))
    for value in reversed(values_in(text)):
        if value.kind == "price":
            name, code = ("pounds", "GBP") if value.unit == "£" else ("euros", "EUR")
            text = value.replaced_in(text, form.format(amount=value.words[1:], name=name, code=code))
    return text


def with_opening(text: str, random: Random) -> str:
    return random.choice(OPENINGS) + lowered(text)


_FIRST_CLAUSE = re.compile(
    r"(?P<first>(?:If|When|To|After|Before|Once|As soon as|In|During|For) [^,:;]+), (?P<main>[^:;]+)\."
)
_LAST_CLAUSE = re.compile(
    r"(?P<main>[^,:;]+?(?<!only)(?<!even)(?<!also)(?<!except)(?<! or)(?<! and)(?<!is)),? "
    r"(?P<last>(?:because|so that|(?:if|when) (?:you|the|it|we|your|they|an?)|within \d)\b[^,:;]*)\."
)


def reordered(text: str, random: Random) -> str:
    """The condition behind what it holds for, or before it."""
    if (found := _FIRST_CLAUSE.fullmatch(text)) and re.match(r"[a-z]|Tallybrook", found["main"]):
        return f"{raised(found['main'])} {lowered(found['first'])}."
    if found := _LAST_CLAUSE.fullmatch(text):
        return f"{raised(found['last'])}, {lowered(found['main'])}."
    return text


def told_otherwise(lie: str, fact: Fact, material: Material, random: Random) -> str:
    """Half of the lies in other words than the article's, some of them in one breath with a true sentence."""
    chance = random.random()
    if chance < 0.45:
        return lie
    if chance < 0.58 and (true := _short_true(fact, material)):
        return f"{true.removesuffix('.')}, and {lowered(lie)}"
    if chance < 0.72:
        return with_opening(with_synonyms(lie, random, 1), random)
    return with_synonyms(reordered(lie, random), random, 3)


def _short_true(fact: Fact, material: Material) -> str:
    text = material.true_beside(fact.passage, fact.text)
    return text if len(text) < 90 and "," not in text else ""


def named(item: str) -> str:
    """An item of a table as it stands within a sentence."""
    item = re.sub(r"^([^(]+), (standard|express)$", r"\1 (\2)", item)
    if re.match(r"(?:Pour|Breeze|Grind|Kettle)\b(?! \w*[a-z] )", item):
        return f"the {item}"
    if re.match(r"United Kingdom|UK mainland|French|Scottish", item):
        return f"the {item}"
    return lowered(item)


_BY_ATTRIBUTE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"Delivery time", ("Delivery to {item} takes {value}.", "A parcel to {item} is on its way for {value}.")),
    (r"Cost", ("Delivery to {item} costs {value}.", "You pay {value} for a delivery to {item}.")),
    (r"Free delivery from", ("Delivery to {item} is free from {value}.", "From {value} on, {item} is delivered free.")),
    (r"Price", ("{Item} costs {value}.", "You pay {value} for {item}.", "The price of {item} is {value}.")),
    (r"Weight", ("{Item} weighs {value}.", "The weight of {item} is {value}.")),
    (r"Height", ("{Item} is {value} high.",)),
    (r"Warranty", ("{Item} comes with {value} of warranty.", "The warranty of {item} lasts {value}.")),
    (r"Standard warranty", ("{Item} has a standard warranty of {value}.",)),
    (r"With Care Plus|Total with Care Plus", ("With Care Plus, {item} is covered for {value}.",)),
    (r"Price of Care Plus", ("Care Plus for {item} costs {value}.", "You pay {value} for Care Plus on {item}.")),
    (r"Repair after the warranty", ("After the warranty, repairing {item} costs {value}.",)),
    (
        r"Return period from delivery",
        ("You have {value} to send back {item}.", "{Item}: to be returned within {value}."),
    ),
    (r"Kept for", ("{Item}: kept for {value}.", "We keep {item} for {value}.")),
    (r"Time after the refund is issued", ("A refund to {item} then takes {value}.", "With {item}, it is {value}.")),
    (r"Room size", ("{Item} is meant for rooms of {value}.",)),
    (r"Noise", ("{Item} makes {value} of noise.",)),
    (r".*(?:mean|Meaning|Reason).*", ("{item} means: {value}.", "When you see {item}, it means: {value}.")),
    (r"What to do|Remedy", ("When you see {item}: {value}.", "For {item}, do this: {value}.")),
    (r"Suggested temperature", ("{Item} is best at {value}.", "For {item}, choose {value}.")),
    (r"Filter lasts about", ("The filter of {item} lasts about {value}.",)),
    (r"Pairing mode lasts", ("Pairing mode of {item} lasts {value}.",)),
    (r"Brewing time for a full jug", ("{Item} needs {value} for a full jug.",)),
    (r"Fits", ("{Item} fits {value}.", "{Item} is made for {value}.")),
    (r"Languages", ("{Item}: in {value}.", "The languages for {item} are {value}.")),
    (r"When you are charged", ("With {item}, you are charged {value}.",)),
    (r"Usual waiting time", ("With {item}, you usually wait {value}.",)),
    (r"Where it belongs", ("{Item} goes here: {value}.", "Put {item} here: {value}.")),
)
_ANY = (
    "For {item}, the {attr} is {value}.",
    "The {attr} for {item} is {value}.",
    "With {item}, the {attr} comes to {value}.",
    "As to {item}, you have {value} as the {attr}.",
)


def framed(point: Point, value: str, random: Random, frames: Sequence[str] = ()) -> str:
    """What a table says of an item as a sentence, with this value."""
    own = [frames for pattern, frames in _BY_ATTRIBUTE if re.fullmatch(pattern, point.attribute)]
    general = _ANY if not own or (random.random() < 0.3 and is_noun(point)) else ()
    frame = random.choice(frames or (*(own[0] if own else ()), *general))
    item = named(point.item)
    if is_code(point):
        item = f"“{point.item}”" + (f" on {place[1]}" if (place := re.match(r"\w+ on (.*)", point.about)) else "")
    return (
        frame.replace("{Item}", raised(item))
        .replace("{item}", item)
        .replace("{attr}", lowered(point.attribute))
        .replace("{value}", lowered(value))
    )


_NO_NOUN = re.compile(
    r"What happens|Until when|What to do|Under warranty we|Where|Countries|You order|The AI|Suggested plan|To have|"
    r"Office$|Solo|Kept for|Fits|Free delivery|Start|Appliances|Spare parts|Faulty|Setting|With Care|Order is|Timer|"
    r"Express on|Tallybrook|Wi-Fi$|When$|Which|.*lasts|Mean|Conditions?$|Fan levels|Features|Jug$|Auto"
)


def can_be_framed(point: Point) -> bool:
    """Whether its attribute can be said within a sentence."""
    own = any(re.fullmatch(pattern, point.attribute) for pattern, _ in _BY_ATTRIBUTE)
    return own or is_noun(point)


def is_noun(point: Point) -> bool:
    return not (is_code(point) or _NO_NOUN.match(point.attribute))


def is_code(point: Point) -> bool:
    return bool(re.match(r"Light|Code|Message|Order status|Problem", point.about))
