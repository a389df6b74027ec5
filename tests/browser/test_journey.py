"""The whole journey: a customer asks, is answered with sources, asks for a person; an agent in a second browser claims,
replies and returns; the customer sees each step live. Also with a reload and with a restart in the middle."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import CompanyOf
from tests.browser.faces import Console, Site, Widget, words
from tests.browser.harness import Company, Visitors, Watch
from tests.fakes.model_server import ModelServer

QUESTION = "How do I descale the Pour 4?"


@pytest.fixture(scope="module")
def unhurried(open_company: CompanyOf) -> Iterator[Company]:
    """A model far away writes the answers, word by word."""
    with ModelServer() as model:
        yield open_company(CARELINE_MODEL="unhurried", OPENAI_BASE_URL=model.base_url, OPENAI_API_KEY="test")


def test_a_customer_is_answered_and_handed_to_a_person_and_back_and_sees_each_step_live(
    company: Company, visitors: Visitors, visitors_elsewhere: Visitors
) -> None:
    page = visitors.context(company.address).new_page()
    page.goto(company.address)
    widget = Widget(page=page).open()
    widget.tells("notice")

    widget.ask(QUESTION)
    widget.shows("descaling", words("sources"))
    expect(widget.log.get_by_role("link").first).to_have_attribute(
        "href", re.compile("^https://help.tallybrook.example/")
    )
    widget.ask_for_a_person()
    widget.tells("waiting")

    console = Console.opened(visitors_elsewhere.agent(company, "Robin Ellis"), company.address)
    console.choose("talk to a person")
    console.shows(QUESTION, "descaling")
    console.press("Claim")
    widget.shows(words("claimed", name="Robin Ellis"))

    console.reply("Hello, Robin here. What does the light do?")
    widget.shows("Hello, Robin here. What does the light do?", words("team", name="Robin Ellis"))
    widget.ask("It is red and steady.")
    console.shows("It is red and steady.")

    console.press("Return")
    widget.shows(words("returned", name="Robin Ellis"))
    widget.ask("What does the Pour 10 cost?")
    widget.shows("£149")
    expect(widget.log.get_by_text("Hello, Robin here.")).to_have_count(1)


def test_a_reload_in_mid_stream_shows_the_whole_answer_once(unhurried: Company, visitors: Visitors) -> None:
    site = Site(service=unhurried.address)
    widget = site.open(visitors.context(unhurried.address)).open()
    widget.ask(QUESTION)
    expect(widget.said("assistant").nth(1)).to_contain_text(".", timeout=20_000)

    widget.page.reload()

    expect(widget.field).to_be_visible()
    expect(widget.button("helped")).to_be_visible()
    with unhurried.agent_client("Robin Ellis") as agent:
        [conversation] = agent.get("/v1/agent/conversations").json()["conversations"]
        detail = agent.get(f"/v1/agent/conversations/{conversation['id']}").json()
    reply = detail["messages"][-1]["text"]
    shown = widget.said("assistant").nth(1).inner_text()
    assert shown.split() == reply.split()
    expect(widget.log.get_by_text(QUESTION)).to_have_count(1)


def test_both_sides_go_on_after_the_service_was_killed_and_nothing_is_lost_or_doubled(
    company: Company, visitors: Visitors, watch: Watch
) -> None:
    watch.allow("ERR_CONNECTION", "ERR_INCOMPLETE", "ERR_EMPTY", "network error")
    widget = Site(service=company.address).open(visitors.context(company.address)).open()
    widget.ask("Can I talk to a real person about my parcel?")
    console = Console.opened(visitors.agent(company, "Sam Ortiz"), company.address)
    console.choose("talk to a real person")
    console.press("Claim")
    widget.shows(words("claimed", name="Sam Ortiz"))
    expect(console.field).to_be_visible()

    company.kill()
    widget.ask("This was written while nothing answered.")
    console.reply("And this reply too.")
    company.start()

    for text in ("This was written while nothing answered.", "And this reply too."):
        expect(widget.log.get_by_text(text)).to_have_count(1, timeout=40_000)
        expect(console.conversation.get_by_text(text)).to_have_count(1, timeout=40_000)
    widget.ask("It works again.")
    console.shows("It works again.")
