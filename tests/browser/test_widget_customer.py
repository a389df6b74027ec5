"""The widget in a customer's hands: by keyboard, from right to left, on a phone; files, feedback, what is known of
them, and who they are."""

import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import CompanyOf
from tests.browser.faces import Widget, words
from tests.browser.harness import IDENTITY_KEY, PHONE, Company, Visitors, Watch

QUESTION = "How do I descale the Pour 4?"
ANSWER = "Mix 1 sachet of Tallybrook Descaler"
POLICY = (
    "default-src 'none'; img-src data:; script-src {0}/widget/care-line.js; connect-src {0}; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
PAGE = """<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8"><title>A site</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<h1>A site</h1><script src="{service}/widget/care-line.js" type="module"></script><care-line></care-line></html>"""


class Answering(BaseHTTPRequestHandler):
    """A page of another site, under its own strict policy."""

    service = ""

    def do_GET(self) -> None:
        direction = self.path.strip("/") or "ltr"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Security-Policy", POLICY.format(self.service))
        self.end_headers()
        self.wfile.write(PAGE.format(language="en", direction=direction, service=self.service).encode())

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture(scope="module")
def site() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def embedded(open_company: CompanyOf, site: ThreadingHTTPServer) -> Company:
    """A company whose widget stands on another site."""
    return open_company(CARELINE_WIDGET_ORIGINS=address_of(site))


def address_of(site: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{site.server_port}"


def test_a_long_answer_is_read_from_its_beginning(
    embedded: Company, site: ThreadingHTTPServer, visitors: Visitors
) -> None:
    widget = _on_site(embedded, site, visitors).open()

    widget.ask(QUESTION)

    widget.shows(ANSWER, "Empty the jug")
    expect(widget.said("assistant").last.get_by_text("Descaling the Pour 4:")).to_be_in_viewport()
    expect(widget.said("customer")).to_be_in_viewport()


def test_on_a_foreign_site_under_a_strict_policy_it_says_that_it_is_an_ai_and_answers(
    embedded: Company, site: ThreadingHTTPServer, visitors: Visitors
) -> None:
    widget = _on_site(embedded, site, visitors).open()
    widget.tells("notice")
    expect(widget.said("customer")).to_have_count(0)

    widget.ask(QUESTION)

    widget.shows(ANSWER)
    source = widget.log.get_by_role("link", name="Cleaning and descaling")
    expect(source).to_have_attribute("href", re.compile("^https://help.tallybrook.example/"))
    expect(source).to_have_attribute("rel", "noreferrer")


def test_a_site_that_is_not_listed_is_refused_and_the_customer_keeps_their_words(
    company: Company, site: ThreadingHTTPServer, visitors: Visitors, watch: Watch
) -> None:
    watch.allow("403", "CORS", "ERR_FAILED")
    widget = _on_site(company, site, visitors).open()

    widget.ask(QUESTION)

    widget.tells("later")
    widget.shows(QUESTION)


def test_the_whole_way_goes_by_keyboard(company: Company, visitors: Visitors) -> None:
    page = visitors.context(company.address).new_page()
    page.goto(company.address)
    widget = Widget(page=page)
    _tab_to(page, words("launcher"))

    page.keyboard.press("Enter")
    expect(widget.field).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    widget.shows(ANSWER)
    expect(widget.field).to_be_focused()
    _tab_to(page, words("helped"), "Shift+Tab")
    page.keyboard.press("Space")
    widget.shows(words("thanks"))
    _tab_to(page, words("profile"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name=words("profile"))).to_be_focused()
    page.keyboard.press("Escape")
    expect(widget.field).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name=words("launcher"))).to_be_focused()
    expect(widget.field).to_be_hidden()


def test_from_right_to_left_it_stands_on_the_left(
    embedded: Company, site: ThreadingHTTPServer, visitors: Visitors
) -> None:
    widget = _on_site(embedded, site, visitors, "rtl").open()
    widget.ask(QUESTION)
    widget.shows(ANSWER)

    dialog = widget.page.get_by_role("dialog").bounding_box()
    mine = widget.said("customer").first.bounding_box()

    assert dialog
    assert mine
    assert dialog["x"] < 100
    assert mine["x"] - dialog["x"] < 40


