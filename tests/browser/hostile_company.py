"""A company in which everything that anyone can write is a hostile text, put in through the service's own routes. What
the routes refuse (an address that is none, too many files) goes into the records: the faces are to stand alone."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field

import httpx2

from tests.browser import hostile
from tests.browser.harness import Company
from tests.browser.seeding import signed_token

TO_PEOPLE, TO_ASSISTANT = "hostile-people", "hostile-assistant"
AT_ONCE = 4
POLICY_TEXTS = ("thanks", "goodbye", "refusal", "agreement", "not_known", "not_helped", "ask_back")
MESSAGE = """INSERT INTO messages (id, conversation_id, seq, author, text, at, citations)
VALUES (?, ?, ?, 'assistant', ?, ?, ?)"""


@dataclass(kw_only=True)
class Hostile:
    """`people` is a conversation of 400 messages of a customer and 400 of an agent, with files, notes and tags;
    in `assistant` all was said by the assistant, with citations; 400 more customers wait."""

    company: Company
    people: str = ""
    assistant: str = ""
    texts: Sequence[str] = field(default_factory=hostile.texts)

    def fill(self) -> None:
        self.company.signed_in("Ada Okafor", "administrator")
        self.company.signed_in("Robin Ellis")
        with self.company.agent_client("Robin Ellis") as agent, self.company.agent_client("Ada Okafor") as chief:
            colleague = {"name": "<img src=x onerror=alert(1)>", "email": "x@company.example", "role": "agent"}
            assert chief.post("/v1/agent/people", json=colleague).is_success
            self.people = self._said(agent)
            with self.company.client(signed_token(TO_ASSISTANT)) as customer:
                self.assistant = customer.post("/v1/chat", json={"text": "Hello"}).json()["conversation"]
            self._beside(agent, chief)
            self._policy(chief)
            self._articles(chief)
            self._waiting()
        self.company.stop()
        self._in_the_records()
        self.company.start()

    def _said(self, agent: httpx2.Client) -> str:
        """Each text once by the customer, once by the agent."""
        with self.company.client(signed_token(TO_PEOPLE)) as customer:
            first = customer.post("/v1/chat", json={"text": "Can I talk to a person, please?"}).json()
            conversation = first["conversation"]
            path = f"/v1/agent/conversations/{conversation}"
            assert agent.post(f"{path}/claim").status_code == 200
            for text in self.texts:
                customer.post("/v1/chat", json={"text": text, "conversation": conversation})
                agent.post(f"{path}/reply", json={"text": text})
        return conversation

    def _beside(self, agent: httpx2.Client, chief: httpx2.Client) -> None:
        """Files, notes, tags, canned replies, attributes, a closing reason."""
        path = f"/v1/agent/conversations/{self.people}"
        with self.company.client(signed_token(TO_PEOPLE)) as customer:
            file = {"file": (f"{self.texts[0]}.txt", b"Nothing but words.", "text/html")}
            assert customer.post(f"/v1/conversations/{self.people}/files", files=file).status_code == 201
        self._each(lambda text: agent.post(f"{path}/notes", json={"text": text}))
        agent.put(f"{path}/tags", json={"tags": [text[:40] for text in self.texts[:20] if text[:40].isprintable()]})
        for number, text in enumerate(self.texts[:60]):
            chief.post("/v1/agent/canned", json={"name": f"{number} {text}"[:60].strip(), "text": text})
        assert self.company.running is not None
        with self.company.client(self.company.running.add_key("customers")) as shop:
            attributes = {"first_name": self.texts[0], "name": self.texts[1]}
            for number in range(98):
                attributes[f"a{number}"] = "\n".join(text[:450] for text in self.texts[number * 4 : number * 4 + 4])
            answer = shop.put(f"/v1/customers/{TO_PEOPLE}/attributes", json={"attributes": attributes})
            assert answer.status_code == 204, answer.text

    def _policy(self, chief: httpx2.Client) -> None:
        """Several versions of what customers read that no model wrote."""
        fitting = [text[:500] for text in self.texts if text.isprintable() and not set(text) & set("{}")]
        for version in range(6):
            body = dict(zip(POLICY_TEXTS, fitting[version * 7 :], strict=False))
            answer = chief.put("/v1/agent/policies/texts.en", json={"body": body, "version": version})
            assert answer.is_success, answer.text

    def _articles(self, chief: httpx2.Client) -> None:
        def write(text: str) -> httpx2.Response:
            body = {"title": text[:500], "text": f"# {text}\n\nHostile: {text}", "status": "published"}
            return chief.post("/v1/agent/articles", json=body)

        self._each(write)

    def _waiting(self) -> None:
        """Customers who claim a hostile name, and wait for a person with hostile words."""

        def ask(text: str) -> httpx2.Response:
            with self.company.client() as customer:
                body = {"text": f"Can I talk to a person? {text[:150]}", "identity": {"name": text[:200]}}
                return customer.post("/v1/chat", json=body)

        self._each(ask)

    def _each(self, send: Callable[[str], httpx2.Response]) -> None:
        """Some texts are refused for what they are, e.g. nothing visible; a server error is none of the answers."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = [answer.status_code for answer in pool.map(send, self.texts)]
        assert all(status < 500 for status in answers)
        assert sum(status < 300 for status in answers) > len(self.texts) * 0.85, sorted(answers)

    def _in_the_records(self) -> None:
        with closing(sqlite3.connect(self.company.folder / "careline.db")) as records:
            _said_by_the_assistant(records, self.people, self.assistant)
            _files_of_names(records, self.people, self.texts)
            _channels_of_names(records, self.texts)
            records.commit()


