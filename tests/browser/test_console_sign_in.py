"""How agents come into the console: by an invite once, then with password and second factor."""

import re

from playwright.sync_api import Page, expect

from tests.browser.harness import PASSWORD, Company, Visitors, email_of

REFUSED = r"status of 4\d\d"


def test_an_invite_leaves_the_address_at_once_and_opens_the_console(visitors: Visitors, company: Company) -> None:
    page = visitors.context(company.address).new_page()

    page.goto(_invite(company, "Nora Neu"))
    expect(page.get_by_role("heading", name="Welcome, Nora Neu")).to_be_visible()
    assert "invite" not in page.url
    page.get_by_label("Password", exact=True).fill("a short one")
    page.get_by_role("button", name="Set the password and sign in").click()
    expect(page.get_by_text("A password has at least 12 characters.")).to_be_visible()
    for label in ("Password", "The same again"):
        page.get_by_label(label, exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Set the password and sign in").click()

    expect(page.get_by_role("heading", name="Queue", exact=True)).to_be_visible()


def test_a_used_invite_says_so(visitors: Visitors, company: Company) -> None:
    visitors.watch.allow(REFUSED)
    link = _invite(company, "Otto Alt")
    with company.client() as client:
        body = {"token": link.rpartition("=")[2], "password": PASSWORD}
        client.post("/v1/invites/accept", json=body, headers={"Origin": company.address})
    page = visitors.context(company.address).new_page()

    page.goto(link)

    expect(page.get_by_text("This invite was used already")).to_be_visible()


def test_a_wrong_password_is_told_and_the_right_one_opens(visitors: Visitors, company: Company) -> None:
    visitors.watch.allow(REFUSED)
    company.signed_in("Robin Ellis", "agent")
    page = visitors.context(company.address).new_page()
    page.goto(f"{company.address}/console#/queue/mine")

    _sign_in(page, email_of("Robin Ellis"), "not the password")
    expect(page.get_by_text("E-mail and password do not belong together.")).to_be_visible()
    _sign_in(page, email_of("Robin Ellis"), PASSWORD)

    expect(page.get_by_text("Nothing in your hands")).to_be_visible()


def test_whoever_is_signed_out_elsewhere_is_asked_to_sign_in_again(visitors: Visitors, company: Company) -> None:
    visitors.watch.allow(REFUSED)
    context = visitors.agent(company, "Paula Part")
    page = context.new_page()
    page.goto(f"{company.address}/console")
    expect(page.get_by_role("heading", name="Queue", exact=True)).to_be_visible()

    with company.agent_client("Paula Part") as client:
        client.delete("/v1/agent/sign-ins")
    page.get_by_role("button", name=re.compile("^All")).click()

    expect(page.get_by_role("heading", name="Sign in to Careline")).to_be_visible()


def test_signing_out_leaves_no_draft_behind(visitors: Visitors, company: Company) -> None:
    visitors.watch.allow(REFUSED)
    page = visitors.agent(company, "Sven Sund").new_page()
    page.goto(f"{company.address}/console")
    page.evaluate("""async () => {
        const agent = await (await fetch('/v1/agent')).json();
        localStorage.setItem(`careline:draft:${agent.id}:cnv_1:reply`, '"half a sentence"');
    }""")

    page.get_by_role("button", name=re.compile("duty, sound, account")).click()
    page.get_by_role("menuitem", name="Sign out").click()

    expect(page.get_by_role("heading", name="Sign in to Careline")).to_be_visible()
    assert "half a sentence" not in page.evaluate("JSON.stringify(localStorage)")


def _invite(company: Company, name: str) -> str:
    assert company.running is not None
    words = ("agents", "invite", "--name", name, "--email", email_of(name), "--role", "agent")
    found = re.search(r"\S+invite=\S+", company.running.careline(*words))
    assert found is not None
    return f"{company.address}/console#invite={found[0].rpartition('=')[2]}"


def _sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
