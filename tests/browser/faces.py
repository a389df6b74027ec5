"""The two faces as customers and agents find them: by what is written on them and by their roles."""

from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.browser.harness import Company

STRICT = (
    "default-src 'none'; script-src {0}; connect-src {0}; img-src {0} data: blob:; base-uri 'none'; form-action 'none'"
)
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
        return Widget(page=page)

    def _answer(self, route: Route) -> None:
        html = SITE.format(**vars(self))
        headers = {"Content-Security-Policy": STRICT, "Content-Type": "text/html"}
        route.fulfill(body=html, headers=headers)


@dataclass(kw_only=True)
class Widget:
    """The widget on a page, in English."""

    page: Page

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
        self.page.get_by_role("button", name="Talk to a person").click()

    def shows(self, *texts: str) -> None:
        for text in texts:
            expect(self.log).to_contain_text(text)


@dataclass(kw_only=True)
class Console:
    """The console of an agent who is signed in."""

    page: Page

    @classmethod
    def opened(cls, context: BrowserContext, company: Company, place: str = "queue") -> "Console":
        page = context.new_page()
        page.goto(f"{company.address}/console#/{place}")
        return cls(page=page)
