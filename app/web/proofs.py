"""What a caller shows, read from the request: a bearer secret, a sign-in, or a channel's signature."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import Request

from app.web.cookies import is_foreign, sign_in_of
from app.web.rules import Rule


@dataclass(frozen=True, kw_only=True)
class Proof:
    """`sign_in` is a cookie's secret; `foreign`: another site's page may have made the browser send it."""

    bearer: str = ""
    sign_in: str = ""
    foreign: bool = False
    channel_id: str = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""


async def proof_of(request: Request, rule: Rule) -> Proof:
    """The body is read for a channel alone: everybody else shows a secret before anything is taken in."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    bearer = secret.strip() if scheme.lower() == "bearer" else ""
    if rule is not Rule.CHANNEL:
        return Proof(bearer=bearer, sign_in=sign_in_of(request), foreign=is_foreign(request))
    channel_id = str(request.path_params["channel_id"])
    return Proof(bearer=bearer, channel_id=channel_id, headers=request.headers, body=await request.body())