def test_on_a_phone_it_fills_the_screen_and_the_page_behind_is_out_of_reach(
    company: Company, visitors: Visitors
) -> None:
    page = visitors.context(company.address, viewport=PHONE, has_touch=True).new_page()
    page.goto(company.address)

    widget = Widget(page=page).open()

    assert page.get_by_role("dialog").bounding_box() == {"x": 0, "y": 0, **PHONE}
    expect(widget.field).not_to_be_focused()
    assert page.get_by_role("dialog").evaluate("dialog => dialog.matches(':modal')")


def test_what_did_not_help_is_told_with_a_reason(company: Company, visitors: Visitors) -> None:
    widget = _asked(company, visitors)
    widget.button("helped_not").click()
    reason = widget.log.get_by_role("button", name="Something is missing")

    with widget.page.expect_response("**/feedback") as told:
        reason.click()

    assert told.value.status == 204
    widget.shows(words("thanks"))
    [conversation] = _own(company, widget.page)
    with company.agent_client("Robin") as agent:
        assert "Something is missing" in agent.get(f"/v1/agent/conversations/{conversation}").text


def test_a_file_is_sent_and_can_be_saved_again(company: Company, visitors: Visitors, tmp_path: Path) -> None:
    widget = _asked(company, visitors)
    receipt = tmp_path / "receipt.txt"
    receipt.write_text("One Pour 4, £79")

    widget.page.locator("care-line input[type=file]").set_input_files(receipt)

    widget.tells("file_unread")
    with widget.page.expect_download() as saved:
        widget.log.get_by_role("button", name="receipt.txt").click()
    assert Path(saved.value.path()).read_text() == "One Pour 4, £79"


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(
    open_company: CompanyOf, visitors: Visitors, tmp_path: Path
) -> None:
    small = open_company(CARELINE_LARGEST_FILE="100000")
    widget = _asked(small, visitors)
    large = tmp_path / "film.txt"
    large.write_text("x" * 100_001)

    widget.page.locator("care-line input[type=file]").set_input_files(large)

    refused = words("file_refused", name="film.txt", size="0.1 MB")
    expect(widget.page.locator("care-line dialog")).to_contain_text(refused)
    expect(widget.log.get_by_text("film.txt")).to_have_count(0)


def test_what_is_known_is_shown_and_can_be_deleted(company: Company, visitors: Visitors) -> None:
    widget = _asked(company, visitors)
    widget.ask("My name is Ada and I have a Pour 10.")
    expect(widget.said("assistant")).to_have_count(3)
    page = widget.page
    shown = page.get_by_role("region", name=words("profile"))

    _until_known(widget, "Ada")
    before = shown.get_by_role("listitem").count()
    shown.get_by_role("listitem").filter(has_text="Ada").get_by_role("button").click()

    expect(shown.get_by_role("listitem")).to_have_count(before - 1)
    widget.button("back").click()
    _until_known(widget, "Pour 10")
    expect(shown.get_by_text("Ada")).to_have_count(0)


def test_the_conversation_is_saved_as_text(company: Company, visitors: Visitors) -> None:
    widget = _asked(company, visitors)
    widget.button("profile").click()

    with widget.page.expect_download() as saved:
        widget.button("transcript").click()

    text = Path(saved.value.path()).read_text()
    assert QUESTION in text
    assert ANSWER in text
    assert words("assistant") in text


def test_a_customer_whom_the_site_names_finds_their_conversation_elsewhere(
    company: Company, visitors: Visitors, watch: Watch
) -> None:
    watch.allow("status of 401")
    first = _named(company, visitors.context(company.address), token(expired=True), token())
    first.ask(QUESTION)
    first.shows(ANSWER)

    second = _named(company, visitors.context(company.address), token())

    second.shows(QUESTION, ANSWER)


