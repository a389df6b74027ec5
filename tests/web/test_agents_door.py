"""Who was seen is written down once in a while, however often they call."""

from dataclasses import dataclass, field

from app.care.records import RecordsUnavailableError
from app.domain.agents import Agent, AgentRole
from app.domain.sign_ins import SignedIn
from app.web.agents_door import AgentsDoor
from app.web.proofs import Proof
from app.web.rules import Rule
from app.web.sightings import EVERY_SECONDS, KEPT, Sightings

ROBIN = Agent(id="agt_1", name="Robin", email="robin@company.example", role=AgentRole.AGENT)


@dataclass
class Seen:
    """Knows one agent, by key and by cookie, and notes when they are seen."""

    times: list[str] = field(default_factory=list)
    are_full: bool = False

    async def agent_by(self, _key_hash: str) -> Agent:
        return ROBIN

    async def signed_in(self, token_hash: str) -> SignedIn:
        return SignedIn(agent=ROBIN, sign_in_id=token_hash)

    async def seen(self, whom: object) -> None:
        if self.are_full:
            raise RecordsUnavailableError
        self.times.append("sign-in" if isinstance(whom, SignedIn) else "key")


@dataclass
class Seconds:
    now: float = 0

    def __call__(self) -> float:
        return self.now


async def test_seven_tabs_that_call_all_the_time_cost_one_write_in_fifteen_seconds() -> None:
    records, seconds = Seen(), Seconds()
    door = AgentsDoor(callers=records, agents=records, sign_ins=records, sightings=Sightings(seconds))  # type: ignore[arg-type]

    for _ in range(7):
        await door.admit(Rule.AGENT, Proof(sign_in="sgn_1"))
        await door.admit(Rule.AGENT, Proof(bearer="agk_1"))
    assert records.times == ["sign-in", "key"]

    seconds.now = EVERY_SECONDS
    await door.admit(Rule.AGENT, Proof(sign_in="sgn_1"))
    assert records.times == ["sign-in", "key", "sign-in"]


async def test_agents_are_let_in_where_nothing_can_be_written() -> None:
    records = Seen(are_full=True)
    door = AgentsDoor(callers=records, agents=records, sign_ins=records)  # type: ignore[arg-type]

    by_cookie = await door.admit(Rule.AGENT, Proof(sign_in="sgn_1"))
    by_key = await door.admit(Rule.AGENT, Proof(bearer="agk_1"))

    assert by_cookie.agent == by_key.agent == ROBIN


def test_what_is_kept_in_memory_has_an_end() -> None:
    sightings = Sightings(Seconds())

    assert all(sightings.is_due(str(n)) for n in range(3 * KEPT))
    assert not sightings.is_due(str(3 * KEPT - 1))
