"""What the widget's routes use, put together in wiring."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from app.care.records import InboxRecords
from app.channels.widget.assembling import Script
from app.web.limits import RateLimits
from app.web.pages import Folder


@dataclass(frozen=True, kw_only=True)
class WidgetParts:
    """`static` for every site; `demo` is None where it is switched off. `company` and `ai_name` as customers read
    them; `largest_file` in bytes."""

    script: Script
    static: Folder
    demo: Folder | None
    company: str
    ai_name: str
    languages: Sequence[str]
    largest_file: int
    inbox: InboxRecords
    limits: RateLimits


async def _parts(request: Request) -> WidgetParts:
    return request.app.state.widget


Parts = Annotated[WidgetParts, Depends(_parts)]
