"""Two agents at once, seven tabs of one, and the way back after two hours or a lost line."""

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.desk import PERSON, Customer, Desk
from tests.browser.harness import Company, Visitors
from tests.browser.proxy import Mode, Proxy

LOST = r"ERR_|Failed to load resource|status of 409"
TABS = 7
TWO_HOURS = 2 * 60 * 60 * 1000


@pytest.fixture
def robin(visitors: Visitors, company: Company) -> BrowserContext:
    return visitors.agent(company, "Robin Ellis")


@pytest.fixture
def line(proxy: Proxy, visitors: Visitors, company: Company, robin: BrowserContext) -> Proxy:
    """Between Robin's console and the service; the cookie has a name of its own on each port."""
    visitors.watch.own.add(proxy.address)
    visitors.watch.allow(LOST)
    own = {"url": proxy.address, "name": f"careline-{proxy.port}"}
    robin.add_cookies([{**cookie, **own} for cookie in company.signed_in("Robin Ellis", "agent")])
    return proxy


def test_of_two_agents_who_claim_at_once_one_is_told_who_has_it(
    visitors: Visitors, company: Company, robin: BrowserContext
) -> None:
    visitors.watch.allow("status of 409")
    customer = Customer.of(company, "Nadia", PERSON)
    one = Desk.opened(robin, company.address, f"conversations/{customer.id}")
    other = Desk.opened(visitors.agent(company, "Sam Ortiz"), company.address, f"conversations/{customer.id}")
    for desk in (one, other):
        expect(desk.page.get_by_role("button", name="Claim", exact=True)).to_be_visible()

    for desk in (one, other):
        desk.page.evaluate("setTimeout(() => document.querySelector('.head-steps .primary').click(), 300)")

    winner, loser = _sorted(one, other)
    expect(loser.page.get_by_text(re.compile(r"(Robin Ellis|Sam Ortiz) has this conversation")).first).to_be_visible()
    expect(winner.field).to_be_visible()
    assert customer.sees()["status"] == "with_agent"


def test_colleagues_see_who_looks_at_the_same_conversation(
    visitors: Visitors, company: Company, robin: BrowserContext
) -> None:
    customer = Customer.of(company, "Ruth", PERSON)
    one = Desk.opened(robin, company.address, f"conversations/{customer.id}")

    Desk.opened(visitors.agent(company, "Sam Ortiz"), company.address, f"conversations/{customer.id}")

    expect(one.page.get_by_text("Sam Ortiz looks at this too")).to_be_visible()


def test_seven_tabs_share_one_stream_and_all_are_right(company: Company, robin: BrowserContext, line: Proxy) -> None:
    tabs = [Desk.opened(robin, line.address) for _ in range(TABS)]

    customer = Customer.of(company, "Olaf", PERSON)

    for tab in tabs:
        expect(tab.row("Olaf")).to_be_visible()
    assert len([path for path in line.open_streams() if "live" in path]) == 1
    tabs[3].open("Olaf")
    tabs[3].claim()
    tabs[3].reply("Hello Olaf")
    for tab in tabs:
        expect(tab.row("Olaf")).to_have_count(0)
    assert customer.texts("agent") == ["Hello Olaf"]


def test_another_tab_goes_on_when_the_one_with_the_stream_closes(
    company: Company, robin: BrowserContext, line: Proxy
) -> None:
    first, second, third = [Desk.opened(robin, line.address) for _ in range(3)]

    first.page.close()
    Customer.of(company, "Hanna", PERSON)

    for tab in (second, third):
        expect(tab.row("Hanna")).to_be_visible()


def test_a_tab_takes_the_stream_from_one_that_the_browser_froze(
    company: Company, robin: BrowserContext, line: Proxy
) -> None:
    frozen, other = [Desk.opened(robin, line.address) for _ in range(2)]
    robin.new_cdp_session(frozen.page).send("Page.setWebLifecycleState", {"state": "frozen"})

    Customer.of(company, "Udo", PERSON)

    expect(other.row("Udo")).to_be_visible(timeout=60_000)


def test_two_hours_of_absence_leave_nothing_old_on_the_page(
    company: Company, robin: BrowserContext, line: Proxy
) -> None:
    stays, goes = Customer.of(company, "Ivy", PERSON), Customer.of(company, "Lene", PERSON)
    robin.clock.install()
    desk = Desk.opened(robin, line.address, f"conversations/{stays.id}")
    expect(desk.row("Lene")).to_be_visible()

    robin.set_offline(True)
    line.mode = Mode.STALL
    line.cut()
    with company.agent_client("Sam Ortiz") as colleague:
        for customer in (stays, goes):
            assert colleague.post(f"/v1/agent/conversations/{customer.id}/claim").is_success
        colleague.post(f"/v1/agent/conversations/{stays.id}/reply", json={"text": "Sam took care of it."})
    Customer.of(company, "Quirin", PERSON)
    robin.clock.fast_forward(TWO_HOURS)
    line.mode = Mode.PASS
    robin.set_offline(False)
    robin.clock.fast_forward(60_000)

    expect(desk.row("Quirin")).to_be_visible()
    expect(desk.row("Lene")).to_have_count(0)
    expect(desk.messages).to_contain_text("Sam took care of it.")
    expect(desk.page.get_by_text("Sam Ortiz has this conversation").first).to_be_visible()
    expect(desk.page.get_by_text("No connection to the service")).to_be_hidden()


def test_a_reply_that_could_not_be_sent_stays_and_is_sent_once(
    company: Company, robin: BrowserContext, line: Proxy
) -> None:
    customer = Customer.of(company, "Zoe", PERSON)
    desk = Desk.opened(robin, line.address, f"conversations/{customer.id}")
    desk.claim()

    line.refuse()
    desk.reply("We send you a new one.")
    expect(desk.messages).to_contain_text("Not sent yet")
    line.mode = Mode.PASS

    expect(desk.messages.get_by_text("Not sent yet")).to_have_count(0)
    expect(desk.messages.get_by_text("We send you a new one.")).to_have_count(1)
    assert customer.texts("agent") == ["We send you a new one."]


def test_a_reply_to_what_another_agent_has_by_now_is_kept_and_told(
    company: Company, robin: BrowserContext, visitors: Visitors
) -> None:
    visitors.watch.allow("status of 409")
    customer = Customer.of(company, "Yara", PERSON)
    desk = Desk.opened(robin, company.address, f"conversations/{customer.id}")
    desk.claim()
    desk.field.fill("I looked it up for you.")
    desk.page.route("**/reply", lambda route: (_assign(company, customer, "Sam Ortiz"), route.continue_()))

    desk.press("Send")

    desk.told("Sam Ortiz has this conversation now.")
    expect(desk.messages.get_by_role("button", name="Back to the draft")).to_be_visible()
    assert customer.texts("agent") == []


def _sorted(one: Desk, other: Desk) -> tuple[Desk, Desk]:
    """Who won, and who did not."""
    for desk in (one, other):
        expect(desk.page.get_by_role("button", name="Claim", exact=True)).to_have_count(0)
    won = one.page.get_by_role("button", name="Return", exact=True).count()
    return (one, other) if won else (other, one)


def _assign(company: Company, customer: Customer, name: str) -> None:
    with company.agent_client("Amina Yusuf", "supervisor") as supervisor, company.agent_client(name) as colleague:
        body = {"agent": colleague.get("/v1/agent").json()["id"]}
        assert supervisor.post(f"/v1/agent/conversations/{customer.id}/assign", json=body).is_success
