"""What goes in and out of the routes about endpoints and deliveries."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from app.domain.deliveries import Delivery, DeliveryStatus, Endpoint, EndpointKind, WhenUnknown
from app.domain.publishing import KINDS
from app.web.schemas import Strict

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f]+$")
]


def _known_kind(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(f"the kinds are {', '.join(KINDS)}")
    return kind


Kind = Annotated[str, AfterValidator(_known_kind), Field(json_schema_extra={"enum": list(KINDS)})]


class EndpointIn(Strict):
    """An address to deliver to. For events `kinds` are those it wants, all if empty; a channel gets its messages."""

    kind: EndpointKind = EndpointKind.EVENTS
    name: Name
    address: str = Field(max_length=2_000, examples=["https://shop.example/careline"])
    kinds: list[Kind] = Field(default_factory=list, max_length=len(KINDS))
    when_unknown: WhenUnknown | None = Field(None, description="Unless given: repeat for events, show for a channel.")

    @model_validator(mode="after")
    def kinds_are_for_events(self) -> "EndpointIn":
        if self.kinds and self.kind is EndpointKind.CHANNEL:
            raise ValueError("a channel has no kinds of events")
        return self


class EndpointOut(BaseModel):
    """An endpoint without its secret."""

    id: str
    kind: EndpointKind
    name: str
    address: str
    kinds: list[str]
    when_unknown: WhenUnknown
    disabled_at: datetime | None

    @classmethod
    def of(cls, endpoint: Endpoint) -> "EndpointOut":
        return cls(
            id=endpoint.id,
            kind=endpoint.kind,
            name=endpoint.name,
            address=endpoint.address,
            kinds=sorted(endpoint.kinds),
            when_unknown=endpoint.when_unknown,
            disabled_at=endpoint.disabled_at,
        )


class EndpointAdded(EndpointOut):
    """A new endpoint. `secret` is told here and never again; `inbound` is where a channel's messages are posted."""

    secret: str
    inbound: str | None


class EndpointList(BaseModel):
    """Every endpoint, disabled ones too."""

    endpoints: list[EndpointOut]


class DeliveryOut(BaseModel):
    """A delivery that an agent decides on, without its words."""

    id: str
    endpoint: str
    conversation: str
    kind: str
    status: DeliveryStatus
    reason: str
    attempts: int
    since: datetime

    @classmethod
    def of(cls, delivery: Delivery) -> "DeliveryOut":
        return cls(
            id=delivery.id,
            endpoint=delivery.endpoint.name,
            conversation=delivery.conversation_id,
            kind=delivery.kind,
            status=delivery.status,
            reason=delivery.reason,
            attempts=delivery.attempts,
            since=delivery.created_at,
        )


class DeliveryList(BaseModel):
    """What did not surely arrive."""

    deliveries: list[DeliveryOut]
