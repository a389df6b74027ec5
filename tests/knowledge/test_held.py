"""Passages are read once for a version of the knowledge base, and anew for the next."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.care.knowledge_records import IndexRow
from app.domain.knowledge import Audience, Passage, PassageRecord
from app.knowledge.held import HeldPassages


@dataclass
class Records:
    texts: dict[str, str]
    at_version: int = 1
    asked: list[Sequence[str]] = field(default_factory=list[Sequence[str]])

    async def version(self) -> int:
        return self.at_version

    async def load_index(self, embedder_id: str | None) -> Sequence[IndexRow]:
        return ()

    async def passages(self, ids: Sequence[str]) -> Sequence[PassageRecord]:
        self.asked.append(tuple(ids))
        return [_record(id, self.texts[id]) for id in ids if id in self.texts]


def _record(id: str, text: str) -> PassageRecord:
    passage = Passage(id=id, article_id="a", position=0, title_path=("A",), text=text, language="en")
    return PassageRecord(passage=passage, audience=Audience.PUBLIC)


async def _texts(held: HeldPassages, *ids: str) -> list[str]:
    return [record.passage.text for record in await held.passages(ids)]


async def test_what_was_read_is_not_read_again() -> None:
    records = Records({"p1": "one", "p2": "two"})
    held = HeldPassages(records)

    assert await _texts(held, "p1") == ["one"]
    assert await _texts(held, "p1", "p2") == ["one", "two"]
    assert records.asked == [("p1",), ("p2",)]


async def test_what_was_taken_out_is_not_given() -> None:
    records = Records({"p1": "one"})
    held = HeldPassages(records)
    await held.passages(["p1"])

    records.texts, records.at_version = {}, 2

    assert await _texts(held, "p1") == []


async def test_what_was_changed_is_read_anew() -> None:
    records = Records({"p1": "one"})
    held = HeldPassages(records)
    await held.passages(["p1"])

    records.texts, records.at_version = {"p1": "another"}, 2

    assert await _texts(held, "p1") == ["another"]


async def test_what_is_not_there_is_asked_for_once() -> None:
    records = Records({})
    held = HeldPassages(records)

    assert await _texts(held, "p1") == [] == await _texts(held, "p1")
    assert records.asked == [("p1",)]
