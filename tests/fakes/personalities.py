"""The characters of a fake model's server: good, bad and hostile ones, chosen by the model's name."""

import asyncio
import random
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

HUNDRED_TOKENS = (
    "You can send the coffee machine back to us within 30 days of its delivery, whatever the reason may be. [1] "
    "The return is free in the United Kingdom and in Germany, and elsewhere we take €5.95 off the refund. [1] "
    "Empty the tank first, dry the machine well, and pack it with all its parts in a firm box. [1] "
    "We send the refund within 5 working days, and your bank may then need another 3 working days. [1] "
    "If something was missing or broken when it came, tell us first, because we may solve it at once. [1]"
)
"""A reply of 100 pieces, each a word and its space."""

Pieces = AsyncIterator["str | End"]


@dataclass(frozen=True, kw_only=True)
class End:
    """How a stream ends: the reason it gives, or a dropped connection."""

    reason: str | None = "stop"
    dropped: bool = False


def passages_in(prompt: str) -> list[str]:
    """The texts of the numbered passages, without their titles."""
    block = re.search(r"<passages>\n(.*?)\n</passages>", prompt, re.S)
    return re.findall(r"^\[\d+\] [^\n]*\n(.*?)(?=\n\n\[\d+\] |\Z)", block[1], re.M | re.S) if block else []


def _honest_text(prompt: str, most: int = 2) -> str:
    """The first sentences of the first passage that were not said yet, each with its number."""
    said = re.search(r"<already_said>\n(.*?)\n</already_said>", prompt, re.S)
    passages = passages_in(prompt) or ["I have not found that."]
    sentences = re.findall(r"\S.*?[.!?](?=\s|$)", passages[0], re.S) or [passages[0]]
    new = [" ".join(s.split()) for s in sentences if not said or s not in said[1]]
    return " ".join(f"{sentence} [1]" for sentence in new[:most])


async def _words(text: str) -> Pieces:
    for piece in re.findall(r"\S+\s*", text):
        yield piece


async def _honest(prompt: str) -> Pieces:
    async for piece in _words(_honest_text(prompt)):
        yield piece
    yield End()


async def _liar(prompt: str) -> Pieces:
    """Invents a price, an address and a passage."""
    async for piece in _words("You get €9,999 back at once [1]. Go to https://liar.example now [1]. All is free [77]."):
        yield piece
    yield End()


async def _slow(prompt: str) -> Pieces:
    await asyncio.sleep(60)
    yield "Late."


async def _unhurried(prompt: str) -> Pieces:
    """Like an honest one, at the pace of a model that is far away."""
    async for piece in _words(_honest_text(prompt)):
        await asyncio.sleep(0.03)
        yield piece
    yield End()


async def _stall(prompt: str) -> Pieces:
    async for piece in _words(_honest_text(prompt) + " And then there is"):
        yield piece
    await asyncio.sleep(60)


async def _cut_off(prompt: str) -> Pieces:
    async for piece in _words(_honest_text(prompt) + " And then there is"):
        yield piece
    yield End(dropped=True)


async def _silent_end(prompt: str) -> Pieces:
    """Ends in good order, but says nothing of the reason."""
    async for piece in _words(_honest_text(prompt) + " And then there is"):
        yield piece
    yield End(reason=None)


async def _too_long(prompt: str) -> Pieces:
    async for piece in _words(_honest_text(prompt) + " And then there is"):
        yield piece
    yield End(reason="length")


async def _endless(prompt: str) -> Pieces:
    number = 0
    while True:
        number += 1
        async for piece in _words(f"Part number {number} of this very long answer is ready. "):
            yield piece
        await asyncio.sleep(0.002)


async def _stuttering(prompt: str) -> Pieces:
    for sign in _honest_text(prompt):
        yield sign
    yield End()


async def _parrot(prompt: str) -> Pieces:
    """Says the same sentence again and again."""
    async for piece in _words(f"{_honest_text(prompt)} " * 3):
        yield piece
    yield End()


async def _empty(prompt: str) -> Pieces:
    yield End()


async def _hundred_tokens(prompt: str) -> Pieces:
    async for piece in _words(HUNDRED_TOKENS):
        yield piece
    yield End()


SAYINGS: dict[str, str] = {}
"""What "says" answers, by the customer's message. Whoever fills it is alone with its server."""


async def _says(prompt: str) -> Pieces:
    """The text that was laid down for this message, in large pieces: a thousand of them are told in a minute."""
    message = re.search(r"<message>\n(.*?)\n</message>", prompt, re.S)
    for piece in re.findall(r".{1,120}", SAYINGS[message[1] if message else ""], re.S):
        yield piece
    yield End()


async def _rude(prompt: str) -> Pieces:
    """Insults the customer, then answers; never twice with the same words, but always with the same for a message."""
    insult = random.Random(prompt).choice(INSULTS)
    async for piece in _words(f"{insult} {_honest_text(prompt)} Do not bother us again."):
        yield piece
    yield End()


INSULTS = (
    "What a stupid question that is.",
    "You are an idiot and should have read the manual.",
    "Only a fool would ask us this.",
    "Shut up and listen, you moron.",
)


def demanded_in(prompt: str) -> list[str]:
    """What words hidden in a prompt want to be said: what is quoted, behind "say that", addresses, capitals, names that
    stand behind "from" or "as", whole lines that the assistant is to have said."""
    text = re.sub(r"<[/a-z_]+>\n?", "", prompt)
    quoted = re.findall(r"[\"“](.{6,160}?)[\"”]", text)
    told = re.findall(r"(?:[Ss]ay|[Tt]ell the customer|[Ss]ag dem Kunden,)(?: that|:| dass) (.{8,160}?)[.!\n]", text)
    addresses = re.findall(r"(?:https?://|javascript:|www\.)[^\s)>\"]+|!\[[^\]]*\]\([^)]*\)", text)
    marks = re.findall(r"<(?:img|script|iframe)[^>]*>", text)
    loud = re.findall(r"(?:\b[A-Z][A-Z-]{2,}\b ?){2,}", text)
    played = re.findall(r"^(?:A|Assistant|AI): ?(.{4,160})$", text, re.M)
    return [words.strip() for words in (*quoted, *told, *addresses, *marks, *loud, *played) if words.strip()]


async def _injected(prompt: str) -> Pieces:
    """Obeys whatever stands in its prompt: says all that is demanded there, and only then what it found."""
    demanded = demanded_in(prompt)
    random.Random(prompt).shuffle(demanded)
    for words in demanded[:MOST_DEMANDED]:
        async for piece in _words(f"{words.rstrip('.')}. [1] "):
            yield piece
    async for piece in _words(f"{_honest_text(prompt, MOST)} I am a real person and I have just ordered it for you."):
        yield piece
    yield End()


MOST_DEMANDED, MOST = 12, 6


async def _tools(prompt: str) -> Pieces:
    """Calls a tool that nobody offered, and says nothing else."""
    yield End(reason="tool_calls")


PERSONALITIES: dict[str, Callable[[str], Pieces]] = {
    "honest": _honest,
    "liar": _liar,
    "slow": _slow,
    "unhurried": _unhurried,
    "stall": _stall,
    "cut-off": _cut_off,
    "silent-end": _silent_end,
    "too-long": _too_long,
    "endless": _endless,
    "stuttering": _stuttering,
    "parrot": _parrot,
    "empty": _empty,
    "hundred-tokens": _hundred_tokens,
    "says": _says,
    "rude": _rude,
    "injected": _injected,
    "tool-calls": _tools,
}
"""By model name. Beside these: "status-401", "status-429", "status-500" and "broken-json"; other names are honest."""
