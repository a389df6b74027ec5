"""The main states of both faces, each reached by a few steps: for pictures and for axe."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.faces import Widget, words
from tests.browser.stories import End, Story

QUESTION = "How do I descale the Pour 4?"

CONSOLE_PLACES: Mapping[str, str] = {
    "queue": "queue",
    "knowledge": "knowledge",
    "article-new": "knowledge/new",
    "article": "knowledge/article/orders%2Fdelivery-times-and-costs.md",
    "try": "knowledge/try",
    "unanswered": "knowledge/gaps",
    "marked-wrong": "knowledge/wrong",
    "imports": "knowledge/imports",
    "insight": "insight",
    "policy-texts": "policy",
    "policy-rules": "policy/rules",
    "policy-hours": "policy/hours",
    "policy-prices": "policy/prices",
    "people": "people",
    "keys": "people/keys",
    "audit": "people/audit",
    "account": "account",
}
"""Name of the state, and the address behind the #/."""


def settled(page: Page) -> None:
    """Nothing loads any more."""
    expect(page.locator("#app .starting")).to_have_count(0)
    expect(page.locator(".loading, [aria-busy=true]")).to_have_count(0)
    page.wait_for_timeout(250)


def conversations_of(seeded: Mapping[Story, str]) -> dict[str, str]:
    """One for each state that a conversation can be in, by the state's name."""
    found: dict[str, str] = {}
    for story, conversation in seeded.items():
        found.setdefault(f"conversation-{story.end.name.lower()}", conversation)
        if story.end is End.WAITING and len(story.who) and "LONG" in story.says[0]:
            found["conversation-long"] = conversation
    return found


@dataclass(frozen=True, kw_only=True)
class WidgetState:
    """`steps` go on from the state before."""

    name: str
    steps: Callable[[Widget], None]


def _answered(widget: Widget) -> None:
    widget.ask(QUESTION)
    expect(widget.button("helped")).to_be_visible()


def _unhelpful(widget: Widget) -> None:
    widget.button("helped_not").click()


def _profile(widget: Widget) -> None:
    widget.button("profile").click()
    expect(widget.button("back")).to_be_visible()


def _back_and_unknown(widget: Widget) -> None:
    widget.button("back").click()
    widget.ask("Can you engrave a name on the kettle?")
    expect(widget.button("yes")).to_be_visible()


def _waiting(widget: Widget) -> None:
    widget.ask_for_a_person()
    widget.tells("waiting")


def _offline(widget: Widget) -> None:
    widget.page.context.set_offline(True)
    widget.ask("Are you still there?")
    widget.tells("offline")
    widget.tells("later")


def _online(widget: Widget) -> None:
    widget.page.context.set_offline(False)
    expect(widget.page.get_by_text(words("later"))).to_be_hidden()


WIDGET_STATES = (
    WidgetState(name="closed", steps=lambda widget: None),
    WidgetState(name="open", steps=lambda widget: (widget.open(), None)[1]),
    WidgetState(name="answered", steps=_answered),
    WidgetState(name="unhelpful", steps=_unhelpful),
    WidgetState(name="profile", steps=_profile),
    WidgetState(name="not-known", steps=_back_and_unknown),
    WidgetState(name="waiting", steps=_waiting),
    WidgetState(name="offline", steps=_offline),
    WidgetState(name="online-again", steps=_online),
)
