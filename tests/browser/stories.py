"""What happened at the sample company in two weeks: who wrote, what, how it ended. Seeded through the real service."""

from dataclasses import dataclass, field
from enum import StrEnum


class End(StrEnum):
    """How far a conversation went."""

    ASSISTANT = "with assistant"
    WAITING = "waiting"
    CLAIMED = "with agent"
    RETURNED = "returned"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Person:
    """A customer who signs in at the shop; the company has attributes of them on file."""

    id: str
    attributes: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Story:
    """One conversation. `hours` is how long ago it began; `replies` are the agent's."""

    says: tuple[str, ...]
    hours: float
    who: str = ""
    claims: str = ""
    end: End = End.ASSISTANT
    agent: str = "Robin Ellis"
    replies: tuple[str, ...] = ()
    reason: str = "resolved"
    note: str = ""
    tags: tuple[str, ...] = ()
    helpful: bool | None = None
    why: str = ""
    wrong: str = ""
    file: tuple[str, bytes] | None = None
    colleagues: tuple[str, ...] = field(default=())


AGENTS = {
    "Ada Okafor": "administrator",
    "Amina Yusuf": "supervisor",
    "Robin Ellis": "agent",
    "Sam Ortiz": "agent",
    "Wilhelmina-Charlotte von Hohenstein-Ehrenfels": "agent",
}

PEOPLE = (
    Person(id="c-1001", attributes={"first_name": "Grace", "name": "Grace Adeyemi", "products": "Pour 10"}),
    Person(
        id="c-1002",
        attributes={
            "first_name": "Jonas",
            "name": "Jonas Weber",
            "products": "Breeze L",
            "plan": "Care Plus",
            "order": "TB-40418, sent on Monday",
        },
    ),
    Person(id="c-1003", attributes={"first_name": "Lucía", "name": "Lucía Fernández", "products": "Grind"}),
    Person(
        id="c-1004",
        attributes={
            "first_name": "Maximiliana",
            "name": "Maximiliana Featherstonehaugh-Cholmondeley de la Fontaine",
            "products": "Pour 4, Pour 10, Breeze S, Breeze L, Grind, Kettle",
            "plan": "Bean Club, two bags every fortnight",
        },
    ),
)

NORWAY = (
    "Do you ship to Norway?",
    "do you ship to norway",
    "Can you ship to Norway please?",
    "Do you ship to Norway?",
)
ENGRAVING = ("Can you engrave a name on the kettle?", "can you engrave a name on the kettle")
HIRE = ("Can I hire forty coffee machines for a wedding?",)

ANSWERED = (
    ("How do I descale the Pour 4?", True),
    ("What does the Pour 10 cost?", None),
    ("What does delivery to Spain cost?", True),
    ("How long do I have to return something?", None),
    ("The orange light on my Pour 4 is steady, what does it mean?", True),
    ("How often do I have to change the filter of the Breeze L?", None),
    ("Can I pause my bean club?", True),
    ("Which parts of the Pour 4 can go in the dishwasher?", None),
    ("How long is the warranty?", False),
    ("What does the code E1 on the Pour 10 mean?", True),
    ("Wie entkalke ich die Pour 4?", None),
    ("Combien coûte la livraison en France ?", None),
    ("¿Cuánto tarda la entrega a España?", None),
    ("How do I change my e-mail address?", None),
    ("What are your opening hours?", None),
    ("How loud is the Breeze S at night?", None),
)


def _answered() -> list[Story]:
    """Two weeks of ordinary questions, most of them in working hours."""
    stories = []
    for number in range(44):
        question, helpful = ANSWERED[number % len(ANSWERED)]
        hours = 3 + number * 7.3
        why = "It does not say which warranty I have." if helpful is False else ""
        stories.append(Story(says=(question,), hours=hours, helpful=helpful, why=why))
    return stories


def _unanswered() -> list[Story]:
    asked = (*NORWAY, *ENGRAVING, *HIRE)
    return [Story(says=(question,), hours=20 + 31 * number) for number, question in enumerate(asked)]


