"""careline endpoints: a receiver is added with its secret told once, listed without it, and disabled."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from app.cli import app

ADDRESS = "https://shop.example/careline"


@pytest.fixture(autouse=True)
def records(monkeypatch: pytest.MonkeyPatch, migrated_file: Path, tmp_path: Path) -> None:
    shutil.copy(migrated_file, tmp_path / "careline.db")
    monkeypatch.setenv("CARELINE_DATA_DIR", str(tmp_path))


def endpoints(*words: str) -> Result:
    return CliRunner().invoke(app, ["endpoints", *words])


def test_a_receiver_is_added_and_its_secret_is_told_once() -> None:
    added = endpoints("add", "--name", "shop", "--address", ADDRESS, "--event", "message.sent")
    listed = endpoints("list")

    secret = re.search(r"whsec_\S+", added.output)
    assert secret is not None
    assert secret[0] not in listed.output
    assert all(word in listed.output for word in ("shop", ADDRESS, "message.sent", "when unknown: repeat"))


def test_a_channel_is_told_where_its_messages_come_in() -> None:
    added = endpoints("add", "--name", "sms", "--address", ADDRESS, "--kind", "channel")

    assert re.search(r"/v1/channels/chn_\w+/messages", added.output)
    assert "when unknown: show" in endpoints("list").output


def test_a_disabled_receiver_is_listed_as_such() -> None:
    added = endpoints("add", "--name", "shop", "--address", ADDRESS)
    [endpoint_id] = re.findall(r"end_\w+", added.output)

    disabled = endpoints("disable", endpoint_id)

    assert disabled.exit_code == 0
    assert "disabled" in endpoints("list").output
    assert endpoints("disable", endpoint_id).exit_code == 1


@pytest.mark.parametrize(
    "words",
    [
        ("--name", "inside", "--address", "http://127.0.0.1/"),
        ("--name", "shop", "--address", ADDRESS, "--event", "message.lost"),
        ("--name", "shop", "--address", ADDRESS, "--event", "message.sent", "--kind", "channel"),
        ("--name", " ", "--address", ADDRESS),
    ],
)
def test_a_receiver_that_cannot_be_is_told_why(words: tuple[str, ...]) -> None:
    refused = endpoints("add", *words)

    assert (refused.exit_code, bool(refused.output.strip()), "Traceback" in refused.output) == (1, True, False)
    assert endpoints("list").output == ""


def test_a_name_is_taken_once() -> None:
    endpoints("add", "--name", "shop", "--address", ADDRESS)

    assert endpoints("add", "--name", "shop", "--address", ADDRESS).exit_code == 1
