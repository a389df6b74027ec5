"""Lets customers in, by the secret that they were given or by a token of the company's site."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt

from app.care.records import CallerRecords
from app.domain.customers import Assurance, Identity
from app.web.problems import UnauthorizedError
from app.web.rules import Rule
from app.web.secrets import SecretKind, hash_of, new_secret

LONGEST_TOKEN_SECONDS = 3_600
TOKEN_CHANNEL = "token"  # noqa: S105 the name of a channel
VERIFIED_CHANNEL = "verified"


@dataclass(frozen=True, kw_only=True)
class CustomerCaller:
    """A customer; `customer_id` is None until their first message, `issued` the secret made for a new one."""

    identity: Identity
    customer_id: str | None = None
    issued: str | None = None


@dataclass(frozen=True, kw_only=True)
class IdentityKeys:
    """The company's keys for signed tokens by `kid`, and the audience they are made out to."""

    by_kid: Mapping[str, str]
    audience: str


@dataclass(frozen=True, kw_only=True)
class CustomersDoor:
    """Anonymous by a secret, verified by a signed token; new ones where the rule takes them."""

    callers: CallerRecords
    identity_keys: IdentityKeys

    async def admit(self, rule: Rule, bearer: str) -> CustomerCaller:
        """Raises UnauthorizedError."""
        if rule is Rule.CUSTOMER_OR_NEW and not bearer:
            return new_customer()
        if bearer.startswith(SecretKind.CUSTOMER):
            return await self._anonymous(bearer)
        identity = self._verified(bearer)
        return CustomerCaller(identity=identity, customer_id=await self.callers.customer_by(identity))

    async def _anonymous(self, bearer: str) -> CustomerCaller:
        identity = _identity(bearer)
        customer_id = await self.callers.customer_by(identity)
        if customer_id is None:
            raise UnauthorizedError("This customer token is not known.")
        return CustomerCaller(identity=identity, customer_id=customer_id)

    def _verified(self, bearer: str) -> Identity:
        """A JWT of the company's site: HS256, known `kid`, our `aud`, valid for an hour at most."""
        try:
            key = self.identity_keys.by_kid[str(jwt.get_unverified_header(bearer).get("kid"))]
            claims: Mapping[str, Any] = jwt.decode(  # pyright: ignore[reportUnknownMemberType] key types of pyjwt
                bearer,
                key,
                algorithms=["HS256"],
                audience=self.identity_keys.audience,
                options={"require": ["sub", "exp", "iat", "aud"]},
            )
            lasts = claims["exp"] - claims["iat"]
        except (jwt.InvalidTokenError, KeyError, TypeError) as error:
            raise UnauthorizedError("This token is not valid.") from error
        if lasts > LONGEST_TOKEN_SECONDS:
            raise UnauthorizedError("A token may be valid for an hour at most.")
        return Identity(channel=VERIFIED_CHANNEL, address=str(claims["sub"]), assurance=Assurance.VERIFIED)


def new_customer() -> CustomerCaller:
    """An anonymous one, with the secret that proves who they are from now on."""
    secret = new_secret(SecretKind.CUSTOMER)
    return CustomerCaller(identity=_identity(secret), issued=secret)


def _identity(secret: str) -> Identity:
    return Identity(channel=TOKEN_CHANNEL, address=hash_of(secret), assurance=Assurance.ANONYMOUS)
