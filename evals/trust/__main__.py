"""python -m evals.trust [--manual emanual_tv.jsonl]: what the service shows of lies, and of true paraphrases.

One table by kind for the generated cases, one for the written half. Exit code 1 where a floor is broken."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evals.trust.cases import KNOWLEDGE_BASE, MANUAL, Lie, Paraphrase, written_lies, written_paraphrases
from evals.trust.generating import NAMES_OF_KNOWLEDGE_BASE, NAMES_OF_MANUAL, lies_of, paraphrases_of
from evals.trust.material import Material, of_knowledge_base, of_manual
from evals.trust.tables import Results, broken_floors, print_failures, print_tables
from evals.trust.telling import telling

KNOWLEDGE = Path(__file__).parents[2] / "knowledge_base"
LIES = {KNOWLEDGE_BASE: 600, MANUAL: 400}
PARAPHRASES = {KNOWLEDGE_BASE: 300, MANUAL: 200}


@dataclass(kw_only=True)
class Cases:
    """What is told over one source."""

    material: Material
    path: Path
    lies: Sequence[Lie] = ()
    paraphrases: Sequence[Paraphrase] = ()
    results: Results = field(default_factory=Results)


async def tell(cases: Cases, embedder: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        async with telling(cases.material, cases.path, Path(scratch), embedder) as teller:
            for lie in cases.lies:
                cases.results.lies.append(await teller.tell_lie(lie))
            for paraphrase in cases.paraphrases:
                cases.results.paraphrases.append(await teller.tell_paraphrase(paraphrase))


def generated(material: Material, path: Path, seed: int) -> Cases:
    lies = lies_of(material, seed, LIES[material.source])
    return Cases(
        material=material,
        path=path,
        lies=lies,
        paraphrases=paraphrases_of(material, seed, PARAPHRASES[material.source]),
    )


def main() -> int:
    asked = _arguments()
    articles = of_knowledge_base(KNOWLEDGE, NAMES_OF_KNOWLEDGE_BASE)
    sets = {"generated": [generated(articles, KNOWLEDGE, asked.seed)]}
    if asked.manual:
        sets["generated"].append(generated(of_manual(asked.manual, NAMES_OF_MANUAL), asked.manual, asked.seed))
    if asked.half:
        lies, paraphrases = written_lies(asked.half), written_paraphrases(asked.half)
        whole = of_knowledge_base(KNOWLEDGE, NAMES_OF_KNOWLEDGE_BASE, with_notices=True)
        sets[f"written, half {asked.half}"] = [
            Cases(material=whole, path=KNOWLEDGE, lies=lies, paraphrases=paraphrases)
        ]
    broken: list[str] = []
    for name, all_cases in sets.items():
        for cases in all_cases:
            asyncio.run(tell(cases, asked.embedder))
        results = Results.of([cases.results for cases in all_cases])
        print_tables(name, results)
        print_failures(results, asked.show)
        broken += [f"{name}: {floor}" for floor in broken_floors(results)]
    sys.stderr.writelines(f"BELOW its floor: {floor}\n" for floor in broken)
    return 1 if broken else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="evals.trust", description=__doc__)
    parser.add_argument("--manual", type=Path, help="emanual_tv.jsonl; without it only the knowledge base")
    parser.add_argument("--half", choices=("a", "b", "c", "d"), help="the written half as well")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="so many failures of each kind in full")
    parser.add_argument("--embedder", choices=("none", "local"), default="none", help="local takes longer")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
