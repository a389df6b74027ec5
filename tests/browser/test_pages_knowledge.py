"""The console's knowledge pages: what agents write there is what the assistant answers with."""

import asyncio
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import CompanyOf
from tests.browser.faces import Console
from tests.browser.harness import Company, Visitors, Watch
from tests.fakes.site import Site, on_loopback

GUARANTEE = """The brass filter of the Pour 4 costs 17 euros.

## Changing the brass filter

Turn the brass filter to the left until it clicks, then lift it out."""


@pytest.fixture(scope="module")
def company(open_company: CompanyOf) -> Company:
    """May read pages of this machine, for a site stands on it."""
    return open_company(CARELINE_ALLOWED_NETWORKS="127.0.0.0/8")


@contextmanager
def beside(site: Site) -> Iterator[Site]:
    """The site answers from a thread of its own while the browser works."""
    up, loop = threading.Event(), asyncio.new_event_loop()
    end = asyncio.Event()

    async def serve() -> None:
        async with on_loopback(site):
            up.set()
            await end.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert up.wait(10)
    try:
        yield site
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join(10)
        loop.close()


def opened(visitors: Visitors, company: Company, place: str, role: str = "supervisor") -> Page:
    return Console.opened(visitors.agent(company, f"Kim {role}", role), company.address, place).page


def asked(company: Company, question: str) -> str:
    with company.client() as customer:
        return str(customer.post("/v1/chat", json={"text": question}).json()["reply"])


def soon(words: str, company: Company, question: str) -> bool:
    """What comes in beside the work of agents is found within seconds."""
    for _ in range(20):
        if words in asked(company, question):
            return True
        time.sleep(0.5)
    return False


def write(page: Page, title: str, text: str) -> None:
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text", exact=True).fill(text)


def test_an_article_is_written_with_its_passages_beside_it_and_the_assistant_answers_with_it(
    company: Company, visitors: Visitors
) -> None:
    page = opened(visitors, company, "knowledge")

    page.get_by_role("link", name="New article").click()
    write(page, "The brass filter", GUARANTEE)
    passages = page.get_by_role("complementary", name="Passages")
    expect(passages.get_by_text("2 passages")).to_be_visible()
    expect(passages).to_contain_text("Changing the brass filter")
    page.get_by_role("button", name="Publish").click()

    expect(page.get_by_text("the assistant answers with it")).to_be_visible()
    assert soon("17 euros", company, "What does the brass filter of the Pour 4 cost?")


def test_a_draft_is_not_said_and_an_agent_cannot_publish(company: Company, visitors: Visitors) -> None:
    page = opened(visitors, company, "knowledge/new", "agent")

    write(page, "Silver spoons", "A silver spoon weighs 41 grams.")
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    page.get_by_role("button", name="Save draft").click()

    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    assert "41" not in asked(company, "How much does a silver spoon weigh?")


def test_unsaved_words_are_kept_and_can_be_discarded(company: Company, visitors: Visitors) -> None:
    page = opened(visitors, company, "knowledge/new")

    write(page, "Half a thought", "It is not finished")
    expect(page.get_by_text("Unsaved changes, kept in this browser")).to_be_visible()
    page.get_by_role("link", name="Unanswered", exact=True).click()
    expect(page.get_by_text("Your changes are kept in this browser, not saved.")).to_be_visible()
    page.reload()
    page.goto(f"{company.address}/console#/knowledge/new")

    expect(page.get_by_label("Title")).to_have_value("Half a thought")
    page.get_by_role("button", name="Discard them").click()
    page.get_by_role("link", name="New article").click()
    expect(page.get_by_label("Title")).to_have_value("")


