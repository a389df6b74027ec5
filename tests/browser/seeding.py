"""Fills a served company with two weeks of conversations, through its own routes; then their times are moved back.

company = ...; seed(company)           # returns the conversations by story
"""

import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import httpx2
import jwt

from tests.browser.harness import IDENTITY_KEY, Company
from tests.browser.stories import AGENTS, ARTICLES, CANNED, PEOPLE, STORIES, End, Story


def signed_token(external_id: str, seconds: int = 3_000) -> str:
    """What the shop's server gives to the page of a customer who signed in there."""
    now = int(time.time())
    claims = {"sub": external_id, "aud": "careline", "iat": now, "exp": now + seconds}
    return jwt.encode(claims, IDENTITY_KEY, algorithm="HS256", headers={"kid": "site"})


@dataclass(kw_only=True)
class Seeding:
    """Walks through the stories. A company's agents sign in once."""

    company: Company
    agents: dict[str, httpx2.Client] = field(default_factory=dict)
    conversations: dict[Story, str] = field(default_factory=dict)

    def agent(self, name: str) -> httpx2.Client:
        if name not in self.agents:
            self.agents[name] = self.company.agent_client(name, AGENTS[name])
        return self.agents[name]

    def people(self) -> None:
        assert self.company.running is not None
        with self.company.client(self.company.running.add_key("customers")) as shop:
            for person in PEOPLE:
                body = {"attributes": person.attributes}
                _done(shop.put(f"/v1/customers/{person.id}/attributes", json=body))
        for name in AGENTS:
            _done(self.agent(name).put("/v1/agent/duty", json={"on_duty": True}))

    def library(self) -> None:
        supervisor = self.agent("Amina Yusuf")
        for article in ARTICLES:
            _done(supervisor.post("/v1/agent/articles", json=article))
        for name, text in CANNED.items():
            _done(supervisor.post("/v1/agent/canned", json={"name": name, "text": text}))

    def tell(self, story: Story) -> str:
        """The conversation's id."""
        with self.company.client(signed_token(story.who) if story.who else None) as customer:
            conversation, answers = _asks(customer, story)
            self._feedback(customer, story, conversation, answers[-1])
            if story.file is not None:
                files = {"file": (story.file[0], story.file[1], "text/plain")}
                _done(customer.post(f"/v1/conversations/{conversation}/files", files=files))
        self.conversations[story] = conversation
        self._agents_part(story, conversation)
        return conversation

    def _feedback(self, customer: httpx2.Client, story: Story, conversation: str, answer: Mapping[str, Any]) -> None:
        if story.helpful is None:
            return
        detail = _done(customer.get(f"/v1/conversations/{conversation}")).json()
        [*_, reply] = [each for each in detail["messages"] if each["author"] == "assistant"]
        body = {"message": reply["id"], "helpful": story.helpful, "reason": story.why}
        _done(customer.post(f"/v1/conversations/{conversation}/feedback", json=body))

    def _agents_part(self, story: Story, conversation: str) -> None:
        agent, path = self.agent(story.agent), f"/v1/agent/conversations/{conversation}"
        if story.tags:
            _done(agent.put(f"{path}/tags", json={"tags": list(story.tags)}))
        if story.note:
            _done(agent.post(f"{path}/notes", json={"text": story.note}))
        if story.end in {End.ASSISTANT, End.WAITING}:
            return
        _done(agent.post(f"{path}/claim"))
        for text in story.replies:
            _done(agent.post(f"{path}/reply", json={"text": text}))
        if story.end is End.RETURNED:
            _done(agent.post(f"{path}/return"))
        if story.end is End.CLOSED:
            _done(agent.post(f"{path}/close", json={"reason": story.reason}))


def seed(company: Company, stories: Sequence[Story] = STORIES) -> dict[Story, str]:
    """Restarts the company once, for the times are moved while nothing runs."""
    seeding = Seeding(company=company)
    seeding.people()
    seeding.library()
    for story in stories:
        seeding.tell(story)
    for client in seeding.agents.values():
        client.close()
    company.stop()
    move_back(company, {conversation: story.hours for story, conversation in seeding.conversations.items()})
    company.start()
    return seeding.conversations


def move_back(company: Company, hours: Mapping[str, float]) -> None:
    """As if each conversation had been so many hours ago, with all that belongs to it; who was claimed, had waited."""
    with closing(sqlite3.connect(company.folder / "careline.db")) as records:
        for number, (conversation, back) in enumerate(hours.items()):
            _shift(records, conversation, round(back * 3600), before="9999-12-31")
            claimed = "SELECT min(claimed_at) FROM handoffs WHERE conversation_id = ?"
            (at,) = records.execute(claimed, (conversation,)).fetchone()
            if at is not None:
                _shift(records, conversation, 60 + 150 * (number % 7), before=at)
        records.commit()


def _shift(records: sqlite3.Connection, conversation: str, seconds: int, *, before: str) -> None:
    """Moves back what happened before this moment."""
    for table, key, columns in _times(records):
        for name in columns:
            moved = f"strftime('%Y-%m-%d %H:%M:%f', {name}, ?) || '000'"
            statement = f"UPDATE {table} SET {name} = {moved} WHERE {key} = ? AND {name} < ?"
            records.execute(statement, (f"-{seconds} seconds", conversation, before))


def _times(records: sqlite3.Connection) -> list[tuple[str, str, list[str]]]:
    """Tables that hold rows of a conversation: the column of its id, and those that hold times."""
    found = []
    for (table,) in records.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        columns = {row[1]: row[2] for row in records.execute(f"PRAGMA table_info({table})")}
        key = "id" if table == "conversations" else "conversation_id"
        times = [name for name, kind in columns.items() if kind == "DATETIME"]
        if key in columns and times:
            found.append((table, key, times))
    return found


def _asks(customer: httpx2.Client, story: Story) -> tuple[str, list[dict[str, Any]]]:
    """A new customer gets their token with the first answer."""
    answers: list[dict[str, Any]] = []
    for text in story.says:
        body: dict[str, Any] = {"text": text}
        if answers:
            body["conversation"] = answers[-1]["conversation"]
        if story.claims:
            body["identity"] = {"name": story.claims}
        answer = _done(customer.post("/v1/chat", json=body))
        if secret := answer.headers.get("Careline-Customer-Token"):
            customer.headers["Authorization"] = f"Bearer {secret}"
        answers.append(answer.json())
    return answers[-1]["conversation"], answers


def _done(answer: httpx2.Response) -> httpx2.Response:
    assert answer.is_success, f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text}"
    return answer
