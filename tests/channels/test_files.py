"""Files: typed by their content, named anew, kept once, and given to nobody but the conversation's people."""

import asyncio
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import update

from app.care.filing import PIECE
from app.storage import tables as t
from app.storage.audit import AuditRecords
from app.storage.rows import stored
from app.wiring.records import new_id, now
from tests.channels.customers import Customer, new_customer
from tests.fakes.served import Served, serving

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 60
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n" + b"x" * 60


@pytest.fixture
async def customer(served: Served) -> Customer:
    return await new_customer(served)


async def sends(customer: Customer, conversation: str, name: str, content: bytes, **headers: str) -> httpx2.Response:
    return await customer.client.post(
        f"/v1/conversations/{conversation}/files",
        files={"file": (name, content, "text/html")},
        headers={**customer.headers, **headers},
    )


async def in_hand(served: Served, customer: Customer) -> tuple[str, dict[str, str]]:
    """A conversation that an agent has, and the agent's header."""
    conversation = await customer.opens("I want to talk to a human")
    agent = await served.agent()
    claimed = await served.client.post(f"/v1/agent/conversations/{conversation}/claim", headers=agent)
    assert claimed.status_code == 200
    return conversation, agent


async def test_what_was_sent_is_given_back_as_it_came_and_typed_by_its_content(customer: Customer) -> None:
    conversation = await customer.opens()

    sent = await sends(customer, conversation, "photo.html", PNG)
    read = await customer.get(f"/v1/files/{sent.json()['file']}")

    assert (sent.status_code, sent.json()["name"], sent.json()["size"]) == (201, "photo.html.png", len(PNG))
    assert (read.status_code, read.content, read.headers["content-type"]) == (200, PNG, "image/png")


@pytest.mark.parametrize("content", [b"<html><script>alert(1)</script>", b"MZ\x00\x03", b""])
async def test_what_could_run_is_refused(customer: Customer, content: bytes) -> None:
    conversation = await customer.opens()

    sent = await sends(customer, conversation, "photo.png", content)

    assert (sent.status_code, sent.json()["type"]) == (415, "about:careline/file-type")
    assert (await customer.get(f"/v1/conversations/{conversation}")).json()["files"] == []


async def test_no_browser_shows_or_runs_a_file(customer: Customer) -> None:
    conversation = await customer.opens()
    sent = (await sends(customer, conversation, 'März "2026".pdf', PDF)).json()

    read = await customer.get(f"/v1/files/{sent['file']}")

    assert read.headers["content-disposition"] == (
        "attachment; filename=\"M_rz _2026_.pdf\"; filename*=UTF-8''M%C3%A4rz%20_2026_.pdf"
    )
    assert read.headers["x-content-type-options"] == "nosniff"
    assert read.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert read.headers["cache-control"] == "private, no-store"


async def test_a_reader_who_is_slow_holds_a_piece_of_a_file_and_not_all_of_it(
    served: Served, customer: Customer
) -> None:
    conversation, content = await customer.opens(), PNG * 20_000
    sent = (await sends(customer, conversation, "photo.png", content)).json()

    start, *parts = await answered(served, f"/v1/files/{sent['file']}", customer)

    bodies = [part["body"] for part in parts if part.get("body")]
    assert dict(start["headers"])[b"content-length"] == str(len(content)).encode()
    assert (b"".join(bodies), max(map(len, bodies))) == (content, PIECE)


async def answered(served: Served, path: str, customer: Customer) -> list[dict[str, Any]]:
    """The answer as the server hands it on, part by part."""
    told: list[dict[str, Any]] = []
    headers = [(name.lower().encode(), value.encode()) for name, value in customer.headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b""}
    open_connection = asyncio.Event()

    async def receive() -> dict[str, Any]:
        await open_connection.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        told.append(dict(message))

    await served.app({**scope, "headers": headers, "http_version": "1.1", "scheme": "http"}, receive, send)
    return told


async def test_a_file_sent_twice_is_one_file_and_told_once(customer: Customer) -> None:
    conversation = await customer.opens()

    first = await sends(customer, conversation, "a.png", PNG, **{"Idempotency-Key": "f-1"})
    second = await sends(customer, conversation, "a.png", PNG, **{"Idempotency-Key": "f-1"})

    events = [event for event in await customer.events(conversation) if event["name"] == "file"]
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert len(events) == 1
    assert {**events[0]["data"], "conversation": "", "at": ""} == {
        "conversation": "", "at": "", **first.json(), "author": "customer", "agent": None
    }  # fmt: skip


async def test_another_customer_finds_no_such_file_and_no_such_conversation(served: Served, customer: Customer) -> None:
    conversation = await customer.opens()
    file = (await sends(customer, conversation, "a.png", PNG)).json()["file"]
    other = await new_customer(served)

    assert (await other.get(f"/v1/files/{file}")).status_code == 404
    assert (await sends(other, conversation, "b.png", PNG)).status_code == 404
    assert (await served.client.get(f"/v1/files/{file}")).status_code == 401


