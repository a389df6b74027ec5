"""How the service is: alive, and ready to take messages."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from app.web.access import may_look_inside

router = APIRouter(tags=["health"])

Check = Callable[[], Awaitable[bool]]


class Live(BaseModel):
    """The process answers."""

    status: Literal["live"] = "live"


class Ready(BaseModel):
    """Whether each part that messages need can do its work. `checks` tells it part by part, to a caller on this
    machine or with a key of the scope `metrics`."""

    status: Literal["ready", "not_ready"]
    checks: dict[str, bool] | None = None


@router.get("/health/live")
async def live() -> Live:
    return Live()


@router.get("/health/ready", responses={503: {"model": Ready}}, response_model_exclude_none=True)
async def ready(request: Request, response: Response) -> Ready:
    checks: Mapping[str, Check] = request.app.state.health_checks
    found = {name: await _holds(check) for name, check in checks.items()}
    response.status_code = 200 if all(found.values()) else 503
    status = "ready" if all(found.values()) else "not_ready"
    return Ready(status=status, checks=found if await may_look_inside(request) else None)


async def _holds(check: Check) -> bool:
    try:
        return await check()
    except Exception:
        return False
