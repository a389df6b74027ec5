"""The console's people pages and the own account: invites, roles, keys, second factor, signing out."""

import pyotp
from playwright.sync_api import Page, expect

from tests.browser.faces import Console
from tests.browser.harness import PASSWORD, Company, Visitors, Watch, email_of

NEW_PASSWORD = "another long password"


def opened(visitors: Visitors, company: Company, place: str, role: str = "administrator") -> Page:
    return Console.opened(visitors.agent(company, f"Ada {role}", role), company.address, place).page


def sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_an_invited_agent_follows_the_link_and_is_signed_in(company: Company, visitors: Visitors, watch: Watch) -> None:
    watch.allow("status of 401")
    page = opened(visitors, company, "people")

    page.get_by_role("button", name="Invite", exact=True).click()
    page.get_by_label("Name").fill("Noor Aziz")
    page.get_by_label("E-mail").fill("noor@company.example")
    page.get_by_role("button", name="Make the invite").click()
    link = page.get_by_label("Invite link").input_value()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("listitem").filter(has_text="Noor Aziz")).to_contain_text("Invited")

    fresh = visitors.context(company.address).new_page()
    fresh.goto(link)
    fresh.get_by_label("Password", exact=True).fill(NEW_PASSWORD)
    fresh.get_by_label("The same again").fill(NEW_PASSWORD)
    fresh.get_by_role("button", name="Set the password and sign in").click()
    expect(fresh.get_by_role("navigation", name="Pages")).to_be_visible()
    expect(fresh.get_by_role("link", name="Policy")).to_have_count(0)


def test_a_role_is_changed_and_an_agent_disabled(company: Company, visitors: Visitors) -> None:
    company.signed_in("Lou Vega")
    page = opened(visitors, company, "people")
    entry = page.get_by_role("listitem").filter(has_text="Lou Vega")

    page.get_by_role("button", name="Change Lou Vega").click()
    page.get_by_role("menuitem", name="Make a supervisor").click()
    page.get_by_role("dialog").get_by_role("button", name="Change the role").click()
    expect(entry).to_contain_text("Supervisor")

    page.get_by_role("button", name="Change Lou Vega").click()
    page.get_by_role("menuitem", name="Disable").click()
    page.get_by_role("dialog").get_by_role("button", name="Disable").click()
    expect(entry).to_contain_text("Disabled")


def test_pages_of_higher_roles_are_not_shown_and_tell_so(company: Company, visitors: Visitors) -> None:
    page = opened(visitors, company, "people", "agent")
    pages = page.get_by_role("navigation", name="Pages")

    expect(pages.get_by_role("link", name="People")).to_be_visible()
    expect(pages.get_by_role("link", name="Insight")).to_have_count(0)
    expect(page.get_by_role("link", name="Keys")).to_have_count(0)
    for place in ("insight", "policy", "people/keys", "people/audit", "knowledge/imports"):
        page.goto(f"{company.address}/console#/{place}")
        expect(page.get_by_text("This page is not for your role")).to_be_visible()


def test_a_key_is_made_used_and_revoked(company: Company, visitors: Visitors) -> None:
    page = opened(visitors, company, "people/keys")

    page.get_by_role("button", name="New key").click()
    page.get_by_label("Name").fill("Shop")
    page.get_by_label("Knowledge").check()
    page.get_by_role("button", name="Make the key").click()
    secret = page.get_by_role("textbox", name="Secret").input_value()
    page.get_by_role("button", name="Done").click()
    with company.client(secret) as shop:
        assert shop.get("/v1/articles").status_code == 200

        page.get_by_role("button", name="Revoke Shop").click()
        page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
        expect(page.get_by_text("The key is revoked.")).to_be_visible()
        assert shop.get("/v1/articles").status_code == 401


def test_what_was_done_stands_in_the_audit(company: Company, visitors: Visitors) -> None:
    with company.agent_client("Ada administrator", "administrator") as api:
        api.post("/v1/agent/keys", json={"name": "Audited", "scopes": ["metrics"]})

    page = opened(visitors, company, "people/audit")

    entry = page.get_by_role("row").filter(has_text="Audited").first
    expect(entry).to_contain_text("Ada administrator")
    expect(entry).to_contain_text("Made a key")


def test_a_second_factor_is_set_up_and_asked_for(company: Company, visitors: Visitors, watch: Watch) -> None:
    watch.allow("status of 401")
    page = Console.opened(visitors.agent(company, "Tom Fischer"), company.address, "account").page

    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("img", name="QR code for an authenticator app")).to_be_visible()
    page.get_by_text("It cannot be read?").click()
    totp = pyotp.TOTP(page.get_by_role("textbox", name="Secret").input_value())
    page.get_by_label("six digits").fill("000000" if totp.now() != "000000" else "111111")
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_text("This code does not fit.")).to_be_visible()
    page.get_by_label("six digits").fill(totp.now())
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_text("The second factor is on.")).to_be_visible()

    page.get_by_role("button", name="Sign out everywhere").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out everywhere").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    sign_in(page, email_of("Tom Fischer"), PASSWORD)
    expect(page.get_by_label("code", exact=False)).to_be_visible()


def test_the_password_is_changed(company: Company, visitors: Visitors, watch: Watch) -> None:
    watch.allow("status of 401")
    page = Console.opened(visitors.agent(company, "Eva Braun-Keller"), company.address, "account").page
    button = page.get_by_role("button", name="Change the password")

    page.get_by_label("Password now").fill("not my password")
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_label("The new one again").fill(NEW_PASSWORD)
    button.click()
    expect(page.get_by_text("This is not your password.")).to_be_visible()
    page.get_by_label("Password now").fill(PASSWORD)
    button.click()
    expect(page.get_by_text("Your password is changed.")).to_be_visible()

    other = visitors.context(company.address).new_page()
    other.goto(f"{company.address}/console")
    sign_in(other, email_of("Eva Braun-Keller"), NEW_PASSWORD)
    expect(other.get_by_role("navigation", name="Pages")).to_be_visible()


def test_a_sign_in_elsewhere_is_seen_and_ended(company: Company, visitors: Visitors, watch: Watch) -> None:
    watch.allow("status of 401")
    page = Console.opened(visitors.agent(company, "Ida Holm"), company.address, "account").page
    other = visitors.context(company.address).new_page()
    other.goto(f"{company.address}/console")
    sign_in(other, email_of("Ida Holm"), PASSWORD)
    expect(other.get_by_role("navigation", name="Pages")).to_be_visible()

    page.reload()
    page.get_by_role("button", name="End the sign-in").click()
    expect(page.get_by_text("Signed out there.")).to_be_visible()

    other.reload()
    expect(other.get_by_role("button", name="Sign in")).to_be_visible()
