"""Files for agents: sent into the conversation that they have in hand, and read from any."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.console.desk_parts import Parts as DeskParts
from app.domain.files import FileSender
from app.web.access import CallingAgent
from app.web.filing import CONTENT, UPLOAD, FileId, FileOut, Parts, SenderKey, given, uploaded
from app.web.problems import responses
from app.web.schemas import Id

router = APIRouter(prefix="/v1/agent", tags=["agent"])

ConversationId = Annotated[Id, Path()]


@router.post(
    "/conversations/{conversation_id}/files",
    status_code=201,
    openapi_extra=UPLOAD,
    responses=responses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
)
async def send_file(
    request: Request, conversation_id: ConversationId, agent: CallingAgent, parts: Parts, key: SenderKey = None
) -> FileOut:
    """The customer finds it in the conversation. The same key from the same agent is one file."""
    sender = FileSender(conversation_id=conversation_id, agent=agent, key=key)
    return FileOut.of(await parts.filing.take(sender, await uploaded(request)))


@router.get("/files/{file_id}", response_class=Response, responses={200: CONTENT, **responses(401, 403, 404)})
async def file(file_id: FileId, agent: CallingAgent, parts: Parts, desk: DeskParts) -> Response:
    """Reading what a customer sent is noted like reading of their profile."""
    found = await parts.filing.of_anybody(file_id)
    await desk.reads.note(agent, found.customer_id, found.conversation_id)
    return await given(found, parts.filing.content(found))
