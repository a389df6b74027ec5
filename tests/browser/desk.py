"""A customer over the API and an agent at the console: what they do and see, by what is written there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.harness import Company

PERSON = "Can I talk to a person, please?"


@dataclass(kw_only=True)
class Customer:
    """One customer with one conversation."""

    company: Company
    id: str = ""
    secret: str | None = None

    @classmethod
    def of(cls, company: Company, name: str, *texts: str) -> "Customer":
        """Who writes these messages; the name is only their own word."""
        customer = cls(company=company)
        for text in texts:
            customer.say(text, name)
        return customer

    def say(self, text: str, name: str = "") -> None:
        body: dict[str, Any] = {"text": text}
        if self.id:
            body["conversation"] = self.id
        if name:
            body["identity"] = {"name": name}
        with self.company.client(self.secret) as client:
            answer = client.post("/v1/chat", json=body)
        assert answer.is_success, answer.text
        self.secret = answer.headers.get("Careline-Customer-Token") or self.secret
        self.id = answer.json()["conversation"]

    def sees(self) -> Mapping[str, Any]:
        with self.company.client(self.secret) as client:
            return client.get(f"/v1/conversations/{self.id}").json()

    def texts(self, author: str) -> list[str]:
        return [message["text"] for message in self.sees()["messages"] if message["author"] == author]


@dataclass(kw_only=True)
class Desk:
    """The queue of a signed-in agent."""

    page: Page

    @classmethod
    def opened(cls, context: BrowserContext, address: str, place: str = "queue") -> "Desk":
        page = context.new_page()
        page.goto(f"{address}/console#/{place}")
        expect(page.get_by_role("heading", name="Queue", exact=True)).to_be_visible()
        return cls(page=page)

    @property
    def rows(self) -> Locator:
        return self.page.get_by_role("list", name="Conversations").get_by_role("link")

    @property
    def messages(self) -> Locator:
        return self.page.get_by_role("list", name="Messages")

    @property
    def field(self) -> Locator:
        return self.page.get_by_label("Reply to the customer")

    def row(self, name: str) -> Locator:
        return self.rows.filter(has=self.page.get_by_text(name, exact=True))

    def view(self, name: str) -> None:
        """Waiting, Mine, Assistant or All."""
        self.page.get_by_role("group", name="Which conversations").get_by_role("button", name=name).click()

    def open(self, name: str) -> None:
        self.row(name).click()
        expect(self.page.get_by_role("region", name="Conversation").get_by_role("heading", name=name)).to_be_visible()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def claim(self) -> None:
        self.press("Claim")
        expect(self.field).to_be_focused()

    def reply(self, text: str) -> None:
        self.field.fill(text)
        self.page.get_by_role("button", name="Send", exact=True).click()

    def told(self, text: str) -> None:
        expect(self.page.locator(".notice").filter(has_text=text)).to_be_visible()
