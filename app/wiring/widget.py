"""The parts of the widget's routes."""

from typing import TYPE_CHECKING

from app.config import ROOT

if TYPE_CHECKING:
    from app.channels.widget.parts import WidgetParts
    from app.wiring import Service

FILES = ROOT / "app" / "channels" / "widget"


def widget_parts(service: "Service") -> "WidgetParts":
    from app.channels.widget.parts import WidgetParts
    from app.web.pages import EMBEDDED, Folder

    settings = service.settings
    return WidgetParts(
        static=Folder(FILES / "static", EMBEDDED),
        demo=Folder(FILES / "demo") if settings.demo else None,
        company=settings.company,
        ai_name=settings.ai_name,
        languages=service.wording.languages,
        largest_file=settings.largest_file,
        inbox=service.inbox_records,
        limits=service.limits,
    )
