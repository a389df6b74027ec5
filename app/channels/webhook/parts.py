"""What the webhook channel's route uses, put together in wiring."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from app.care.inbox import Inbox
from app.web.limits import RateLimits


@dataclass(frozen=True, kw_only=True)
class WebhookParts:
    """Where messages are stored, and how many a sender may write."""

    inbox: Inbox
    limits: RateLimits


async def _parts(request: Request) -> WebhookParts:
    return request.app.state.webhook


Parts = Annotated[WebhookParts, Depends(_parts)]
