"""The records of a company under test, and its turns, put together as wiring does it."""

from dataclasses import dataclass
from typing import Any

from app.care.answering import Answering
from app.care.endings import Endings
from app.care.inbox import Inbox
from app.care.opening import Opening
from app.care.outbox import NewEndpoint
from app.care.policies import FixedPolicies
from app.care.records import Inbound, Receipt
from app.care.writing import Writer
from app.domain.agents import Agent, AgentRole
from app.domain.customers import Assurance, Identity
from app.domain.deliveries import Endpoint, EndpointKind
from app.storage.conversations import ConversationRecords
from app.storage.database import Database
from app.storage.inbox import InboxRecords
from app.storage.memory import MemoryRecords
from app.storage.outbox import OutboxRecords
from app.storage.people import PeopleRecords
from app.storage.queue import QueueRecords
from app.storage.turns import TurnRecords
from app.storage.wakeups import LocalWakeups
from tests.fakes.parts import (
    CarriesAll,
    FakeAnswerer,
    FakeAssessor,
    FakeClock,
    FakeMeasures,
    FakeSearch,
    NoFacts,
    PlainWording,
    counting_ids,
    no_values,
)

OWNER = "this process"


@dataclass
class Company:
    """Real records in a real database; search, assessor and answerers are fakes that record."""

    database: Database
    clock: FakeClock

    def __post_init__(self) -> None:
        new_id, self.wakeups = counting_ids(), LocalWakeups()
        self.inbox_records = InboxRecords(self.database, self.wakeups, self.clock, new_id)
        self.turns = TurnRecords(self.database, self.wakeups, self.clock, new_id)
        self.conversations = ConversationRecords(self.database)
        self.queue = QueueRecords(self.database, self.wakeups, self.clock, new_id)
        self.outbox_records = OutboxRecords(self.database, self.wakeups, self.clock, new_id)
        self.people = PeopleRecords(self.database, self.clock, new_id)
        self.memory = MemoryRecords(self.database, self.clock, new_id)
        self.search, self.assessor, self.answerer = FakeSearch(), FakeAssessor(), FakeAnswerer()
        self.fallback = FakeAnswerer(drafts=(), name="fallback")
        self.grounding = CarriesAll()
        self.wording, self.measures = PlainWording(), FakeMeasures()
        self.policies = FixedPolicies()
        self.inbox = Inbox(records=self.inbox_records, wording=self.wording, owner=OWNER)

    def answering(self, **settings: float) -> Answering:
        opening = Opening(policies=self.policies, wording=self.wording, clock=self.clock)
        endings = Endings(
            records=self.turns, agents=self.people, wording=self.wording, facts=NoFacts(), opening=opening
        )
        writer = Writer(
            records=self.turns,
            answerers=(self.answerer, self.fallback),
            read_values=no_values,
            grounding=self.grounding,
            wording=self.wording,
        )
        return Answering(
            records=self.turns,
            assessor=self.assessor,
            search=self.search,
            writer=writer,
            endings=endings,
            follow_ups=lambda text, before: text,
            policies=self.policies,
            clock=self.clock,
            measures=self.measures,
            **settings,
        )

    async def writes(
        self, text: str, conversation: str | None = None, *, who: str = "ada", key: str | None = None
    ) -> Receipt:
        return await self.inbox.receive(
            Inbound(identity=identity(who), text=text, conversation_id=conversation, sender_key=key)
        )

    async def writes_and_is_met(self, text: str, conversation: str | None = None, *, who: str = "ada") -> Receipt:
        receipt = await self.writes(text, conversation, who=who)
        assert receipt.lease is not None
        await self.answering().take_turns(receipt.lease)
        return receipt

    async def endpoint(self, kind: EndpointKind, name: str = "shop", **more: Any) -> Endpoint:
        new = NewEndpoint(kind=kind, name=name, address=f"https://{name}.example/in", secret="whsec_c2VjcmV0", **more)
        return await self.outbox_records.add_endpoint(new)

    async def writes_on(
        self, channel: Endpoint, text: str, *, who: str = "ada", key: str | None = None, settle: float = 0
    ) -> Receipt:
        """A message that the channel's bridge posts."""
        sender = Identity(channel=channel.id, address=who, assurance=Assurance.CLAIMED)
        inbound = Inbound(identity=sender, text=text, sender_key=key, on_thread=True, settle_seconds=settle)
        return await self.inbox.receive(inbound)

    async def agent(self, name: str = "Robin", *, on_duty: bool = False) -> Agent:
        email = f"{name.lower()}@company.example"
        agent = await self.people.add_agent(name, email, AgentRole.AGENT, f"hash of {name}")
        await self.people.set_duty(agent.id, on_duty)
        return agent

    async def kinds(self, conversation: str) -> list[str]:
        """The names of the events so far, in order."""
        return [type(event.body).__name__ for event in await self.conversations.events(conversation, 0)]

    async def said(self, conversation: str) -> list[tuple[str, str]]:
        return [(message.author, message.text) for message in await self.conversations.messages(conversation)]


def identity(who: str) -> Identity:
    return Identity(channel="token", address=who, assurance=Assurance.ANONYMOUS)
