"""How the care goes, in figures; what each counts stands in app/care/insight.py."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from fastapi.exceptions import RequestValidationError

from app.console.insight_schemas import InsightOut
from app.console.library_parts import Parts
from app.web.problems import responses

router = APIRouter(prefix="/v1/agent/insight", tags=["insight"])

Days = Annotated[int, Query(ge=1, le=366)]
Zone = Annotated[str, Query(max_length=64, description="Days and hours are those of this time zone, by IANA's names.")]


@router.get("", responses=responses(401, 403, 422))
async def insight(parts: Parts, days: Days = 30, zone: Zone = "UTC") -> InsightOut:
    """Of the last days, today's among them. Conversations marked as spam are in no figure."""
    figures = await parts.insight.figures(days, _zone(zone))
    return InsightOut.of(figures, days=days, zone=zone)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError) as error:
        raise RequestValidationError([{"loc": ("query", "zone"), "msg": "not the name of a time zone"}]) from error
