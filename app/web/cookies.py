"""The cookie that holds an agent's sign-in, and whether a request comes from our own pages."""

from fastapi import Request, Response

from app.domain.sign_ins import LASTS

NAME = "careline"
SECURE_NAME = f"__Host-{NAME}"
"""The browser takes this name only with Secure, for this host alone."""

UNSAFE_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
OWN_SITES = frozenset({"same-origin", "none"})
"""What a browser says in `Sec-Fetch-Site` of our own pages, and of an address that somebody opened."""


def put_sign_in(request: Request, response: Response, secret: str) -> None:
    response.set_cookie(
        cookie_name(request),
        secret,
        max_age=int(LASTS.total_seconds()),
        path="/",
        secure=is_secure(request),
        httponly=True,
        samesite="strict",
    )
    response.headers["Cache-Control"] = "no-store"


def drop_sign_in(request: Request, response: Response) -> None:
    response.delete_cookie(cookie_name(request), path="/", secure=is_secure(request), httponly=True, samesite="strict")


def sign_in_of(request: Request) -> str:
    """The secret, or ""."""
    return request.cookies.get(cookie_name(request), "")


def cookie_name(request: Request) -> str:
    """Browsers give all ports of a host the same cookies: two services on one machine must not end each other's."""
    name, port = SECURE_NAME if is_secure(request) else NAME, _host(request).rpartition(":")[2]
    return f"{name}-{port}" if port.isdecimal() else name


def is_secure(request: Request) -> bool:
    return request.url.scheme == "https"


def is_foreign(request: Request) -> bool:
    """Whether another site's page made the browser send this, or may have: what changes something says where it comes
    from, or does nothing. SameSite alone lets through pages of neighbouring names."""
    if request.method in UNSAFE_METHODS and request.headers.get("origin", "").lower() not in own_origins(request):
        return True
    return is_from_elsewhere(request)


def is_from_elsewhere(request: Request) -> bool:
    """Whether a browser says that another site's page made this request. What is no browser says nothing."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "none")
    return site not in OWN_SITES or (origin is not None and origin.lower() not in own_origins(request))


def own_origins(request: Request) -> tuple[str, ...]:
    """Behind a proxy that encrypts and is not known here, our own pages are https though the request is not."""
    host = _host(request)
    if not host:
        return ()
    encrypted = f"https://{host.removesuffix(':443')}"
    return (encrypted,) if is_secure(request) else (f"http://{host}", encrypted)


def own_address(request: Request) -> str:
    """For links to our own pages, as the caller reached us."""
    origin = request.headers.get("origin", "").lower()
    own = own_origins(request)
    return origin if origin in own or not own else own[0]


def _host(request: Request) -> str:
    """As the browser writes it: without a port that goes without saying, which some proxies add."""
    host = request.headers.get("host", "").lower()
    return host.removesuffix(":443" if is_secure(request) else ":80")
