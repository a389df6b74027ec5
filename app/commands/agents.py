"""careline agents: the people who answer customers, invited by a link or with a key."""

from typing import Annotated

import typer

from app.commands.running import fail, in_service, read_settings
from app.domain.agents import (
    Agent,
    AgentChange,
    AgentExistsError,
    AgentRole,
    LastAdministratorError,
    UnusableNameError,
    clean_email,
    clean_name,
)
from app.wiring import Service
from app.wiring.staff import invite_records, staff_records

agents = typer.Typer(help="The people who answer customers.", no_args_is_help=True)

Name = Annotated[str, typer.Option(prompt="Name that customers see")]
Email = Annotated[str, typer.Option(prompt="E-mail")]


@agents.command("invite")
def invite_agent(name: Name, email: Email, role: AgentRole = AgentRole.AGENT) -> None:
    """Makes an agent and prints a link, with which they choose a password, once."""
    from app.web.secrets import SecretKind, new_secret

    whose, secret = _checked(name, email), new_secret(SecretKind.INVITE)
    try:
        agent = in_service(lambda service: _invited(service, whose, role, secret))
    except AgentExistsError as error:
        fail(f"There is an agent with the address {error} already. See: careline agents reset")
    _print_agent(agent)
    _print_link(secret)


@agents.command("add")
def add_agent(name: Name, email: Email, role: AgentRole = AgentRole.AGENT) -> None:
    """Makes an agent and prints their key, once."""
    from app.web.secrets import SecretKind, hash_of, new_secret

    whose, secret = _checked(name, email), new_secret(SecretKind.AGENT)
    try:
        agent = in_service(lambda service: service.people.add_agent(*whose, role, hash_of(secret)))
    except AgentExistsError as error:
        fail(f"There is an agent with the address {error} already.")
    _print_agent(agent)
    print(f"Key (shown only now, send it as bearer): {secret}")


@agents.command("reset")
def reset_agent(email: str) -> None:
    """Takes an agent's password, second factor and sign-ins away, and prints a link to choose a new password."""
    from app.web.secrets import SecretKind, hash_of, new_secret

    secret = new_secret(SecretKind.INVITE)
    agent = in_service(lambda service: invite_records(service).reset(_plain(email), hash_of(secret)))
    if agent is None:
        fail(f"There is no agent with the address {email}.")
    _print_agent(agent)
    _print_link(secret)


@agents.command("list")
def list_agents() -> None:
    """Lists the agents."""
    for agent in in_service(lambda service: service.people.agents()):
        print(f"{agent.id}  {agent.name} <{agent.email}>  {agent.role}  {'on duty' if agent.on_duty else 'off duty'}")


@agents.command("disable")
def disable_agent(email: str) -> None:
    """Takes an agent's key, sign-ins and invites away."""
    try:
        disabled = in_service(lambda service: _disabled(service, _plain(email)))
    except LastAdministratorError:
        fail("This is the last administrator. Invite another one before.")
    if not disabled:
        fail(f"There is no agent with the address {email}.")


async def _invited(service: Service, whose: tuple[str, str], role: AgentRole, secret: str) -> Agent:
    from app.web.secrets import hash_of

    agent = await staff_records(service).add(*whose, role, None)
    await invite_records(service).invite(agent.id, hash_of(secret), None)
    return agent


async def _disabled(service: Service, email: str) -> bool:
    found = [agent for agent in await service.people.agents() if agent.email == email]
    for agent in found:
        await staff_records(service).change(agent.id, AgentChange(disabled=True), None)
    return bool(found)


def _checked(name: str, email: str) -> tuple[str, str]:
    try:
        return clean_name(name), clean_email(email)
    except UnusableNameError as error:
        fail(f"{error}".capitalize() + ".")


def _plain(email: str) -> str:
    return email.strip().lower()


def _print_agent(agent: Agent) -> None:
    print(f"{agent.name} <{agent.email}>, {agent.role}, {agent.id}")


def _print_link(secret: str) -> None:
    from app.web.secrets import invite_link

    link = invite_link(f"http://127.0.0.1:{read_settings().port}", secret)
    print(f"Link (shown only now, opens once, for seven days): {link}")
    print("Where the console has another address, that takes the place of what stands before /console.")
