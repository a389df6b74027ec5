"""How many requests an address or a customer may make. The size of a body is FastAPI's `max_body_size`."""

import math
import time
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import IPv4Address, IPv6Network, ip_address
from threading import Timer

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.web.problems import TooManyRequestsError

SIGN_INS_OF_ADDRESS = parse("60/minute")
SIGN_INS_OF_EMAIL = parse("50/hour")
SIGN_INS_OF_BOTH = parse("10/15minutes")
"""Fewer from one address than from all: whoever tries another's e-mail does not keep its owner out."""

KNOWN_PLACES = 10_000
LINE = 64
"""Bits of an IPv6 address that a provider gives to one line: the others are its own to choose."""

TIDIED_SECONDS = 5.0
"""Between two looks for what has run out; what is allowed does not depend on them."""

FILES_PER_ADDRESS = "120/hour"
"""A new customer costs nothing: without this one address could fill the disk in their names."""


@dataclass(frozen=True)
class RateLimits:
    """Per address and per customer, within this process. Written as `60/minute`."""

    per_address: str
    per_customer: str

    def check(self, address: str, customer: str | None) -> None:
        """Raises TooManyRequestsError."""
        self._hit(self._address_item, "address", line_of(address))
        if customer is not None:
            self._hit(self._customer_item, "customer", customer)

    def check_file(self, address: str) -> None:
        """Raises TooManyRequestsError."""
        self._hit(self._file_item, "file", line_of(address))

    def check_sender(self, channel: str, sender: str) -> None:
        """All senders of a channel come from its bridge's one address. Raises TooManyRequestsError."""
        self._hit(self._customer_item, "sender", f"{channel}/{sender}")

    def _hit(self, item: RateLimitItem, kind: str, key: str) -> None:
        _hit(self._limiter, item, kind, key)

    @cached_property
    def _limiter(self) -> MovingWindowRateLimiter:
        return MovingWindowRateLimiter(_Memory())

    @cached_property
    def _address_item(self) -> RateLimitItem:
        return parse(self.per_address)

    @cached_property
    def _file_item(self) -> RateLimitItem:
        return parse(FILES_PER_ADDRESS)

    @cached_property
    def _customer_item(self) -> RateLimitItem:
        return parse(self.per_customer)


@dataclass(frozen=True)
class SignInLimits:
    """Tries to prove who one is, within this process: per address; per e-mail and address, and per e-mail, until one
    succeeds. Where an e-mail's owner signed in before, only the tries from there count against them."""

    _known: dict[tuple[str, str], None] = field(default_factory=dict[tuple[str, str], None])

    def check(self, address: str, email: str) -> None:
        """Counts a try, before it is looked at: many at the same moment are many. Raises TooManyRequestsError."""
        line = line_of(address)
        self.check_address(address)
        _hit(self._limiter, SIGN_INS_OF_BOTH, f"{line} for", email)
        if (line, email) not in self._known:
            _hit(self._limiter, SIGN_INS_OF_EMAIL, "email", email)

    def check_address(self, address: str) -> None:
        """Raises TooManyRequestsError."""
        _hit(self._limiter, SIGN_INS_OF_ADDRESS, "address", line_of(address))

    def succeeded(self, address: str, email: str) -> None:
        line = line_of(address)
        self._limiter.clear(SIGN_INS_OF_BOTH, f"{line} for", email)
        self._limiter.clear(SIGN_INS_OF_EMAIL, "email", email)
        if len(self._known) >= KNOWN_PLACES:
            self._known.clear()
        self._known[line, email] = None

    @cached_property
    def _limiter(self) -> MovingWindowRateLimiter:
        return MovingWindowRateLimiter(_Memory())


class _Memory(MemoryStorage):
    """Looks for what has run out once in a while. Its parent does so behind every request, in a thread started for it,
    over all who asked in the last minute."""

    @property
    def timer(self) -> Timer:
        return self._timer

    @timer.setter
    def timer(self, timer: Timer) -> None:  # pyright: ignore[reportIncompatibleVariableOverride]
        timer.interval, timer.daemon = TIDIED_SECONDS, True
        self._timer = timer


def line_of(address: str) -> str:
    """Whose an address is: itself, or of IPv6 the network that one line has."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    found = found if isinstance(found, IPv4Address) else found.ipv4_mapped or found
    return str(found if isinstance(found, IPv4Address) else IPv6Network((int(found), LINE), strict=False))


def _hit(limiter: MovingWindowRateLimiter, item: RateLimitItem, kind: str, key: str) -> None:
    if not limiter.hit(item, kind, key):
        free_at = limiter.get_window_stats(item, kind, key).reset_time
        raise TooManyRequestsError(max(1, math.ceil(free_at - time.time())))
