"""The parts of the library, put together."""

from typing import TYPE_CHECKING

from app.wiring.records import new_id

if TYPE_CHECKING:
    from app.console.library_parts import LibraryParts
    from app.wiring import Service


class _Noted:
    async def note(self, agent: object, action: str, object_id: str, details: object) -> None: ...


def library_parts(service: "Service") -> "LibraryParts":
    from app.care.library import Library
    from app.console.library_parts import LibraryParts
    from app.storage.library import LibraryRecords

    library = Library(
        records=LibraryRecords(service.database),
        passages=service.articles,
        ingesting=service.ingesting,
        asking=service.asking,
        audit=_Noted(),
        new_id=new_id,
    )
    return LibraryParts(library=library, longest_text=service.settings.longest_text)
