"""The console's insight page: pictures with their figures behind them, readable without colour."""

import re

from playwright.sync_api import Page, expect

from tests.browser.faces import Console
from tests.browser.harness import Company, Visitors, Watch


def opened(visitors: Visitors, company: Company) -> Page:
    return Console.opened(visitors.agent(company, "Amina Yusuf", "supervisor"), company.address, "insight").page


def test_an_empty_period_says_so_and_then_pictures_show_what_happened(company: Company, visitors: Visitors) -> None:
    page = opened(visitors, company)
    expect(page.get_by_text("Nothing happened in this period")).to_be_visible()
    page.close()
    with company.client() as customer:
        customer.post("/v1/chat", json={"text": "How do I descale the Pour 4?"})
        customer.post("/v1/chat", json={"text": "This is a disgrace, you stole my money, I hate you!"})
    company.restart()

    page = opened(visitors, company)

    days = page.get_by_role("region", name="Conversations by day")
    expect(days.get_by_role("img")).to_have_accessible_name(
        "Conversations by day. 2 conversations opened, 2 on the busiest day."
    )
    days.get_by_text("Figures").click()
    expect(days.get_by_role("row").last).to_contain_text("2")
    met = page.get_by_role("region", name="How messages were met")
    expect(met.get_by_role("listitem").filter(has_text="Answered")).to_contain_text("1")
    resolved = page.get_by_role("region", name="Resolved by the assistant")
    for name in ("Confirmed", "Assumed", "Reopened"):
        expect(resolved.get_by_role("listitem").filter(has_text=name)).to_be_visible()
    expect(page.get_by_role("region", name="Feeling over time").locator("pattern")).to_have_count(2)


def test_another_period_is_chosen_and_stands_in_the_address(company: Company, visitors: Visitors) -> None:
    page = opened(visitors, company)

    page.get_by_role("link", name="7 days").click()

    expect(page).to_have_url(f"{company.address}/console#/insight?days=7")
    expect(page.get_by_role("link", name="7 days")).to_have_attribute("aria-current", "page")
    days = page.get_by_role("region", name="Conversations by day")
    days.get_by_text("Figures").click()
    expect(days.get_by_role("row")).to_have_count(8)


def test_pointing_at_a_column_tells_its_figures_in_words(company: Company, visitors: Visitors) -> None:
    with company.client() as customer:
        customer.post("/v1/chat", json={"text": "How do I descale the Pour 4?"})
    page = opened(visitors, company)
    days = page.get_by_role("region", name="Conversations by day")

    days.locator(".band").last.hover()
    expect(days.locator("p")).to_have_text(re.compile(r"^\d+ \w+: \d+ conversations$"))
    page.get_by_role("heading", name="Insight").hover()

    expect(days.locator("p")).to_contain_text("on the busiest day")


def test_a_time_zone_that_the_service_does_not_know_falls_back(
    company: Company, visitors: Visitors, watch: Watch
) -> None:
    watch.allow("status of 422")
    context = visitors.agent(company, "Amina Yusuf", "supervisor")
    context.add_init_script("""
        const known = Intl.DateTimeFormat.prototype.resolvedOptions;
        Intl.DateTimeFormat.prototype.resolvedOptions = function () {
          return { ...known.call(this), timeZone: "Nowhere/At_All" };
        };
    """)

    page = Console.opened(context, company.address, "insight").page

    expect(page.get_by_role("region", name="Conversations by day")).to_be_visible()
