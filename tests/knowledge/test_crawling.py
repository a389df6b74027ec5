"""A site is read as its owner allows: robots.txt, one request at a time, never another site, never without an end."""

import asyncio
import time
from collections.abc import AsyncIterator
from ipaddress import ip_network

import pytest

from app.care.importing import CrawledPage, CrawlRefusedError, Fetched, NotFetchedError
from app.domain.imports import ImportKind, is_same_site
from app.knowledge.crawling import CrawlLimits, SiteCrawler
from app.web.guarded import AddressNotAllowedError, AnswerLostError, Guard, GuardedClient, NotReachedError, Patience
from tests.fakes.site import DRIP, ENDLESS, Site, on_loopback

LIMITS = CrawlLimits(pause=0.0, largest=20_000, pages=5, sitemaps=3)
HOSTS = {"127.0.0.1": "127.0.0.1", "inside.example": "10.0.0.7", "elsewhere.example": "127.0.0.1"}


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with on_loopback(Site()) as running:
        yield running


async def resolve(host: str, _port: int) -> list[str]:
    return [HOSTS[host]]


@pytest.fixture
async def client() -> AsyncIterator[GuardedClient]:
    guard = Guard((ip_network("127.0.0.0/8"),))
    opened = GuardedClient(guard, resolve=resolve, patience=Patience(read=0.5, whole=0.6))
    yield opened
    await opened.aclose()


@pytest.fixture
def crawler(client: GuardedClient) -> SiteCrawler:
    return SiteCrawler(fetching(client), LIMITS)


def fetching(client: GuardedClient):  # type: ignore[no-untyped-def]
    async def fetch(address: str, at_most: int) -> Fetched:
        try:
            answer = await client.request("GET", address, at_most=at_most)
        except (AddressNotAllowedError, NotReachedError, AnswerLostError) as error:
            raise NotFetchedError(type(error).__name__) from error
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Fetched(status=answer.status, headers=headers, content=answer.content)

    return fetch


async def crawled(crawler: SiteCrawler, address: str, kind: ImportKind = ImportKind.PAGE) -> list[CrawledPage]:
    return [page async for page in crawler.pages(await crawler.listing(address, kind))]


def problems(pages: list[CrawledPage]) -> list[str]:
    return [page.problem for page in pages]


async def test_a_page_is_read_with_its_address_and_language(site: Site, crawler: SiteCrawler) -> None:
    site.page("/rueckgabe?a=1", "Dreißig Tage lang.", language="de-AT")

    [page] = await crawled(crawler, site.address("/rueckgabe?a=1#top"))

    assert page.document
    assert (page.document.address, page.document.language) == (site.address("/rueckgabe?a=1"), "de")
    assert page.document.name.startswith(f"127.0.0.1:{site.port}/rueckgabe-")
    assert site.asked == ["/robots.txt", "/rueckgabe?a=1"]


async def test_a_sitemap_of_sitemaps_is_followed_one_request_at_a_time(site: Site, crawler: SiteCrawler) -> None:
    site.sitemap("/sitemap.xml", "/one.xml", "/two.xml", "/broken.xml", "/fourth.xml", kind="sitemap")
    site.sitemap("/one.xml", "/a", "/b")
    site.sitemap("/two.xml", "/b", "/c", "https://elsewhere.example/d", "http://[broken")
    site.pages["/broken.xml"] = (200, {}, b"<urlset>")
    for path in ("/a", "/b", "/c"):
        site.page(path, "Words.")

    listing = await crawler.listing(site.address("/sitemap.xml"), ImportKind.SITEMAP)
    pages = [page async for page in crawler.pages(listing)]

    assert listing.addresses == tuple(site.address(path) for path in ("/a", "/b", "/c"))
    assert listing.notes == ("2 further sitemaps were not read", "1 addresses of other sites were left out")
    assert [page.address for page in pages] == list(listing.addresses)
    assert site.most_at_once == 1


@pytest.mark.parametrize("content", [b"<urlset>", b"<html></html>", b'<!DOCTYPE a [<!ENTITY x "y">]><urlset/>'])
async def test_a_broken_sitemap_is_refused(site: Site, crawler: SiteCrawler, content: bytes) -> None:
    site.pages["/sitemap.xml"] = (200, {"Content-Type": "text/xml"}, content)

    with pytest.raises(CrawlRefusedError, match="The sitemap"):
        await crawler.listing(site.address("/sitemap.xml"), ImportKind.SITEMAP)


async def test_a_site_of_endless_sitemaps_holds_up_nobody_and_ends(site: Site, client: GuardedClient) -> None:
    many = [f"/{number}.xml" for number in range(5)]
    site.sitemap("/sitemap.xml", *many, kind="sitemap")
    for path in many:
        site.sitemap(path, *(f"{path}/{page}" for page in range(20_000)))
    crawler, longest = SiteCrawler(fetching(client), CrawlLimits(pause=0.0)), 0.0

    reading = asyncio.create_task(crawler.listing(site.address("/sitemap.xml"), ImportKind.SITEMAP))
    while not reading.done():
        before = time.thread_time()
        await asyncio.sleep(0)
        longest = max(longest, time.thread_time() - before)

    listing = reading.result()
    assert len(listing.addresses) == 60_000
    assert "2 further sitemaps were not read" in listing.notes
    assert longest < 0.1


