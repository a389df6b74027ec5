"""The two faces as customers and agents find them: by what is written on them and by their roles."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.system.conftest import ROOT

TEXTS = ROOT / "app" / "channels" / "widget" / "static" / "texts"
STRICT = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data: blob:; base-uri 'none'"
SITE = """<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8"><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>A site</title>
<main><h1>A site of a customer of ours</h1><p>With a policy that allows next to nothing.</p></main>
<script src="{service}/widget/care-line.js" type="module" async></script>
<care-line {attributes}></care-line></html>"""


@dataclass(kw_only=True)
class Site:
    """A page of somebody's, at /a-site of the company's address, that embeds the widget under a strict policy."""

    service: str
    language: str = "en"
    direction: str = "ltr"
    attributes: str = ""

    def open(self, context: BrowserContext) -> "Widget":
        page = context.new_page()
        page.route("**/a-site", self._answer)
        page.goto(f"{self.service}/a-site")
        return Widget(page=page, language=self.language)

    def _answer(self, route: Route) -> None:
        html = SITE.format(**vars(self))
        headers = {"Content-Security-Policy": STRICT, "Content-Type": "text/html"}
        route.fulfill(body=html, headers=headers)


@cache
def words_of(language: str) -> dict[str, Any]:
    """The widget's own words."""
    return json.loads((TEXTS / f"{language}.json").read_text())


def words(key: str, language: str = "en", **fields: str) -> str:
    return str(words_of(language)[key]).format(**fields)


@dataclass(kw_only=True)
class Widget:
    """The widget on a page, in a language."""

    page: Page
    language: str = "en"

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def field(self) -> Locator:
        return self.page.locator("care-line textarea")

    def open(self) -> "Widget":
        self.page.locator("care-line .launcher").click()
        expect(self.field).to_be_visible()
        return self

    def ask(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def ask_for_a_person(self) -> None:
        self.button("person").click()

    def button(self, key: str) -> Locator:
        """By the key of its words."""
        return self.page.get_by_role("button", name=words(key, self.language), exact=True)

    def said(self, author: str) -> Locator:
        """What the customer, assistant or agent said, each in a bubble."""
        return self.log.locator(f".{author} .bubble")

    def tells(self, key: str) -> None:
        """In the log or above it."""
        expect(self.page.locator("care-line dialog")).to_contain_text(words(key, self.language))

    def shows(self, *texts: str) -> None:
        for text in texts:
            expect(self.log).to_contain_text(text)


@dataclass(kw_only=True)
class Console:
    """The console of an agent who is signed in."""

    page: Page

    @classmethod
    def opened(cls, context: BrowserContext, address: str, place: str = "queue") -> "Console":
        page = context.new_page()
        page.goto(f"{address}/console#/{place}")
        return cls(page=page)

    @property
    def field(self) -> Locator:
        return self.page.get_by_label("Reply to the customer")

    @property
    def conversation(self) -> Locator:
        return self.page.locator("section.conversation")

    def choose(self, words: str) -> None:
        """The conversation in the list that shows these words."""
        self.page.locator("a.row").filter(has_text=words).click()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def reply(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Control+Enter")

    def shows(self, *texts: str) -> None:
        for text in texts:
            expect(self.conversation).to_contain_text(text)
