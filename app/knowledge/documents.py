"""Files into articles: what kind a file is, and whether its bytes may be read in this process."""

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from app.domain.knowledge import Article
from app.knowledge.broken import BrokenDocumentError
from app.knowledge.guarded import ParseLimits, parse_guarded
from app.knowledge.text_formats import parse_csv, parse_jsonl, parse_markdown, parse_text

LARGEST = 20_000_000
"""Bytes of one file."""

_OURS: dict[str, Callable[[str, bytes], list[Article]]] = {
    ".md": parse_markdown,
    ".markdown": parse_markdown,
    ".txt": parse_text,
    ".csv": parse_csv,
    ".jsonl": parse_jsonl,
}
"""Plain text, read by our own code and the standard library."""

_GUARDED = (".html", ".htm", ".pdf", ".docx")
"""Read by foreign code, and often from foreign hands: in a child process."""

ENDINGS = (*_OURS, *_GUARDED)


def parse_document(name: str, content: bytes) -> Sequence[Article]:
    """All articles of a document or none; ids are the `doc_id`s it gives, else made of its name. Blocking, up to a
    minute. Raises BrokenDocumentError."""
    ending = PurePosixPath(name).suffix.lower()
    if ending not in ENDINGS:
        raise BrokenDocumentError(name, f"is not a kind of document that is read ({' '.join(ENDINGS)})")
    if not content.strip():
        raise BrokenDocumentError(name, "is empty")
    if len(content) > LARGEST:
        raise BrokenDocumentError(name, f"is larger than {LARGEST // 1_000_000} MB")
    if ending in _GUARDED:
        return parse_guarded(name, content, ParseLimits())
    return _OURS[ending](name, content)
