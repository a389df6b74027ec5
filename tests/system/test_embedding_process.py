"""The process that embeds in bulk says by its exit code how it went."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.embed_child import NO_MODEL
from tests.system.conftest import environment


@pytest.fixture
def child(migrated_file: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Without weights of a model; its input stays open, as that of a worker's child does."""
    shutil.copy(migrated_file, tmp_path / "careline.db")
    command = [sys.executable, "-m", "app.embed_child"]
    settings = environment(tmp_path, CARELINE_MODELS_DIR=str(tmp_path))
    with subprocess.Popen(command, env=settings, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        yield process
        process.kill()


def test_it_ends_by_itself_with_its_code(child: subprocess.Popen[bytes]) -> None:
    assert child.wait(60) == NO_MODEL
    assert child.stderr is not None
    assert child.stderr.read() == b""
