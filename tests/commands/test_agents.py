"""careline agents: invited by a link, with a key, reset, and disabled but for the last administrator."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from app.cli import app

ROBIN = ("--name", "Robin", "--email", "Robin@company.example")


@pytest.fixture(autouse=True)
def records(monkeypatch: pytest.MonkeyPatch, migrated_file: Path, tmp_path: Path) -> None:
    shutil.copy(migrated_file, tmp_path / "careline.db")
    monkeypatch.setenv("CARELINE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CARELINE_PORT", "8123")


def agents(*words: str) -> Result:
    return CliRunner().invoke(app, ["agents", *words])


def test_an_agent_is_invited_by_a_link_which_a_reset_replaces() -> None:
    invited = agents("invite", *ROBIN, "--role", "supervisor")
    again = agents("invite", *ROBIN)
    reset = agents("reset", "ROBIN@company.example")

    links = [re.search(r"http://127\.0\.0\.1:8123/console#invite=inv_\S+", each.output) for each in (invited, reset)]
    assert all(links)
    assert len({link[0] for link in links if link}) == 2
    assert "Robin <robin@company.example>, supervisor" in invited.output
    assert (again.exit_code, "agents reset" in again.output) == (1, True)
    assert agents("reset", "nobody@company.example").exit_code == 1


def test_the_last_administrator_is_not_disabled() -> None:
    agents("add", *ROBIN, "--role", "administrator")

    refused = agents("disable", "robin@company.example")
    agents("add", "--name", "Sam", "--email", "sam@company.example", "--role", "administrator")
    disabled = agents("disable", "Robin@company.example")

    assert (refused.exit_code, "last administrator" in refused.output) == (1, True)
    assert disabled.exit_code == 0
    assert "Robin" not in agents("list").output
    assert agents("disable", "robin@company.example").exit_code == 1


@pytest.mark.parametrize("command", ["invite", "add"])
@pytest.mark.parametrize(
    "words", [("--name", " ", "--email", "kim@company.example"), ("--name", "Kim", "--email", "kim")]
)
def test_an_agent_without_a_name_or_an_address_is_not_made(command: str, words: tuple[str, ...]) -> None:
    refused = agents(command, *words)

    assert (refused.exit_code, bool(refused.output.strip()), "Traceback" in refused.output) == (1, True, False)
    assert agents("list").output == ""
