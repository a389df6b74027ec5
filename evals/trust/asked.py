"""Asks a conversation's messages one after the other through the whole route, with what was replied before in mind."""

import argparse
import tempfile
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from app.care.records import TurnEnd
from app.config import Settings
from app.eval.parts import rows_of
from app.serving import ingest_paths
from app.wiring import Service, open_service

FOLDER = Path(__file__).parent
Row = TypeVar("Row", bound=BaseModel)


@asynccontextmanager
async def company() -> AsyncGenerator[Service]:
    """The sample company in fresh records, without a model."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(data_dir=Path(scratch), database_url="", model_name="")
        service = await open_service(settings)
        await ingest_paths(service, [settings.knowledge_dir], quiet_when_unchanged=True)
        yield service
        await service.close()


async def last_end(service: Service, turns: Sequence[str]) -> TurnEnd:
    """How the last message's turn ends; those before were answered, each in its own turn."""
    replies: list[str] = []
    for at, text in enumerate(turns):
        end = await service.asking.ask(text, turns[:at], replies=replies)
        replies.append(end.reply or "")
    return end


def rows_asked_for(name: str, kind: type[Row]) -> tuple[list[Row], bool]:
    """The rows of `<name>_<half>.jsonl`, and whether each is to be shown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", choices=("a", "b", "c", "d"), default="a")
    parser.add_argument("--file", type=Path, help="another file of such rows")
    parser.add_argument("-v", "--verbose", action="store_true")
    given = parser.parse_args()
    return rows_of(given.file or FOLDER / f"{name}_{given.half}.jsonl", kind), given.verbose


def plain(text: str) -> str:
    return " ".join(text.replace("**", "").casefold().split())