def test_signing_out_forgets_the_customer_in_all_tabs(company: Company, visitors: Visitors, watch: Watch) -> None:
    watch.allow("status of 401")
    widget = _asked(company, visitors)
    other = widget.page.context.new_page()
    other.goto(company.address)
    Widget(page=other).shows(ANSWER)

    widget.page.evaluate("document.querySelector('care-line').signOut()")

    for page in (widget.page, other):
        expect(page.get_by_role("log").get_by_text(QUESTION, exact=True)).to_have_count(0)
        expect(page.locator("care-line .customer")).to_have_count(0)
    kept = "Object.keys(localStorage).filter(key => /token|conversation|out/.test(key))"
    assert widget.page.evaluate(kept) == []


def test_news_for_a_closed_panel_are_counted_on_the_launcher(company: Company, visitors: Visitors) -> None:
    widget = _asked(company, visitors)
    widget.ask_for_a_person()
    widget.tells("waiting")
    widget.page.keyboard.press("Escape")
    [conversation] = _own(company, widget.page)

    with company.agent_client("Robin") as agent:
        agent.post(f"/v1/agent/conversations/{conversation}/claim").raise_for_status()
        agent.post(f"/v1/agent/conversations/{conversation}/reply", json={"text": "Hello."}).raise_for_status()

    expect(widget.page.get_by_role("button", name=f"{words('launcher')} (2)")).to_be_visible()
    widget.open()
    expect(widget.page.get_by_role("button", name=words("close")).first).to_be_visible()
    widget.shows("Hello.", words("team", name="Robin"))


def token(*, expired: bool = False) -> str:
    now = int(time.time()) - (7_200 if expired else 0)
    claims = {"sub": "customer-7", "aud": "careline", "iat": now, "exp": now + 900}
    return jwt.encode(claims, IDENTITY_KEY, algorithm="HS256", headers={"kid": "site"})


def _on_site(company: Company, site: ThreadingHTTPServer, visitors: Visitors, direction: str = "ltr") -> Widget:
    Answering.service = company.address
    page = visitors.context(company.address, address_of(site)).new_page()
    page.goto(f"{address_of(site)}/{direction}")
    return Widget(page=page)


def _named(company: Company, context: BrowserContext, *tokens: str) -> Widget:
    """The site gives these tokens one after another, the last one again and again."""
    page = context.new_page()
    page.goto(company.address)
    page.evaluate(
        "tokens => { document.querySelector('care-line').getToken = "
        "async () => (tokens.length > 1 ? tokens.shift() : tokens[0]); }",
        [tokens[0], *tokens],
    )
    while not page.evaluate("Boolean(document.querySelector('care-line').talk?.ask)"):
        page.wait_for_timeout(50)
    return Widget(page=page).open()


def _asked(company: Company, visitors: Visitors) -> Widget:
    page = visitors.context(company.address).new_page()
    page.goto(company.address)
    widget = Widget(page=page).open()
    widget.ask(QUESTION)
    expect(widget.button("helped")).to_be_visible()
    return widget


def _tab_to(page: Page, name: str, key: str = "Tab") -> None:
    focused = """() => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return at?.getAttribute('aria-label') ?? at?.textContent ?? '';
    }"""
    for _ in range(40):
        page.keyboard.press(key)
        if page.evaluate(focused) == name:
            return
    raise AssertionError(f"{name} is not reached by keyboard")


def _until_known(widget: Widget, value: str) -> None:
    """Facts are drawn out behind the reply."""
    shown = widget.page.get_by_role("region", name=words("profile"))
    for _ in range(20):
        widget.button("profile").click()
        widget.page.wait_for_timeout(500)
        if shown.get_by_text(value).count():
            return
        widget.button("back").click()
    raise AssertionError(f"{value} is not known")


def _own(company: Company, page: Page) -> list[str]:
    kept: dict[str, Any] = page.evaluate("({...localStorage})")
    [secret] = [text.strip('"') for name, text in kept.items() if name.endswith("|token")]
    with company.client(secret) as client:
        return [each["id"] for each in client.get("/v1/conversations").json()["conversations"]]
