"""Questions about the customer's own order or account, and general ones that look like them: `--half a`."""

import asyncio
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from app.domain.replies import Outcome
from evals.trust.asked import company, last_end, rows_asked_for

REFUSED = {Outcome.NOT_KNOWN, Outcome.ASKED_BACK, Outcome.HANDED_OFF}


class AccountQuestion(BaseModel):
    id: str
    turns: list[str]
    expect: Literal["account", "general"]


@dataclass(frozen=True, kw_only=True)
class Met:
    question: AccountQuestion
    outcome: Outcome
    decision: object

    @property
    def as_general(self) -> bool:
        """An account question that was answered from articles."""
        return self.question.expect == "account" and self.outcome not in REFUSED

    @property
    def refused(self) -> bool:
        """A general question that was taken for an own matter, or not answered at all."""
        return self.question.expect == "general" and self.outcome in REFUSED

    @property
    def recognised(self) -> bool:
        return self.decision == "OwnMatter"


async def main() -> None:
    questions, verbose = rows_asked_for("account", AccountQuestion)
    async with company() as service:
        met = [await _met(service, question) for question in questions]
    account = [each for each in met if each.question.expect == "account"]
    general = [each for each in met if each.question.expect == "general"]
    for each in met:
        if verbose or each.as_general or each.refused or (each in general and each.recognised):
            print(each.question.id, each.question.expect, each.outcome, each.decision, each.question.turns)
    print(f"account answered as if general   {sum(e.as_general for e in account)} of {len(account)}")
    print(f"account recognised as such       {sum(e.recognised for e in account)} of {len(account)}")
    print(f"general taken for an own matter  {sum(e.recognised for e in general)} of {len(general)}")
    print(f"general wrongly refused          {sum(e.refused for e in general)} of {len(general)}")


async def _met(service, question: AccountQuestion) -> Met:
    end = await last_end(service, question.turns)
    return Met(question=question, outcome=end.outcome, decision=end.trace.get("decision"))


if __name__ == "__main__":
    asyncio.run(main())
