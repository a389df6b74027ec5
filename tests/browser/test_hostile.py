"""400 hostile texts in every role, in both faces: nothing executes, nothing foreign loads, text is shown as text."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import CompanyOf
from tests.browser.faces import Console, Site
from tests.browser.harness import Visitors
from tests.browser.hostile import COUNT
from tests.browser.hostile_company import TO_ASSISTANT, TO_PEOPLE, Hostile
from tests.browser.seeding import signed_token
from tests.browser.states import settled

EVERY = """
function every(root = document, found = []) {
  for (const element of root.querySelectorAll('*')) {
    found.push(element);
    if (element.shadowRoot) every(element.shadowRoot, found);
  }
  return found;
}
"""
HARM = f"""() => {{
  {EVERY}
  const own = ['http:', 'https:', 'mailto:', 'tel:', 'blob:', 'leads nowhere'], found = [];
  const at = (value) => URL.canParse(value, location) ? new URL(value, location) : {{ protocol: 'leads nowhere' }};
  if (window.careline_hostile || ({{}}).polluted) found.push('it ran');
  for (const element of every()) {{
    const name = element.localName;
    if (/^(iframe|object|embed|base|applet|frame|math|marquee|plaintext|animate)$/.test(name) || element.httpEquiv)
      found.push(element.outerHTML.slice(0, 200));
    if (name === 'script' && at(element.src).origin !== location.origin) found.push(element.outerHTML);
    for (const {{ name: attribute, value }} of element.attributes) {{
      if (attribute.startsWith('on') || attribute === 'srcdoc') found.push(`${{name}} ${{attribute}}=${{value}}`);
      if (['src', 'srcset', 'poster', 'data', 'background'].includes(attribute)
          && !['blob:', 'data:'].includes(at(value).protocol)
          && at(value).origin !== location.origin) found.push(`${{name}} ${{attribute}}=${{value}}`);
      if (['href', 'action', 'formaction'].includes(attribute) && name !== 'link') {{
        if (!own.includes(at(value).protocol)) found.push(`${{name}} ${{attribute}}=${{value}}`);
      }}
    }}
  }}
  return found;
}}"""
SHOWN = """() => {
  const words = [];
  const walk = (node) => {
    if (node.nodeType === 3) words.push(node.data);
    if (['script', 'style'].includes(node.localName)) return;
    if (node.value) words.push(node.value);
    for (const root of [node.shadowRoot, node]) for (const child of root?.childNodes ?? []) walk(child);
  };
  walk(document.body);
  return words.join('');
}"""
REFUSED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
PLACES = ("knowledge", "knowledge/gaps", "knowledge/wrong", "insight", "people", "people/audit", "policy")
UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]+")


@pytest.fixture(scope="module")
def filled(open_company: CompanyOf) -> Hostile:
    company = open_company(CARELINE_RATE_PER_ADDRESS="100000/minute", CARELINE_RATE_PER_CUSTOMER="100000/minute")
    made = Hostile(company=company)
    made.fill()
    return made


@pytest.mark.parametrize("customer", [TO_PEOPLE, TO_ASSISTANT])
def test_the_widget_shows_400_hostile_texts_of_each_author_as_text(
    filled: Hostile, visitors: Visitors, customer: str
) -> None:
    site = Site(service=filled.company.address, attributes=f'token="{signed_token(customer)}"')
    widget = site.open(visitors.context(filled.company.address)).open()
    conversation = filled.people if customer == TO_PEOPLE else filled.assistant
    said = said_in(filled, conversation)

    expect(widget.log).to_contain_text(said[-1][:20], timeout=60_000)
    widget.page.wait_for_timeout(1_000)
    assert_harmless(widget.page)
    if customer == TO_PEOPLE:
        all_shown(widget.page, said)
    widget.button("profile").click()
    expect(widget.button("back")).to_be_visible()

    assert_harmless(widget.page)


def test_the_console_shows_a_conversation_of_hostile_texts_files_notes_and_names(
    filled: Hostile, visitors: Visitors
) -> None:
    console = Console.opened(visitors.agent(filled.company, "Robin Ellis"), filled.company.address)
    for conversation in (filled.people, filled.assistant):
        console.page.goto(f"{filled.company.address}/console#/conversations/{conversation}")
        expect(console.page.locator("section.conversation .entry, section.conversation article").first).to_be_visible(
            timeout=60_000
        )
        settled(console.page)
        assert_harmless(console.page)
        if conversation == filled.people:
            all_shown(console.page, said_in(filled, conversation))
            console.field.fill("/")
            expect(console.page.get_by_role("listbox")).to_be_visible()
            assert_harmless(console.page)


def test_the_queue_shows_400_hostile_names_and_words(filled: Hostile, visitors: Visitors) -> None:
    console = Console.opened(visitors.agent(filled.company, "Robin Ellis"), filled.company.address)

    for view in ("Waiting", "Assistant", "All"):
        console.page.get_by_role("button", name=re.compile(f"^{view}")).or_(
            console.page.get_by_role("tab", name=re.compile(f"^{view}"))
        ).first.click()
        settled(console.page)
        assert_harmless(console.page)


@pytest.mark.parametrize(
    "place", ["knowledge", "knowledge/gaps", "knowledge/wrong", "insight", "people", "people/audit"]
)
def test_the_pages_of_the_console_show_hostile_titles_questions_and_names(
    filled: Hostile, visitors: Visitors, place: str
) -> None:
    context = visitors.agent(filled.company, "Ada Okafor", "administrator")
    console = Console.opened(context, filled.company.address, place)
    settled(console.page)

    more = console.page.get_by_role("button", name=re.compile("^(More|Show more)"))
    for _ in range(12):
        if not more.count() or not more.first.is_visible():
            break
        more.first.click()
        settled(console.page)

    assert_harmless(console.page)


def test_the_editor_and_its_preview_show_hostile_articles(filled: Hostile, visitors: Visitors) -> None:
    page = visitors.agent(filled.company, "Ada Okafor", "administrator").new_page()
    page.goto(f"{filled.company.address}/console#/knowledge/new")
    settled(page)

    readable = [text for text in filled.texts if not REFUSED.search(text)]
    page.get_by_label("Title").fill(readable[0])
    article = "\n\n".join(f"## {text}\n\n{text}" for text in readable[:100])
    page.get_by_label("Text", exact=True).fill(article, timeout=60_000)
    page.wait_for_timeout(1_500)
    settled(page)

    assert_harmless(page)


def said_in(filled: Hostile, conversation: str) -> list[str]:
    """As the service keeps it: what is unreadable was refused, what is spaces was trimmed."""
    with filled.company.agent_client("Robin Ellis") as agent:
        messages = agent.get(f"/v1/agent/conversations/{conversation}").json()["messages"]
    said = [message["text"] for message in messages]
    assert len(said) > COUNT * 0.85
    return said


def all_shown(page: Page, texts: list[str]) -> None:
    """Sign by sign, but for spaces and what has no shape."""
    shown = UNSEEN.sub("", page.evaluate(SHOWN))
    missing = [text for text in texts if UNSEEN.sub("", text) not in shown]
    assert not missing, f"{len(missing)} of {len(texts)}: {missing[:5]!r}"


def assert_harmless(page: Page) -> None:
    page.mouse.move(200, 300)
    page.mouse.move(1100, 500)
    assert page.evaluate(HARM) == []
