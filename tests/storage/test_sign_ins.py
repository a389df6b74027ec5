"""Sign-ins end in time, invites open once, codes count once, and an administrator is always left."""

import asyncio
from dataclasses import dataclass, replace

import pytest

from app.care.staff_records import Acceptance, NewSignIn, Proven
from app.domain.agents import Agent, AgentChange, AgentExistsError, AgentRole, LastAdministratorError, UnknownAgentError
from app.domain.sign_ins import (
    FIRST_ADMINISTRATOR,
    InviteNotValidError,
    SecondFactorError,
    SecondFactorStateError,
    WrongCredentialsError,
)
from app.storage.audit import AuditRecords
from app.storage.database import Database
from app.storage.invites import InviteRecords
from app.storage.people import PeopleRecords
from app.storage.sign_ins import MOST, SignInRecords
from app.storage.staff import StaffRecords
from tests.fakes.parts import FakeClock, counting_ids

COOKIE = NewSignIn(token_hash="cookie", device="Firefox, Linux")
ROBIN = "robin@company.example"


@dataclass
class Office:
    """All records of agents on one database."""

    database: Database
    clock: FakeClock

    def __post_init__(self) -> None:
        new_id = counting_ids()
        self.sign_ins = SignInRecords(self.database, self.clock, new_id)
        self.invites = InviteRecords(self.database, self.clock, new_id)
        self.staff = StaffRecords(self.database, self.clock, new_id)
        self.people = PeopleRecords(self.database, self.clock, new_id)
        self.audit = AuditRecords(self.database, self.clock, new_id)

    async def invited(self, name: str = "Robin", role: AgentRole = AgentRole.AGENT) -> Agent:
        """With the invite `invite-<name>`."""
        agent = await self.staff.add(name, f"{name.lower()}@company.example", role, None)
        await self.invites.invite(agent.id, f"invite-{name}", None)
        return agent

    async def accept(self, invite: str, cookie: NewSignIn = COOKIE, email: str = "") -> None:
        acceptance = Acceptance(invite_hash=invite, password_hash="hash", name="First", email=email)
        await self.invites.accept(acceptance, cookie)

    async def signed_up(self, name: str = "Robin", role: AgentRole = AgentRole.AGENT) -> Agent:
        """Signed in with the cookie `cookie-<name>`."""
        agent = await self.invited(name, role)
        await self.accept(f"invite-{name}", replace(COOKIE, token_hash=f"cookie-{name}"))
        return agent

    async def admitted(self, cookie: str) -> bool:
        return await self.sign_ins.signed_in(cookie) is not None

    async def actions(self) -> list[str]:
        return [each.action for each in reversed(await self.audit.noted(None, 100))]


@pytest.fixture
def office(database: Database, clock: FakeClock) -> Office:
    return Office(database, clock)


async def test_of_many_who_hold_one_invite_one_gets_in(office: Office) -> None:
    agent = await office.invited()

    tries = (office.accept("invite-Robin", replace(COOKIE, token_hash=f"cookie-{n}")) for n in range(5))
    results = await asyncio.gather(*tries, return_exceptions=True)

    assert sorted(type(result).__name__ for result in results) == ["InviteNotValidError"] * 4 + ["NoneType"]
    assert len(await office.sign_ins.sign_ins(agent.id)) == 1


async def test_a_new_invite_replaces_the_one_before(office: Office) -> None:
    agent = await office.invited()

    await office.invites.invite(agent.id, "newer", None)

    assert await office.invites.invited("invite-Robin") is None
    with pytest.raises(InviteNotValidError):
        await office.accept("invite-Robin")
    await office.accept("newer")


async def test_an_invite_ends_after_seven_days(office: Office) -> None:
    await office.invited()
    office.clock.forward(days=7)

    with pytest.raises(InviteNotValidError):
        await office.accept("invite-Robin")


async def test_whoever_is_disabled_cannot_accept_an_invite_nor_get_one(office: Office) -> None:
    agent = await office.invited()
    await office.staff.change(agent.id, AgentChange(disabled=True), None)

    assert await office.invites.invited("invite-Robin") is None
    with pytest.raises(InviteNotValidError):
        await office.accept("invite-Robin")
    with pytest.raises(UnknownAgentError):
        await office.invites.invite(agent.id, "newer", None)


async def test_an_invite_and_a_disabling_at_the_same_time_leave_nobody_signed_in(office: Office) -> None:
    agent = await office.invited()

    disabling = office.staff.change(agent.id, AgentChange(disabled=True), None)
    await asyncio.gather(office.accept("invite-Robin"), disabling, return_exceptions=True)

    assert not await office.admitted("cookie")