async def test_no_more_pages_are_read_than_the_limit_allows(site: Site, crawler: SiteCrawler) -> None:
    paths = [f"/{number}" for number in range(8)]
    site.sitemap("/sitemap.xml", *paths)

    listing = await crawler.listing(site.address("/sitemap.xml"), ImportKind.SITEMAP)
    pages = [page async for page in crawler.pages(listing)]

    assert (len(listing.addresses), len(pages)) == (8, 5)
    assert listing.notes == ("of 8 pages the first 5 are read",)


async def test_what_robots_txt_asks_not_to_read_is_not_asked_for(site: Site, crawler: SiteCrawler) -> None:
    site.robots("User-agent: *", "Disallow: /private")
    site.page("/private/a", "Secret.")
    site.leads("/open", "/private/a")

    pages = await crawled(crawler, site.address("/private/a")) + await crawled(crawler, site.address("/open"))

    assert [(page.gone, page.document) for page in pages] == [(True, None), (True, None)]
    assert "/private/a" not in site.asked[:2]


async def test_a_site_whose_robots_txt_fails_is_left_alone(site: Site, crawler: SiteCrawler) -> None:
    site.pages["/robots.txt"] = (503, {}, b"")

    with pytest.raises(CrawlRefusedError, match=r"robots\.txt: the site answered 503"):
        await crawled(crawler, site.address("/a"))


@pytest.mark.parametrize(
    "to",
    [
        "http://elsewhere.example/a",
        "http://inside.example/a",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "//elsewhere.example/a",
        "http://127.0.0.1:1/a",
    ],
)
async def test_a_redirect_to_another_site_is_not_followed(site: Site, crawler: SiteCrawler, to: str) -> None:
    site.leads("/a", to)

    [page] = await crawled(crawler, site.address("/a"))

    assert (page.document, page.gone, page.problem) == (None, False, "it leads to another site")


async def test_a_name_that_leads_into_the_own_network_is_not_called(crawler: SiteCrawler) -> None:
    with pytest.raises(CrawlRefusedError, match="AddressNotAllowedError"):
        await crawled(crawler, "http://inside.example/a")


async def test_redirects_within_the_site_are_followed_and_end(site: Site, crawler: SiteCrawler) -> None:
    site.leads("/old", "/new")
    site.page("/new", "Words.")
    site.leads("/round", "/round")

    [moved] = await crawled(crawler, site.address("/old"))
    [round_and_round] = await crawled(crawler, site.address("/round"))

    assert (moved.asked, moved.address) == (site.address("/old"), site.address("/new"))
    assert "without an end" in round_and_round.problem
    assert site.asked.count("/round") == 6


async def test_a_page_without_an_end_is_left(site: Site, crawler: SiteCrawler) -> None:
    site.pages |= {"/endless": ENDLESS, "/drip": DRIP}

    endless = await crawled(crawler, site.address("/endless"))
    drip = await crawled(crawler, site.address("/drip"))

    assert problems(endless) == ["is larger than 0.02 MB"]
    assert problems(drip) == ["AnswerLostError"]


async def test_a_page_that_is_gone_is_told_from_one_that_failed(site: Site, crawler: SiteCrawler) -> None:
    site.pages |= {
        "/gone": (410, {}, b""),
        "/failed": (500, {}, b""),
        "/picture": (200, {"Content-Type": "image/png"}, b"x"),
    }

    found = [page for path in ("/gone", "/failed", "/picture") for page in await crawled(crawler, site.address(path))]

    assert [(page.gone, page.problem) for page in found] == [
        (True, "answered 410"),
        (False, "answered 500"),
        (False, "is no page that is read (image/png)"),
    ]


async def test_a_site_that_answers_no_more_is_left(site: Site, client: GuardedClient) -> None:
    site.sitemap("/sitemap.xml", *(f"/{number}" for number in range(20)))
    site.pages |= {f"/{number}": (500, {}, b"") for number in range(20)}
    crawler = SiteCrawler(fetching(client), CrawlLimits(pause=0.0))

    pages = await crawled(crawler, site.address("/sitemap.xml"), ImportKind.SITEMAP)

    assert len(pages) == 11
    assert "did not answer any more" in pages[-1].problem


async def test_a_run_ends_when_its_time_is_over(site: Site, client: GuardedClient) -> None:
    site.sitemap("/sitemap.xml", "/a", "/b")
    crawler = SiteCrawler(fetching(client), CrawlLimits(pause=0.0, seconds=0.0))

    pages = await crawled(crawler, site.address("/sitemap.xml"), ImportKind.SITEMAP)

    assert len(pages) == 1
    assert "minutes of a run were over" in pages[0].problem
    assert "/a" not in site.asked


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/x", "https://a.example:443/y", True),
        ("http://a.example/x", "https://a.example/y", True),
        ("http://a.example:8000/x", "http://a.example:8001/y", False),
        ("https://a.example/x", "https://www.a.example/y", False),
        ("https://a.example/x", "ftp://a.example/y", False),
        ("https://a.example/x", "https://a.example:port/y", False),
        ("https://a.example/x", "javascript:alert(1)", False),
    ],
)
def test_the_same_site_is_host_and_port(one: str, other: str, same: bool) -> None:
    assert is_same_site(one, other) is same
