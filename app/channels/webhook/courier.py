"""Takes deliveries to webhook receivers, signed, and reads from the answer what became of each try."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2

from app.care.outbox import NotDeliveredError, RefusedDeliveryError, UnknownOutcomeError
from app.domain.deliveries import Delivery
from app.web.guarded import AddressNotAllowedError, Answer, AnswerLostError, GuardedClient, NotReachedError
from app.web.signatures import signed_headers

COME_AGAIN = (408, 425, 429)
GATEWAY_LOST_IT = (502, 504)
"""A gateway may have passed the request on and lost the answer."""


@dataclass(frozen=True)
class WebhookCourier:
    """Implements care.outbox.Courier for both kinds of endpoint."""

    client: GuardedClient
    clock: Callable[[], datetime]

    async def send(self, delivery: Delivery) -> None:
        """The same bytes under the same id at each try. The receiver has taken it as soon as its status says so."""
        body = body_of(delivery)
        headers = {"Content-Type": "application/json", **self._signed(delivery, body)}
        try:
            answer = await self.client.request(
                "POST", delivery.endpoint.address, headers=headers, content=body, at_most=0
            )
        except AddressNotAllowedError as error:
            raise RefusedDeliveryError(str(error)) from error
        except NotReachedError as error:
            raise NotDeliveredError(str(error)) from error
        except AnswerLostError as error:
            raise UnknownOutcomeError(str(error)) from error
        self._judge(answer)

    async def arrived(self, delivery: Delivery) -> bool:
        """200 says yes, 404 says no, and everything else that the receiver cannot tell."""
        address = str(httpx2.URL(delivery.endpoint.address).copy_add_param("id", delivery.id))
        try:
            answer = await self.client.request("GET", address, headers=self._signed(delivery, b""), at_most=0)
        except (AddressNotAllowedError, NotReachedError, AnswerLostError) as error:
            raise UnknownOutcomeError(str(error)) from error
        if answer.status not in (200, 404):
            raise UnknownOutcomeError(f"answered {answer.status}")
        return answer.status == 200

    def _signed(self, delivery: Delivery, body: bytes) -> dict[str, str]:
        return signed_headers(delivery.endpoint.secret, delivery.id, self.clock(), body)

    def _judge(self, answer: Answer) -> None:
        if 200 <= answer.status < 300:
            return
        reason = f"answered {answer.status}"
        if answer.status in GATEWAY_LOST_IT:
            raise UnknownOutcomeError(reason)
        if answer.status in COME_AGAIN or answer.status >= 500:
            raise NotDeliveredError(reason, self._wait(answer.headers.get("retry-after", "")))
        raise RefusedDeliveryError(reason)

    def _wait(self, retry_after: str) -> float:
        """Seconds, or until a date; 0 for what is neither."""
        if retry_after.isascii() and retry_after.isdigit():
            return float(retry_after[:9])
        try:
            until = parsedate_to_datetime(retry_after)
        except ValueError:
            return 0.0
        return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - self.clock()).total_seconds())


def body_of(delivery: Delivery) -> bytes:
    """`timestamp` is when it happened, not when it is tried."""
    told = {"type": delivery.kind, "timestamp": delivery.created_at.isoformat(), "data": dict(delivery.body)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
