"""Pictures of the main states of both faces, with two weeks of seeded conversations: python -m tests.browser.shots"""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, expect, sync_playwright

from tests.browser.faces import Console, Site, Widget
from tests.browser.harness import PHONE, SHOTS, Company, Visitors, Watch, ingest, launch, shot
from tests.browser.seeding import seed, signed_token
from tests.browser.states import CONSOLE_PLACES, WIDGET_STATES, conversations_of, settled
from tests.browser.stories import Story

LAPTOP = {"width": 1366, "height": 860}
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "light": {"viewport": LAPTOP, "color_scheme": "light"},
    "dark": {"viewport": LAPTOP, "color_scheme": "dark"},
    "phone": {"viewport": PHONE, "color_scheme": "light", "device_scale_factor": 2, "has_touch": True},
}
TALL = {"width": 1366, "height": 2000}
"""For places that are longer than a screen and scroll inside."""
LONG = {"insight", "policy-texts", "policy-rules", "policy-hours", "article", "account", "conversation-long"}
ON_ALL_LOOKS = {"queue", "conversation-claimed", "knowledge", "article", "insight", "policy-texts", "people"}


@dataclass(kw_only=True)
class Photographer:
    """Goes through the states. A state that cannot be reached is told, and the next one comes."""

    company: Company
    visitors: Visitors
    seeded: Mapping[Story, str]
    missed: list[str]

    def widget(self) -> None:
        address = self.company.address
        for look, options in LOOKS.items():
            context = self.visitors.context(address, **options)
            page = context.new_page()
            page.goto(address)
            self._widget_states(Widget(page=page), f"widget/{look}")
            context.close()
        for language, direction in (("de", "ltr"), ("fr", "ltr"), ("es", "ltr"), ("en", "rtl")):
            site = Site(service=address, language=language, direction=direction)
            with self._trying(f"widget/{language}-{direction}") as name:
                widget = site.open(self.visitors.context(address)).open()
                widget.ask("Wie entkalke ich die Pour 4?" if language == "de" else "How do I descale the Pour 4?")
                widget.page.wait_for_timeout(2_500)
                shot(widget.page, name)

    def _widget_states(self, widget: Widget, folder: str) -> None:
        for state in WIDGET_STATES:
            with self._trying(f"{folder}-{state.name}") as name:
                state.steps(widget)
                widget.page.wait_for_timeout(400)
                shot(widget.page, name)

    def with_agent(self) -> None:
        """What a signed-in customer sees when a person has come."""
        with self._trying("widget/signed-in") as name:
            token = signed_token("c-1001")
            site = Site(service=self.company.address, attributes=f'token="{token}"')
            widget = site.open(self.visitors.context(self.company.address)).open()
            expect(widget.log).to_contain_text("Robin Ellis")
            shot(widget.page, name)

    def console(self) -> None:
        conversations = {name: f"conversations/{id}" for name, id in conversations_of(self.seeded).items()}
        for look, options in LOOKS.items():
            context = self.visitors.agent(self.company, "Robin Ellis", **options)
            self._places(context, look, {"queue": "queue"} | conversations)
            context.close()
            context = self.visitors.agent(self.company, "Ada Okafor", **options)
            self._places(context, look, {name: at for name, at in CONSOLE_PLACES.items() if name != "queue"})
            context.close()

    def _places(self, context: BrowserContext, look: str, places: Mapping[str, str]) -> None:
        console = Console.opened(context, self.company.address)
        for state, place in places.items():
            if look != "light" and state not in ON_ALL_LOOKS:
                continue
            with self._trying(f"console/{look}-{state}") as name:
                console.page.goto(f"{self.company.address}/console#/{place}")
                console.page.set_viewport_size(TALL if state in LONG and look == "light" else LOOKS[look]["viewport"])
                settled(console.page)
                shot(console.page, name)

    def outside(self) -> None:
        """Before anybody is signed in."""
        for name, path in (("console/sign-in", "/console"), ("demo", "/"), ("snippet", "/widget/snippet")):
            for look, options in LOOKS.items():
                with self._trying(f"{name}-{look}") as picture:
                    page = self.visitors.context(self.company.address, **options).new_page()
                    page.goto(f"{self.company.address}{path}")
                    page.wait_for_timeout(600)
                    shot(page, picture, full_page=True)

    @contextmanager
    def _trying(self, name: str) -> Iterator[str]:
        try:
            yield name
            print(name, flush=True)
        except (Error, AssertionError) as error:
            self.missed.append(f"{name}: {str(error).strip().splitlines()[0]}")


def take(browser: Browser, company: Company) -> list[str]:
    """What could not be pictured, and what the pages did wrong meanwhile."""
    seeded = seed(company)
    watch = Watch()
    watch.allow("ERR_INTERNET_DISCONNECTED", "status of 401")
    visitors = Visitors(browser=browser, watch=watch)
    expect.set_options(timeout=8_000)
    photographer = Photographer(company=company, visitors=visitors, seeded=seeded, missed=[])
    for part in (photographer.outside, photographer.console, photographer.with_agent, photographer.widget):
        part()
    visitors.close()
    return [*photographer.missed, *dict.fromkeys(watch.faults())]


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="careline-shots-")) / "records"
    ingest(folder)
    company = Company(folder=folder)
    company.start()
    try:
        with sync_playwright() as playwright:
            wrong = take(launch(playwright), company)
    finally:
        company.stop()
    print(f"in {SHOTS}")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
