"""Fixtures of the browser tests: one Chromium for all, one service for a module, a watch over every page of a test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, expect, sync_playwright

from tests.browser.harness import Company, Visitors, Watch, ingest, launch, shot
from tests.browser.proxy import Proxy

HERE = Path(__file__).parent
REPORT = pytest.StashKey[pytest.TestReport]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that stands here wants Chromium: `make browser`."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.stash[REPORT] = report
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Figures that tests measured, wherever they ran."""
    for report in terminalreporter.getreports("passed"):
        for name, figure in report.user_properties:
            terminalreporter.write_line(f"{name}: {figure}")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=15_000)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    launched = launch(playwright)
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records that hold the sample company's articles; to be copied."""
    folder = tmp_path_factory.mktemp("taken-in")
    ingest(folder)
    return folder


CompanyOf = Callable[..., Company]


@pytest.fixture(scope="module")
def open_company(taken_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CompanyOf]:
    """`open_company(CARELINE_DEMO="false")`: a served company with settings of its own."""
    companies: list[Company] = []

    def opened(**settings: str) -> Company:
        folder = tmp_path_factory.mktemp("company") / "records"
        company = Company(folder=shutil.copytree(taken_in, folder), settings=settings)
        companies.append(company)
        company.start()
        return company

    yield opened
    for company in companies:
        company.stop()


@pytest.fixture(scope="module")
def company(open_company: CompanyOf) -> Company:
    """The sample company, served with no more settings than it needs."""
    return open_company()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def visitors(browser: Browser, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Visitors]:
    """Contexts for customers and agents; the test fails on any fault that it did not expect."""
    with _watched(browser, watch, request) as opened:
        yield opened


@pytest.fixture
def visitors_elsewhere(playwright: Playwright, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Visitors]:
    """In a second browser, under the same watch."""
    other = launch(playwright)
    with _watched(other, watch, request) as opened:
        yield opened
    other.close()


@contextmanager
def _watched(browser: Browser, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Visitors]:
    opened = Visitors(browser=browser, watch=watch)
    yield opened
    report = request.node.stash.get(REPORT, None)
    if report is not None and report.failed:
        _picture(opened.pages(), request.node.name)
    opened.close()
    assert not watch.faults(), "\n".join(watch.faults())


@pytest.fixture
def proxy(company: Company) -> Iterator[Proxy]:
    """Between a page and the service; it can cut, stall, refuse, and counts."""
    with Proxy(target=company.port) as opened:
        yield opened


def _picture(pages: list[Page], name: str) -> None:
    for number, page in enumerate(pages):
        with suppress(Error):
            print(f"{page.url}: {shot(page, f'failed/{name}-{number}')}")
