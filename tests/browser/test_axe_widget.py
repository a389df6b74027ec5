"""axe finds nothing in any state of the widget: light and dark, left to right and right to left."""

import pytest

from tests.browser.axe_core import told, violations, with_axe
from tests.browser.faces import Console, Site, Widget, words
from tests.browser.harness import PHONE, Company, Visitors, Watch
from tests.browser.states import QUESTION, WIDGET_STATES

LOOKS = [("light", "ltr"), ("dark", "ltr"), ("light", "rtl"), ("dark", "rtl")]


@pytest.mark.parametrize(("theme", "direction"), LOOKS, ids=["light-ltr", "dark-ltr", "light-rtl", "dark-rtl"])
def test_nothing_in_any_state_of_a_customer_and_the_assistant(
    company: Company, visitors: Visitors, watch: Watch, theme: str, direction: str
) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED", "network error")
    widget = opened(company, visitors, theme, direction)
    found = {}

    for state in WIDGET_STATES:
        state.steps(widget)
        found[state.name] = violations(widget.page)

    assert not told(found), told(found)


@pytest.mark.parametrize(("theme", "direction"), LOOKS, ids=["light-ltr", "dark-ltr", "light-rtl", "dark-rtl"])
def test_nothing_in_the_states_with_an_agent_on_a_phone(
    company: Company, visitors: Visitors, theme: str, direction: str
) -> None:
    widget = opened(company, visitors, theme, direction, viewport=PHONE, has_touch=True).open()
    widget.ask(f"I want to talk to a person, {theme} {direction}")
    widget.tells("waiting")
    found = {"waiting": violations(widget.page)}
    console = Console.opened(visitors.agent(company, "Robin Ellis"), company.address)
    console.choose(f"a person, {theme} {direction}")
    console.press("Claim")
    widget.shows(words("claimed", name="Robin Ellis"))

    console.reply("Hello. Here is a link: https://help.tallybrook.example/warranty")
    widget.shows("Here is a link")
    found["with agent"] = violations(widget.page)
    console.press("Return")
    widget.shows(words("returned", name="Robin Ellis"))
    widget.ask(QUESTION)
    widget.shows(words("sources"))
    found["back with the assistant"] = violations(widget.page)

    assert not told(found), told(found)


@pytest.mark.parametrize("path", ["/", "/widget/snippet"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_on_the_demo_pages(company: Company, visitors: Visitors, path: str, theme: str) -> None:
    page = with_axe(visitors.context(company.address, color_scheme=theme)).new_page()

    page.goto(f"{company.address}{path}")
    page.wait_for_load_state("networkidle")

    assert not violations(page), "\n".join(violations(page))


def opened(company: Company, visitors: Visitors, theme: str, direction: str, **options: object) -> Widget:
    """On a site in this look, with suggestions."""
    context = with_axe(visitors.context(company.address, color_scheme=theme, **options))
    attributes = f'theme="{theme}" suggestions="{QUESTION}|What does the Pour 10 cost?"'
    return Site(service=company.address, direction=direction, attributes=attributes).open(context)
