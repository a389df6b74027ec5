"""The widget's files for every site, and the demo pages under a strict policy."""

from pathlib import Path

from tests.fakes.served import Served, serving

OUTSIDE = [
    "../secret.js",
    "..%2fsecret.js",
    "%2e%2e/secret.js",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "a/../../secret.js",
    "..\\secret.js",
    "secret.js%00",
    "x" * 5_000 + ".js",
    ".hidden.js",
    "files.py",
    "",
]


async def test_a_page_of_ours_has_the_strict_policy_and_is_in_nobodys_frame(served: Served) -> None:
    page = await served.client.get("/")

    policy = page.headers["content-security-policy"]
    assert page.status_code == 200
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in page.headers


async def test_the_demo_pages_can_be_switched_off(migrated_file: Path, tmp_path: Path) -> None:
    async with serving(tmp_path, migrated_file, demo=False) as served:
        page, snippet = await served.client.get("/"), await served.client.get("/widget/snippet")
        style = await served.client.get("/demo/shop.css")

    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert (snippet.status_code, style.status_code) == (404, 404)
    assert snippet.headers["content-type"] == "application/problem+json"


async def test_no_path_leads_out_of_the_folder(served: Served) -> None:
    for path in OUTSIDE:
        for folder in ("widget", "demo"):
            answer = await served.client.get(f"/{folder}/{path}")

            assert answer.status_code == 404, path
