"""The harness itself: what the watch reports, and what the proxy does to a page."""

from tests.browser.harness import Company, Visitors, Watch
from tests.browser.proxy import Mode, Proxy


def test_the_watch_reports_errors_violations_dialogs_and_foreign_hosts(
    company: Company, visitors: Visitors, watch: Watch
) -> None:
    page = visitors.context(company.address).new_page()
    page.route(
        "**/page",
        lambda route: route.fulfill(
            body="<script>alert(1); throw Error('broken')</script><img src='https://foreign.example/a.png'>",
            content_type="text/html",
        ),
    )
    page.route(
        "**/strict",
        lambda route: route.fulfill(
            body="<script>console.log(1)</script>",
            content_type="text/html",
            headers={"Content-Security-Policy": "default-src 'none'"},
        ),
    )
    page.route("https://foreign.example/**", lambda route: route.abort())

    page.goto(f"{company.address}/page")
    page.goto(f"{company.address}/strict")
    page.evaluate("console.error('told')")

    told = "\n".join(watch.faults())
    for fault in ("dialog: 1", "broken", "foreign host: https://foreign.example/a.png", "CSP violation", "told"):
        assert fault in told
    watch.allow(".*")


def test_the_proxy_carries_stalls_cuts_and_counts(
    company: Company, visitors: Visitors, watch: Watch, proxy: Proxy
) -> None:
    watch.allow("ERR_", "favicon")
    page = visitors.context(proxy.address).new_page()
    page.goto(f"{proxy.address}/health/live")
    fetches = "fetch('/health/ready').then(answer => answer.status, () => 'broken')"
    assert page.evaluate(fetches) == 200

    proxy.mode = Mode.STALL
    asked = proxy.count("GET /health/ready")
    page.evaluate(f"() => {{ window.answer = {fetches}; }}")
    page.wait_for_timeout(300)
    proxy.refuse()

    assert page.evaluate("window.answer") == "broken"
    assert proxy.count("GET /health/ready") >= asked + 1
    proxy.mode = Mode.PASS
    assert page.evaluate(fetches) == 200


def test_a_company_is_started_again_on_the_same_port(company: Company) -> None:
    address = company.address

    company.restart()

    assert company.address == address
    with company.client() as client:
        assert client.get("/health/ready").status_code == 200
