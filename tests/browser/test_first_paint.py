"""The widget is drawn, and opens, while the service behind it answers nothing."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.faces import Site, Widget
from tests.browser.harness import Visitors
from tests.browser.proxy import Mode, Proxy

NOTES_THE_PAINT = """
(function look() {
  const launcher = document.querySelector('care-line')?.shadowRoot?.querySelector('.launcher');
  if (launcher?.getBoundingClientRect().width) window.paintedAt = performance.now();
  else requestAnimationFrame(look);
})();
"""
SCRIPT_THERE = "performance.getEntriesByType('resource').find(each => each.name.includes('care-line.js')).responseEnd"
MOST_MS = 1_000


def test_the_first_paint_does_not_wait_for_the_service(
    proxy: Proxy, visitors: Visitors, record_property: Callable[[str, object], None]
) -> None:
    context = visitors.context(proxy.address)
    context.add_init_script(NOTES_THE_PAINT)
    proxy.mode, proxy.stalled = Mode.STALL, "/v1/"

    widget = Site(service=proxy.address, attributes='suggestions="How do I descale the Pour 4?"').open(context)
    widget.page.wait_for_function("window.paintedAt")
    waited = widget.page.evaluate("window.paintedAt") - widget.page.evaluate(SCRIPT_THERE)
    _opens(widget)

    record_property("widget, first paint with the service stalled", f"{waited:.0f} ms after its script was there")
    assert waited < MOST_MS
    proxy.mode = Mode.PASS


def _opens(widget: Widget) -> None:
    """With its greeting, a field to write in, and what is often asked."""
    widget.open()
    widget.tells("notice")
    expect(widget.page.get_by_role("button", name="How do I descale the Pour 4?")).to_be_visible()
