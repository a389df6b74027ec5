"""How the service is: alive, and ready to take messages."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

router = APIRouter(tags=["health"])

Check = Callable[[], Awaitable[bool]]


class Live(BaseModel):
    """The process answers."""

    status: Literal["live"] = "live"


class Ready(BaseModel):
    """Whether each part that messages need can do its work."""

    status: Literal["ready", "not_ready"]
    checks: dict[str, bool]


@router.get("/health/live")
async def live() -> Live:
    return Live()


@router.get("/health/ready", responses={503: {"model": Ready}})
async def ready(request: Request, response: Response) -> Ready:
    checks: Mapping[str, Check] = request.app.state.health_checks
    found = {name: await _holds(check) for name, check in checks.items()}
    response.status_code = 200 if all(found.values()) else 503
    return Ready(status="ready" if all(found.values()) else "not_ready", checks=found)


async def _holds(check: Check) -> bool:
    try:
        return await check()
    except Exception:
        return False
