"""Pages of a website that are taken into the knowledge base, once or again and again. Pure values and rules."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}


class ImportKind(StrEnum):
    """One page, or all pages that a sitemap names."""

    PAGE = "page"
    SITEMAP = "sitemap"


class ImportStatus(StrEnum):
    """How the newest run stands; one that is done may have left pages out, and tells which."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class NewImport:
    """What is to be taken in; `every_hours` says how often again, None never."""

    address: str
    kind: ImportKind
    every_hours: int | None = None


@dataclass(frozen=True, kw_only=True)
class Import:
    """An import as it stands: `pages` taken by the newest run, `problem` what it could not take, and why."""

    id: str
    address: str
    kind: ImportKind
    every_hours: int | None
    status: ImportStatus
    pages: int
    problem: str
    created_at: datetime
    created_by: str
    ended_at: datetime | None
    next_at: datetime | None


def is_same_site(one: str, other: str) -> bool:
    """The same host and port; from http to https of the same host is no other site."""
    try:
        first, second = urlsplit(one), urlsplit(other)
        ports = {_port(first), _port(second)}
    except ValueError:  # no address at all
        return False
    if not first.hostname or first.hostname != second.hostname or second.scheme not in DEFAULT_PORTS:
        return False
    return len(ports) == 1 or ports == set(DEFAULT_PORTS.values())


def _port(url: SplitResult) -> int | None:
    return url.port or DEFAULT_PORTS.get(url.scheme)
