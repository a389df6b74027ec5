"""Who writes to us, how surely we know it, and what we remember of them. Pure values."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

ALWAYS_PRODUCT_ATTRIBUTES = ("products", "product")


class Assurance(StrEnum):
    """How surely an identity is theirs: claimed ones are a hint for agents and open nothing."""

    ANONYMOUS = "anonymous"
    CLAIMED = "claimed"
    VERIFIED = "verified"


@dataclass(frozen=True, kw_only=True)
class Identity:
    """One way in which a customer is known: a channel and their address on it."""

    channel: str
    address: str
    assurance: Assurance


class CustomerBlockedError(Exception):
    """A supervisor blocked this customer: nothing is taken from them."""


@dataclass(frozen=True, kw_only=True)
class ClaimedIdentity:
    """What a customer says of themselves without proof; agents see it, nothing is joined by it."""

    name: str | None = None
    email: str | None = None
    id: str | None = None


class FactKind(StrEnum):
    """What a remembered statement is about."""

    IDENTITY = "identity"
    PRODUCT = "product"
    PREFERENCE = "preference"
    CIRCUMSTANCE = "circumstance"
    PROBLEM = "problem"


@dataclass(frozen=True, kw_only=True)
class NewFact:
    """A statement read from a message. A newer fact with the same kind and `about` supersedes the older one."""

    kind: FactKind
    about: str
    value: str
    source_message_id: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One remembered statement with its source; `valid_to` is set when a newer one superseded it."""

    id: str
    kind: FactKind
    about: str
    value: str
    source_message_id: str
    valid_from: datetime
    valid_to: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """What the business set: `name` such as first_name, plan, products, order_status; `value` as words."""

    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class PastConversation:
    """An earlier conversation in one line: how it ended, and the first words of its question."""

    id: str
    opened_at: datetime
    question: str
    outcome: str


def first_name_in(words: str) -> str | None:
    """What a customer may be called by: the first word, where all of it looks like a name. A sentence, an address or
    markup that somebody put there is none."""
    parts = words.split()
    if not parts or len(parts) > MOST_NAMES or len(words) > LONGEST_PLAIN or not all(map(_NAME.fullmatch, parts)):
        return None
    return parts[0]


def is_plain(words: str) -> bool:
    """Whether words of a profile may be said: a name or a label, and no sentence, address or markup."""
    return bool(_PLAIN.fullmatch(words)) and len(words.split()) <= MOST_WORDS


MOST_NAMES = 5
MOST_WORDS = 6
LONGEST_PLAIN = 60
_NAME = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*\.?")
_PLAIN = re.compile(rf"(?!.*://)[\w .,'’&+/()-]{{1,{LONGEST_PLAIN}}}")
"""Without the signs of markup, and of what ends a sentence and begins the next: ";" and ":"."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What Careline knows of a customer."""

    customer_id: str
    assurance: Assurance = Assurance.ANONYMOUS
    attributes: tuple[Attribute, ...] = ()
    facts: tuple[Fact, ...] = ()
    past: tuple[PastConversation, ...] = ()

    def attribute(self, name: str) -> str | None:
        return next((a.value for a in self.attributes if a.name == name), None)

    def fact(self, kind: FactKind, about: str) -> str | None:
        return next((f.value for f in self.facts if f.kind is kind and f.about == about), None)

    @property
    def first_name(self) -> str | None:
        """The business's word first, then what the customer said of themselves."""
        known = self.attribute("first_name") or self.attribute("name") or self.fact(FactKind.IDENTITY, "name")
        return first_name_in(known or "")

    @property
    def products(self) -> tuple[str, ...]:
        """Products on file, the business's first; attribute values may be comma-separated."""
        listed = [self.attribute(name) or "" for name in ALWAYS_PRODUCT_ATTRIBUTES]
        owned = [part.strip() for value in listed for part in value.split(",") if part.strip()]
        said = [f.value for f in self.facts if f.kind is FactKind.PRODUCT]
        return tuple(name for name in dict.fromkeys([*owned, *said]) if is_plain(name))

    @property
    def plan(self) -> str | None:
        plan = self.attribute("plan")
        return plan if plan and is_plain(plan) else None

    @property
    def contact(self) -> str | None:
        """A way to reach them outside the conversation, if one is on file."""
        return (
            self.attribute("email")
            or self.attribute("phone")
            or self.fact(FactKind.IDENTITY, "email")
            or self.fact(FactKind.IDENTITY, "phone")
        )
