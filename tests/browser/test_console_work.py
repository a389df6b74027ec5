"""An agent's day at the console, with the customer's side looked at over the API."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.desk import PERSON, Customer, Desk
from tests.browser.harness import Company, Visitors

DESCALE = "How do I descale the Pour 4?"


@pytest.fixture
def desk(visitors: Visitors, company: Company) -> Desk:
    return Desk.opened(visitors.agent(company, "Robin Ellis"), company.address)


def test_who_waits_appears_at_once_with_why_in_their_own_words(desk: Desk, company: Company) -> None:
    Customer.of(company, "Nadia", "My kettle leaks and I am really angry. Let me talk to a person!")

    row = desk.row("Nadia")

    expect(row).to_contain_text("My kettle leaks")
    expect(row).to_contain_text(re.compile("Asked for a person|Angry"))
    expect(row.locator("time")).to_have_text(re.compile(r"\d+ s"))
    expect(desk.page).to_have_title(re.compile(r"^\(\d+\) "))


def test_a_claim_a_reply_and_the_return_reach_the_customer(desk: Desk, company: Company) -> None:
    customer = Customer.of(company, "Ruth", DESCALE, PERSON)

    desk.open("Ruth")
    desk.claim()
    desk.reply("Hello Ruth, this is Robin. What happens when you start it?")
    expect(desk.messages).to_contain_text("this is Robin")
    customer.say("It beeps three times.")
    expect(desk.messages).to_contain_text("It beeps three times.")
    desk.press("Return")

    desk.told("Back with the assistant")
    assert customer.sees()["status"] == "with_assistant"
    assert customer.texts("agent") == ["Hello Ruth, this is Robin. What happens when you start it?"]


def test_a_conversation_is_closed_with_a_reason(desk: Desk, company: Company) -> None:
    customer = Customer.of(company, "Olaf", PERSON)
    desk.open("Olaf")
    desk.claim()

    desk.press("Close")
    desk.page.get_by_label("The customer did not answer").check()
    desk.press("Close the conversation")

    desk.told("Closed.")
    assert customer.sees()["status"] == "closed"
    expect(desk.messages).to_contain_text("the customer did not answer")


def test_an_agent_takes_over_what_the_assistant_leads_and_sees_why_it_answered(desk: Desk, company: Company) -> None:
    customer = Customer.of(company, "Zoe", DESCALE)

    desk.view("Assistant")
    desk.open("Zoe")
    desk.page.get_by_text("Why this answer").click()
    expect(desk.page.get_by_text(re.compile(r"score \d\.\d\d")).first).to_be_visible()
    expect(desk.page.get_by_text("Cited").first).to_be_visible()
    expect(desk.page.get_by_text(re.compile(r"search \d.* · .*whole \d"))).to_be_visible()
    expect(desk.page.get_by_text(re.compile(r"^\d+ sentences?$"))).to_be_visible()
    desk.press("Take over")

    expect(desk.field).to_be_focused()
    assert customer.sees()["status"] == "with_agent"


def test_a_note_is_for_colleagues_alone(desk: Desk, company: Company) -> None:
    customer = Customer.of(company, "Hanna", PERSON)
    desk.open("Hanna")

    desk.press("Note")
    desk.page.get_by_label("Internal note").fill("She called yesterday, too.")
    desk.press("Add the note")

    expect(desk.messages).to_contain_text("Internal note, not shown to the customer")
    expect(desk.messages).to_contain_text("She called yesterday, too.")
    assert "She called yesterday" not in str(customer.sees())


def test_a_canned_reply_comes_with_its_fields_and_asks_for_what_is_not_known(desk: Desk, company: Company) -> None:
    with company.agent_client("Amina Yusuf", "supervisor") as supervisor:
        body = {"name": "Parcel", "text": "Hello {customer}, {agent} here: your order {order} is on its way."}
        assert supervisor.post("/v1/agent/canned", json=body).status_code == 201
    customer = Customer.of(company, "Ivy", PERSON)
    desk.open("Ivy")
    desk.claim()

    desk.field.type("/par")
    expect(desk.page.get_by_role("option", name=re.compile("Parcel"))).to_be_visible()
    desk.page.keyboard.press("Enter")
    expect(desk.field).to_have_value("Hello Ivy, Robin Ellis here: your order {order} is on its way.")
    desk.page.keyboard.press("Control+Enter")
    desk.told("{order}")
    desk.field.fill("Hello Ivy, Robin Ellis here: your order 7 is on its way.")
    desk.page.keyboard.press("Control+Enter")

    expect(desk.messages).to_contain_text("your order 7")
    assert customer.texts("agent") == ["Hello Ivy, Robin Ellis here: your order 7 is on its way."]


def test_a_suggested_reply_is_changed_and_sent(desk: Desk, company: Company) -> None:
    customer = Customer.of(company, "Emil", PERSON, DESCALE)
    desk.open("Emil")
    desk.claim()

    desk.press("Suggest a reply")
    desk.press("Use and edit")
    expect(desk.field).to_have_value(re.compile("descal", re.IGNORECASE))
    desk.field.press("End")
    desk.page.keyboard.type(" Regards, Robin")
    desk.page.keyboard.press("Control+Enter")

    expect(desk.messages).to_contain_text("Regards, Robin")
    assert "Regards, Robin" in customer.texts("agent")[0]


def test_a_passage_is_inserted_with_its_source(desk: Desk, company: Company) -> None:
    Customer.of(company, "Lene", PERSON)
    desk.open("Lene")
    desk.claim()

    desk.press("Search the knowledge base")
    desk.page.keyboard.type("descaling the Pour 4")
    desk.page.get_by_role("button", name="Insert with its source").first.click()

    expect(desk.field).to_have_value(re.compile("Pour 4.*\n\n.*(Pour 4|http)", re.DOTALL))


def test_a_conversation_is_handed_to_a_colleague_with_a_note(desk: Desk, company: Company) -> None:
    with company.agent_client("Sam Ortiz") as colleague:
        Customer.of(company, "Mette", PERSON)
        desk.open("Mette")
        desk.claim()

        desk.press("More")
        desk.page.get_by_role("menuitem", name="Hand to a colleague").click()
        desk.page.get_by_label("Sam Ortiz").check()
        desk.page.get_by_label("Note for them").fill("She speaks Danish, like you.")
        desk.press("Hand over")

        desk.told("Sam Ortiz has the conversation now.")
        expect(desk.page.get_by_text("has this conversation. You can leave a note.")).to_be_visible()
        expect(desk.messages).to_contain_text("She speaks Danish, like you.")
        assert [each["customer"]["name"] for each in _in_hand(colleague)] == ["Mette"]


def test_tags_are_added_taken_off_and_searched_for(desk: Desk, company: Company) -> None:
    Customer.of(company, "Per", PERSON)
    desk.open("Per")

    desk.page.get_by_label("Add a tag").fill("Billing")
    desk.page.keyboard.press("Enter")
    expect(desk.row("Per")).to_contain_text("billing")
    desk.page.get_by_role("button", name="Filters").click()
    desk.page.get_by_label("Tag", exact=True).select_option("billing")
    expect(desk.rows).to_have_count(1)
    desk.page.get_by_role("button", name="Take off the tag billing").click()

    expect(desk.page.get_by_text("Nothing found")).to_be_visible()


def test_a_search_finds_what_a_customer_wrote(desk: Desk, company: Company) -> None:
    Customer.of(company, "Quirin", "The zebra sticker on my kettle came off.")

    desk.page.get_by_label("Search conversations").fill("zebra sticker")

    expect(desk.rows).to_have_count(1)
    expect(desk.row("Quirin")).to_be_visible()


def test_spam_is_asked_about_closed_and_out_of_the_lists(desk: Desk, company: Company) -> None:
    customer = Customer.of(company, "Watches", PERSON)
    desk.open("Watches")

    desk.press("More")
    desk.page.get_by_role("menuitem", name="Spam").click()
    desk.press("It is spam")

    desk.told("Marked as spam")
    expect(desk.row("Watches")).to_have_count(0)
    assert customer.sees()["status"] == "closed"


def test_a_muted_conversation_counts_no_more(desk: Desk, company: Company) -> None:
    Customer.of(company, "Uwe", PERSON)
    desk.open("Uwe")
    waiting = desk.page.get_by_role("group", name="Which conversations").get_by_role("button", name="Waiting")
    before = int(waiting.inner_text().split()[-1])

    desk.press("More")
    desk.page.get_by_role("menuitem", name="Mute").click()

    desk.told("Muted")
    expect(desk.row("Uwe")).to_contain_text("Muted")
    expect(waiting).to_have_text(f"Waiting {before - 1}" if before > 1 else re.compile("^Waiting"))


def test_a_supervisor_blocks_a_customer_after_a_question(visitors: Visitors, company: Company) -> None:
    customer = Customer.of(company, "Viktor", PERSON)
    context = visitors.agent(company, "Amina Yusuf", "supervisor")
    desk = Desk.opened(context, company.address, f"conversations/{customer.id}")

    desk.press("More")
    desk.page.get_by_role("menuitem", name="Block the customer").click()
    desk.press("Block")

    desk.told("Blocked.")
    expect(desk.page.locator(".conversation-head").get_by_text("Blocked")).to_be_visible()
    with company.client(customer.secret) as client:
        assert client.post("/v1/chat", json={"text": "Hello?"}).status_code == 403


def test_an_answer_is_marked_as_wrong(desk: Desk, company: Company) -> None:
    Customer.of(company, "Xaver", DESCALE)
    desk.view("Assistant")
    desk.open("Xaver")

    desk.page.get_by_role("button", name="Mark as wrong").first.click()
    desk.page.get_by_label("What is wrong with it?").fill("The programme takes 35 minutes now.")
    desk.page.get_by_role("dialog").get_by_role("button", name="Mark as wrong").click()

    expect(desk.messages.get_by_text("Marked as wrong")).to_be_visible()


def test_a_file_is_sent_and_comes_as_a_download(desk: Desk, company: Company) -> None:
    customer = Customer.of(company, "Yara", PERSON)
    desk.open("Yara")
    desk.claim()

    file = {
        "name": "return label.pdf",
        "mimeType": "application/pdf",
        "buffer": b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n",
    }
    desk.page.locator("input[type=file]").set_input_files(file)
    link = desk.messages.get_by_role("link", name="return label.pdf")
    expect(link).to_be_visible()
    with desk.page.expect_download() as download:
        link.click()

    assert download.value.suggested_filename == "return label.pdf"
    assert "return label.pdf" in str(customer.sees())


def test_a_draft_is_kept_for_each_conversation(desk: Desk, company: Company) -> None:
    Customer.of(company, "Anton", PERSON)
    Customer.of(company, "Berta", PERSON)
    desk.open("Anton")
    desk.claim()
    desk.field.fill("Dear Anton, half a sen")

    desk.open("Berta")
    desk.page.reload()
    desk.view("Mine")
    desk.open("Anton")

    expect(desk.field).to_have_value("Dear Anton, half a sen")


def _in_hand(colleague: object) -> list[dict[str, object]]:
    found = colleague.get("/v1/agent/conversations", params={"agent": "me"})  # type: ignore[attr-defined]
    return found.json()["conversations"]
