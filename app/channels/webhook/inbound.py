"""A customer's message from the company's own bridge: its signature was verified on the raw bytes before this."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, StringConstraints, ValidationError

from app.care.records import Inbound
from app.channels.webhook.parts import Parts
from app.domain.customers import Assurance, ClaimedIdentity, Identity
from app.web.access import Channel
from app.web.problems import responses
from app.web.schemas import Strict

router = APIRouter(tags=["webhook channel"])

SETTLE_SECONDS = 2.0
"""People write several short messages in a row on a messenger: they get one reply."""

ChannelId = Annotated[str, Path(max_length=64)]
# No control characters: a database refuses some of them in an address or a key.
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]


class MessageIn(Strict):
    """One message; `sender` is the customer's address on the channel, and comes back as a reply's `recipient`."""

    sender: Name
    text: str = Field(description="1 to 4,000 visible characters, by default")
    message: Annotated[
        Name, Field(description="The bridge's own id of the message: the same from the same sender is one.")
    ]
    name: Name | None = None
    email: Name | None = None


class MessageStored(BaseModel):
    """Where the message is kept; `repeated` when it came before."""

    conversation: str
    message: str
    repeated: bool


BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": MessageIn.model_json_schema()}},
    }
}


@router.post(
    "/v1/channels/{channel_id}/messages",
    openapi_extra=BODY,
    responses=responses(401, 403, 413, 422, 429, 503),
)
async def receive(request: Request, channel_id: ChannelId, channel: Channel, parts: Parts) -> MessageStored:
    """Stores a customer's message, signed by Standard Webhooks with the channel's secret. The reply is delivered to
    the channel's address. A message sent again with the same id is stored once."""
    body = _parsed(await request.body())
    parts.limits.check_sender(channel.id, body.sender)
    receipt = await parts.inbox.receive(_inbound(body, channel.id))
    return MessageStored(conversation=receipt.conversation_id, message=receipt.message_id, repeated=receipt.repeated)


def _parsed(raw: bytes) -> MessageIn:
    """Not by the framework, which would read the body before the signature was verified."""
    try:
        return MessageIn.model_validate_json(raw)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        raise RequestValidationError([{**each, "loc": ("body", *each["loc"])} for each in found]) from error


def _inbound(body: MessageIn, channel_id: str) -> Inbound:
    """The bridge vouches that the messages of a sender belong together, and for nothing more."""
    return Inbound(
        identity=Identity(channel=channel_id, address=body.sender, assurance=Assurance.CLAIMED),
        text=body.text,
        sender_key=body.message,
        claimed=ClaimedIdentity(name=body.name, email=body.email),
        on_thread=True,
        settle_seconds=SETTLE_SECONDS,
    )
