"""Limits on what comes in: the size of a body, and how many requests an address or a customer may make."""

from dataclasses import dataclass
from functools import cached_property

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.problems import TooManyRequestsError, problem


class BodyLimit:
    """Refuses bodies over `most` bytes by their stated and by their real length."""

    def __init__(self, app: ASGIApp, most: int, most_by_path: dict[str, int]) -> None:
        self._app = app
        self._most = most
        self._most_by_path = most_by_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._most_by_path.get(scope["path"], self._most)
        stated = dict(scope["headers"]).get(b"content-length", b"0")
        if not stated.isdigit() or int(stated) > most:
            await _too_large(most)(scope, receive, send)
            return
        await self._app(scope, _Counted(receive, most), send)


class _Counted:
    """A body without a stated length is cut off at the limit: the reader sees a closed connection."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._left = most

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        return {"type": "http.disconnect"} if self._left < 0 else message


def _too_large(most: int) -> ASGIApp:
    return problem(413, "too-large", "The body is too large.", f"At most {most} bytes are taken.")


@dataclass(frozen=True)
class RateLimits:
    """Per address and per customer, within this process. Written as `60/minute`."""

    per_address: str
    per_customer: str

    def check(self, address: str, customer: str | None) -> None:
        """Raises TooManyRequestsError."""
        self._hit(self._address_item, "address", address)
        if customer is not None:
            self._hit(self._customer_item, "customer", customer)

    def _hit(self, item: RateLimitItem, kind: str, key: str) -> None:
        if not self._limiter.hit(item, kind, key):
            raise TooManyRequestsError(item.get_expiry())

    @cached_property
    def _limiter(self) -> MovingWindowRateLimiter:
        return MovingWindowRateLimiter(MemoryStorage())

    @cached_property
    def _address_item(self) -> RateLimitItem:
        return parse(self.per_address)

    @cached_property
    def _customer_item(self) -> RateLimitItem:
        return parse(self.per_customer)
