"""A new anonymous customer, made before the first message, so that a first message sent twice is one."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from app.channels.widget.parts import Parts
from app.web.access import new_customer
from app.web.problems import responses

router = APIRouter(tags=["customer"])


class CustomerOut(BaseModel):
    """What proves from now on who this customer is."""

    token: str = Field(description="The secret to send as bearer with every request; told this once.")


@router.post("/v1/customers", status_code=201, responses=responses(403, 429, 503))
async def add_customer(request: Request, response: Response, parts: Parts) -> CustomerOut:
    """Makes an anonymous customer. Who writes without one gets one with the first answer, and cannot repeat that
    first message safely."""
    parts.limits.check(request.client.host if request.client else "", None)
    new = new_customer()
    await parts.inbox.add_customer(new.identity)
    response.headers["Cache-Control"] = "no-store"
    return CustomerOut(token=new.issued or "")
