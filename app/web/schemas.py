"""What bodies of requests and answers have in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from app.domain.replies import Citation

LINE = r"^[^\x00-\x1f\x7f]+$"
"""No control characters: a database refuses some of them, and a backup that holds one cannot move to it."""

Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=LINE)]


class Strict(BaseModel):
    """Unknown fields are refused: a mistyped one would otherwise be lost without a word."""

    model_config = ConfigDict(extra="forbid")


class CitationOut(BaseModel):
    """A source of a reply."""

    passage: str
    article: str
    title: str
    address: str | None

    @classmethod
    def of(cls, citation: Citation) -> "CitationOut":
        return cls(
            passage=citation.passage_id, article=citation.article_id, title=citation.title, address=citation.address
        )
