"""How the weights of app/knowledge/answerable.py were tuned: `python -m training.answerable DATA MODEL`, a few minutes.

DATA holds dev/ and corpus/ (sets for measuring: nothing of them ships but a few round numbers), MODEL the files of
all-MiniLM-L6-v2. Each set is a knowledge base with something taken out. Every set has a bias of its own, so that only
what tells questions of the same set apart counts. Printed are the AUROC of questions whose fold was left out, the
weights fitted to all, and the AUROC with the weights in use."""

import asyncio
import sys
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from app.care.knowledge_records import CutArticle
from app.care.lookup import Embedder
from app.domain.knowledge import Article, SearchQuestion
from app.eval.conversations import Conversation, MaybeAnswerable
from app.eval.documents import Question, documents_in
from app.eval.figures import auroc
from app.eval.kept_vectors import KeptVectors
from app.eval.parts import rows_of
from app.knowledge.answerable import HYBRID, WORDS_ALONE, Weights, signs_of
from app.knowledge.asked import asked_of, vector_of
from app.knowledge.in_memory import InMemoryKnowledge
from app.knowledge.lexical import TermBook
from app.knowledge.passages import passages_of
from app.knowledge.ranking import PassageIndex
from app.language.embeddings import MiniLm
from app.language.model_store import ModelFiles
from app.language.terms import terms

FOLDS = 5
KINDS = {"manual": 4, "faq": 2}
"""Into how many parts what answers is cut; each is taken out once."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question with whether it can be answered; those of one `group` share their answers and so their fold."""

    question: SearchQuestion
    known: bool
    group: str


@dataclass(frozen=True, kw_only=True)
class Signed:
    """The signs of a set's questions as rows, whether each is known, and its fold."""

    signs: NDArray[np.float64]
    known: NDArray[np.bool_]
    fold: NDArray[np.int64]


Base = tuple[Sequence[Article], Sequence[Asked]]


def sets_in(data: Path) -> dict[str, list[Base]]:
    manual = rows_of(data / "dev/emanual_tv.jsonl", Question)
    faq = rows_of(data / "dev/stackfaq.jsonl", Question)
    sections = {row.qid: row.relevant[0] for row in manual}
    gone = rows_of(data / "dev/answerability_tv.jsonl", MaybeAnswerable)
    talks = rows_of(data / "dev/mtragun.jsonl", Conversation)
    return {
        "answerability_tv": [
            (
                documents_in(data / "dev/answerability_tv_kb.jsonl"),
                [_asked(row.query, row.answerable, sections.get(row.qid, row.qid)) for row in gone],
            )
        ],
        "manual": list(_with_parts_taken_out(documents_in(data / "corpus/emanual_tv.jsonl"), manual, "manual")),
        "faq": list(_with_parts_taken_out(documents_in(data / "corpus/stackfaq.jsonl"), faq, "faq")),
        "mtragun": [(documents_in(data / "corpus/mtragun.jsonl"), list(_spoken(talks)))],
    }


def _with_parts_taken_out(articles: Sequence[Article], rows: Sequence[Question], kind: str) -> Iterator[Base]:
    many = KINDS[kind]
    for part in range(many):
        gone = {id for row in rows for id in row.relevant if _place(row.relevant[0], many) == part}
        kept = [article for article in articles if article.id not in gone]
        yield kept, [_asked(row.query, not gone.issuperset(row.relevant), row.relevant[0]) for row in rows]


def _spoken(talks: Sequence[Conversation]) -> Iterator[Asked]:
    for row in talks:
        *before, last = row.said
        if row.answerability != "UNDERSPECIFIED" and last.strip():
            question = SearchQuestion(text=last, before=tuple(before))
            yield Asked(question=question, known=row.answerability != "UNANSWERABLE", group=row.qid.split("<")[0])


def _asked(text: str, known: bool, group: str) -> Asked:
    return Asked(question=SearchQuestion(text=text), known=known, group=group)


def _place(word: str, many: int) -> int:
    return zlib.crc32(word.encode()) % many


