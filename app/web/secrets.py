"""Secrets that callers hold: made here once, kept only as a hash."""

import hashlib
import secrets
from enum import StrEnum


class SecretKind(StrEnum):
    """The beginning of a secret tells whose it is."""

    CUSTOMER = "cst_"
    AGENT = "agk_"
    BUSINESS = "bsk_"


def new_secret(kind: SecretKind) -> str:
    """256 bits, readable in a header."""
    return kind + secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """SHA-256 in hex: enough for secrets of 256 random bits, which nobody can guess from it."""
    return hashlib.sha256(secret.encode()).hexdigest()
