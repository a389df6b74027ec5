"""Several questions in one message: each answered, or named as open; none silently dropped: `--half a`."""

import asyncio
import re

from pydantic import BaseModel

from app.domain.replies import Outcome
from app.language.terms import terms
from evals.trust.asked import company, last_end, plain, rows_asked_for


class LabelledPart(BaseModel):
    """`relevant` is empty where no article answers, or the part is about the customer's own records."""

    question: str
    relevant: list[str]
    says: str


class Several(BaseModel):
    id: str
    text: str
    parts: list[LabelledPart]


class Counts(BaseModel):
    answerable: int = 0
    says: int = 0
    from_right_article: int = 0
    answerable_named_open: int = 0
    answerable_dropped: int = 0
    open: int = 0
    open_named: int = 0
    open_unnamed: int = 0


async def main() -> None:
    questions, verbose = rows_asked_for("parts", Several)
    counts = Counts()
    async with company() as service:
        for question in questions:
            end = await last_end(service, [question.text])
            named = re.findall('"([^"]+)"', end.reply or "")
            none = end.outcome is not Outcome.ANSWERED
            cited = {citation.article_id for citation in end.citations}
            fates = [_fate(p, plain(end.reply or ""), cited, _is_named(p, named), none) for p in question.parts]
            for fate in fates:
                _count(counts, fate)
            if verbose:
                print(question.id, question.text, "\n  ", end.trace.get("parts"), named, "\n  ", fates)
                print("   ", end.outcome, (end.reply or "").replace("\n", " / ")[-700:])
    _print(counts)


def _is_named(part: LabelledPart, named: list[str]) -> bool:
    """Whether words of the part are quoted as open."""
    return not set(terms(part.question)).isdisjoint(term for words in named for term in terms(words))


def _fate(part: LabelledPart, reply: str, cited: set[str], named: bool, none: bool) -> str:
    """What became of a part: it is dropped where it was neither answered nor named as open."""
    if not part.relevant:
        return "open, named" if named or none else "open, not named"
    if plain(part.says) in reply:
        return "says"
    if cited & set(part.relevant):
        return "right article"
    return "named open" if named or none else "dropped"


def _count(counts: Counts, fate: str) -> None:
    if fate.startswith("open,"):
        counts.open += 1
        counts.open_named += fate == "open, named"
        counts.open_unnamed += fate == "open, not named"
        return
    counts.answerable += 1
    counts.says += fate == "says"
    counts.from_right_article += fate in ("says", "right article")
    counts.answerable_named_open += fate == "named open"
    counts.answerable_dropped += fate == "dropped"


def _print(counts: Counts) -> None:
    print(f"answerable parts, reply holds the fact  {counts.says} of {counts.answerable}")
    print(f"answerable parts, fact or right article {counts.from_right_article} of {counts.answerable}")
    print(f"answerable parts named as open          {counts.answerable_named_open} of {counts.answerable}")
    print(f"answerable parts silently dropped       {counts.answerable_dropped} of {counts.answerable}")
    print(f"open parts named                        {counts.open_named} of {counts.open}")
    print(f"open parts answered as if known         {counts.open_unnamed} of {counts.open}")


if __name__ == "__main__":
    asyncio.run(main())