async def test_an_agent_reads_what_the_customer_sent_and_the_customer_what_the_agent_sent(
    served: Served, customer: Customer
) -> None:
    conversation, agent = await in_hand(served, customer)
    theirs = (await sends(customer, conversation, "photo.png", PNG)).json()["file"]

    read = await served.client.get(f"/v1/agent/files/{theirs}", headers=agent)
    sent = await served.client.post(
        f"/v1/agent/conversations/{conversation}/files", files={"file": ("label.pdf", PDF)}, headers=agent
    )
    got = await customer.get(f"/v1/files/{sent.json()['file']}")

    assert (read.status_code, read.content) == (200, PNG)
    [noted] = await AuditRecords(served.service.database, now, new_id).noted(None, 10)
    assert (noted.action, noted.details) == ("profile.read", {"conversation": conversation})
    assert (got.status_code, got.content) == (200, PDF)
    told = [event["data"] for event in await customer.events(conversation) if event["name"] == "file"]
    assert [(each["author"], each["agent"]) for each in told] == [("customer", None), ("agent", "agent")]
    files = (await customer.get(f"/v1/conversations/{conversation}")).json()["files"]
    assert [(each["name"], each["author"]) for each in files] == [("photo.png", "customer"), ("label.pdf", "agent")]


async def test_an_agent_sends_only_into_a_conversation_in_hand(served: Served, customer: Customer) -> None:
    conversation = await customer.opens()
    agent = await served.agent()

    sent = await served.client.post(
        f"/v1/agent/conversations/{conversation}/files", files={"file": ("label.pdf", PDF)}, headers=agent
    )

    assert (sent.status_code, sent.json()["type"]) == (409, "about:careline/not-yours")


async def test_a_channel_that_carries_no_files_says_so_to_the_agent(served: Served) -> None:
    channel = await served.endpoint("https://bridge.example/in")
    conversation = (await served.bridge(channel, text="I want to talk to a human")).json()["conversation"]
    agent = await served.agent()
    await served.client.post(f"/v1/agent/conversations/{conversation}/claim", headers=agent)

    sent = await served.client.post(
        f"/v1/agent/conversations/{conversation}/files", files={"file": ("label.pdf", PDF)}, headers=agent
    )

    assert (sent.status_code, sent.json()["type"]) == (409, "about:careline/files-not-carried")


async def test_a_file_of_more_than_the_limit_is_refused_whichever_way_it_comes(
    migrated_file: Path, tmp_path: Path
) -> None:
    async with serving(tmp_path, migrated_file, largest_file=2_048) as served:
        customer = await new_customer(served)
        conversation = await customer.opens()

        just = await sends(customer, conversation, "a.txt", b"x" * 2_048)
        over = await sends(customer, conversation, "a.txt", b"x" * 2_049)
        far_over = await sends(customer, conversation, "a.txt", b"x" * 100_000)
        endless = await served.client.post(
            f"/v1/conversations/{conversation}/files",
            content=_pieces(),
            headers={**customer.headers, "Content-Type": "multipart/form-data; boundary=b"},
        )

    assert [each.status_code for each in (just, over, far_over, endless)] == [201, 413, 413, 413]
    assert {each.json()["type"] for each in (over, far_over, endless)} == {"about:careline/too-large"}


async def test_a_form_without_a_file_is_told_so(customer: Customer) -> None:
    conversation = await customer.opens()
    path = f"/v1/conversations/{conversation}/files"

    for body in ({"data": {"file": "words"}}, {"json": {"file": "words"}}, {"files": {"other": ("a.png", PNG)}}):
        answer = await customer.client.post(path, headers=customer.headers, **body)  # type: ignore[arg-type]

        assert (answer.status_code, answer.json()["type"]) == (422, "about:careline/invalid")


async def test_nothing_is_read_before_the_caller_is_let_in(served: Served) -> None:
    taken: list[bytes] = []

    async def pieces() -> Any:
        async for piece in _pieces():
            taken.append(piece)
            yield piece

    answer = await served.client.post(
        "/v1/conversations/cnv_1/files",
        content=pieces(),
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )

    assert answer.status_code == 401


async def test_a_closed_conversation_takes_no_file(served: Served, customer: Customer) -> None:
    conversation, agent = await in_hand(served, customer)
    await served.client.post(f"/v1/agent/conversations/{conversation}/close", headers=agent)

    sent = await sends(customer, conversation, "a.png", PNG)

    assert (sent.status_code, sent.json()["type"]) == (409, "about:careline/conversation-closed")


async def test_a_blocked_customer_sends_no_file(served: Served, customer: Customer) -> None:
    conversation = await customer.opens()
    blocked = update(t.customers).values(blocked_at=stored(now()))
    await served.service.database.write(lambda c: c.execute(blocked).rowcount)

    sent = await sends(customer, conversation, "a.png", PNG)

    assert (sent.status_code, sent.json()["type"]) == (403, "about:careline/blocked")


async def test_more_files_than_there_may_be_in_an_hour_are_refused(served: Served, customer: Customer) -> None:
    conversation = await customer.opens()

    answers = [await sends(customer, conversation, f"{number}.png", PNG) for number in range(21)]

    assert [answer.status_code for answer in answers] == [201] * 20 + [429]
    assert answers[-1].json()["type"] == "about:careline/too-many-files"


async def test_a_file_larger_than_a_piece_comes_back_whole(customer: Customer) -> None:
    conversation = await customer.opens()
    content = b"".join(b"%09d\n" % number for number in range(150_000))

    sent = await sends(customer, conversation, "numbers.txt", content)
    read = await customer.get(f"/v1/files/{sent.json()['file']}")

    assert read.content == content


async def _pieces() -> Any:
    yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    for _ in range(50):
        yield b"x" * 1_024
    yield b"\r\n--b--\r\n"
