"""careline restore: what cannot be restored is told in one line, and nothing is begun."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a backup", b"x" * 100_000])
def test_a_file_that_is_no_backup_is_refused_with_one_line(
    content: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CARELINE_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "backup.zip").write_bytes(content)

    done = CliRunner().invoke(app, ["restore", str(tmp_path / "backup.zip")])

    assert done.exit_code == 1
    assert done.stderr.startswith("Nothing was restored. backup.zip is not a backup")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "data" / "careline.db").exists()
