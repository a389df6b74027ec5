"""Signatures by Standard Webhooks: of what goes out to a receiver, and of what a channel's bridge sends in."""

import base64
import secrets
from collections.abc import Mapping
from datetime import datetime

from standardwebhooks import Webhook

ID_HEADER = "webhook-id"
TIMESTAMP_HEADER = "webhook-timestamp"
SIGNATURE_HEADER = "webhook-signature"


def new_signing_secret() -> str:
    """256 bits in the form of Standard Webhooks."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def signed_headers(secret: str, message_id: str, now: datetime, body: bytes) -> dict[str, str]:
    """`now` in UTC. The id is what a receiver knows a repetition by."""
    return {
        ID_HEADER: message_id,
        TIMESTAMP_HEADER: str(int(now.timestamp())),
        SIGNATURE_HEADER: Webhook(secret).sign(message_id, now, body.decode()),
    }


def is_signed(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Over the raw bytes, in constant time, and within five minutes of the machine's clock."""
    wanted = (ID_HEADER, TIMESTAMP_HEADER, SIGNATURE_HEADER)
    given = {name: headers[name] for name in wanted if name in headers}
    try:
        Webhook(secret).verify(body, given, json_parse=False)
    except Exception:  # the library lets malformed headers and bytes through as errors of every kind
        return False
    return True
