"""The widget on bad lines: offline, two tabs, streams cut or held back, lost answers, a service that is away."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.faces import Widget, words
from tests.browser.harness import Company, Visitors, Watch
from tests.browser.proxy import Proxy, Streams

QUESTION = "How do I descale the Pour 4?"
ANSWER = "Mix 1 sachet of Tallybrook Descaler"


@pytest.fixture(autouse=True)
def lines_break(watch: Watch) -> None:
    """These tests break lines themselves."""
    watch.allow("Failed to load resource", "ERR_")


@pytest.fixture
def behind(proxy: Proxy, visitors: Visitors) -> Page:
    """The demo shop, seen through the proxy."""
    page = visitors.context(proxy.address).new_page()
    page.goto(proxy.address)
    return page


def test_what_is_written_offline_is_kept_and_sent_once_and_in_order(company: Company, visitors: Visitors) -> None:
    page = _shop(company, visitors)
    widget = _asked(page)

    page.context.set_offline(True)
    widget.ask("What does the Grind cost?")
    widget.ask("What does the Pour 10 cost?")
    widget.tells("offline")
    expect(widget.log.get_by_text(words("later"))).to_have_count(2)
    page.context.set_offline(False)

    expect(widget.log.get_by_text(words("later"))).to_have_count(0)
    assert _written(company, page) == [QUESTION, "What does the Grind cost?", "What does the Pour 10 cost?"]


def test_what_was_not_sent_survives_a_reload(company: Company, visitors: Visitors) -> None:
    page = _shop(company, visitors)
    widget = _asked(page)
    page.route("**/v1/chat", lambda route: route.abort())
    widget.ask("What does the Grind cost?")
    widget.tells("later")

    page.unroute("**/v1/chat")
    page.reload()

    widget.shows("£119")
    assert _written(company, page) == [QUESTION, "What does the Grind cost?"]


def test_a_message_whose_receipt_was_lost_is_one_message(company: Company, visitors: Visitors) -> None:
    page = _shop(company, visitors)
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.fetch().text())
        return route.abort()

    page.route("**/v1/chat", lose_the_first)
    widget = _asked(page)

    assert lost
    assert _written(company, page) == [QUESTION]
    expect(widget.said("customer")).to_have_count(1)


def test_two_tabs_share_one_stream_and_the_other_goes_on_when_one_closes(
    company: Company, proxy: Proxy, behind: Page
) -> None:
    first = _asked(behind)
    other_page = behind.context.new_page()
    other_page.goto(proxy.address)
    other = Widget(page=other_page)
    other.shows(ANSWER)

    first.ask("What does the Grind cost?")
    other.shows("£119")
    assert len(proxy.open_streams()) == 1
    other.ask("How long can I return an appliance?")
    first.shows("45 days")

    behind.close()
    other.ask("What does the Pour 10 cost?")
    other.shows("£149")
    assert len(proxy.open_streams()) == 1
    assert len(_written(company, other_page)) == 4


@pytest.mark.parametrize("way", [Streams.HOLD, Streams.CUT])
def test_answers_come_where_streams_are_held_back_or_cut(proxy: Proxy, behind: Page, way: Streams) -> None:
    proxy.streams = way

    widget = _asked(behind)
    widget.ask("What does the Grind cost?")

    widget.shows("£119")
    expect(widget.said("customer")).to_have_count(2)


def test_a_broken_stream_is_taken_up_where_it_was(proxy: Proxy, behind: Page) -> None:
    widget = _asked(behind)

    proxy.cut()
    widget.ask("What does the Grind cost?")

    widget.shows("£119")
    expect(widget.said("assistant")).to_have_count(3)


def test_a_message_written_while_the_service_is_away_is_sent_when_it_is_back(
    company: Company, visitors: Visitors
) -> None:
    page = _shop(company, visitors)
    widget = _asked(page)

    company.stop()
    widget.ask("What does the Grind cost?")
    widget.tells("later")
    company.start()

    widget.shows("£119")
    assert _written(company, page) == [QUESTION, "What does the Grind cost?"]


def test_the_launcher_and_the_panel_are_there_without_the_service(company: Company, visitors: Visitors) -> None:
    page = visitors.context(company.address).new_page()
    page.route("**/v1/**", lambda route: route.abort())

    page.goto(company.address)
    widget = Widget(page=page).open()

    widget.tells("notice")
    expect(widget.button("person")).to_be_visible()


def _shop(company: Company, visitors: Visitors) -> Page:
    page = visitors.context(company.address).new_page()
    page.goto(company.address)
    return page


def _asked(page: Page) -> Widget:
    widget = Widget(page=page).open()
    widget.ask(QUESTION)
    widget.shows(ANSWER)
    expect(widget.button("helped")).to_be_visible()
    return widget


def _written(company: Company, page: Page) -> list[str]:
    """The customer's messages as the service has them."""
    kept: dict[str, Any] = page.evaluate("({...localStorage})")
    value = {name.rpartition("|")[2]: json.loads(text) for name, text in kept.items() if name.startswith("care-line|")}
    with company.client(value["token"]) as client:
        detail = client.get(f"/v1/conversations/{value['conversation']}").json()
    return [message["text"] for message in detail["messages"] if message["author"] == "customer"]
