"""A customer's files: sent into their own conversation, and read back from it."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.domain.files import FileSender
from app.web.access import CustomerId
from app.web.filing import CONTENT, UPLOAD, FileId, FileOut, Parts, SenderKey, given, uploaded
from app.web.problems import responses
from app.web.schemas import Id

router = APIRouter(tags=["customer"])

ConversationId = Annotated[Id, Path()]


@router.post(
    "/v1/conversations/{conversation_id}/files",
    status_code=201,
    openapi_extra=UPLOAD,
    responses=responses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
)
async def send_file(
    request: Request, conversation_id: ConversationId, customer_id: CustomerId, parts: Parts, key: SenderKey = None
) -> FileOut:
    """Agents see the file; the assistant does not read it. The same key from the same customer is one file."""
    parts.limits.check_file(request.client.host if request.client else "")
    sender = FileSender(conversation_id=conversation_id, customer_id=customer_id, key=key)
    return FileOut.of(await parts.filing.take(sender, await uploaded(request)))


@router.get("/v1/files/{file_id}", response_class=Response, responses={200: CONTENT, **responses(401, 403, 404)})
async def file(file_id: FileId, customer_id: CustomerId, parts: Parts) -> Response:
    """Of the caller's own conversations only; an id alone opens nothing."""
    found = await parts.filing.of_customer(customer_id, file_id)
    return await given(found, parts.filing.content(found))
