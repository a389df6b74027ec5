"""A process of its own, at the lowest priority, that reads and cuts the documents from its input."""

import sys
from collections.abc import Iterator
from typing import BinaryIO

from app.care.ingesting import Document
from app.knowledge.priority import step_back
from app.knowledge.reading import read_document
from app.knowledge.reading_process import Said


def main() -> None:
    """A line for each article as soon as its document is read, and one that ends the document."""
    step_back()
    for document in _documents(sys.stdin.buffer):
        read = read_document(document)
        for cut in read.articles:
            _say(Said(article=cut))
        _say(Said(problem=read.problem))


def _documents(pipe: BinaryIO) -> Iterator[Document]:
    """Each begins with a line that holds its length and its name in hexadecimal digits."""
    while line := pipe.readline():
        length, _, name = line.decode().strip().partition(" ")
        content = pipe.read(int(length))
        if len(content) < int(length):  # whoever wrote it is gone
            return
        yield Document(name=bytes.fromhex(name).decode(), source="", content=content)


def _say(said: Said) -> None:
    sys.stdout.buffer.write(said.model_dump_json().encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
