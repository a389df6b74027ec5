"""What `careline eval` does: measures with the service's own parts, prints the figures, keeps vectors for next time."""

import sys
from pathlib import Path

from app.care.lookup import Embedder
from app.domain.decisions import EscalationPolicy
from app.eval.company import FILE, measure_company
from app.eval.kept_vectors import KeptVectors
from app.eval.parts import EvalParts, Measure
from app.eval.running import evaluate, json_of, show_measures
from app.wiring import Service


async def evaluate_and_print(
    folder: Path, service: Service, *, as_json: bool = False, predictions: Path | None = None
) -> list[Measure]:
    """A folder of a company's questions, or of labelled files. Vectors of these are kept in the data folder, so that
    a second run takes a minute or two."""
    if (folder / FILE).exists():
        measures = await measure_company(folder, service)
        _show(measures, json_wanted=as_json)
        return measures
    kept = _kept(service.embedder, service.settings.data_dir / "eval")
    measures = await evaluate(folder, _parts(service, kept), predictions, progress=_say)
    if kept is not None:
        kept.save()
    _show(measures, json_wanted=as_json)
    return measures


def _kept(embedder: Embedder | None, folder: Path) -> KeptVectors | None:
    return None if embedder is None else KeptVectors(embedder, folder)


def _parts(service: Service, embedder: Embedder | None) -> EvalParts:
    from app.language.other_words import other_words
    from app.language.terms import terms

    policy = EscalationPolicy(answerable_at=service.settings.answerable_at)
    return EvalParts(terms=terms, embedder=embedder, assessor=service.assessor, other_words=other_words, policy=policy)


def _show(measures: list[Measure], json_wanted: bool) -> None:
    if json_wanted:
        sys.stdout.write(json_of(measures) + "\n")
    else:
        show_measures(measures)


def _say(file: str) -> None:
    sys.stderr.write(f"measuring {file}\n")
