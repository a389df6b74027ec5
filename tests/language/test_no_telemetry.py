"""Nothing of what runs here reports home."""

import os
import subprocess
import sys
from pathlib import Path

from app.language.model_store import ModelFiles

ROOT = Path(__file__).parents[2]
EMBED = """
import sys
from pathlib import Path
from app.language.embeddings import MiniLm
from app.language.model_store import ModelFiles
MiniLm(ModelFiles(weights=Path(sys.argv[1]), tokenizer=Path(sys.argv[2]))).embed(["How do I reset my password?"])
"""


def test_embedding_leaves_no_device_id_and_no_events_to_be_sent(minilm_files: ModelFiles, tmp_path: Path):
    told = {name: value for name, value in os.environ.items() if not name.startswith(("ORT_", "XDG_"))}
    files = [str(minilm_files.weights.absolute()), str(minilm_files.tokenizer.absolute())]

    environment = told | {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", EMBED, *files], env=environment, check=True, timeout=60)

    assert list(tmp_path.rglob("*")) == []
