"""The console's policy pages: what is changed there holds, who changed it is told, and there is a way back."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.faces import Console
from tests.browser.harness import Company, Visitors, Watch


def opened(visitors: Visitors, company: Company, place: str = "policy") -> Page:
    return Console.opened(visitors.agent(company, "Ada Okafor", "administrator"), company.address, place).page


def thanked(company: Company) -> str:
    with company.client() as customer:
        return str(customer.post("/v1/chat", json={"text": "Thank you!"}).json()["reply"])


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("It holds within a few seconds.")).to_be_visible()
    page.get_by_role("button", name="Dismiss").last.click()


def changes(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Changes")


def test_a_text_is_changed_customers_read_it_and_it_is_taken_back(company: Company, visitors: Visitors) -> None:
    page = opened(visitors, company)
    before = thanked(company)

    page.get_by_label("To thanks").fill("With pleasure, any time of the day.")
    save(page)
    expect(changes(page)).to_contain_text("Ada Okafor")
    expect(changes(page)).to_contain_text("With pleasure, any time of the day.")
    assert thanked(company) == "With pleasure, any time of the day."

    page.get_by_role("button", name="Go back to the default").click()
    page.get_by_role("dialog").get_by_role("button", name="Go back").click()
    expect(page.get_by_text("Gone back to the default.")).to_be_visible()
    expect(changes(page)).to_contain_text("Version 2")
    assert thanked(company) == before


def test_a_text_without_its_field_is_refused_beside_it(company: Company, visitors: Visitors, watch: Watch) -> None:
    watch.allow("status of 422")
    page = opened(visitors, company)

    page.get_by_label("Greeting by name").fill("Hello you,")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("Must hold {name}.", exact=True)).to_be_visible()
    expect(page.get_by_label("Greeting by name")).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Discard changes").click()
    expect(page.get_by_label("Greeting by name")).to_have_value("Hello {name},")


def test_texts_of_another_language_stand_apart(company: Company, visitors: Visitors) -> None:
    page = opened(visitors, company, "policy/texts/de")

    expect(page.get_by_role("heading", name="Texts in German")).to_be_visible()
    page.get_by_label("To a goodbye").fill("Auf Wiedersehen und bis bald.")
    save(page)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Texts in English")).to_be_visible()

    expect(page.get_by_label("To a goodbye")).not_to_have_value("Auf Wiedersehen und bis bald.")


def test_two_administrators_at_once_are_told_and_neither_change_is_lost(
    company: Company, visitors: Visitors, watch: Watch
) -> None:
    watch.allow("status of 409")
    page = opened(visitors, company, "policy/rules")
    misses = page.get_by_role("spinbutton", name="Misses before a person is brought in")
    misses.fill("3")
    with company.agent_client("Ada Okafor", "administrator") as other:
        assert other.put("/v1/agent/policies/rules", json={"body": {"wish_at": 0.6}, "version": 0}).is_success

        page.get_by_role("button", name="Save", exact=True).click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("Ada Okafor changed this policy meanwhile")
        dialog.get_by_role("button", name="Save mine").click()
        expect(page.get_by_text("It holds within a few seconds.")).to_be_visible()

        held = other.get("/v1/agent/policies/rules").json()["body"]
    assert held == {"wish_at": 0.6, "misses_before_handoff": 3}


def test_unsaved_rules_are_kept_over_a_reload(company: Company, visitors: Visitors) -> None:
    page = opened(visitors, company, "policy/rules")
    page.get_by_role("spinbutton", name="Too short to look anything up").fill("4")
    expect(page.get_by_text("Unsaved changes, kept in this browser")).to_be_visible()

    page.reload()

    expect(page.get_by_role("spinbutton", name="Too short to look anything up")).to_have_value("4")
    page.get_by_role("button", name="Discard them").click()
    expect(page.get_by_role("spinbutton", name="Too short to look anything up")).to_have_value("2")


def test_hours_are_set_by_day_with_closed_days(company: Company, visitors: Visitors) -> None:
    page = opened(visitors, company, "policy/hours")

    page.get_by_label("We have set hours").check()
    page.get_by_label("Time zone").fill("Europe/Berlin")
    page.get_by_role("button", name="Add hours on Saturday").click()
    page.get_by_label("Saturday, from").fill("10:00")
    page.get_by_label("Saturday, to").fill("14:00")
    page.get_by_label("Days on which nobody is there").fill("2026-12-25")
    page.get_by_role("button", name="Add", exact=True).click()
    save(page)

    with company.agent_client("Ada Okafor", "administrator") as api:
        held = api.get("/v1/agent/policies/hours").json()["body"]
    assert held["zone"] == "Europe/Berlin"
    assert (held["week"]["saturday"], held["closed"]) == (["10:00-14:00"], ["2026-12-25"])
    assert "sunday" not in held["week"]


def test_prices_make_a_policy_of_their_own(company: Company, visitors: Visitors) -> None:
    page = opened(visitors, company, "policy/prices")

    page.get_by_label("Currency").fill("EUR")
    page.get_by_label("Model", exact=True).fill("small-model")
    page.get_by_label("Million tokens in").fill("0.15")
    page.get_by_label("Million tokens out").fill("0.6")
    save(page)

    expect(page.get_by_label("Model", exact=True)).to_have_value("small-model")
    expect(changes(page)).to_contain_text("2 changes")


def test_a_supervisor_writes_canned_replies_and_sees_no_rules(company: Company, visitors: Visitors) -> None:
    context = visitors.agent(company, "Amina Yusuf", "supervisor")
    page = Console.opened(context, company.address, "policy").page

    expect(page.get_by_role("heading", name="Canned replies", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Rules")).to_have_count(0)
    page.get_by_role("button", name="New reply").click()
    page.get_by_label("Name").fill("Parcel")
    page.get_by_label("Text").fill("Dear {customer}, your parcel {order} is on its way.")
    page.get_by_role("button", name="Save").click()
    entry = page.get_by_role("listitem").filter(has_text="Parcel")
    expect(entry).to_contain_text("your parcel {order} is on its way.")

    entry.get_by_role("button", name="Edit Parcel").click()
    page.get_by_label("Text").fill("Your parcel has left, {customer}.")
    page.get_by_role("button", name="Save").click()
    expect(entry).to_contain_text("Your parcel has left, {customer}.")
    entry.get_by_role("button", name="Remove Parcel").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No canned replies yet")).to_be_visible()
