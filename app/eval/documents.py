"""Measures of search: questions to a manual, an FAQ, policies, evidence about one product, turns of a memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from pydantic import BaseModel

from app.domain.knowledge import Article
from app.eval.figures import hit, mean, ndcg, recall, reciprocal_rank
from app.eval.looking_up import lookup_over, ranked
from app.eval.parts import EvalParts, Measure, Measured, Value, rows_of

DEPTH = 10


class Document(BaseModel):
    """A row of a corpus."""

    doc_id: str
    title: str = ""
    text: str

    def article(self) -> Article:
        return Article(id=self.doc_id, title=self.title, text=self.text)


class Question(BaseModel):
    """A question with the ids of the documents that answer it."""

    qid: str
    query: str
    relevant: list[str]


class Scenario(BaseModel):
    """What a customer wants; `opening` is their first message, if it is known."""

    qid: str
    opening: str | None
    scenario: str
    relevant: list[str]


class Candidate(BaseModel):
    id: str
    text: str
    label: int


class ProductQuestion(BaseModel):
    """A question to be answered from a few candidates: label 2 answers, 1 helps, 0 does not."""

    qid: str
    query: str
    candidates: list[Candidate]


class MemoryQuestion(BaseModel):
    qid: str
    question: str
    evidence: list[str]


class SaidTurn(BaseModel):
    dia_id: str
    speaker: str
    text: str


@dataclass(kw_only=True)
class Rankings:
    """Rankings beside what should have been found."""

    ranked: list[list[str]] = field(default_factory=list[list[str]])
    relevant: list[Collection[str]] = field(default_factory=list[Collection[str]])
    predictions: list[Mapping[str, Value]] = field(default_factory=list[Mapping[str, Value]])

    def add(self, key: Mapping[str, Value], ids: list[str], relevant: Collection[str]) -> None:
        """A question without relevant documents is predicted and not scored."""
        self.predictions.append({**key, "ranked": ids})
        if relevant:
            self.ranked.append(ids)
            self.relevant.append(relevant)

    def recall(self, depth: int = DEPTH) -> float:
        return mean([recall(ids, relevant, depth) for ids, relevant in self._pairs()])

    def ndcg(self, depth: int = DEPTH) -> float:
        return mean([ndcg(ids, dict.fromkeys(relevant, 1.0), depth) for ids, relevant in self._pairs()])

    def hit(self) -> float:
        return mean([hit(ids, relevant) for ids, relevant in self._pairs()])

    def reciprocal_rank(self, depth: int = DEPTH) -> float:
        return mean([reciprocal_rank(ids[:depth], relevant) for ids, relevant in self._pairs()])

    def _pairs(self) -> Sequence[tuple[list[str], Collection[str]]]:
        return list(zip(self.ranked, self.relevant, strict=True))


def documents_in(path: Path) -> list[Article]:
    return [row.article() for row in rows_of(path, Document)]


async def measure_questions(file: Path, corpus: Path, parts: EvalParts) -> Measured:
    articles = documents_in(corpus)
    lookup = await lookup_over(articles, parts)
    rankings = Rankings()
    for question in rows_of(file, Question):
        found = ranked(await lookup.found(question.query), (article.id for article in articles))
        rankings.add({"qid": question.qid}, found, question.relevant)
    await lookup.close()
    floors = QUESTION_FLOORS.get(file.stem, {})
    figures = {
        "hit@1": rankings.hit(),
        "MRR@10": rankings.reciprocal_rank(),
        "R@10": rankings.recall(),
        "nDCG@10": rankings.ndcg(),
    }
    measures = [
        Measure(file=file.stem, name=name, count=len(rankings.ranked), figure=figure, floor=floors.get(name))
        for name, figure in figures.items()
    ]
    return Measured(measures=measures, predictions=rankings.predictions)


async def measure_scenarios(file: Path, corpus: Path, parts: EvalParts) -> Measured:
    """From the customer's first message where there is one, and from the whole scenario."""
    articles = documents_in(corpus)
    lookup = await lookup_over(articles, parts)
    openings, scenarios = Rankings(), Rankings()
    for row in rows_of(file, Scenario):
        ids = [article.id for article in articles]
        if row.opening:
            openings.add({"qid": row.qid}, ranked(await lookup.found(row.opening), ids), row.relevant)
        scenarios.add({"qid": f"{row.qid}#scenario"}, ranked(await lookup.found(row.scenario), ids), row.relevant)
    await lookup.close()
    measures = [
        _recall_of(file.stem, "R@10 opening", openings, 0.206),
        _recall_of(file.stem, "R@10 scenario", scenarios, 0.248),
    ]
    return Measured(measures=measures, predictions=[*openings.predictions, *scenarios.predictions])


async def measure_candidates(file: Path, parts: EvalParts) -> Measured:
    """MRR regards the candidates with the row's highest label, nDCG all labels; rows without any are left out."""
    rankings = Rankings()
    gained: list[float] = []
    for row in rows_of(file, ProductQuestion):
        lookup = await lookup_over((Article(id=c.id, title="", text=c.text) for c in row.candidates), parts)
        ids = ranked(await lookup.found(row.query), (candidate.id for candidate in row.candidates))
        await lookup.close()
        best = max(candidate.label for candidate in row.candidates)
        rankings.add({"qid": row.qid}, ids, [c.id for c in row.candidates if best and c.label == best])
        if best:
            gained.append(ndcg(ids, {c.id: float(c.label) for c in row.candidates}, DEPTH))
    count = len(gained)
    measures = [
        Measure(
            file=file.stem,
            name="MRR",
            count=count,
            figure=rankings.reciprocal_rank(),
            floor=CANDIDATE_FLOORS.get(file.stem),
        ),
        Measure(file=file.stem, name="nDCG", count=count, figure=mean(gained)),
    ]
    return Measured(measures=measures, predictions=rankings.predictions)


async def measure_memory(file: Path, corpus: Path, parts: EvalParts) -> Measured:
    """Each turn is looked up together with the one before it."""
    turns = rows_of(corpus, SaidTurn)
    lookup = await lookup_over(_remembered(turns), parts)
    rankings = Rankings()
    for row in rows_of(file, MemoryQuestion):
        ids = ranked(await lookup.found(row.question), (turn.dia_id for turn in turns))
        rankings.add({"qid": row.qid}, ids, row.evidence)
    await lookup.close()
    return Measured(measures=[_recall_of(file.stem, "R@10", rankings, 0.590)], predictions=rankings.predictions)


def _remembered(turns: Sequence[SaidTurn]) -> list[Article]:
    said = [f"{turn.speaker}: {turn.text}" for turn in turns]
    joined = [said[0], *(f"{before}\n{now}" for before, now in pairwise(said))]
    return [Article(id=turn.dia_id, title="", text=text) for turn, text in zip(turns, joined, strict=True)]


def _recall_of(file: str, name: str, rankings: Rankings, floor: float) -> Measure:
    return Measure(file=file, name=name, count=len(rankings.ranked), figure=rankings.recall(), floor=floor)


QUESTION_FLOORS: Mapping[str, Mapping[str, float]] = {
    "emanual_tv": {"hit@1": 0.667, "MRR@10": 0.770, "R@10": 0.943, "nDCG@10": 0.813},
    "stackfaq": {"hit@1": 0.703, "nDCG@10": 0.703},
}
"""BM25 over whole documents, the title counted twice."""

CANDIDATE_FLOORS: Mapping[str, float] = {"epqa": 0.742, "hetpqa": 0.727}
