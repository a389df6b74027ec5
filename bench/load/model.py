"""A model's server that streams one answer of 40 tokens as quickly as it can: bytes made ready, a write a token."""

import asyncio
import json

SENTENCES = (
    "You may try an appliance at home and still return it within 45 days of delivery.",
    "Unopened coffee can be returned within 14 days of delivery.",
    "Opened coffee cannot be returned, except when the coffee is faulty.",
)
"""The sample company's own: each is read, checked and shown."""

ANSWER = " ".join(f"{sentence[:-1]} [1]." for sentence in SENTENCES)
QUESTION = "What are the return periods for appliances, unopened coffee and filters?"
TOKENS = ANSWER.count(" ") + 1
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


def _chunk(choices: list[object], **more: object) -> bytes:
    event = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": choices, **more}
    return _line(json.dumps(event))


def _line(data: str) -> bytes:
    line = f"data: {data}\n\n".encode()
    return f"{len(line):x}\r\n".encode() + line + b"\r\n"


def _token(number: int, text: str) -> bytes:
    delta = {"content": text} if number else {"role": "assistant", "content": text}
    return _chunk([{"index": 0, "delta": delta, "finish_reason": None}])


_WORDS = [word + " " for word in ANSWER.split(" ")]
_USAGE = {"prompt_tokens": 10, "completion_tokens": TOKENS, "total_tokens": 10 + TOKENS}
_PIECES = [_HEAD, *(_token(number, word) for number, word in enumerate(_WORDS))]
_PIECES.append(_chunk([{"index": 0, "delta": {}, "finish_reason": "stop"}]))
_PIECES.append(_chunk([], usage=_USAGE) + _line("[DONE]") + b"0\r\n\r\n")


class _Asked(asyncio.Protocol):
    """One connection. GET gives the last question's messages, so that others can ask the very same."""

    messages = b"[]"

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._read = transport, b""

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, found, body = self._read.partition(b"\r\n\r\n")
        if not found:
            return
        if head.startswith(b"GET"):
            self._tell_messages()
        elif len(body) >= _length(head):
            _Asked.messages = body
            for piece in _PIECES:
                self._transport.write(piece)
        else:
            return
        self._read = b""

    def _tell_messages(self) -> None:
        messages = _Asked.messages
        self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(messages) + messages)


def _length(head: bytes) -> int:
    return int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(_Asked, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