def test_who_saves_second_is_shown_both_texts_and_chooses(company: Company, visitors: Visitors, watch: Watch) -> None:
    watch.allow("status of 409")
    with company.agent_client("Kim supervisor", "supervisor") as api:
        body = {"title": "Lids", "text": "Lids are blue.", "status": "published"}
        article = api.post("/v1/agent/articles", json=body).json()
        page = opened(visitors, company, f"knowledge/article/{article['id']}")
        write(page, "Lids", "Lids are green.")
        changed = {**body, "text": "Lids are red.", "digest": article["digest"]}
        assert api.put(f"/v1/agent/articles/{article['id']}", json=changed).status_code == 200

        page.get_by_role("button", name="Save changes").click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("Lids are red.")
        expect(dialog).to_contain_text("Lids are green.")
        dialog.get_by_role("button", name="Save mine").click()

        expect(page.get_by_text("the assistant answers with it")).to_be_visible()
        assert api.get(f"/v1/agent/articles/{article['id']}").json()["text"] == "Lids are green."


def test_an_article_is_found_by_its_words_and_deleted(company: Company, visitors: Visitors) -> None:
    with company.agent_client("Kim supervisor", "supervisor") as api:
        body = {"title": "Old offer", "text": "Everything for 3 zlotys.", "status": "published"}
        api.post("/v1/agent/articles", json={**body, "valid_until": "2020-01-31"})
    page = opened(visitors, company, "knowledge")

    page.get_by_role("searchbox", name="Search articles").fill("zlotys")
    expect(page.get_by_text("1 article", exact=True)).to_be_visible()
    expect(page.get_by_text("Out of date since 31 Jan 2020")).to_be_visible()
    page.get_by_role("link", name="Old offer").click()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()

    expect(page.get_by_text("The article is deleted.")).to_be_visible()
    expect(page.get_by_role("link", name="Old offer")).to_have_count(0)


def test_a_question_is_tried_with_what_was_found_and_how_well(company: Company, visitors: Visitors) -> None:
    page = opened(visitors, company, "knowledge/try")

    page.get_by_label("Question", exact=True).fill("How do I descale the Pour 4?")
    page.get_by_role("button", name="Try it").click()

    said = page.get_by_role("region", name="What would be said")
    expect(said).to_contain_text("Answered")
    expect(said).to_contain_text(re.compile("descal", re.IGNORECASE))
    found = page.get_by_role("region", name="What was found")
    expect(found.get_by_role("meter").first).to_be_visible()
    expect(found.get_by_role("link").first).to_be_visible()


def test_files_are_uploaded_and_a_broken_one_is_named(company: Company, visitors: Visitors) -> None:
    page = opened(visitors, company, "knowledge")

    page.get_by_label("Files to upload").set_input_files(
        [
            {"name": "garlic.md", "mimeType": "text/markdown", "buffer": b"# Garlic press\n\nIt presses 9 cloves."},
            {"name": "broken.pdf", "mimeType": "application/pdf", "buffer": b"this is no document"},
        ]
    )

    expect(page.get_by_text("1 article taken in with 1 passage.")).to_be_visible()
    expect(page.get_by_text("broken.pdf")).to_be_visible()
    expect(page.get_by_role("link", name="Garlic press")).to_be_visible()


def test_a_site_is_imported_looked_at_again_and_its_pages_answer(company: Company, visitors: Visitors) -> None:
    page = opened(visitors, company, "knowledge/imports")
    site = Site()
    site.page("/help", "The umbrella Rainy weighs 333 grams and opens by itself when it rains.", title="Umbrellas")
    with beside(site):
        page.get_by_label("Address").fill(site.address("/help"))
        page.get_by_label("What stands there").select_option("page")
        page.get_by_role("button", name="Import").click()

        entry = page.get_by_role("listitem").filter(has_text=site.address("/help"))
        expect(entry.get_by_text("Done")).to_be_visible(timeout=30_000)
        expect(entry).to_contain_text("1 page")

        assert soon("333 grams", company, "How much does the umbrella Rainy weigh?")

        site.page("/help", "The umbrella Rainy weighs 444 grams and opens by itself when it rains.", title="Umbrellas")
        asked_before = len(site.asked)
        entry.get_by_role("button", name="Look again now").click()
        expect(entry.get_by_text(re.compile("Waits|Under way"))).to_be_visible()
        expect(entry.get_by_text("Done")).to_be_visible(timeout=30_000)

    assert len(site.asked) > asked_before
    assert soon("444 grams", company, "How much does the umbrella Rainy weigh?")