def _with_people() -> list[Story]:
    return [
        Story(
            who="c-1002",
            hours=0.2,
            says=(
                "How often do I have to change the filter of my Breeze L?",
                "This is the third time I am writing about the same broken machine, and nobody has helped me. "
                "I want to talk to a person!",
            ),
            end=End.WAITING,
            tags=("breeze", "repair"),
        ),
        Story(hours=0.1, claims="Priya", says=("Can I talk to a real person, please?",), end=End.WAITING),
        Story(
            hours=0.6,
            says=("There is smoke coming out of my Pour 10 and it smells burnt!",),
            end=End.WAITING,
            tags=("safety",),
        ),
        Story(
            who="c-1004",
            hours=2.5,
            says=(
                "I ordered three weeks ago, paid, and never got anything: neither the parcel nor a word from you. "
                "Order TB-40991-LONG-REFERENCE-0000000000000000000000000042. Where is it? I want a human.",
            ),
            end=End.WAITING,
        ),
        Story(
            who="c-1001",
            hours=0.9,
            says=(
                "What does the code E1 on the Pour 10 mean?",
                "I did that twice. I would like to talk to a person, please.",
            ),
            end=End.CLAIMED,
            replies=("Hello Grace, Robin here. I am sorry that it did not help. Does the tank click when it goes in?",),
            note="Second E1 for this customer this month; a new tank is cheaper than a repair.",
            tags=("pour 10", "e1"),
            file=("tank.txt", b"Serial number P10-2291-B, bought in March"),
        ),
        Story(
            who="c-1003",
            hours=1.4,
            says=("¿Puedo hablar con una persona?",),
            end=End.CLAIMED,
            agent="Sam Ortiz",
            replies=("Hola Lucía, soy Sam. ¿En qué puedo ayudarte?",),
        ),
        Story(
            who="c-1003",
            hours=170,
            says=("My grinder is stuck and I am really annoyed. Let me speak to somebody.",),
            end=End.CLOSED,
            agent="Sam Ortiz",
            replies=("Hi, Sam here. Please turn it off and take out the upper burr.", "Great that it runs again!"),
            tags=("grind",),
        ),
        Story(
            hours=26,
            claims="Tomasz",
            says=("Do you ship to Norway?", "I want to talk to an agent."),
            end=End.CLOSED,
            replies=("Hello, Robin here. Yes: parcels to Norway go with Bring and cost €14.90; customs is on you.",),
            tags=("delivery",),
        ),
        Story(
            hours=50,
            says=("I was charged twice for the bean club, this is outrageous! Get me a manager.",),
            end=End.CLOSED,
            agent="Amina Yusuf",
            replies=("I am Amina, and I am sorry. The second charge goes back today.",),
            tags=("billing",),
        ),
        Story(
            hours=75,
            says=("I want to speak to a human about my warranty.",),
            end=End.RETURNED,
            replies=("Hello, Robin here. Your warranty runs until May.",),
        ),
        Story(hours=100, says=("BUY CHEAP WATCHES NOW http://watches.example",), wrong="Advertising, not a question."),
    ]


FEW: tuple[Story, ...] = (*_with_people(), *_unanswered()[:3], *_answered()[:4])
"""One of each kind, for what need not be many."""
STORIES: tuple[Story, ...] = (*_with_people(), *_unanswered(), *_answered())

ARTICLES = (
    {
        "title": "Engraving",
        "text": "# Engraving\n\nWe engrave up to 12 letters on the kettle for €9. It takes 3 working days.",
        "status": "draft",
    },
    {
        "title": "Winter sale",
        "text": "# Winter sale\n\nFrom 1 to 14 December everything for the Grind costs 20% less.",
        "status": "published",
        "valid_from": "2026-12-01",
        "valid_until": "2026-12-14",
    },
    {
        "title": "An article whose title is much longer than any title should be, as somebody pasted the whole first "
        "paragraph of the document into the field that is meant for a title",
        "text": "# Long\n\nThe showroom in Leeds is open on the first Saturday of each month.",
        "status": "published",
    },
)

CANNED = {
    "Greeting": "Hello {customer}, {agent} here. Thank you for waiting. I am reading what you wrote.",
    "Order on its way": "Hello {customer}, your order {order} is on its way and comes within 3 working days.",
    "Closing": "I am glad that it works again. Write at any time. {agent}",
}
