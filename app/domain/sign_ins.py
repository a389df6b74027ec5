"""How long agents stay signed in, what invites them, and what a password must be. Pure rules, no I/O."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.agents import Agent

LASTS = timedelta(days=30)
UNSEEN = timedelta(days=7)
INVITED_FOR = timedelta(days=7)

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1_000
"""Characters. The longest keeps a caller from giving the hash megabytes to read."""

DISTINCT_CHARACTERS = 5


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """One browser in which an agent is signed in."""

    id: str
    device: str
    created_at: datetime
    seen_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """An agent who proved it by a sign-in."""

    agent: Agent
    sign_in_id: str


@dataclass(frozen=True, kw_only=True)
class Invited:
    """Whom an open invite is for; the first administrator chooses name and e-mail when accepting."""

    name: str
    email: str
    is_first: bool


FIRST_ADMINISTRATOR = Invited(name="Administrator", email="administrator@localhost", is_first=True)


class WrongCredentialsError(Exception):
    """E-mail and password do not belong together; which of them is wrong is not told."""


class SecondFactorError(Exception):
    """The code of the second factor is missing, wrong, or was used already."""


class SecondFactorStateError(Exception):
    """There is a second factor already, or none was begun."""


class WeakPasswordError(Exception):
    """Too short, too long, or too easy to guess; the message says which."""


class InviteNotValidError(Exception):
    """The invite was used, ran out, was replaced, or never was."""


def check_password(password: str, email: str) -> None:
    """Raises WeakPasswordError."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise WeakPasswordError(f"A password has at least {SHORTEST_PASSWORD} characters.")
    if len(set(password)) < DISTINCT_CHARACTERS or password.casefold() == email.casefold():
        raise WeakPasswordError("This password is too easy to guess.")