def test_an_unanswered_question_becomes_an_article_from_the_agents_reply(company: Company, visitors: Visitors) -> None:
    question = "Do you repair typewriters from Olivetti?"
    conversation = in_vain(company, question)
    with company.agent_client("Robin") as agent:
        agent.put("/v1/agent/duty", json={"on_duty": True})
        agent.post(f"/v1/agent/conversations/{conversation}/claim")
        agent.post(
            f"/v1/agent/conversations/{conversation}/reply",
            json={"text": "We repair Olivetti typewriters for 88 euros."},
        )
    page = opened(visitors, company, "knowledge/gaps")

    entry = page.get_by_role("listitem").filter(has_text=question)
    expect(entry).to_contain_text("for 88 euros")
    entry.get_by_role("button", name="Write the article").click()
    expect(page.get_by_label("Title")).to_have_value(question)
    expect(page.get_by_label("Text", exact=True)).to_have_value(re.compile("88 euros"))
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("the assistant answers with it")).to_be_visible()

    page.goto(f"{company.address}/console#/knowledge/gaps")
    expect(page.get_by_role("heading", name="Unanswered questions")).to_be_visible()
    expect(page.get_by_text(question)).to_have_count(0)
    assert soon("88 euros", company, question)


def in_vain(company: Company, question: str) -> str:
    """The conversation in which the question met nothing, and which waits for a person."""
    with company.client() as customer:
        first = customer.post("/v1/chat", json={"text": question})
        customer.headers["Authorization"] = f"Bearer {first.headers['Careline-Customer-Token']}"
        conversation = first.json()["conversation"]
        customer.post("/v1/chat", json={"text": "I want to talk to a person", "conversation": conversation})
    return str(conversation)


def test_a_wrong_answer_is_listed_and_settled(company: Company, visitors: Visitors) -> None:
    with company.client() as customer, company.agent_client("Robin") as agent:
        conversation = customer.post("/v1/chat", json={"text": "How do I descale the Pour 4?"}).json()["conversation"]
        messages = agent.get(f"/v1/agent/conversations/{conversation}").json()["messages"]
        [answer] = [each["id"] for each in messages if each["author"] == "assistant"]
        assert agent.post(f"/v1/agent/messages/{answer}/wrong", json={"reason": "It is 5 tablets now."}).is_success
    page = opened(visitors, company, "knowledge/wrong")

    entry = page.get_by_role("listitem").filter(has_text="It is 5 tablets now.")
    expect(entry).to_contain_text("How do I descale the Pour 4?")
    entry.get_by_role("button", name="Settled").click()

    expect(page.get_by_role("listitem").filter(has_text="It is 5 tablets now.")).to_contain_text("Settled just now")


def test_an_article_from_a_folder_is_taken_over_before_it_is_changed(company: Company, visitors: Visitors) -> None:
    page = opened(visitors, company, "knowledge/article/products/grind.md")

    expect(page.get_by_label("Title")).to_have_attribute("readonly", "")
    page.get_by_role("button", name="Take over").click()
    page.get_by_label("Text", exact=True).fill("The Grind weighs exactly 1,234 grams.")
    page.get_by_role("button", name="Save changes").click()

    expect(page.get_by_text("the assistant answers with it")).to_be_visible()
    expect(page.get_by_text("Written here")).to_be_visible()
    with company.agent_client("Kim supervisor", "supervisor") as api:
        held = api.get("/v1/agent/articles/products/grind.md").json()
    assert (held["own"], held["text"]) == (True, "The Grind weighs exactly 1,234 grams.")
