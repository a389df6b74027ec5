"""Follow-ups, corrections, references and changes of subject, answered behind the messages before: `--half a`."""

import asyncio
from collections import defaultdict

from pydantic import BaseModel

from app.care.records import TurnEnd
from evals.trust.asked import company, last_end, plain, rows_asked_for


class FollowUp(BaseModel):
    id: str
    turns: list[str]
    kind: str
    relevant: list[str]
    says: str


async def main() -> None:
    questions, verbose = rows_asked_for("follow", FollowUp)
    by_kind: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    async with company() as service:
        for question in questions:
            end = await last_end(service, question.turns)
            met = _met(question, end)
            by_kind[question.kind].append(met)
            if verbose:
                print(question.id, question.kind, *met, end.outcome, question.turns)
                print("    asked:", end.trace.get("parts"))
                print("   ", [citation.article_id for citation in end.citations], f"wanted: {question.says}")
                print("   ", (end.reply or "").replace("\n", " / ")[:300])
    for kind, all_met in [*sorted(by_kind.items()), ("all", [met for each in by_kind.values() for met in each])]:
        right, says = sum(met[0] for met in all_met), sum(met[1] for met in all_met)
        print(f"{kind:18} right article first {right:2} of {len(all_met):2}, says {says:2} of {len(all_met):2}")


def _met(question: FollowUp, end: TurnEnd) -> tuple[bool, bool]:
    first = end.citations[0].article_id if end.citations else ""
    return first in question.relevant, plain(question.says) in plain(end.reply or "")


if __name__ == "__main__":
    asyncio.run(main())
