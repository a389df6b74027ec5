"""The console without a mouse, and its keys that act at once."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import PERSON, Customer, Desk
from tests.browser.harness import Company, Visitors


@pytest.fixture
def desk(visitors: Visitors, company: Company) -> Desk:
    return Desk.opened(visitors.agent(company, "Robin Ellis"), company.address)


def test_a_whole_conversation_is_had_by_keyboard_alone(desk: Desk, company: Company) -> None:
    customer = Customer.of(company, "Anton", PERSON)
    expect(desk.row("Anton")).to_be_visible()

    desk.page.keyboard.press("j")
    desk.page.keyboard.press("c")
    expect(desk.field).to_be_focused()
    desk.page.keyboard.type("Hello Anton, c and e are only letters here.")
    desk.page.keyboard.press("Control+Enter")
    expect(desk.messages).to_contain_text("only letters here")
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("e")
    desk.page.keyboard.press("Enter")

    desk.told("Closed.")
    assert customer.sees()["status"] == "closed"
    assert customer.texts("agent") == ["Hello Anton, c and e are only letters here."]


def test_the_queue_is_one_stop_of_the_tab_key_and_arrows_move_in_it(desk: Desk, company: Company) -> None:
    for name in ("Berta", "Carlo"):
        Customer.of(company, name, PERSON)
        expect(desk.row(name)).to_be_visible()
    desk.page.get_by_label("Search conversations").focus()

    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Tab")
    expect(desk.rows.first).to_be_focused()
    desk.page.keyboard.press("End")
    expect(desk.row("Carlo")).to_be_focused()
    desk.page.keyboard.press("ArrowUp")
    desk.page.keyboard.press("Enter")

    expect(desk.page.get_by_role("button", name="Claim", exact=True)).to_be_visible()


def test_the_shortcuts_are_listed_and_can_be_switched_off(desk: Desk, company: Company) -> None:
    Customer.of(company, "Dana", PERSON)
    expect(desk.row("Dana")).to_be_visible()

    desk.page.keyboard.press("?")
    listed = desk.page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(listed).to_contain_text("Next conversation")
    listed.get_by_label("Single keys act at once").uncheck()
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("j")
    desk.page.keyboard.press("?")

    expect(desk.page.get_by_text("No conversation is open")).to_be_visible()
    expect(listed).to_be_hidden()


def test_a_menu_and_a_dialog_give_the_focus_back(desk: Desk, company: Company) -> None:
    customer = Customer.of(company, "Emil", PERSON)
    desk.page.goto(f"{company.address}/console#/conversations/{customer.id}")
    more = desk.page.get_by_role("button", name="More", exact=True)

    more.focus()
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("menuitem").first).to_be_focused()
    desk.page.keyboard.press("Escape")
    expect(more).to_be_focused()
    desk.page.keyboard.press("Enter")
    desk.page.get_by_role("menuitem", name="Spam").press("Enter")
    desk.page.keyboard.press("Escape")

    expect(_focused(desk.page)).to_have_attribute("aria-label", re.compile("More"))


def _focused(page: Page) -> Locator:
    return page.locator(":focus")
