"""The process that reads and cuts many documents, as its parent sees it: documents in, plain values out."""

import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from pydantic import BaseModel

from app.care.ingesting import Document, ReadDocument
from app.care.knowledge_records import CutArticle
from app.knowledge.guarded import child_environment

_ROOT = Path(__file__).parents[2]

SECONDS = 120.0
"""For one document; foreign formats have a shorter limit of their own."""

BROKE = "broke its reader: too much time or memory, or damaged"


class Said(BaseModel):
    """A line of the process: one article, or the end of a document and what was wrong with it."""

    article: CutArticle | None = None
    problem: str = ""


class ReadingProcess:
    """Reads the documents in their order. Blocking: for threads."""

    def __init__(self, documents: Sequence[Document], seconds: float = SECONDS) -> None:
        self._left = list(documents)
        self._seconds = seconds
        self.broken = False
        command = [sys.executable, "-m", "app.knowledge.reading_child"]
        self._process = subprocess.Popen(  # noqa: S603 - the command is ours, documents come as input
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_ROOT, env=child_environment()
        )
        threading.Thread(target=self._feed, args=(list(documents),), daemon=True).start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def next_document(self) -> ReadDocument:
        """A document that breaks the process is named; the process is `broken` then, and others want a new one."""
        document = self._left.pop(0)
        limit = threading.Timer(self._seconds, self._process.kill)
        limit.start()
        try:
            return self._read(document)
        except ValueError:  # nothing, or half a line: it ended
            self.broken = True
            return ReadDocument(document=document, problem=BROKE)
        finally:
            limit.cancel()

    def kill(self) -> None:
        """Also where a thread waits for the next document."""
        self._process.kill()
        self._process.wait()
        _pipe(self._process.stdout).close()

    def _read(self, document: Document) -> ReadDocument:
        articles: list[CutArticle] = []
        while (said := Said.model_validate_json(_pipe(self._process.stdout).readline())).article is not None:
            articles.append(said.article)
        if said.problem:
            return ReadDocument(document=document, problem=said.problem)
        return ReadDocument(document=document, articles=tuple(articles))

    def _feed(self, documents: Sequence[Document]) -> None:
        """In a thread of its own: the process writes while it is being written to."""
        with suppress(OSError), _pipe(self._process.stdin) as pipe:  # it may end before it has read all
            for document in documents:
                pipe.write(f"{len(document.content)} {document.name.encode().hex()}\n".encode() + document.content)
                pipe.flush()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise OSError("no pipe")
    return pipe
