"""Documents are read and cut away from the event loop: few bytes in a thread, many in a process at low priority."""

import asyncio
from collections.abc import AsyncGenerator, Sequence

from app.care.ingesting import Document, ReadDocument, UnreadableDocumentError
from app.care.knowledge_records import CutArticle
from app.knowledge.documents import parse_document
from app.knowledge.passages import passages_of
from app.knowledge.reading_process import ReadingProcess

MANY = 100_000
"""Bytes, in all, from which on a process of their own reads documents: it takes some 0.2 s to start."""


async def read_documents(documents: Sequence[Document], many: int = MANY) -> AsyncGenerator[ReadDocument]:
    """Implements care.ingesting.DocumentReading."""
    if sum(len(document.content) for document in documents) <= many:
        for document in documents:
            yield await asyncio.to_thread(read_document, document)
        return
    left = list(documents)
    while left:
        process = await asyncio.to_thread(ReadingProcess, left)
        try:
            while left and not process.broken:
                yield await asyncio.to_thread(process.next_document)
                left = left[1:]
        finally:
            process.kill()


def read_document(document: Document) -> ReadDocument:
    """Blocking; foreign formats in a guarded process of their own."""
    try:
        articles = parse_document(document.name, document.content)
    except UnreadableDocumentError as error:
        return ReadDocument(document=document, problem=str(error))
    cut = (CutArticle(article=article, passages=passages_of(article)) for article in articles)
    return ReadDocument(document=document, articles=tuple(cut))
