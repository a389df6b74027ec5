"""The one HTTP client for addresses that data can influence: it connects only where it may, to what it checked."""

import asyncio
import logging
import socket
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import httpcore2
import httpx2

LARGEST_ANSWER = 65_536
MOST_ADDRESSES = 4
LOOKUPS = 4
LONGEST_ADDRESS = 2_000

IpAddress = IPv4Address | IPv6Address
IpNetwork = IPv4Network | IPv6Network
Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a name, as the system gives them. Raises OSError where there is none."""

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]

ASSIGNED = ip_network("2000::/3")
EMBEDDING = ip_network("64:ff9b::/96")
NEVER = tuple(
    ip_network(each)
    # Global by Python 3.11's tables and still not the public internet: protocol assignments with a metadata server
    # among them, the relays of 6to4, a cloud's own server, tunnels that carry any IPv4 address, documentation.
    for each in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "2002::/16", "2001::/23", "3fff::/20")
)


class AddressNotAllowedError(Exception):
    """The address is none that may be called; the reason names no part of its path."""


class NotReachedError(Exception):
    """Nothing was sent: the name was not found, or no connection came about."""


class AnswerLostError(Exception):
    """The request may have arrived; no whole answer came back."""


@dataclass(frozen=True)
class Guard:
    """Where connections may go: to the public internet, and to the networks that the company allowed."""

    allowed: Sequence[IpNetwork] = ()

    def checked_address(self, text: str) -> str:
        """What can be told before a connection; the name's addresses are checked at each. Raises
        AddressNotAllowedError."""
        try:
            url = httpx2.URL(text)
        except (httpx2.InvalidURL, UnicodeError) as error:
            raise AddressNotAllowedError("This is no address.") from error
        if len(text) > LONGEST_ADDRESS or url.scheme not in ("http", "https") or not url.host:
            raise AddressNotAllowedError("An address begins with https:// or http:// and names a host.")
        if url.port is not None and not 0 < url.port < 65_536:
            raise AddressNotAllowedError("An address names a port from 1 to 65535, if any.")
        if url.userinfo or url.fragment:
            raise AddressNotAllowedError("An address holds no name, password or fragment.")
        self._check_literal(url.host)
        return text

    def permits(self, address: str) -> bool:
        """Whether a connection to this IP address is allowed."""
        try:
            found = _unwrapped(ip_address(address))
        except ValueError:
            return False
        if any(found.version == network.version and found in network for network in self.allowed):
            return True
        return _is_public(found)

    def _check_literal(self, host: str) -> None:
        named_local = host == "localhost" or host.endswith(".localhost")
        literal = "127.0.0.1" if named_local else host
        if _is_literal(literal) and not self.permits(literal):
            raise AddressNotAllowedError(f"{host} is not on the public internet and in no network that is allowed.")


@dataclass(frozen=True, kw_only=True)
class Patience:
    """Seconds. `connect` counts twice with TLS. `whole` ends everything, an answer that only drips in too; it is longer
    than both, for a handshake that is cancelled from outside leaves its socket open until it is collected."""

    connect: float = 5.0
    write: float = 5.0
    read: float = 10.0
    whole: float = 15.0


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`content` holds the first bytes as they came, at most as many as were asked for."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class SystemResolver:
    """Asks the system in threads of its own: name servers that hang keep nothing else waiting."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(LOOKUPS, thread_name_prefix="lookup")

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        found = await asyncio.get_running_loop().run_in_executor(self._threads, look_up)
        return [str(address[0]) for *_, address in found]


