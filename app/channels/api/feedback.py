"""What a customer says of the assistant's messages."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import Field

from app.care.feedback import LONGEST_REASON, Feedback
from app.channels.api.parts import Parts
from app.web.access import CustomerId
from app.web.problems import responses
from app.web.schemas import Id, Strict

router = APIRouter(tags=["customer"])

ConversationId = Annotated[Id, Path()]


class FeedbackIn(Strict):
    """A thumb, and the reason where the customer gives one."""

    message: Id = Field(description="A message of the assistant's in this conversation.")
    helpful: bool
    reason: str = Field("", max_length=LONGEST_REASON)


@router.post(
    "/v1/conversations/{conversation_id}/feedback",
    status_code=204,
    responses=responses(401, 403, 404, 413, 422, 429, 503),
)
async def feedback(
    request: Request, conversation_id: ConversationId, body: FeedbackIn, customer_id: CustomerId, parts: Parts
) -> None:
    """May be said again: the newest counts."""
    parts.limits.check(request.client.host if request.client else "", customer_id)
    said = Feedback(
        customer_id=customer_id,
        conversation_id=conversation_id,
        message_id=body.message,
        helpful=body.helpful,
        reason=body.reason,
    )
    await parts.feedback.take(said)
