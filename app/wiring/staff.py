"""The parts that agents sign in with, put together."""

from typing import TYPE_CHECKING

from app.wiring.records import RecordParts, new_id, now

if TYPE_CHECKING:
    from app.console.staff_parts import StaffParts
    from app.storage.audit import AuditRecords
    from app.storage.invites import InviteRecords
    from app.storage.sign_ins import SignInRecords
    from app.storage.staff import StaffRecords
    from app.web.agents_door import AgentsDoor
    from app.wiring import Service


def staff_parts(service: "Service") -> "StaffParts":
    from app.care.signing_in import SigningIn
    from app.console.passwords import Argon2Passwords
    from app.console.second_factors import TotpFactors
    from app.console.staff_parts import StaffParts
    from app.web.limits import SignInLimits

    signing_in = SigningIn(
        records=sign_in_records(service),
        invites=invite_records(service),
        passwords=Argon2Passwords(),
        second_factors=TotpFactors(),
        clock=now,
    )
    return StaffParts(
        signing_in=signing_in,
        limits=SignInLimits(),
        sign_ins=sign_in_records(service),
        invites=invite_records(service),
        staff=staff_records(service),
        audit=audit_records(service),
    )


def agents_door(service: "Service") -> "AgentsDoor":
    from app.web.agents_door import AgentsDoor

    return AgentsDoor(callers=service.people, agents=service.people, sign_ins=sign_in_records(service))


def audit_records(parts: RecordParts) -> "AuditRecords":
    from app.storage.audit import AuditRecords

    return AuditRecords(parts.database, now, new_id)


def sign_in_records(parts: RecordParts) -> "SignInRecords":
    from app.storage.sign_ins import SignInRecords

    return SignInRecords(parts.database, now, new_id)


def invite_records(parts: RecordParts) -> "InviteRecords":
    from app.storage.invites import InviteRecords

    return InviteRecords(parts.database, now, new_id)


def staff_records(parts: RecordParts) -> "StaffRecords":
    from app.storage.staff import StaffRecords

    return StaffRecords(parts.database, now, new_id)
