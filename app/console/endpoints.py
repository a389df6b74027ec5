"""Where deliveries go, for administrators; and for every agent those that did not arrive, to be decided on."""

from typing import Annotated

from fastapi import APIRouter, Path

from app.care.outbox import NewEndpoint
from app.console.endpoint_schemas import DeliveryList, DeliveryOut, EndpointAdded, EndpointIn, EndpointList, EndpointOut
from app.console.parts import Parts
from app.console.staff_parts import Staff
from app.domain.deliveries import EndpointKind
from app.web.access import CallingAgent
from app.web.problems import NotFoundError, responses
from app.web.schemas import Id
from app.web.signatures import new_signing_secret

router = APIRouter(prefix="/v1/agent", tags=["endpoints"])

EndpointId = Annotated[Id, Path()]
DeliveryId = Annotated[Id, Path()]


@router.get("/endpoints", responses=responses(401, 403))
async def endpoints(parts: Parts) -> EndpointList:
    return EndpointList(endpoints=[EndpointOut.of(endpoint) for endpoint in await parts.outbox.endpoints()])


@router.post("/endpoints", status_code=201, responses=responses(401, 403, 409, 422))
async def add(body: EndpointIn, agent: CallingAgent, parts: Parts, staff: Staff) -> EndpointAdded:
    """The answer holds the secret that signs, this once."""
    new = NewEndpoint(
        kind=body.kind,
        name=body.name,
        address=parts.checked_address(body.address),
        secret=new_signing_secret(),
        kinds=frozenset(body.kinds),
        when_unknown=body.when_unknown or body.kind.when_unknown,
    )
    added = await parts.outbox.add_endpoint(new)
    await staff.audit.note(agent, "endpoint.added", added.id, {"name": added.name})
    inbound = f"/v1/channels/{added.id}/messages" if added.kind is EndpointKind.CHANNEL else None
    return EndpointAdded(**EndpointOut.of(added).model_dump(), secret=added.secret, inbound=inbound)


@router.delete("/endpoints/{endpoint_id}", status_code=204, responses=responses(401, 403, 404))
async def disable(endpoint_id: EndpointId, agent: CallingAgent, parts: Parts, staff: Staff) -> None:
    """Nothing goes there any more, and a channel takes nothing in; its name stays taken."""
    if not await parts.outbox.disable_endpoint(endpoint_id):
        raise NotFoundError(endpoint_id)
    await staff.audit.note(agent, "endpoint.disabled", endpoint_id, {})


@router.get("/deliveries", responses=responses(401))
async def deliveries(parts: Parts) -> DeliveryList:
    """Those that were given up, and those of which nobody can tell whether they arrived; newest first."""
    return DeliveryList(deliveries=[DeliveryOut.of(delivery) for delivery in await parts.outbox.unsettled()])


@router.post("/deliveries/{delivery_id}/again", status_code=204, responses=responses(401, 404))
async def again(delivery_id: DeliveryId, agent: CallingAgent, parts: Parts, staff: Staff) -> None:
    """Sends it once more, under the same id."""
    if not await parts.outbox.send_again(delivery_id):
        raise NotFoundError(delivery_id)
    await staff.audit.note(agent, "delivery.sent_again", delivery_id, {})


@router.post("/deliveries/{delivery_id}/settle", status_code=204, responses=responses(401, 404))
async def settle(delivery_id: DeliveryId, agent: CallingAgent, parts: Parts, staff: Staff) -> None:
    """It is done with: it arrived, or need not any more."""
    if not await parts.outbox.settle(delivery_id):
        raise NotFoundError(delivery_id)
    await staff.audit.note(agent, "delivery.settled", delivery_id, {})
