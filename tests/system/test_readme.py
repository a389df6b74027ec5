"""README is true: its commands are run in their order against a service, and print what stands below them."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.system.conftest import ROOT, Running, environment, start, stop

README = (ROOT / "README.md").read_text()
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ADDRESS = "http://127.0.0.1:8000"
CUT = "--- the next commands of README ---"

# What cannot be run within a test is looked up instead: make's targets exist, compose finds its file. An HTTP error
# fails a command, and what `make run` prints is what this service printed at its start.
PRELUDE = """
set -eu -o pipefail
curl() { command curl --fail-with-body --noproxy '*' --max-time 20 "$@"; }
make() { command make -C "$ROOT" --dry-run "$@" >make.txt; if [ "$1" = run ]; then cat banner.txt; fi; }
docker() { [ "$1" = compose ] && [ -f "$ROOT/compose.yaml" ] && [ -f "$ROOT/Dockerfile" ]; }
"""


@dataclass(frozen=True)
class Commands:
    """A block of commands, and the lines that README shows below it."""

    lines: str
    shown: str = ""


@dataclass(frozen=True)
class Ran:
    """What came of all blocks: the exit code of the shell, what each block printed, and what went wrong."""

    code: int
    printed: list[str]
    errors: str


def blocks() -> list[Commands]:
    """In their order. What is shown belongs to the commands before it in the same section."""
    return [block for section in re.split(r"^## ", README, flags=re.MULTILINE) for block in blocks_of(section)]


def blocks_of(section: str) -> list[Commands]:
    found: list[Commands] = []
    for language, content in FENCED.findall(section):
        if language == "sh":
            found.append(Commands(content))
        elif found:
            found[-1] = replace(found[-1], shown=found[-1].shown + content)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder that looks like the source tree to README's commands; what they write stays in it."""
    place = tmp_path_factory.mktemp("readme")
    (place / ".venv").symlink_to(sys.prefix)
    (place / "careline").symlink_to(ROOT / "careline")
    return place


@pytest.fixture(scope="module")
def running(folder: Path, taken_in: Path) -> Iterator[Running]:
    """`careline run`, as `make run` starts it, with the key that README lets the reader choose."""
    keys = re.search(r"CARELINE_IDENTITY_KEYS=([^'\s]+)", README)
    assert keys is not None
    records = shutil.copytree(taken_in, folder / "records")
    service = start(environment(records, CARELINE_IDENTITY_KEYS=keys[1]), "run", folder=folder)
    (folder / "banner.txt").write_text(f"Careline serves on {service.address}\n{rest_of_banner(service)}")
    yield service
    stop(service)


@pytest.fixture(scope="module")
def ran(folder: Path, running: Running) -> Ran:
    if shutil.which("curl") is None or shutil.which("bash") is None:
        pytest.skip("README's commands need curl and bash")
    script = PRELUDE + "".join(f"echo '{CUT}'\n{block.lines}" for block in blocks())
    path = f"{Path(sys.executable).parent}:{running.environment['PATH']}"
    (folder / "readme.sh").write_text(script.replace(ADDRESS, running.address))
    done = subprocess.run(
        ["bash", "readme.sh"],
        stdin=subprocess.DEVNULL,
        cwd=folder,
        env=running.environment | {"ROOT": str(ROOT), "PATH": path},
        capture_output=True,
        text=True,
        timeout=240,
    )
    return Ran(done.returncode, done.stdout.split(f"{CUT}\n")[1:], done.stderr)


def test_every_command_of_the_readme_runs(ran: Ran) -> None:
    last = blocks()[len(ran.printed) - 1]

    assert ran.code == 0, f"{ran.errors}\n{ran.printed[-1]}\nin\n{last.lines}"
    assert len(ran.printed) == len(blocks())


@pytest.mark.parametrize("number", [number for number, block in enumerate(blocks()) if block.shown])
def test_the_commands_print_what_the_readme_shows(number: int, ran: Ran, running: Running) -> None:
    shown = blocks()[number].shown.replace(ADDRESS, running.address)

    printed = ran.printed[number]

    assert re.search(pattern_of(shown), printed, re.DOTALL), printed


def test_no_commands_hide_in_a_block_that_is_not_run() -> None:
    others = [content for language, content in FENCED.findall(README) if language != "sh"]

    assert {language for language, _ in FENCED.findall(README)} == {"sh", "text"}
    assert [c for c in others if re.search(r"^\s*(\$ |curl |make |\./careline |docker |pip )", c, re.MULTILINE)] == []


def test_what_the_readme_names_is_there() -> None:
    named = re.findall(r"`((?:app|tests|docs|evals|prompts|migrations|training|bench|knowledge_base)/[^`]*)`", README)
    linked = re.findall(r"\]\((?!http)([^)#]+)\)", README)

    assert [name for name in (*named, *linked) if not (ROOT / name).exists()] == []


def test_every_part_of_the_service_stands_on_the_map() -> None:
    parts = [f"app/{path.name}/" for path in (ROOT / "app").iterdir() if (path / "__init__.py").exists()]

    assert [part for part in parts if f"`{part}" not in README] == []


def rest_of_banner(service: Running) -> str:
    lines: list[str] = []
    assert service.process.stdout is not None
    for line in service.process.stdout:
        lines.append(line)
        if "your own documents" in line:
            break
    return "".join(lines)


def pattern_of(shown: str) -> str:
    """The lines in their order, with others between them; `...` is anything within a line."""
    lines = [line.strip() for line in shown.splitlines() if line.strip()]
    return ".*?".join(re.escape(line).replace(re.escape("..."), "[^\n]*?") for line in lines)
