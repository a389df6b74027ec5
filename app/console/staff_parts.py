"""What the routes of sign-in, people, keys and audit use, put together in wiring."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from app.care.signing_in import SigningIn
from app.care.staff_records import AuditRecords, InviteRecords, SignInRecords, StaffRecords
from app.web.limits import SignInLimits


@dataclass(frozen=True, kw_only=True)
class StaffParts:
    """Proof and its limits, and the records of agents, keys and what was done."""

    signing_in: SigningIn
    limits: SignInLimits
    sign_ins: SignInRecords
    invites: InviteRecords
    staff: StaffRecords
    audit: AuditRecords


async def _parts(request: Request) -> StaffParts:
    return request.app.state.staff


Staff = Annotated[StaffParts, Depends(_parts)]
