"""What the widget shows of the company, and what it may take: read once, beside its first paint."""

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from app.channels.widget.parts import Parts
from app.domain.files import FileType
from app.web.problems import responses

router = APIRouter(tags=["widget"])


class WidgetConfig(BaseModel):
    """`company` may be empty; `largest_file` in bytes; `file_types` as media types."""

    company: str
    ai_name: str
    languages: list[str] = Field(examples=[["de", "en"]])
    largest_file: int
    file_types: list[str]


@router.get("/v1/widget/config", responses=responses(403))
async def config(response: Response, parts: Parts) -> WidgetConfig:
    """The same for everybody."""
    response.headers["Cache-Control"] = "public, max-age=60"
    return WidgetConfig(
        company=parts.company,
        ai_name=parts.ai_name,
        languages=list(parts.languages),
        largest_file=parts.largest_file,
        file_types=[str(each) for each in FileType],
    )
