"""Questions to the sample company that the service answers, found by asking it; worded anew for each customer."""

import json
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import httpx2

QUESTIONS = Path(__file__).parents[2] / "evals" / "sample_company" / "questions.jsonl"


GREETINGS = ("", "Hello, ", "Hello! ", "Hi, ", "Hi! ", "Hi there, ", "Hi there! ", "Hey, ", "Hey! ", "Hello there, ")
ENDINGS = (
    "",
    " Thanks",
    " Thanks.",
    " Thanks!",
    " Thank you",
    " Thank you.",
    " Thank you!",
    " Please",
    " Please.",
    " :)",
)


def in_other_words(questions: Sequence[str]) -> Iterator[str]:
    """Each question with every greeting and ending: few customers word a question alike, and what the service keeps of
    the last questions must not make it quicker than it is."""
    for (greeting, ending), text in product(product(GREETINGS, ENDINGS), questions):
        yield f"{greeting}{text}{ending}"


def answered_questions(address: str) -> list[str]:
    """First messages of the labelled questions that get an answer now; each is asked once, which also warms up."""
    with httpx2.Client(base_url=address, timeout=30, trust_env=False) as http:
        return [text for text in first_messages() if _outcome(http, text) == "answered"]


def first_messages() -> Sequence[str]:
    lines = map(json.loads, QUESTIONS.read_text(encoding="utf-8").splitlines())
    return [line["turns"][0] for line in lines if line["expect"] == "answer"]


def _outcome(http: httpx2.Client, text: str) -> str:
    return str(http.post("/v1/chat", json={"text": text}).json().get("outcome"))
