"""The image without an engine: its files are enough to serve, its health check is right, secrets stay out."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.system.conftest import ROOT, Running, environment, start, stop

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["careline"]
STAGES = re.split(r"^FROM ", re.sub(r"\\\n\s*", "", DOCKERFILE), flags=re.MULTILINE)[1:]
LAST = STAGES[-1]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the image holds, but for the environment and the weights."""
    folder = tmp_path_factory.mktemp("image")
    for stage in STAGES:
        for sources, target in copied(stage):
            for source in sources:
                copy(ROOT / source, folder / target / (source if target == "./" else ""))
    return folder


@pytest.fixture(scope="module")
def served(image: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The image's own command, with the image's own settings but for the address and the volume."""
    assert command("CMD")[:3] == ["python", "-m", "app.cli"]
    own = {"PYTHONPATH": str(image), "CARELINE_EMBEDDER": "none", "CARELINE_HOST": "127.0.0.1"}
    running = start(environment(tmp_path_factory.mktemp("volume"), **own), command("CMD")[3], folder=image)
    yield running
    stop(running)


def test_the_files_of_the_image_are_enough_to_take_in_the_articles_and_answer(served: Running) -> None:
    with served.client() as customer:
        reply = customer.post("/v1/chat", json={"text": "How do I descale the Pour 4?"})

        assert reply.json()["outcome"] == "answered"


def test_the_health_check_passes_while_the_service_is_ready_and_fails_when_nothing_answers(served: Running) -> None:
    port = served.address.rpartition(":")[2]

    assert healthy(port) == 0
    assert healthy("1") != 0


def test_the_image_is_made_of_slim_stages_and_does_not_run_as_root() -> None:
    users = re.findall(r"^USER (\S+)", LAST, re.MULTILINE)
    bases = [stage.split()[0] for stage in STAGES]

    assert users == ["10001:10001"]
    assert "groupadd --system --gid 10001 careline" in LAST
    assert "useradd --system --uid 10001 --gid careline" in LAST
    assert bases == ["python:3.12-slim"] * 2
    assert "requirements-dev" not in DOCKERFILE


def test_records_stay_in_a_volume_that_the_user_owns() -> None:
    [volume] = re.findall(r"^VOLUME (\S+)", LAST, re.MULTILINE)

    assert f"CARELINE_DATA_DIR={volume}" in LAST
    assert f"install --directory --owner careline --group careline {volume}" in LAST
    assert [mount.rpartition(":")[2] for mount in COMPOSE["volumes"]] == [volume]
    assert COMPOSE["environment"]["CARELINE_DATA_DIR"] == volume


def test_the_service_listens_to_the_outside_of_its_container_and_compose_only_to_its_own_machine() -> None:
    port = COMPOSE["environment"]["CARELINE_PORT"]

    assert "CARELINE_HOST=0.0.0.0" in LAST
    assert f"EXPOSE {port}" in LAST
    assert COMPOSE["ports"] == [f"127.0.0.1:{port}:{port}"]


def test_the_weights_are_fetched_with_the_pip_that_stays_in_the_image() -> None:
    assert "app.cli models pull" in STAGES[0]
    assert (["/careline/models"], "models") in copied(LAST, from_stage=True)
    assert (["/careline/.venv"], ".venv") in copied(LAST, from_stage=True)
    assert "pip uninstall" not in DOCKERFILE
    assert "--without-pip" not in DOCKERFILE


@pytest.mark.parametrize("name", ["data/careline.db", "models", ".venv", ".git", ".env", "tests", "bench", "app/x.pyc"])
def test_what_the_image_does_not_need_never_reaches_the_engine(name: str) -> None:
    assert left_out(name)


def test_what_the_image_is_made_of_is_there_and_reaches_the_engine() -> None:
    sources = [source for stage in STAGES for sources, _ in copied(stage) for source in sources]

    assert [source for source in sources if left_out(source) or not (ROOT / source).exists()] == []


def copied(stage: str, *, from_stage: bool = False) -> list[tuple[list[str], str]]:
    """(sources, target) of each COPY, from the source tree or from another stage."""
    lines = re.findall(r"^COPY (--from=\S+ )?(.+)$", stage, re.MULTILINE)
    paths = [words.split() for other, words in lines if bool(other) is from_stage]
    return [(words[:-1], words[-1]) for words in paths]


def copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


def command(instruction: str) -> list[str]:
    [words] = re.findall(rf"^{instruction}.*?(\[.*\])$", LAST, re.MULTILINE)
    return json.loads(words)


def healthy(port: str) -> int:
    """The exit code of the image's health check."""
    check = [sys.executable, *command("HEALTHCHECK")[1:]]
    return subprocess.run(check, env={"CARELINE_PORT": port}, capture_output=True, timeout=10).returncode


def left_out(name: str) -> bool:
    """Whether .dockerignore keeps a file from the engine: the last line that matches it or a folder above decides."""
    out = False
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        pattern = line.strip().lstrip("!")
        if pattern and not pattern.startswith("#") and matches(name, pattern):
            out = not line.startswith("!")
    return out


def matches(name: str, pattern: str) -> bool:
    parts = name.split("/")
    if pattern.startswith("**/"):
        return any(fnmatch(part, pattern.removeprefix("**/")) for part in parts)
    return fnmatch(parts[0], pattern)
