"""Secrets that callers hold: made here once, kept only as a hash."""

import hashlib
import secrets
from enum import StrEnum


class SecretKind(StrEnum):
    """The beginning of a secret tells whose it is."""

    CUSTOMER = "cst_"
    AGENT = "agk_"
    BUSINESS = "bsk_"
    SIGN_IN = "sgn_"
    INVITE = "inv_"


def new_secret(kind: SecretKind) -> str:
    """256 bits, readable in a header."""
    return kind + secrets.token_urlsafe(32)


def invite_link(address: str, secret: str) -> str:
    """To the console at this address. The secret stands in the fragment, which browsers do not send."""
    return f"{address}/console#invite={secret}"


def hash_of(secret: str) -> str:
    """SHA-256 in hex: enough for secrets of 256 random bits, which nobody can guess from it."""
    return hashlib.sha256(secret.encode()).hexdigest()
