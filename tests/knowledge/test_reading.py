"""Documents are read in their order; what breaks the process that reads many is named, and the rest is read."""

import asyncio
import os
import signal
from pathlib import Path

from app.care.ingesting import Document, ReadDocument
from app.knowledge.reading import MANY, read_documents
from app.knowledge.reading_process import BROKE, ReadingProcess


def document(name: str, text: str = "# Kettle\n\nBoils water.") -> Document:
    return Document(name=name, source=f"help/{name}", content=text.encode())


def large(name: str) -> Document:
    """A quarter of a million characters."""
    return document(name, "# Large\n\n" + "The pump is descaled with vinegar. " * 7_500)


async def read(*documents: Document, many: int = MANY) -> list[ReadDocument]:
    return [each async for each in read_documents(documents, many)]


async def test_a_thread_and_a_process_read_the_same() -> None:
    documents = [
        document("a.md"),
        document("b.exe"),
        document("bücher.csv", "question,answer\nHow much?,5 €\nHow long?,3 days\n"),
        document("c.html", "<h1>Warranty</h1><p>It lasts for two years, and covers the pump.</p>"),
        large("d.md"),
    ]

    in_thread = await read(*documents, many=10**9)
    in_process = await read(*documents, many=0)

    assert in_thread == in_process
    assert [len(each.articles) for each in in_thread] == [1, 0, 2, 1, 1]
    assert "not a kind of document" in in_thread[1].problem


async def test_many_bytes_are_read_at_the_lowest_priority() -> None:
    process = ReadingProcess([large("a.md"), document("b.md")])
    try:
        await asyncio.to_thread(process.next_document)

        niceness = os.getpriority(os.PRIO_PROCESS, process.pid)
    finally:
        process.kill()

    assert niceness == 19


async def test_what_breaks_the_process_is_named() -> None:
    process = ReadingProcess([document("a.md"), *(large(f"{n}.md") for n in range(100))])
    try:
        first = await asyncio.to_thread(process.next_document)
        os.kill(process.pid, signal.SIGKILL)

        others: list[ReadDocument] = []
        while not process.broken:  # what it had said before still stands in the pipe
            others.append(await asyncio.to_thread(process.next_document))
    finally:
        process.kill()

    assert len(first.articles) == 1
    assert len(others) < 100
    assert others[-1].problem == BROKE


async def test_a_document_that_takes_too_long_is_named() -> None:
    process = ReadingProcess([large("a.md")], seconds=0.01)
    try:
        read = await asyncio.to_thread(process.next_document)
    finally:
        process.kill()

    assert read.problem == BROKE
    assert process.broken


async def test_the_process_ends_where_nobody_waits_for_it() -> None:
    documents = [large(f"{n}.md") for n in range(20)]
    others = _children_of(os.getpid())
    reading = read_documents(documents)
    await anext(reading)
    children = [child for child in _children_of(os.getpid()) if child not in others]

    await reading.aclose()

    assert children
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]


def _children_of(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]
