"""axe finds nothing in any state of the widget: light and dark, left to right and right to left."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe_core import violations, with_axe
from tests.browser.faces import Site, Widget
from tests.browser.harness import Company, Visitors

LOOKS = [("light", "ltr"), ("dark", "ltr"), ("light", "rtl"), ("dark", "rtl")]


@pytest.fixture(params=LOOKS, ids="-".join)
def widget(request: pytest.FixtureRequest, company: Company, visitors: Visitors) -> Widget:
    """On a site in this look, with suggestions."""
    theme, direction = request.param
    context = with_axe(visitors.context(company.address, color_scheme=theme))
    attributes = f'theme="{theme}" suggestions="How do I descale the Pour 4?|What does the Pour 10 cost?"'
    return Site(service=company.address, direction=direction, attributes=attributes).open(context)


def test_nothing_in_the_states_of_a_customer_and_the_assistant(widget: Widget) -> None:
    found = {"closed": violations(widget.page)}
    found["open"] = violations(widget.open().page)
    widget.ask("How do I descale the Pour 4?")
    widget.shows("Where it stands")
    found["answered"] = violations(widget.page)
    widget.page.get_by_role("button", name="This did not help").click()
    found["why it did not help"] = violations(widget.page)
    widget.page.get_by_role("button", name="More").click()
    found["menu"] = violations(widget.page)
    widget.page.get_by_role("button", name="What we know about you").click()
    expect(widget.page.get_by_role("button", name="Forget me")).to_be_visible()
    found["profile"] = violations(widget.page)

    assert not told(found), told(found)


def told(found: dict[str, list[str]]) -> str:
    return "\n".join(f"[{state}] {violation}" for state, each in found.items() for violation in each)
