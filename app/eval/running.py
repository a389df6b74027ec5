"""Runs whichever measures a folder holds files for, shows the figures, and writes the predictions."""

import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from app.eval.conversations import measure_answerability, measure_conversations
from app.eval.documents import measure_candidates, measure_memory, measure_questions, measure_scenarios
from app.eval.feelings import measure_comments, measure_replays, measure_tweets
from app.eval.intents import Message, measure_scope, measure_wishes
from app.eval.parts import EvalParts, Measure, Measured, Value, rows_of, write_predictions

SCOPE_FLOORS = {"clinc150": 0.656, "banking77_oos": 0.824, "hint3_curekart_test": 0.70}


async def evaluate(
    folder: Path,
    parts: EvalParts,
    predictions: Path | None = None,
    progress: Callable[[str], None] = lambda _file: None,
) -> list[Measure]:
    """`folder` holds dev/, corpus/ and perhaps train/. Predictions are written as `<file>.jsonl`, a row a question."""
    measures: list[Measure] = []
    async for file, measured in _measured(folder, parts, progress):
        measures += measured.measures
        if predictions is not None and measured.predictions:
            write_predictions(predictions, file, measured.predictions)
    return measures


async def _measured(
    folder: Path, parts: EvalParts, progress: Callable[[str], None]
) -> AsyncIterator[tuple[str, Measured]]:
    for file in sorted((folder / "dev").glob("*.jsonl")):
        progress(file.stem)
        measured = await _measure_search(file, folder / "corpus", parts) or await _measure_reading(file, folder, parts)
        if measured is not None:
            yield file.stem, measured


async def _measure_search(file: Path, corpora: Path, parts: EvalParts) -> Measured | None:
    """None for a file that is not about search, or whose corpus is missing."""
    name, corpus = file.stem, corpora / file.name
    if name.startswith(("epqa", "hetpqa", "semipqa")):
        return await measure_candidates(file, parts)
    if name.startswith("answerability_") and (base := file.with_name(f"{name}_kb.jsonl")).exists():
        return await measure_answerability(file, base, parts)
    if not corpus.exists():
        return None
    if name.startswith("locomo_"):
        return await measure_memory(file, corpus, parts)
    if name.startswith("mtragun"):
        return await measure_conversations(file, corpus, parts)
    if name.startswith("tau2_"):
        return await measure_scenarios(file, corpus, parts)
    return await measure_questions(file, corpus, parts)


async def _measure_reading(file: Path, folder: Path, parts: EvalParts) -> Measured | None:
    name = file.stem
    if name == "airline":
        return measure_tweets(file, parts)
    if name == "goemotions":
        return measure_comments(file, parts)
    if name == "handoff_sessions":
        return measure_replays(file, parts)
    if name.startswith("hint3_") and name.endswith("_test"):
        sentences = [row.text for row in rows_of(file.with_name(name.removesuffix("_test") + "_train.jsonl"), Message)]
        scope = await measure_scope(file, sentences, parts, SCOPE_FLOORS.get(name))
        return _both(scope, measure_wishes(file, parts))
    trained = folder / "train" / name / "seq.in"
    if trained.exists():
        return await measure_scope(
            file, trained.read_text(encoding="utf-8").splitlines(), parts, SCOPE_FLOORS.get(name)
        )
    return None


def _both(scope: Measured, wishes: Measured) -> Measured:
    """Predictions of the same questions in one row."""
    if not wishes.predictions:
        return scope
    rows: list[Mapping[str, Value]] = [
        {**one, **other} for one, other in zip(scope.predictions, wishes.predictions, strict=True)
    ]
    return Measured(measures=[*scope.measures, *wishes.measures], predictions=rows)


def show_measures(measures: Sequence[Measure]) -> None:
    """A table on standard output."""
    from rich.console import Console
    from rich.table import Table

    table = Table("file", "measure", "n", "figure", "floor", "")
    for each in measures:
        floor = "" if each.floor is None else f"{each.floor:.3f}"
        mark = "" if each.floor is None else "holds" if each.holds else "BELOW"
        table.add_row(each.file, each.name, str(each.count), f"{each.figure:.3f}", floor, mark)
    Console().print(table)


def json_of(measures: Sequence[Measure]) -> str:
    rows: list[Mapping[str, object]] = [{**asdict(each), "holds": each.holds} for each in measures]
    return json.dumps(rows, indent=1)
