"""What the figures of the insight page mean. Pure rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.conversations import Author
from app.domain.replies import Outcome

QUIET = timedelta(hours=24)
BACK_WITHIN = timedelta(hours=48)
SITTING = timedelta(hours=1)
"""A further question before so long is no coming back."""


class Resolution(StrEnum):
    """How a conversation that no person took part in came out; one that counts as none of these is open, or was not
    resolved."""

    CONFIRMED = "confirmed"
    ASSUMED = "assumed"
    REOPENED = "reopened"


@dataclass(frozen=True, kw_only=True)
class Said:
    """A message of an episode: who, when; how the customer's were met."""

    author: Author
    at: datetime
    outcome: Outcome | None = None


@dataclass(frozen=True, kw_only=True)
class Episode:
    """A conversation of customer and assistant alone. `answered`: from articles, at least once. `confirmed_at`: when
    the customer gave a thumb up or said thanks; `reopened`: they wrote within 48 h of its close."""

    said: tuple[Said, ...]
    answered: bool
    confirmed_at: datetime | None = None
    unhelpful: bool = False
    closed: bool = False
    reopened: bool = False


def resolution_of(episode: Episode, now: datetime) -> Resolution | None:
    """Reopened: the customer came back within 48 h after it counted as resolved. Confirmed: the customer said so, by a
    thumb up or thanks. Assumed: the last word was an answer of ours, nobody found it unhelpful, and since then it was
    closed or quiet for 24 h."""
    if not episode.answered:
        return None
    if _came_back(episode):
        return Resolution.REOPENED
    if episode.confirmed_at is not None:
        return Resolution.CONFIRMED
    return Resolution.ASSUMED if _seems_done(episode, now) else None


def share(values: Sequence[float], percent: int) -> float | None:
    """The value that so many percent of all do not exceed; None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def _came_back(episode: Episode) -> bool:
    if episode.reopened:
        return True
    pairs = zip(episode.said, episode.said[1:], strict=False)
    return any(_is_return(episode, before, after) for before, after in pairs if after.author is Author.CUSTOMER)


def _is_return(episode: Episode, before: Said, after: Said) -> bool:
    pause = after.at - before.at
    if QUIET <= pause <= QUIET + BACK_WITHIN:
        return before.author is Author.ASSISTANT
    confirmed = episode.confirmed_at is not None and episode.confirmed_at <= after.at
    return confirmed and SITTING <= pause <= BACK_WITHIN


def _seems_done(episode: Episode, now: datetime) -> bool:
    last = episode.said[-1]
    met = [message.outcome for message in episode.said if message.author is Author.CUSTOMER]
    if last.author is not Author.ASSISTANT or episode.unhelpful or met[-1:] != [Outcome.ANSWERED]:
        return False
    return episode.closed or now - last.at >= QUIET
