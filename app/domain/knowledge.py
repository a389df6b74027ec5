"""Articles of the knowledge base, their passages, and when they may be said. Pure values."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum


class Audience(StrEnum):
    """Who may read an article: internal ones inform agents and are never said to customers."""

    PUBLIC = "public"
    INTERNAL = "internal"


class ArticleStatus(StrEnum):
    """A draft has no passages: it is never found, and so never said."""

    DRAFT = "draft"
    PUBLISHED = "published"


@dataclass(frozen=True, kw_only=True)
class Article:
    """A document of the knowledge base as its author wrote it; `text` is Markdown or plain text."""

    id: str
    title: str
    text: str
    address: str | None = None
    language: str = "en"
    audience: Audience = Audience.PUBLIC
    valid_from: date | None = None
    valid_until: date | None = None
    products: tuple[str, ...] = ()
    source: str = ""
    status: ArticleStatus = ArticleStatus.PUBLISHED

    @property
    def is_draft(self) -> bool:
        return self.status is ArticleStatus.DRAFT

    @property
    def digest(self) -> str:
        """Changes with anything that readers or search would see. A published article's stays what it was before
        there were drafts."""
        values = asdict(self)
        if not self.is_draft:
            del values["status"]
        words = json.dumps(values, default=str, sort_keys=True)
        return hashlib.sha256(words.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A piece of an article as it is retrieved; `title_path` runs from the article's title down to the heading."""

    id: str
    article_id: str
    position: int
    title_path: tuple[str, ...]
    text: str
    language: str = "en"
    address: str | None = None
    products: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return " > ".join(self.title_path)

    @property
    def words(self) -> str:
        """What is embedded: the title path, then the text."""
        return f"{self.title}\n{self.text}"


@dataclass(frozen=True, kw_only=True)
class PassageRecord:
    """A passage as the records hold it now, with who may read its article and when."""

    passage: Passage
    audience: Audience = Audience.PUBLIC
    valid_from: date | None = None
    valid_until: date | None = None

    def readable_by(self, reader: Audience, day: date) -> bool:
        """Within its dates, and internal passages only for internal readers, who read the public ones too."""
        if self.audience is Audience.INTERNAL and reader is not Audience.INTERNAL:
            return False
        if self.valid_from is not None and day < self.valid_from:
            return False
        return self.valid_until is None or day <= self.valid_until


@dataclass(frozen=True, kw_only=True)
class FoundPassage:
    """A passage with why it was found. `score` orders; `similarity` is the cosine or None; `coverage` 0..1 is the
    share of the question's weighty words that the passage holds. `valid_from` is its article's."""

    passage: Passage
    score: float
    similarity: float | None
    coverage: float
    valid_from: date | None = None


@dataclass(frozen=True, kw_only=True)
class SearchQuestion:
    """What is looked up: the customer's last words, and their messages before, oldest first."""

    text: str
    before: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    audience: Audience = Audience.PUBLIC
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class SearchResult:
    """Best passages first; `answerable` 0..1 is how sure we are that they hold the answer."""

    passages: tuple[FoundPassage, ...] = ()
    answerable: float = 0.0
    lexical_only: bool = False
