"""What the routes of the library use, put together in wiring."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from app.care.gaps import Gaps
from app.care.importing import Imports
from app.care.insight import Insight
from app.care.library import Library
from app.care.policies import PolicyDesk


@dataclass(frozen=True, kw_only=True)
class LibraryParts:
    """`longest_text` of a question in characters."""

    library: Library
    gaps: Gaps
    imports: Imports
    policies: PolicyDesk
    insight: Insight
    longest_text: int


async def _parts(request: Request) -> LibraryParts:
    return request.app.state.library


Parts = Annotated[LibraryParts, Depends(_parts)]
