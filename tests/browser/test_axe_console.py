"""axe finds nothing on any page of the console: light and dark, left to right and right to left, on a phone too."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import expect

from tests.browser.axe_core import told, violations, with_axe
from tests.browser.faces import Console
from tests.browser.harness import PHONE, Company, Visitors
from tests.browser.seeding import seed
from tests.browser.states import CONSOLE_PLACES, conversations_of, settled
from tests.browser.stories import FEW, Story

TURNED = "document.documentElement.dir = 'rtl'"
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"color_scheme": "light", "viewport": PHONE, "has_touch": True},
}


@pytest.fixture(scope="module")
def seeded(company: Company) -> Mapping[Story, str]:
    return seed(company, FEW)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_on_any_page(
    company: Company, seeded: Mapping[Story, str], visitors: Visitors, look: str, direction: str
) -> None:
    context = with_axe(visitors.agent(company, "Ada Okafor", "administrator", **LOOKS[look]))
    console = Console.opened(context, company.address)
    conversations = {name: f"conversations/{id}" for name, id in conversations_of(seeded).items()}
    found = {}

    for name, place in (CONSOLE_PLACES | conversations).items():
        console.page.goto(f"{company.address}/console#/{place}")
        if direction == "rtl":
            console.page.evaluate(TURNED)
        settled(console.page)
        found[name] = violations(console.page)

    assert not told(found), told(found)


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_on_the_pages_before_the_sign_in(company: Company, visitors: Visitors, look: str) -> None:
    page = with_axe(visitors.context(company.address, **LOOKS[look])).new_page()
    visitors.watch.allow("status of 401")

    page.goto(f"{company.address}/console")
    expect(page.get_by_label("Password")).to_be_visible()
    found = {"sign-in": violations(page)}
    page.get_by_label("E-mail").fill("nobody@company.example")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    found["wrong password"] = violations(page)

    assert not told(found), told(found)


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_in_what_opens_over_a_conversation(
    company: Company, seeded: Mapping[Story, str], visitors: Visitors, look: str
) -> None:
    context = with_axe(visitors.agent(company, "Robin Ellis", **LOOKS[look]))
    mine = conversations_of(seeded)["conversation-claimed"]
    console = Console.opened(context, company.address, f"conversations/{mine}")
    expect(console.field).to_be_visible()
    found = {}

    console.press("Close")
    expect(console.page.get_by_role("dialog")).to_be_visible()
    found["close"] = violations(console.page)
    console.page.keyboard.press("Escape")
    console.page.locator(".head-steps").get_by_role("button", name="More").click()
    expect(console.page.get_by_role("menu")).to_be_visible()
    found["more"] = violations(console.page)
    console.page.keyboard.press("Escape")
    console.page.keyboard.press("?")
    found["keys"] = violations(console.page)

    assert not told(found), told(found)