def _said_by_the_assistant(records: sqlite3.Connection, people: str, conversation: str) -> None:
    """What the customer and the agent said, as if the assistant had said it elsewhere: each message of the customer a
    sentence, each of the agent's a whole reply, with citations."""
    rows = records.execute("SELECT seq, kind, at, body FROM events WHERE conversation_id = ? AND seq > 4", (people,))
    last = 0
    for seq, kind, at, body in rows.fetchall():
        made = _by_the_assistant(kind, json.loads(body), seq)
        if made is not None:
            last = seq + 100
            of_the_assistant, told, text = made
            event = (conversation, last, of_the_assistant, at, json.dumps(told))
            records.execute("INSERT INTO events (conversation_id, seq, kind, at, body) VALUES (?, ?, ?, ?, ?)", event)
            message = (f"msg_hostile_{seq}", conversation, last, text, at, json.dumps([_citation(text)]))
            records.execute(MESSAGE, message)
    records.execute("UPDATE conversations SET last_seq = ? WHERE id = ?", (last, conversation))


def _by_the_assistant(kind: str, body: dict[str, str], seq: int) -> tuple[str, dict[str, object], str] | None:
    text, turn = body.get("text", ""), {"turn_id": "trn_hostile", "covers_to": seq}
    cited = [_citation(text)]
    if kind == "message":
        return "sentence", {**turn, "sentence": {"text": text, "lead": "", "citations": cited}}, text
    if kind == "agent_message":
        done = {"outcome": "answered", "message_id": f"msg_hostile_{seq}", "reply": text, "citations": cited}
        return "done", {**turn, **done, "handoff_id": None, "cut_short": False}, text
    return None


def _citation(text: str) -> dict[str, str]:
    return {"passage_id": text[:300], "article_id": text[:200], "title": text, "address": text}


def _files_of_names(records: sqlite3.Connection, conversation: str, names: Sequence[str]) -> None:
    """The one file that is there, once more for each name."""
    last = "SELECT at, body FROM events WHERE conversation_id = ? AND kind = 'file'"
    at, body = records.execute(last, (conversation,)).fetchone()
    (seq,) = records.execute("SELECT last_seq FROM conversations WHERE id = ?", (conversation,)).fetchone()
    for number, name in enumerate(names, 1):
        told = json.dumps({**json.loads(body), "name": name[:255]})
        records.execute("INSERT INTO events VALUES (?, ?, 'file', ?, ?)", (conversation, seq + number, at, told))
    records.execute("UPDATE conversations SET last_seq = ? WHERE id = ?", (seq + len(names), conversation))


def _channels_of_names(records: sqlite3.Connection, names: Sequence[str]) -> None:
    """Those who wait came over channels of these names."""
    waiting = records.execute("SELECT id FROM conversations WHERE status = 'waiting'").fetchall()
    for (conversation,), name in zip(waiting, names, strict=False):
        records.execute("UPDATE conversations SET channel = ? WHERE id = ?", (name[:32], conversation))