async def test_links_for_the_first_administrator_make_one_of_them(office: Office) -> None:
    assert await office.invites.invite_first("first-1")
    assert await office.invites.invite_first("first-2")
    assert await office.invites.invited("first-1") == FIRST_ADMINISTRATOR

    tries = (office.accept(f"first-{n}", replace(COOKIE, token_hash=f"cookie-{n}"), f"{n}@x.example") for n in (1, 2))
    results = await asyncio.gather(*tries, return_exceptions=True)

    [first] = await office.people.agents()
    assert sorted(type(result).__name__ for result in results) == ["InviteNotValidError", "NoneType"]
    assert (first.name, first.role) == ("First", AgentRole.ADMINISTRATOR)
    assert not await office.invites.invite_first("first-3")


async def test_a_link_from_an_earlier_start_ends_ten_minutes_after_the_next(office: Office) -> None:
    await office.invites.invite_first("first-1")
    await office.invites.invite_first("first-2")

    office.clock.forward(minutes=10)

    assert await office.invites.invited("first-1") is None
    assert await office.invites.invited("first-2") is not None


async def test_the_link_for_the_first_administrator_is_worth_nothing_once_there_is_one(office: Office) -> None:
    await office.invites.invite_first("first-1")
    await office.signed_up("Robin", AgentRole.ADMINISTRATOR)

    assert await office.invites.invited("first-1") is None
    with pytest.raises(InviteNotValidError):
        await office.accept("first-1", email="late@x.example")


async def test_a_sign_in_ends_after_seven_days_unseen(office: Office) -> None:
    await office.signed_up()
    office.clock.forward(days=6)
    signed_in = await office.sign_ins.signed_in("cookie-Robin")
    assert signed_in is not None
    await office.sign_ins.seen(signed_in)

    office.clock.forward(days=6)
    assert await office.admitted("cookie-Robin")

    office.clock.forward(days=1)
    assert not await office.admitted("cookie-Robin")


async def test_a_sign_in_ends_after_thirty_days_however_often_it_is_seen(office: Office) -> None:
    agent = await office.signed_up()

    for _ in range(6):
        signed_in = await office.sign_ins.signed_in("cookie-Robin")
        assert signed_in is not None
        await office.sign_ins.seen(signed_in)
        office.clock.forward(days=5)

    assert not await office.admitted("cookie-Robin")
    assert await office.sign_ins.sign_ins(agent.id) == []


async def test_whoever_is_disabled_is_signed_out_at_once_and_stays_so_when_let_in_again(office: Office) -> None:
    agent = await office.signed_up()

    changed = await office.staff.change(agent.id, AgentChange(disabled=True), None)
    assert changed.is_disabled
    assert not await office.admitted("cookie-Robin")

    await office.staff.change(agent.id, AgentChange(disabled=False), None)
    assert not await office.admitted("cookie-Robin")
    assert await office.sign_ins.credentials(ROBIN) is not None


async def test_a_password_that_changed_meanwhile_opens_nothing(office: Office) -> None:
    agent = await office.signed_up()
    proven = Proven(agent=agent, password_hash="hash", step=None)

    await office.sign_ins.change_password(proven, "newer", keep=None)

    with pytest.raises(WrongCredentialsError):
        await office.sign_ins.open(proven, COOKIE)
    with pytest.raises(WrongCredentialsError):
        await office.sign_ins.change_password(proven, "third", keep=None)


async def test_changing_the_password_ends_every_other_sign_in(office: Office) -> None:
    agent = await office.signed_up()
    proven = Proven(agent=agent, password_hash="hash", step=None)
    await office.sign_ins.open(proven, COOKIE)
    kept = await office.sign_ins.signed_in("cookie")
    assert kept is not None

    await office.sign_ins.change_password(proven, "newer", kept.sign_in_id)

    assert await office.admitted("cookie")
    assert not await office.admitted("cookie-Robin")


async def test_a_code_opens_one_sign_in(office: Office) -> None:
    agent = await office.signed_up()
    await office.sign_ins.begin_second_factor(agent, "secret")
    await office.sign_ins.confirm_second_factor(agent, "secret", 100, keep=None)
    assert not await office.admitted("cookie-Robin")

    proven = Proven(agent=agent, password_hash="hash", step=101)
    tries = (office.sign_ins.open(proven, replace(COOKIE, token_hash=f"cookie-{n}")) for n in range(4))
    results = await asyncio.gather(*tries, return_exceptions=True)

    assert sorted(type(result).__name__ for result in results) == ["NoneType"] + ["SecondFactorError"] * 3
    with pytest.raises(SecondFactorError):
        await office.sign_ins.open(replace(proven, step=100), COOKIE)
    with pytest.raises(SecondFactorError):
        await office.sign_ins.open(replace(proven, step=None), COOKIE)


async def test_a_second_factor_that_is_on_is_not_replaced(office: Office) -> None:
    agent = await office.signed_up()
    await office.sign_ins.begin_second_factor(agent, "first try")
    await office.sign_ins.begin_second_factor(agent, "secret")
    with pytest.raises(SecondFactorStateError):
        await office.sign_ins.confirm_second_factor(agent, "first try", 100, keep=None)

    await office.sign_ins.confirm_second_factor(agent, "secret", 100, keep=None)

    with pytest.raises(SecondFactorStateError):
        await office.sign_ins.begin_second_factor(agent, "another")
    await office.sign_ins.end_second_factor(agent, keep=None)
    credentials = await office.sign_ins.credentials(ROBIN)
    assert credentials is not None
    assert (credentials.totp_secret, credentials.agent.second_factor) == (None, False)


