"""Words and meaning in one order: what a passage's score is made of."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple, cast

from app.care.knowledge_records import IndexRow
from app.domain.knowledge import Passage
from app.knowledge.asked import Asked
from app.knowledge.lexical import LexicalIndex, TermBook
from app.knowledge.vectors import ExactVectors, Nearest, best_rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEXICAL_WEIGHT = 0.6
"""What a passage with all weighty words is worth beside a cosine of 1. Words and cosines are added as they are, not as
z-scores: both have a scale of their own that holds for any number of passages, so that a score means the same in a
list of five candidates and in a manual."""

PRODUCT_LIFT = 0.05
"""For a passage about a product that the customer has: it decides between equals, it does not overrule the words."""

UNEMBEDDED_SIMILARITY = 0.3
"""Taken for a passage that waits for its vector while others have theirs: what passages of the same knowledge base
have on average among the better ones."""

CANDIDATES = 100


class Candidate(NamedTuple):
    """A passage that may answer. `lexical` and `similarity` are what `score` is made of; `coverage` regards the last
    message alone. A tuple, for a search makes some hundred of them."""

    passage_id: str
    article_id: str
    score: float
    lexical: float
    similarity: float | None
    coverage: float


class PassageIndex:
    """The passages that one kind of reader may be shown, in one version of the knowledge base."""

    def __init__(self, rows: Sequence[IndexRow], book: TermBook, dimensions: int) -> None:
        """`dimensions` 0 for words alone; vectors of another length count as missing."""
        self._passages = [row.passage for row in rows]
        self.lexical = LexicalIndex(book, self._passages)
        self._matrix, self.embedded = _matrix_of(rows, dimensions)
        self.nearest: Nearest = ExactVectors(self._matrix)

    @property
    def matrix(self) -> "NDArray[np.float32]":
        return self._matrix

    @property
    def has_vectors(self) -> bool:
        """Whether most passages have theirs: with fewer, comparing them with the others would be unjust."""
        return 2 * int(self.embedded.sum()) > len(self._passages)

    def __len__(self) -> int:
        return len(self._passages)

    def in_its_words(self, asked: Asked) -> Asked:
        """With the other ways that its passages go."""
        return replace(asked, ways=self.lexical.ways(asked.renamings)) if asked.renamings else asked

    def candidates(
        self, asked: Asked, vector: "NDArray[np.float32] | None", products: Sequence[str] = ()
    ) -> list[Candidate]:
        """The best first; those that share a word with the question, and with a vector the nearest."""
        import numpy as np

        sayings = self.lexical.sayings(asked.ways)
        lexical = self.lexical.scores(asked.terms, sayings)
        rows = self._worth_a_look(lexical, vector)
        similarity = None if vector is None else self._matrix[rows] @ vector
        scores = self._scores(rows, lexical[rows], similarity) + self._lifts(rows, products)
        coverage = self.lexical.coverage(asked.own, rows, sayings)
        order = np.argsort(-scores, kind="stable")
        best = rows[order]
        similarities = [None] * len(best) if similarity is None else self._known(best, similarity[order])
        passages = self._at(best)
        ids = [passage.id for passage in passages], [passage.article_id for passage in passages]
        columns = *ids, scores[order].tolist(), lexical[best].tolist(), similarities, coverage[order].tolist()
        return list(starmap(Candidate, zip(*columns, strict=True)))

    def _at(self, rows: "NDArray[np.intp]") -> list[Passage]:
        return [self._passages[row] for row in cast(list[int], rows.tolist())]

    def _worth_a_look(self, lexical: "NDArray[np.float64]", vector: "NDArray[np.float32] | None") -> "NDArray[np.intp]":
        import numpy as np

        rows = best_rows(lexical, CANDIDATES)
        rows = rows[lexical[rows] > 0]
        if vector is None:
            return rows
        return np.union1d(rows, self.nearest.nearest(vector, min(CANDIDATES, len(self))))

    def _known(self, rows: "NDArray[np.intp]", similarity: "NDArray[np.float32]") -> list[float | None]:
        """None for passages that wait for their vector."""
        pairs = zip(similarity.tolist(), self.embedded[rows].tolist(), strict=True)
        return [cosine if embedded else None for cosine, embedded in pairs]

    def _scores(
        self, rows: "NDArray[np.intp]", lexical: "NDArray[np.float64]", similarity: "NDArray[np.float32] | None"
    ) -> "NDArray[np.float64]":
        import numpy as np

        if similarity is None:
            return lexical
        return LEXICAL_WEIGHT * lexical + np.where(self.embedded[rows], similarity, UNEMBEDDED_SIMILARITY)

    def _lifts(self, rows: "NDArray[np.intp]", products: Sequence[str]) -> "NDArray[np.float64]":
        import numpy as np

        owned = _folded(products)
        if not owned:
            return np.zeros(len(rows))
        about_owned = [bool(owned & _folded(passage.products)) for passage in self._at(rows)]
        return PRODUCT_LIFT * np.array(about_owned, np.float64)


def _folded(products: Sequence[str]) -> frozenset[str]:
    return frozenset(product.strip().casefold() for product in products)


def _matrix_of(rows: Sequence[IndexRow], dimensions: int) -> "tuple[NDArray[np.float32], NDArray[np.bool_]]":
    """The vectors as rows, zeros where there is none, and which rows have one."""
    import numpy as np

    matrix = np.zeros((len(rows), dimensions), np.float32)
    embedded = np.zeros(len(rows), np.bool_)
    for at, row in enumerate(rows):
        if dimensions and row.vector is not None and len(row.vector) == 4 * dimensions:
            matrix[at] = np.frombuffer(row.vector, "<f4")
            embedded[at] = True
    return matrix, embedded
