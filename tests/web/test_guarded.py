"""The guarded client connects to nothing but what it checked, and knows whether anything was sent."""

import asyncio
import logging
import socket
import ssl
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path

import pytest

from app.web.guarded import (
    AddressNotAllowedError,
    AnswerLostError,
    Guard,
    GuardedClient,
    NotReachedError,
    Patience,
)
from tests.fakes.receiver import Manner, Receiver, receiving

LOOPBACK = Guard((ip_network("127.0.0.0/8"),))
OPEN_LOOPBACK = Guard((ip_network("127.0.0.1/32"),))
SHORT = Patience(connect=0.5, write=0.5, read=0.3, whole=1.2)


@dataclass
class Names:
    """Gives each look-up the next of these answers, the last one again and again."""

    answers: list[Sequence[str]]
    asked: list[str] = field(default_factory=list)

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:1::1",
        "2001:db8::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%lo",
        "fec0::1",
        "ff02::1",
        "not an address",
    ],
)
def test_what_is_not_the_public_internet_is_refused(address: str) -> None:
    assert not Guard().permits(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_the_public_internet_is_permitted(address: str) -> None:
    assert Guard().permits(address)


def test_an_allowed_network_is_permitted_in_every_form_and_no_more_than_it() -> None:
    guard = Guard((ip_network("10.1.0.0/16"), ip_network("fd00:1::/32")))

    assert all(guard.permits(address) for address in ("10.1.2.3", "::ffff:10.1.2.3", "fd00:1::5"))
    assert not any(guard.permits(address) for address in ("10.2.0.1", "::ffff:10.2.0.1", "fd00:2::5", "127.0.0.1"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "shop.example/hook",
        "ftp://shop.example/",
        "file:///etc/passwd",
        "https://",
        "https://me:secret@shop.example/",
        "https://me@shop.example/",
        "https://shop.example/#part",
        "https://shop.example:99999/",
        "https://shop.example/\n",
        "https://" + "x" * 2_000 + ".example/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://localhost:8000/",
        "http://169.254.169.254/latest/meta-data",
    ],
)
def test_an_address_that_cannot_be_called_is_refused_when_it_is_set(text: str) -> None:
    with pytest.raises(AddressNotAllowedError):
        Guard().checked_address(text)


def test_an_address_that_can_be_called_is_kept_as_it_was_written() -> None:
    text = "https://shop.example:8443/hook?for=careline"

    assert Guard().checked_address(text) == text
    assert LOOPBACK.checked_address("http://127.0.0.1:9/") == "http://127.0.0.1:9/"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "localhost", "[::1]"])
async def test_the_own_machine_is_refused_however_it_is_written(host: str) -> None:
    async with receiving(Receiver()) as receiver:
        with pytest.raises(AddressNotAllowedError):
            await GuardedClient(Guard()).request("GET", f"http://{host}:{receiver.port}/")

    assert receiver.connections == 0


async def test_a_name_that_leads_outside_and_inside_is_never_called_inside() -> None:
    names = Names([("192.168.0.1", "127.0.0.2", "127.0.0.1")])
    async with receiving(Receiver()) as open_one, receiving(Receiver(), "127.0.0.2"):
        client = GuardedClient(OPEN_LOOPBACK, resolve=names, patience=SHORT)

        answer = await client.request("GET", f"http://shop.example:{open_one.port}/")

    assert (answer.status, open_one.connections) == (200, 1)


async def test_a_name_that_leads_inside_alone_is_refused() -> None:
    names = Names([("127.0.0.1", "10.0.0.1", "::1")])
    async with receiving(Receiver()) as receiver:
        with pytest.raises(AddressNotAllowedError):
            await GuardedClient(Guard(), resolve=names).request("GET", f"http://shop.example:{receiver.port}/")

    assert receiver.connections == 0


async def test_a_name_that_changes_its_address_after_the_check_is_called_where_it_was_checked() -> None:
    names = Names([("127.0.0.1",), ("127.0.0.2",)])
    async with receiving(Receiver()) as first:
        client = GuardedClient(OPEN_LOOPBACK, resolve=names, patience=SHORT)

        answer = await client.request("GET", f"http://shop.example:{first.port}/")
        with pytest.raises(AddressNotAllowedError):
            await client.request("GET", f"http://shop.example:{first.port}/")

    assert (answer.status, len(names.asked), first.connections) == (200, 2, 1)


async def test_an_address_that_does_not_answer_gives_way_to_the_next() -> None:
    names = Names([("127.0.0.2", "127.0.0.1")])
    async with receiving(Receiver()) as receiver:
        answer = await GuardedClient(LOOPBACK, resolve=names).request("GET", f"http://shop.example:{receiver.port}/")

    assert answer.status == 200


async def test_the_name_is_told_to_the_receiver_though_its_address_is_called() -> None:
    async with receiving(Receiver()) as receiver:
        client = GuardedClient(LOOPBACK, resolve=Names([("127.0.0.1",)]))
        await client.request("GET", f"http://shop.example:{receiver.port}/")

    assert receiver.received[0].headers["host"] == f"shop.example:{receiver.port}"


