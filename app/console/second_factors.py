"""Codes of authenticator apps (TOTP, RFC 6238), and the picture that such an app reads."""

import base64
import io
from dataclasses import dataclass
from datetime import datetime

import segno
from pyotp import random_base32
from pyotp.exceptions import OTPVerificationError
from pyotp.totp import TOTP

ISSUER = "Careline"
STEPS_ASIDE = 1
"""A clock may be wrong by half a minute."""


@dataclass(frozen=True)
class TotpFactors:
    """Implements care.signing_in.SecondFactors."""

    def new_secret(self) -> str:
        return random_base32()

    def step(self, secret: str, code: str, now: datetime) -> int | None:
        digits = "".join(code.split())
        if len(digits) != 6 or not digits.isdecimal() or not digits.isascii():
            return None
        try:
            return TOTP(secret).verify_and_get_timecode(digits, for_time=now, valid_window=STEPS_ASIDE)
        except OTPVerificationError:
            return None


def address_of(secret: str, email: str) -> str:
    """What an authenticator app opens."""
    return TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def picture_of(address: str) -> str:
    """A QR code as the address of an image. Dark on white in every theme, or cameras do not read it."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=4, border=3, light="white", xmldecl=False)
    return "data:image/svg+xml;base64," + base64.b64encode(out.getvalue()).decode()
