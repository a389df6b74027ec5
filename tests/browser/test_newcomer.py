"""docs/newcomer.md is true: `make run` in a copy, and then what stands there, step by step, with its words."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.faces import Console, Widget, words
from tests.browser.harness import PASSWORD, Visitors
from tests.system.conftest import ROOT, environment

PAGE = (ROOT / "docs" / "newcomer.md").read_text()
QUOTED = re.findall(r"^> (.+)$", PAGE, re.MULTILINE)
LEFT_OUT = (".git", ".venv", "data", "models", "shots", "__pycache__", ".pytest_cache", ".ruff_cache", ".env")


@dataclass
class Made:
    """What `make run` printed: where it serves, and the link for the first administrator."""

    address: str
    invite: str


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The real command in a copy of the folder; only the environment, which takes a minute, is there already."""
    folder = tmp_path_factory.mktemp("newcomer") / "careline"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    _give_environment(folder)
    command = re.search(r"^```sh\n(.*?)\n```", PAGE, re.MULTILINE)
    assert command is not None
    settings = environment(folder / "data", PYTHONPATH=str(folder))
    process = subprocess.Popen(
        command[1].split(), cwd=folder, env=settings, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    yield _printed(process)
    os.killpg(process.pid, signal.SIGINT)
    process.wait(timeout=20)
    assert process.stdout is not None
    process.stdout.close()


def _give_environment(folder: Path) -> None:
    (folder / ".venv").mkdir()
    for part in Path(sys.prefix).iterdir():
        (folder / ".venv" / part.name).symlink_to(part)
    if not (folder / ".venv" / "requirements.done").exists():
        (folder / ".venv" / "requirements.done").touch()
    os.utime(folder / "requirements.txt", (0, 0))
    if (ROOT / "models").exists():
        (folder / "models").symlink_to(ROOT / "models")


def _printed(process: "subprocess.Popen[str]") -> Made:
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if invite := re.search(r"^First administrator, once: (\S+)", line):
            address = re.search(r"Careline serves on (\S+)", "".join(lines))
            assert address is not None
            return Made(address[1], invite[1])
    raise AssertionError("".join(lines))


def test_a_newcomer_asks_signs_in_claims_replies_adds_an_article_and_gets_the_new_answer(
    made: Made, visitors: Visitors, visitors_elsewhere: Visitors
) -> None:
    known, parking, reply, title, text, again = QUOTED
    widget = _ask_as_a_customer(visitors.context(made.address).new_page(), made.address, known, parking)

    agent = visitors_elsewhere.context(made.address).new_page()
    _sign_in(agent, made.invite)
    console = Console(page=agent)
    console.choose("")
    console.press("Claim")
    widget.shows(words("claimed", name="Kim Lind"))
    console.field.fill(reply)
    console.press("Send")
    widget.shows(reply)
    console.press("Return")
    widget.shows(words("returned", name="Kim Lind"))

    _write_the_article(agent, title, text)
    widget.ask(again)
    expect(widget.said("assistant").last).to_contain_text("for 90 minutes")
    expect(widget.log.get_by_text(title)).to_be_visible()


def _ask_as_a_customer(page: Page, address: str, known: str, unknown: str) -> Widget:
    page.goto(f"{address}/")
    widget = Widget(page=page).open()
    widget.ask(known)
    widget.shows("descaling", words("sources"))
    widget.ask(unknown)
    widget.button("yes").click()
    widget.tells("waiting")
    return widget


def _sign_in(page: Page, invite: str) -> None:
    page.goto(invite)
    page.get_by_label("Name").fill("Kim Lind")
    page.get_by_label("E-mail").fill("kim@company.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    page.get_by_role("button", name="Set the password and sign in").click()
    expect(page.get_by_role("heading", name="Queue", level=1)).to_be_visible()


def _write_the_article(page: Page, title: str, text: str) -> None:
    page.get_by_role("link", name="Knowledge").click()
    page.get_by_role("link", name="New article").or_(page.get_by_role("button", name="New article")).first.click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text", exact=True).fill(text)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published: the assistant answers with it")).to_be_visible()
