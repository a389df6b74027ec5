"""Does it know? The curve by which a threshold is chosen, as a table: `python -m evals.trust.knowing DATA`."""

import asyncio
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.config import Settings
from app.eval.conversations import (
    CURVE,
    SURE,
    answered_at,
    measure_answerability,
    measure_conversations,
    precision_at,
)
from app.eval.kept_vectors import KeptVectors
from app.eval.parts import EvalParts, Measured
from app.language.other_words import other_words
from app.language.terms import terms
from app.wiring import Service, open_service

Figures = Mapping[str, float]


async def measured(data: Path, service: Service) -> dict[str, Figures]:
    """The figures of each file that DATA holds, by their names."""
    kept = KeptVectors(service.embedder, service.settings.data_dir / "eval") if service.embedder else None
    parts = EvalParts(terms=terms, embedder=kept, assessor=None, other_words=other_words)
    dev = data / "dev"
    figures: dict[str, Figures] = {}
    for file in sorted(dev.glob("answerability_*.jsonl")):
        if (base := file.with_name(f"{file.stem}_kb.jsonl")).exists():
            figures[file.stem] = _by_name(await measure_answerability(file, base, parts))
    for file in sorted(dev.glob("mtragun*.jsonl")):
        figures[file.stem] = _by_name(await measure_conversations(file, data / "corpus" / file.name, parts))
    if kept is not None:
        kept.save()
    return figures


def table(figures: Mapping[str, Figures]) -> str:
    """A row for each threshold: precision, and the share of the answerable questions that are answered."""
    heads = ["answered from", *(f"{file}: {what}" for file in figures for what in ("precision", "answered"))]
    rows = [[f"{threshold:.2f}", *_at(threshold, figures.values())] for threshold in CURVE]
    lines = [f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *rows)]
    return "\n".join([*lines, "", *(_summed_up(file, each) for file, each in figures.items())])


def _at(threshold: float, files: Iterable[Figures]) -> list[str]:
    names = (precision_at(threshold), answered_at(threshold))
    return [f"{figures[name]:.0%}" for figures in files for name in names]


def _summed_up(file: str, figures: Figures) -> str:
    sure = f"answered at {SURE:.0%} precision"
    return f"{file}: AUROC {figures['answerable AUROC']:.3f}, {sure} {figures[sure]:.3f}"


def _by_name(result: Measured) -> Figures:
    return {measure.name: measure.figure for measure in result.measures}


async def main(data: Path) -> None:
    service = await open_service(Settings())
    sys.stdout.write(table(await measured(data, service)) + "\n")
    await service.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
