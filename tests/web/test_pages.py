"""Files that browsers load: typed, compressed, asked for again cheaply, and nothing from outside their folder."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI, Request, Response

from app.web.pages import EMBEDDED, Folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "static"
    (made / "texts").mkdir(parents=True)
    (made / "care-line.js").write_text("export const a = 1;\n" * 100)
    (made / "texts" / "de.js").write_text("export default {};\n")
    (made / "page.html").write_text("<!doctype html>")
    (made / "picture.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (made / "source.py").write_text("secret")
    (tmp_path / "secret.js").write_text("secret")
    (made / "link.js").symlink_to(tmp_path / "secret.js")
    return made


@pytest.fixture
async def client(folder: Path) -> AsyncIterator[httpx2.AsyncClient]:
    app, files = FastAPI(), Folder(folder, EMBEDDED)

    @app.get("/{path:path}")
    async def file(path: str, request: Request) -> Response:
        return await files.file(path, request)

    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://x") as client:
        yield client


async def test_any_site_loads_the_script_compressed_and_typed(client: httpx2.AsyncClient) -> None:
    script = await client.get("/care-line.js", headers={"Origin": "https://shop.example"})

    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert script.headers["access-control-allow-origin"] == "*"
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert script.headers["cache-control"] == "public, max-age=300"
    assert script.headers["x-content-type-options"] == "nosniff"
    assert script.headers["content-encoding"] == "gzip"
    assert script.text.startswith("export const a")


async def test_a_file_that_did_not_change_is_not_sent_again(client: httpx2.AsyncClient, folder: Path) -> None:
    first = await client.get("/texts/de.js")
    again = await client.get("/texts/de.js", headers={"If-None-Match": first.headers["etag"]})
    (folder / "texts" / "de.js").write_text("export default {a: 1};\n")
    changed = await client.get("/texts/de.js", headers={"If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["access-control-allow-origin"] == "*"
    assert (changed.status_code, changed.text) == (200, "export default {a: 1};\n")


@pytest.mark.parametrize("path", ["page.html", "picture.svg"])
async def test_what_opens_as_a_page_does_so_under_the_strict_policy(client: httpx2.AsyncClient, path: str) -> None:
    page = await client.get(f"/{path}")

    assert page.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert page.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["link.js", "../secret.js", "source.py", "texts", "texts/fr.js", ""])
async def test_what_is_outside_or_no_page_file_is_not_there(client: httpx2.AsyncClient, path: str) -> None:
    assert (await client.get(f"/{path}")).status_code == 404
