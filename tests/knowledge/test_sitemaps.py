"""Addresses out of sitemaps, and nothing else that XML may bring along."""

import gzip

import pytest

from app.knowledge.sitemaps import BrokenSitemapError, read_sitemap, unpacked

NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/image"'


def test_pages_are_those_of_the_site_and_not_its_pictures() -> None:
    found = read_sitemap(
        f"""<?xml version="1.0"?><urlset {NAMESPACES}>
        <url><loc> https://shop.example/a </loc><lastmod>2026-01-01</lastmod>
          <image:image><image:loc>https://shop.example/a.png</image:loc></image:image></url>
        <url><loc>https://shop.example/b?x=1&amp;y=2</loc></url></urlset>""".encode()
    )

    assert (found.pages, found.sitemaps) == (["https://shop.example/a", "https://shop.example/b?x=1&y=2"], [])


def test_an_index_names_further_sitemaps() -> None:
    index = f"<sitemapindex {NAMESPACES}><sitemap><loc>https://shop.example/s1.xml</loc></sitemap></sitemapindex>"

    assert read_sitemap(index.encode()).sitemaps == ["https://shop.example/s1.xml"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not XML at all",
        b"<urlset><url><loc>https://shop.example/a</loc></url>",
        b"<html><body>Not found</body></html>",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><urlset></urlset>',
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_sitemap_is_refused(content: bytes) -> None:
    with pytest.raises(BrokenSitemapError):
        read_sitemap(content)


def test_a_small_file_does_not_unpack_to_a_large_one() -> None:
    bomb = gzip.compress(b"0" * 10_000_000)

    assert len(unpacked(bomb, 1_000)) == 1_001
    assert unpacked(gzip.compress(b"<urlset/>"), 1_000) == b"<urlset/>"
    with pytest.raises(BrokenSitemapError):
        unpacked(b"\x1f\x8bnothing", 1_000)