async def test_accepting_an_invite_ends_what_was_proof_before(office: Office) -> None:
    agent = await office.signed_up()
    await office.sign_ins.begin_second_factor(agent, "secret")
    await office.sign_ins.confirm_second_factor(agent, "secret", 100, keep=None)
    await office.invites.invite(agent.id, "again", None)

    await office.accept("again")

    credentials = await office.sign_ins.credentials(ROBIN)
    assert credentials is not None
    assert not credentials.agent.second_factor
    assert [each.device for each in await office.sign_ins.sign_ins(agent.id)] == [COOKIE.device]


async def test_a_reset_takes_everything_away_at_once(office: Office) -> None:
    await office.signed_up()

    reset = await office.invites.reset(ROBIN, "again")

    credentials = await office.sign_ins.credentials(ROBIN)
    assert reset is not None
    assert credentials is not None
    assert credentials.password_hash is None
    assert not await office.admitted("cookie-Robin")
    assert await office.invites.invited("again") is not None
    assert await office.invites.reset("nobody@company.example", "again") is None


async def test_two_administrators_who_demote_each_other_leave_one(office: Office) -> None:
    one = await office.signed_up("Robin", AgentRole.ADMINISTRATOR)
    two = await office.signed_up("Sam", AgentRole.ADMINISTRATOR)

    demoted = AgentChange(role=AgentRole.AGENT)
    tries = (office.staff.change(one.id, demoted, two), office.staff.change(two.id, AgentChange(disabled=True), one))
    results = await asyncio.gather(*tries, return_exceptions=True)

    assert sum(isinstance(result, LastAdministratorError) for result in results) == 1
    assert sum(agent.role is AgentRole.ADMINISTRATOR for agent in await office.people.agents()) == 1


async def test_somebody_who_was_only_invited_does_not_count_as_an_administrator(office: Office) -> None:
    last = await office.signed_up("Robin", AgentRole.ADMINISTRATOR)
    invited = await office.invited("Sam", AgentRole.ADMINISTRATOR)

    with pytest.raises(LastAdministratorError):
        await office.staff.change(last.id, AgentChange(disabled=True), last)
    await office.staff.change(invited.id, AgentChange(disabled=True), last)
    await office.people.add_agent("Kim", "kim@company.example", AgentRole.ADMINISTRATOR, "a key's hash")
    await office.staff.change(last.id, AgentChange(role=AgentRole.SUPERVISOR), last)


async def test_an_e_mail_belongs_to_one_agent(office: Office) -> None:
    await office.invited("Robin")
    other = await office.invited("Sam")

    with pytest.raises(AgentExistsError):
        await office.staff.change(other.id, AgentChange(email=ROBIN), None)
    with pytest.raises(AgentExistsError):
        await office.staff.add("Robin", ROBIN, AgentRole.AGENT, None)


async def test_a_browser_that_signs_in_anew_has_one_sign_in_and_old_ones_are_not_kept_for_ever(office: Office) -> None:
    agent = await office.signed_up()
    proven = Proven(agent=agent, password_hash="hash", step=None)

    await office.sign_ins.open(proven, replace(COOKIE, replaces="cookie-Robin"))
    assert len(await office.sign_ins.sign_ins(agent.id)) == 1

    for n in range(MOST):
        office.clock.forward(seconds=1)
        await office.sign_ins.open(proven, replace(COOKIE, token_hash=f"cookie-{n}"))
    assert len(await office.sign_ins.sign_ins(agent.id)) == MOST
    assert not await office.admitted("cookie")


async def test_what_was_done_stands_in_the_audit_newest_first(office: Office) -> None:
    robin = await office.signed_up("Robin", AgentRole.ADMINISTRATOR)
    key = await office.staff.add_key("shop", ["customers"], "hash", robin)
    await office.staff.revoke_key(key.id, robin)
    await office.staff.change(robin.id, AgentChange(name="Robin B.", role=AgentRole.ADMINISTRATOR), robin)
    await office.staff.change(robin.id, AgentChange(name="Robin B."), robin)
    await office.audit.note(robin, "profile.read", "cus_1", {"conversation": "cnv_1"})

    whole = await office.audit.noted(None, 100)
    page = await office.audit.noted(whole[2].id, 2)

    assert await office.actions() == [
        "agent.added",
        "invite.made",
        "invite.accepted",
        "key.made",
        "key.revoked",
        "agent.changed",
        "profile.read",
    ]
    assert [each.id for each in page] == [each.id for each in whole[3:5]]
    assert (whole[0].agent_name, whole[0].object_id) == ("Robin", "cus_1")
    assert (whole[-1].agent_name, whole[-1].agent_id) == ("command line", None)
    assert whole[1].details == {"agent": "Robin", "name": "Robin B.", "name_before": "Robin"}