class GuardedClient:
    """A fresh connection for each request, so that a failure before the sending is known for what it is. No proxy and
    no cookies; redirects are followed only if `redirects` says how many, and each is checked like the first."""

    def __init__(
        self, guard: Guard, *, resolve: Resolver | None = None, patience: Patience | None = None, redirects: int = 0
    ) -> None:
        self._guard = guard
        self._patience = patience or Patience()
        timeout = httpx2.Timeout(
            connect=self._patience.connect, write=self._patience.write, read=self._patience.read, pool=1.0
        )
        for name in ("httpx2", "httpcore2"):  # they log whole addresses, and one may hold a secret in its query
            logging.getLogger(name).setLevel(logging.WARNING)
        self._client = httpx2.AsyncClient(
            transport=_GuardedTransport(_GuardedBackend(guard, resolve or SystemResolver())),
            trust_env=False,
            timeout=timeout,
            follow_redirects=redirects > 0,
            max_redirects=redirects,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={"Accept-Encoding": "identity", "User-Agent": "Careline/1"},
        )

    async def request(
        self,
        method: str,
        address: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes = b"",
        at_most: int = LARGEST_ANSWER,
    ) -> Answer:
        """Raises AddressNotAllowedError, NotReachedError, AnswerLostError. With `at_most` 0 the status alone is
        waited for."""
        sending = _Sending()
        request = self._client.build_request(
            method,
            self._guard.checked_address(address),
            headers=headers,
            content=content,
            extensions={"trace": sending.note},
        )
        try:
            async with asyncio.timeout(self._patience.whole):
                return await self._answer(request, at_most)
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:  # a TimeoutError is an OSError
            reason = str(error) or type(error).__name__
            raise (AnswerLostError if sending.began else NotReachedError)(reason) from error

    async def aclose(self) -> None:
        await self._client.aclose()

    async def _answer(self, request: httpx2.Request, at_most: int) -> Answer:
        response = await self._client.send(request, stream=True)
        try:
            content = await _first(response, at_most)
        finally:
            await response.aclose()
        return Answer(status=response.status_code, headers=response.headers, content=content)


class _Sending:
    """Whether the first byte of a request may have gone out."""

    def __init__(self) -> None:
        self.began = False

    async def note(self, name: str, _info: object) -> None:
        self.began = self.began or name.endswith("send_request_headers.started")


class _GuardedTransport(httpx2.AsyncHTTPTransport):
    """The transport with our backend below it, and connections that serve once."""

    def __init__(self, backend: httpcore2.AsyncNetworkBackend) -> None:
        context = httpx2.create_ssl_context()  # SSL_CERT_FILE names a company's own authority
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=context, max_connections=None, max_keepalive_connections=0, network_backend=backend
        )


class _GuardedBackend(httpcore2.AsyncNetworkBackend):
    """Looks a name up once, checks what it found, and connects to exactly that: a second look-up could tell otherwise.
    The certificate is checked against the name all the same."""

    def __init__(self, guard: Guard, resolve: Resolver) -> None:
        self._guard = guard
        self._resolve = resolve
        # pyright reads the stand-in that httpcore2 has where anyio is missing
        self._inner: httpcore2.AsyncNetworkBackend = httpcore2.AnyIOBackend()  # pyright: ignore[reportAttributeAccessIssue]

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        began = time.monotonic()
        addresses = await self._permitted(host, port, timeout)
        share = None if timeout is None else max(0.1, timeout - (time.monotonic() - began)) / len(addresses)
        for address in addresses[:-1]:
            try:
                return await self._inner.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return await self._inner.connect_tcp(addresses[-1], port, share, local_address, socket_options)

    async def _permitted(self, host: str, port: int, timeout: float | None) -> Sequence[str]:
        try:
            async with asyncio.timeout(timeout):
                found = await self._resolve(host, port)
        except TimeoutError as error:
            raise httpcore2.ConnectTimeout("the name was not found in time") from error
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError("the name was not found") from error
        permitted = [address for address in dict.fromkeys(found) if self._guard.permits(address)]
        if not permitted:
            raise AddressNotAllowedError("The host is not on the public internet and in no network that is allowed.")
        return permitted[:MOST_ADDRESSES]


async def _first(response: httpx2.Response, at_most: int) -> bytes:
    content = bytearray()
    if at_most == 0:
        return b""
    async for part in response.aiter_raw():
        content += part
        if len(content) >= at_most:
            break
    return bytes(content[:at_most])


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _unwrapped(address: IpAddress) -> IpAddress:
    """The IPv4 address inside a mapped one and inside one for a translator: those are judged by where they lead."""
    if isinstance(address, IPv4Address):
        return address
    if address in EMBEDDING:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address


def _is_public(address: IpAddress) -> bool:
    if address.is_multicast or any(address.version == net.version and address in net for net in NEVER):
        return False
    return address.is_global and (isinstance(address, IPv4Address) or address in ASSIGNED)
