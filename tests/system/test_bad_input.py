"""Bad input meets a clear error each time, and nothing foreign opens."""

import pytest

from tests.system.conftest import Running
from tests.system.test_conversation import chat

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "empty"), ("  \n ", "empty"), ("x" * 4_001, "4001 characters"), ("a\x00b", "binary"), ("\u200b", "empty")],
)
def test_text_that_cannot_be_taken_is_told_why(service: Running, text: str, words: str) -> None:
    with service.client() as customer:
        answer = chat(customer, text)

    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
    assert words in answer.json()["detail"]


def test_a_body_that_is_too_large_is_refused_before_it_is_read(service: Running) -> None:
    with service.client() as customer:
        answer = chat(customer, "x" * 70_000)

    assert (answer.status_code, answer.headers["content-type"]) == (413, PROBLEM)


@pytest.mark.parametrize("body", [b"", b"not json", b"[1]", b'{"text": 5}', b'{"txt": "hello"}', b"\xff\xfe\x00"])
def test_a_body_that_is_no_message_is_told_so(service: Running, body: bytes) -> None:
    with service.client() as customer:
        answer = customer.post("/v1/chat", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == PROBLEM


def test_an_unknown_and_a_foreign_conversation_are_told_alike(service: Running) -> None:
    with service.client() as ada, service.client() as bob:
        hers = chat(ada, "Hello, how do I descale the Pour 4?").json()["conversation"]
        token = chat(bob, "Hello").headers["Careline-Customer-Token"]
        bob.headers["Authorization"] = f"Bearer {token}"

        answers = [bob.get(f"/v1/conversations/{c}") for c in (hers, "cnv_nowhere")]
        answers += [bob.get(f"/v1/conversations/{c}/events") for c in (hers, "cnv_nowhere")]
        answers += [chat(bob, "Hello", conversation=c) for c in (hers, "cnv_nowhere")]

    assert [answer.status_code for answer in answers] == [404] * 6
    assert len({answer.text for answer in answers}) == 1


@pytest.mark.parametrize("secret", ["", "cst_wrong", "agk_wrong", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."])
def test_wrong_secrets_open_nothing(service: Running, secret: str) -> None:
    with service.client(secret) as stranger:
        closed = ["/v1/conversations", "/v1/profile", "/v1/agent/queue", "/v1/articles"]

        assert {stranger.get(path).status_code for path in closed} == {401}


def test_a_key_without_the_scope_is_forbidden(service: Running) -> None:
    with service.client(service.add_key("customers")) as shop:
        assert shop.get("/v1/articles").status_code == 403


def test_a_claimed_identity_opens_nothing(service: Running) -> None:
    with service.client(service.add_key("customers")) as shop, service.client() as stranger:
        shop.put("/v1/customers/c-99/attributes", json={"attributes": {"first_name": "Grace"}})

        answer = chat(
            stranger, "How do I descale the Pour 4?", identity={"id": "c-99", "email": "g@home.example"}
        ).json()

    assert "Grace" not in answer["reply"]


def test_a_broken_document_is_named_and_the_others_are_taken(service: Running) -> None:
    good = ("files", ("yard.md", b"# The yard\n\nThe yard opens at 6:15 in the morning.", "text/markdown"))
    broken = ("files", ("broken.pdf", b"%PDF-1.7 and then nothing", "application/pdf"))
    with service.client(service.add_key("knowledge")) as shop:
        report = shop.post("/v1/articles/files", files=[good, broken]).json()

    assert report["changed"] == ["yard.md"]
    assert list(report["broken"]) == ["broken.pdf"]


def test_too_many_messages_of_one_customer_are_asked_to_wait(service: Running) -> None:
    with service.client() as customer:
        customer.headers["Authorization"] = f"Bearer {chat(customer, 'Hello').headers['Careline-Customer-Token']}"
        answers = [chat(customer, "Hello") for _ in range(31)]

    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0


@pytest.mark.parametrize("seen", ["x", "-1", "1.5", "9" * 30])
def test_a_last_event_id_that_is_no_number_is_told_so(service: Running, seen: str) -> None:
    with service.client() as customer:
        answer = customer.post("/v1/chat", json={"text": "Hello"}, headers={"Last-Event-ID": seen})

    assert answer.status_code == 400