async def test_a_redirect_is_not_followed_unless_asked() -> None:
    async with receiving(Receiver()) as target, receiving(Receiver(status=302)) as first:
        first.headers["Location"] = target.address

        answer = await GuardedClient(LOOPBACK).request("GET", first.address)

    assert (answer.status, target.connections) == (302, 0)


async def test_a_redirect_that_is_followed_is_checked_like_the_first() -> None:
    async with receiving(Receiver(), "127.0.0.2") as inside, receiving(Receiver(status=302)) as first:
        first.headers["Location"] = inside.address

        with pytest.raises(AddressNotAllowedError):
            await GuardedClient(OPEN_LOOPBACK, redirects=3).request("GET", first.address)
        allowed = await GuardedClient(LOOPBACK, redirects=3).request("GET", first.address)

    assert (allowed.status, inside.connections) == (200, 1)


async def test_a_token_does_not_follow_a_redirect_to_another_host() -> None:
    async with receiving(Receiver(), "127.0.0.2") as other, receiving(Receiver(status=302)) as first:
        first.headers["Location"] = other.address

        await GuardedClient(LOOPBACK, redirects=1).request("GET", first.address, headers={"Authorization": "Bearer x"})

    assert first.received[0].headers["authorization"] == "Bearer x"
    assert "authorization" not in other.received[0].headers


async def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with receiving(Receiver()) as proxy, receiving(Receiver()) as receiver:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")

        await GuardedClient(LOOPBACK).request("GET", receiver.address)

    assert (proxy.connections, receiver.connections) == (0, 1)


async def test_a_cookie_is_not_kept() -> None:
    async with receiving(Receiver(headers={"Set-Cookie": "seen=1; Path=/"})) as receiver:
        client = GuardedClient(LOOPBACK)
        for _ in range(2):
            await client.request("GET", receiver.address)

    assert "cookie" not in receiver.received[1].headers


async def test_of_a_long_answer_no_more_is_read_than_asked_for() -> None:
    async with receiving(Receiver(content=b"x" * 1_000_000)) as receiver:
        answer = await GuardedClient(LOOPBACK).request("GET", receiver.address, at_most=1_000)

    assert answer.content == b"x" * 1_000


async def test_an_address_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with receiving(Receiver()) as receiver:
        await GuardedClient(LOOPBACK).request("GET", receiver.address + "?key=hidden")

    assert "hidden" not in caplog.text


async def test_where_nobody_listens_nothing_was_sent() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))

        with pytest.raises(NotReachedError):
            await GuardedClient(LOOPBACK).request("GET", f"http://127.0.0.1:{held.getsockname()[1]}/")


async def test_a_name_that_nobody_knows_was_not_reached() -> None:
    with pytest.raises(NotReachedError, match="name was not found"):
        await GuardedClient(Guard()).request("GET", "http://nobody.invalid/")


async def test_a_resolver_that_is_stuck_ends_with_the_time_for_a_connection() -> None:
    async def stuck(_host: str, _port: int) -> Sequence[str]:
        await asyncio.sleep(30)
        return ()

    with pytest.raises(NotReachedError, match="in time"):
        await GuardedClient(Guard(), resolve=stuck, patience=Patience(connect=0.2)).request("GET", "http://x.example/")


async def test_a_server_that_speaks_no_tls_was_sent_nothing() -> None:
    async with receiving(Receiver()) as receiver:
        with pytest.raises(NotReachedError):
            await GuardedClient(LOOPBACK, patience=SHORT).request("GET", f"https://127.0.0.1:{receiver.port}/")

    assert receiver.received == []


@pytest.mark.parametrize(
    "manner",
    [Manner.STALL, Manner.DRIP, Manner.HANG_UP_UNREAD, Manner.HANG_UP_READ, Manner.HANG_UP_IN_ANSWER],
)
async def test_an_answer_that_does_not_come_whole_is_lost_in_bounded_time(manner: Manner) -> None:
    began = time.monotonic()
    async with receiving(Receiver(manner=manner)) as receiver:
        with pytest.raises(AnswerLostError):
            await GuardedClient(LOOPBACK, patience=SHORT).request("POST", receiver.address, content=b"{}")

    assert time.monotonic() - began < 2


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's certificate for shop.example, by an authority that SSL_CERT_FILE names."""
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=shop.example"
    files = ["-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "certificate.pem")]
    command = ["openssl", *words.split(), "-addext", "subjectAltName=DNS:shop.example", *files]
    subprocess.run(command, check=True, capture_output=True, timeout=30)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")
    return context


async def test_a_certificate_is_checked_against_the_name_though_an_address_is_called(
    certificate: ssl.SSLContext,
) -> None:
    async with receiving(Receiver(), certificate=certificate) as receiver:
        client = GuardedClient(LOOPBACK, resolve=Names([("127.0.0.1",)]))

        answer = await client.request("GET", f"https://shop.example:{receiver.port}/")
        with pytest.raises(NotReachedError, match="CERTIFICATE_VERIFY_FAILED"):
            await client.request("GET", f"https://other.example:{receiver.port}/")

    assert (answer.status, len(receiver.received)) == (200, 1)