async def index_of(articles: Sequence[Article], embedder: Embedder | None) -> PassageIndex:
    knowledge = InMemoryKnowledge()
    await knowledge.save_articles([CutArticle(article=article, passages=passages_of(article)) for article in articles])
    if embedder is None:
        return PassageIndex(await knowledge.load_index(None), TermBook(terms), 0)
    due = await knowledge.passages_without_vector(embedder.id, 10**9)
    rows = np.asarray(embedder.embed([passage.words for passage in due]), "<f4")
    await knowledge.save_vectors(embedder.id, {p.id: row.tobytes() for p, row in zip(due, rows, strict=True)})
    return PassageIndex(await knowledge.load_index(embedder.id), TermBook(terms), embedder.dimensions)


async def signed(bases: Sequence[Base], embedder: Embedder | None) -> Signed:
    rows: list[tuple[tuple[float, ...], bool, int]] = []
    for articles, questions in bases:
        index = await index_of(articles, embedder)
        by_id = {passage.id: passage for article in articles for passage in passages_of(article)}
        for each in questions:
            asked = asked_of(each.question, terms)
            found = index.candidates(asked, vector_of(asked, embedder) if embedder else None)
            if found:
                leading = [(candidate, by_id[candidate.passage_id]) for candidate in found[:3]]
                signs = astuple(signs_of(asked, leading, found, terms))
                rows.append((signs, each.known, _place(each.group, FOLDS)))
    signs, known, fold = zip(*rows, strict=True)
    return Signed(signs=np.array(signs), known=np.array(known), fold=np.array(fold))


def fitted(sets: Sequence[Signed], left_out: Collection[int] = ()) -> NDArray[np.float64]:
    """Weights of the signs; sets count alike, and so do the known and the unknown of each."""
    own = np.eye(len(sets)) * 3  # biases that the penalty hardly holds back
    used = [~np.isin(each.fold, list(left_out)) for each in sets]
    signs = np.vstack([each.signs[use] for each, use in zip(sets, used, strict=True)])
    scale = signs.std(axis=0) + 1e-9
    biases = np.vstack([np.repeat(own[[at]], use.sum(), axis=0) for at, use in enumerate(used)])
    known = np.concatenate([each.known[use] for each, use in zip(sets, used, strict=True)])
    counts = np.concatenate([_evenly(each.known[use]) for each, use in zip(sets, used, strict=True)])
    model = LogisticRegression(max_iter=500).fit(np.hstack([signs / scale, biases]), known, counts)
    return model.coef_[0][: len(scale)] / scale


def _evenly(known: NDArray[np.bool_]) -> NDArray[np.float64]:
    return np.where(known, 150 / known.sum(), 150 / (~known).sum())


def across_folds(sets: Sequence[Signed]) -> list[float]:
    scores = [np.zeros(len(each.known)) for each in sets]
    for fold in range(FOLDS):
        weights = fitted(sets, left_out=[fold])
        for each, score in zip(sets, scores, strict=True):
            score[each.fold == fold] = each.signs[each.fold == fold] @ weights
    return [auroc(score.tolist(), each.known.tolist()) for score, each in zip(scores, sets, strict=True)]


def show(title: str, names: Sequence[str], sets: Sequence[Signed], used: Weights) -> None:
    weights = np.array(astuple(used.signs))
    in_use = [auroc((each.signs @ weights).tolist(), each.known.tolist()) for each in sets]
    sys.stdout.write(f"{title}: fitted {fitted(sets).round(2).tolist()}, in use {weights.tolist()}\n")
    for name, left_out, now in zip(names, across_folds(sets), in_use, strict=True):
        sys.stdout.write(f"  {name}: folds left out {left_out:.3f}, in use {now:.3f}\n")


async def main(data: Path, model: Path) -> None:
    files = ModelFiles(weights=model / "model.safetensors", tokenizer=model / "tokenizer.json")
    kept = KeptVectors(MiniLm(files), model)
    for title, embedder, weights in (("hybrid", kept, HYBRID), ("words alone", None, WORDS_ALONE)):
        sets = {name: await signed(bases, embedder) for name, bases in sets_in(data).items()}
        show(title, list(sets), list(sets.values()), weights)
    kept.save()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
