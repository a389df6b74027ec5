"""Signing in and out, invites, and what an agent changes of their own proofs."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.care.signing_in import Acceptor, Attempt
from app.care.staff_records import NewSignIn
from app.console.devices import device_of
from app.console.second_factors import address_of, picture_of
from app.console.sign_in_schemas import (
    ID,
    AcceptIn,
    CodeIn,
    InvitedOut,
    InviteIn,
    PasswordIn,
    PasswordProof,
    SecondFactorOut,
    SignInIn,
    SignInList,
    SignInOut,
)
from app.console.staff_parts import Staff, StaffParts
from app.domain.agents import Agent
from app.web.access import CallingAgent, CallingSignIn
from app.web.agents_door import ForeignOriginError
from app.web.cookies import drop_sign_in, is_from_elsewhere, put_sign_in, sign_in_of
from app.web.problems import NotFoundError, responses
from app.web.secrets import SecretKind, hash_of, new_secret

router = APIRouter(prefix="/v1", tags=["sign-in"])

SignInId = Annotated[str, Path(max_length=64, pattern=ID)]


@router.post("/sign-in", status_code=204, responses=responses(401, 403, 422, 429))
async def sign_in(body: SignInIn, request: Request, response: Response, parts: Staff) -> None:
    """Sets the cookie. 401 `second-factor`: the password is right and a code is needed, or another one."""
    _check_own_page(request)
    parts.limits.check(_address(request), body.email)
    secret, new = _new_sign_in(request)
    await parts.signing_in.sign_in(Attempt(email=body.email, password=body.password, code=body.code or ""), new)
    parts.limits.succeeded(_address(request), body.email)
    put_sign_in(request, response, secret)


@router.delete("/sign-in", status_code=204, responses=responses(401, 403))
async def sign_out(
    request: Request, response: Response, agent: CallingAgent, current: CallingSignIn, parts: Staff
) -> None:
    """In this browser."""
    if current is not None:
        await parts.sign_ins.end(agent, current)
    drop_sign_in(request, response)


@router.post("/invites/look", responses=responses(403, 410, 422, 429))
async def look_at_invite(body: InviteIn, request: Request, parts: Staff) -> InvitedOut:
    """Whom an open invite is for; it stays open."""
    _check_own_page(request)
    parts.limits.check_address(_address(request))
    return InvitedOut.of(await parts.signing_in.invited(hash_of(body.token)))


@router.post("/invites/accept", status_code=204, responses=responses(403, 409, 410, 422, 429))
async def accept_invite(body: AcceptIn, request: Request, response: Response, parts: Staff) -> None:
    """Once: sets the password and signs in. A password, a second factor and sign-ins from before end."""
    _check_own_page(request)
    parts.limits.check_address(_address(request))
    secret, new = _new_sign_in(request)
    acceptor = Acceptor(
        invite_hash=hash_of(body.token), password=body.password, name=body.name or "", email=body.email or ""
    )
    await parts.signing_in.accept(acceptor, new)
    put_sign_in(request, response, secret)


@router.get("/agent/sign-ins", responses=responses(401))
async def sign_ins(agent: CallingAgent, current: CallingSignIn, parts: Staff) -> SignInList:
    found = await parts.sign_ins.sign_ins(agent.id)
    return SignInList(sign_ins=[SignInOut.of(each, current) for each in found])


@router.delete("/agent/sign-ins", status_code=204, responses=responses(401, 403))
async def sign_out_everywhere(request: Request, response: Response, agent: CallingAgent, parts: Staff) -> None:
    """In all browsers, this one too."""
    await parts.sign_ins.end_all(agent)
    drop_sign_in(request, response)


@router.delete("/agent/sign-ins/{sign_in_id}", status_code=204, responses=responses(401, 403, 404))
async def end_sign_in(sign_in_id: SignInId, agent: CallingAgent, parts: Staff) -> None:
    if not await parts.sign_ins.end(agent, sign_in_id):
        raise NotFoundError(sign_in_id)


@router.put("/agent/password", status_code=204, responses=responses(401, 403, 422, 429))
async def change_password(
    body: PasswordIn, request: Request, agent: CallingAgent, current: CallingSignIn, parts: Staff
) -> None:
    """Other browsers are signed out."""
    _count(parts, request, agent)
    await parts.signing_in.change_password(agent, body.old, body.new, current)
    parts.limits.succeeded(_address(request), agent.email)


@router.post("/agent/second-factor", responses=responses(401, 403, 409))
async def begin_second_factor(agent: CallingAgent, response: Response, parts: Staff) -> SecondFactorOut:
    """A secret for an authenticator app; it counts once a code of it was shown."""
    secret = await parts.signing_in.begin_second_factor(agent)
    address = address_of(secret, agent.email)
    response.headers["Cache-Control"] = "no-store"
    return SecondFactorOut(secret=secret, uri=address, svg=picture_of(address))


@router.put("/agent/second-factor", status_code=204, responses=responses(401, 403, 409, 422, 429))
async def confirm_second_factor(
    body: CodeIn, request: Request, agent: CallingAgent, current: CallingSignIn, parts: Staff
) -> None:
    """From now on a code is needed to sign in. Other browsers are signed out."""
    _count(parts, request, agent)
    await parts.signing_in.confirm_second_factor(agent, body.code, current)
    parts.limits.succeeded(_address(request), agent.email)


@router.delete("/agent/second-factor", status_code=204, responses=responses(401, 403, 422, 429))
async def end_second_factor(
    body: PasswordProof, request: Request, agent: CallingAgent, current: CallingSignIn, parts: Staff
) -> None:
    """Other browsers are signed out."""
    _count(parts, request, agent)
    await parts.signing_in.end_second_factor(agent, body.password, current)
    parts.limits.succeeded(_address(request), agent.email)


def _check_own_page(request: Request) -> None:
    """Nobody is signed in by another site's page as somebody else. What is no browser sends no Origin."""
    if is_from_elsewhere(request):
        raise ForeignOriginError


def _count(parts: StaffParts, request: Request, agent: Agent) -> None:
    parts.limits.check(_address(request), agent.email)


def _new_sign_in(request: Request) -> tuple[str, NewSignIn]:
    secret, device = new_secret(SecretKind.SIGN_IN), device_of(request.headers.get("user-agent", ""))
    return secret, NewSignIn(token_hash=hash_of(secret), device=device, replaces=hash_of(sign_in_of(request)))


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
