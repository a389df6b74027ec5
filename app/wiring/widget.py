"""The parts of the widget's routes, and of files."""

from typing import TYPE_CHECKING

from app.config import ROOT

if TYPE_CHECKING:
    from app.channels.widget.parts import WidgetParts
    from app.web.filing import FilingParts
    from app.wiring import Service

FILES = ROOT / "app" / "channels" / "widget"


def filing_parts(service: "Service") -> "FilingParts":
    from app.care.filing import Filing
    from app.web.file_types import type_of
    from app.web.filing import FilingParts

    filing = Filing(records=service.files, type_of=type_of, largest=service.settings.largest_file)
    return FilingParts(filing=filing, limits=service.limits)


def widget_parts(service: "Service") -> "WidgetParts":
    from app.channels.widget.assembling import Script
    from app.channels.widget.parts import WidgetParts
    from app.web.pages import EMBEDDED, Folder

    settings = service.settings
    return WidgetParts(
        script=Script(FILES / "script"),
        static=Folder(FILES / "static", EMBEDDED),
        demo=Folder(FILES / "demo") if settings.demo else None,
        company=settings.company,
        ai_name=settings.ai_name,
        languages=service.wording.languages,
        largest_file=settings.largest_file,
        inbox=service.inbox_records,
        limits=service.limits,
    )
