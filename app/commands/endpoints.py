"""careline endpoints: where events and a channel's messages are delivered."""

from typing import Annotated

import typer

from app.care.outbox import EndpointExistsError, NewEndpoint
from app.commands.running import fail, in_service
from app.domain.deliveries import Endpoint, EndpointKind, WhenUnknown
from app.domain.publishing import KINDS
from app.wiring import Service

endpoints = typer.Typer(help="Where events and a channel's messages are delivered.", no_args_is_help=True)


@endpoints.command("add")
def add_endpoint(
    name: Annotated[str, typer.Option(prompt="Name of the receiver")],
    address: Annotated[str, typer.Option(prompt="Address that deliveries are posted to")],
    kind: Annotated[EndpointKind, typer.Option(help="Events of all conversations, or a channel of its own.")] = (
        EndpointKind.EVENTS
    ),
    event: Annotated[list[str] | None, typer.Option(help="A kind of event; may be repeated. None: all.")] = None,
    when_unknown: Annotated[
        WhenUnknown | None, typer.Option(help="Unless given: repeat for events, show for a channel.")
    ] = None,
) -> None:
    """Adds a receiver and prints the secret that signs, once."""
    _check_events(kind, event or [])
    kinds, unknown = frozenset(event or ()), when_unknown or kind.when_unknown
    added = in_service(lambda service: _added(service, kind, name.strip(), address, kinds, unknown))
    print(f"{added.name}, {added.kind}, {added.id}")
    print(f"Secret (shown only now, it signs): {added.secret}")
    if added.kind is EndpointKind.CHANNEL:
        print(f"Customers' messages come in at: /v1/channels/{added.id}/messages")


@endpoints.command("list")
def list_endpoints() -> None:
    """Lists the receivers."""
    for each in in_service(lambda service: service.outbox_records.endpoints()):
        wanted = ", ".join(sorted(each.kinds)) or "everything"
        state = "disabled" if each.disabled_at else f"when unknown: {each.when_unknown}"
        print(f"{each.id}  {each.name}  {each.kind}  {each.address}  {wanted}  {state}")


@endpoints.command("disable")
def disable_endpoint(endpoint_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Delivers nothing there any more; what was due is done with."""
    if not in_service(lambda service: service.outbox_records.disable_endpoint(endpoint_id)):
        fail(f"There is no endpoint {endpoint_id}.")


def _check_events(kind: EndpointKind, events: list[str]) -> None:
    if unknown := [each for each in events if each not in KINDS]:
        fail(f"There is no event {unknown[0]}. The events are: {', '.join(KINDS)}")
    if events and kind is EndpointKind.CHANNEL:
        fail("A channel has no kinds of events: it gets the messages for its customers.")


async def _added(
    service: Service,
    kind: EndpointKind,
    name: str,
    address: str,
    kinds: frozenset[str],
    when_unknown: WhenUnknown,
) -> Endpoint:
    from app.web.guarded import AddressNotAllowedError
    from app.web.signatures import new_signing_secret

    if not 0 < len(name) <= 120:
        fail("A name has 1 to 120 characters.")
    try:
        new = NewEndpoint(
            kind=kind,
            name=name,
            address=service.guard.checked_address(address),
            secret=new_signing_secret(),
            kinds=kinds,
            when_unknown=when_unknown,
        )
        return await service.outbox_records.add_endpoint(new)
    except AddressNotAllowedError as error:
        fail(f"Nothing can be delivered to {address}. {error} See CARELINE_ALLOWED_NETWORKS.")
    except EndpointExistsError:
        fail(f"There is an endpoint of the name {name} already.")
