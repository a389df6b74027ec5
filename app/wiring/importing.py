"""The parts that take websites in: the worker's side and the supervisors'."""

from typing import TYPE_CHECKING

from app.wiring.records import new_id, now

if TYPE_CHECKING:
    from app.care.importing import Fetched, Importing, Imports
    from app.storage.audit import AuditRecords
    from app.storage.imports import ImportRecords
    from app.wiring import Service

LOOK_SECONDS = 1.0


def importing(service: "Service") -> "Importing":
    from app.care.importing import Importing
    from app.knowledge.crawling import SiteCrawler

    return Importing(
        records=_records(service),
        crawler=SiteCrawler(_Fetching(service)),
        ingesting=service.ingesting,
        chores=service.chores,
        owner=service.owner,
    )


def imports(service: "Service", audit: "AuditRecords") -> "Imports":
    from app.care.importing import Imports

    return Imports(
        records=_records(service),
        ingesting=service.ingesting,
        audit=audit,
        checked_address=service.guard.checked_address,
    )


def _records(service: "Service") -> "ImportRecords":
    from app.storage.imports import ImportRecords

    return ImportRecords(service.database, now, new_id)


class _Fetching:
    """Implements care.importing.Fetch by the guarded client."""

    def __init__(self, service: "Service") -> None:
        self._service = service

    async def __call__(self, address: str, at_most: int) -> "Fetched":
        from app.care.importing import Fetched, NotFetchedError
        from app.web.guarded import AddressNotAllowedError, AnswerLostError, NotReachedError

        try:
            answer = await self._service.guarded_client.request("GET", address, at_most=at_most)
        except AddressNotAllowedError as error:
            raise NotFetchedError(str(error)) from error
        except NotReachedError as error:
            raise NotFetchedError("the site was not reached") from error
        except AnswerLostError as error:
            raise NotFetchedError("no whole answer came in time") from error
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Fetched(status=answer.status, headers=headers, content=answer.content)
