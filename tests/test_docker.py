"""The image without an engine: its files are enough to serve, its health check is right, secrets stay out."""

import json
import os
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

from app.serving import GRACE_SECONDS
from tests.system.conftest import ROOT, Running, environment, start, stop
from tests.test_settings_documented import settings

pytestmark = pytest.mark.processes

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.sqlite.yaml").read_text())["services"]["careline"]
LARGE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, Any] = LARGE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "careline"}
CADDYFILE = (ROOT / "deploy" / "Caddyfile").read_text()
OF_COMPOSE = {"CARELINE_DB_PASSWORD", "CARELINE_NETWORK", "CARELINE_SITE"}
STAGES = re.split(r"^FROM ", re.sub(r"\\\n\s*", "", DOCKERFILE), flags=re.MULTILINE)[1:]
LAST = STAGES[-1]
WIDE = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1"}


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


def test_the_larger_compose_file_runs_two_web_processes_two_workers_and_a_proxy_on_postgresql() -> None:
    commands = {name: " ".join(service["command"]) for name, service in OURS.items()}

    assert commands == {
        "migrate": "./careline migrate",
        "ingest": "./careline ingest knowledge_base",
        "web1": "./careline serve --no-worker",
        "web2": "./careline serve --no-worker",
        "worker": "./careline worker",
    }
    assert SERVICES["worker"]["deploy"]["replicas"] == 2
    assert re.fullmatch(r"postgres:\d+", SERVICES["postgres"]["image"])


@pytest.mark.parametrize("name", OURS)
def test_every_command_of_the_compose_file_is_one_that_the_command_line_knows(name: str) -> None:
    _, *words = OURS[name]["command"]
    options = [word for word in words if word.startswith("--")]

    command = [sys.executable, "-m", "app.cli", words[0], "--help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, env=WIDE)

    assert shown.returncode == 0, shown.stderr
    assert [option for option in options if option not in shown.stdout] == []


@pytest.mark.parametrize("name", OURS)
def test_every_variable_of_the_compose_file_is_a_setting(name: str) -> None:
    assert [variable for variable in OURS[name]["environment"] if variable not in settings()] == []


def test_every_variable_that_the_files_are_filled_in_with_is_described() -> None:
    whole = (ROOT / "compose.yaml").read_text() + CADDYFILE
    asked = set(re.findall(r"\{\$?([A-Z][A-Z_]+)", whole)) - {"CARELINE_WEB"}
    described = (ROOT / "docs" / "operating.md").read_text()

    assert asked == OF_COMPOSE
    assert [name for name in asked if f"`{name}`" not in described] == []


def test_the_password_of_the_database_has_no_default_and_stands_in_no_file() -> None:
    of_careline = OURS["web1"]["environment"]["CARELINE_DATABASE_URL"]
    of_postgres = SERVICES["postgres"]["environment"]["POSTGRES_PASSWORD"]

    assert all("${CARELINE_DB_PASSWORD:?" in place for place in (of_careline, of_postgres))


def test_only_the_proxy_is_published_and_only_to_its_own_machine() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert published == {"proxy": ["127.0.0.1:8000:8000"]}


def test_the_database_is_reached_by_careline_alone() -> None:
    assert LARGE["networks"]["records"]["internal"] is True
    assert SERVICES["postgres"]["networks"] == ["records"]
    assert SERVICES["proxy"]["networks"] == ["front"]


def test_addresses_are_believed_from_the_proxys_network_only() -> None:
    [config] = LARGE["networks"]["front"]["ipam"]["config"]

    assert {service["environment"]["CARELINE_TRUSTED_PROXIES"] for service in OURS.values()} == {config["subnet"]}


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_gives_up_what_it_does_not_need(name: str) -> None:
    service = SERVICES[name]

    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert service["read_only"] is True
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_processes_start_after_the_schema_and_have_longer_to_stop_than_their_turns() -> None:
    for name in ("web1", "web2", "worker"):
        after = {of: how["condition"] for of, how in SERVICES[name]["depends_on"].items()}

        assert after == {"migrate": "service_completed_successfully", "postgres": "service_healthy"}
        assert int(SERVICES[name]["stop_grace_period"].removesuffix("s")) > 2 * GRACE_SECONDS
        assert SERVICES[name]["restart"] == "unless-stopped"
    assert [SERVICES[name]["restart"] for name in ("migrate", "ingest")] == ["no", "no"]


def test_the_proxy_sends_to_every_web_process() -> None:
    [upstreams] = re.findall(r"reverse_proxy \{\$CARELINE_WEB:(.+?)\}", CADDYFILE)

    assert upstreams.split() == [f"{name}:{OURS[name]['environment']['CARELINE_PORT']}" for name in ("web1", "web2")]
    assert "./deploy/Caddyfile:/etc/caddy/Caddyfile:ro" in SERVICES["proxy"]["volumes"]


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
