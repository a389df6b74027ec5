"""Whether a request was made on this machine itself, and so may see how the service is inside."""

from ipaddress import ip_address

from fastapi import Request

FORWARDED_BY = ("x-forwarded-for", "forwarded", "x-real-ip", "via")


def is_local(request: Request) -> bool:
    """From a loopback address, with no proxy in between: whatever came through one was made elsewhere, and what a
    header says of its way is anybody's word."""
    if request.client is None or any(name in request.headers for name in FORWARDED_BY):
        return False
    try:
        address = ip_address(request.client.host)
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback
