"""What the knowledge base lacks: questions that were not answered, and answers that were wrong."""

from typing import Annotated

from fastapi import APIRouter, Path

from app.console.gap_schemas import GapList, GapOut, GapSettled, WrongIn, WrongList, WrongOut
from app.console.library_parts import Parts
from app.web.access import CallingAgent
from app.web.problems import responses

router = APIRouter(prefix="/v1/agent", tags=["library"])

MessageId = Annotated[str, Path(max_length=64, pattern=r"^[^\x00]+$")]


@router.get("/gaps", responses=responses(401))
async def gaps(parts: Parts) -> GapList:
    """Customers' questions that met "not known"; what an outage left unanswered is none."""
    return GapList(gaps=[GapOut.of(gap) for gap in await parts.gaps.gaps()])


@router.put("/gaps/settle", status_code=204, responses=responses(401, 422))
async def settle(body: GapSettled, agent: CallingAgent, parts: Parts) -> None:
    """It comes back when it is asked in vain again."""
    await parts.gaps.settle(agent, body.question, body.article)


@router.post("/messages/{message_id}/wrong", status_code=204, responses=responses(401, 404, 422))
async def mark_wrong(message_id: MessageId, agent: CallingAgent, parts: Parts, body: WrongIn | None = None) -> None:
    """Answers of the assistant alone."""
    await parts.gaps.mark_wrong(agent, message_id, (body or WrongIn()).reason)


@router.get("/wrong", responses=responses(401))
async def wrong(parts: Parts) -> WrongList:
    return WrongList(wrong=[WrongOut.of(each) for each in await parts.gaps.wrong()])


@router.post("/wrong/{message_id}/settle", status_code=204, responses=responses(401, 404, 422))
async def settle_wrong(message_id: MessageId, agent: CallingAgent, parts: Parts) -> None:
    """The article was mended, or the answer was right after all."""
    await parts.gaps.settle_wrong(agent, message_id)
