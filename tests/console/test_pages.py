"""The console's page and its files: a strict policy, and addresses that change with what they hold."""

import re

from tests.fakes.served import Served

MAIN = re.compile(r'<script type="module" src="(/console/static/v-[0-9a-f]{16}/js/main\.js)">')


async def test_the_page_is_under_the_strict_policy_and_asked_for_each_time(served: Served) -> None:
    page = await served.client.get("/console")

    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "require-trusted-types-for 'script'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-cache"
    assert page.headers["x-content-type-options"] == "nosniff"


async def test_modules_are_kept_under_an_address_that_changes_with_them(served: Served) -> None:
    page = await served.client.get("/console")
    [main] = MAIN.findall(page.text)

    module = await served.client.get(main)

    assert module.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in module.headers["cache-control"]
    assert f'<link rel="modulepreload" href="{main}">' in page.text


async def test_a_page_from_before_an_update_still_gets_its_files_and_does_not_keep_them(served: Served) -> None:
    module = await served.client.get("/console/static/v-0123456789abcdef/js/main.js")
    again = await served.client.get("/console/static/js/main.js", headers={"If-None-Match": module.headers["etag"]})

    assert module.headers["cache-control"] == "no-cache"
    assert again.status_code == 304


async def test_nothing_outside_of_the_folder_is_given_out(served: Served) -> None:
    version = "v-0123456789abcdef"
    for path in ("../pages.py", "%2e%2e/pages.py", f"{version}/../../pages.py", f"{version}/", "js/", "js/none.js"):
        assert (await served.client.get(f"/console/static/{path}")).status_code == 404


async def test_an_invites_link_with_a_slash_leads_to_the_page(served: Served) -> None:
    there = await served.client.get("/console/")

    assert (there.status_code, there.headers["location"]) == (308, "/console")
