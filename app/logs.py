"""Structured logs on stderr: ids and reasons, never what anybody wrote."""

import logging
import re
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from traceback import walk_tb
from types import TracebackType
from typing import Any, cast

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor

FIELDS = frozenset(
    {
        *("conversation", "turn", "delivery", "endpoint", "agent", "owner", "request"),
        *("reason", "outcome", "seconds", "status", "method", "route"),
    }
)
"""What `extra` may add to a line; everything else in it is dropped."""

TELLING = frozenset(
    {
        "app.care.answerers.ModelFailedError",
        "app.care.outbox.NotDeliveredError",
        "app.care.outbox.RefusedDeliveryError",
        "app.care.outbox.UnknownOutcomeError",
        "app.care.records.RecordsUnavailableError",
        "app.domain.turns.LeaseLostError",
        "app.domain.turns.NewMessageError",
        "app.web.guarded.AddressNotAllowedError",
        "app.web.guarded.AnswerLostError",
        "app.web.guarded.NotReachedError",
    }
)
"""Errors whose messages we write ourselves, of ids and reasons. Of every other only its type and frames are logged:
its message may hold a statement's parameters, a refused body, a model's answer."""

PLAIN = ("uvicorn", "asyncio")
"""Libraries whose messages are fixed words at their beginning; of the others only the place in the code is told."""

_QUOTED = re.compile(r"'[^']*'?|\"[^\"]*\"?")
"""A driver's reason may quote the value that it could not take."""

_LAST_ERROR = re.compile(r"^([\w.]+)(?::[^\n]*)?\s*\Z", re.MULTILINE)

LONGEST = 200
MOST_FRAMES = 30


class LogFormat(StrEnum):
    """AUTO is lines to read on a terminal, JSON elsewhere."""

    AUTO = "auto"
    JSON = "json"
    TEXT = "text"


def configure(level: str, form: LogFormat = LogFormat.AUTO) -> None:
    """For the whole process: our own records from `level` on, those of libraries from WARNING on; warnings and
    errors that nobody caught go the same way."""
    as_text = form is LogFormat.TEXT or (form is LogFormat.AUTO and sys.stderr.isatty())
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(as_text=as_text))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("app").setLevel(level)
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
    sys.unraisablehook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def formatter(*, as_text: bool) -> ProcessorFormatter:
    """One line a record, with a traceback below it where it is for people."""
    last: Iterable[Processor] = (
        (_as_lines, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), sort_keys=False))
        if as_text
        else (structlog.processors.JSONRenderer(ensure_ascii=False, default=str),)
    )
    return ProcessorFormatter(processors=[_fields_of, *last], use_get_message=False, pass_foreign_args=True)


def _fields_of(_logger: object, _method: str, given: EventDict) -> EventDict:
    """The whole line, made anew of what may stand there."""
    record: logging.LogRecord = given["_record"]
    line: EventDict = {
        "timestamp": structlog.processors.TimeStamper(fmt="iso", utc=True)(None, "", {})["timestamp"],
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": _event_of(record, given),
    }
    line |= _allowed(structlog.contextvars.get_contextvars()) | _allowed(record.__dict__)
    exc_info: tuple[object, BaseException | None, object] | None = given.get("exc_info")
    if exc_info and exc_info[1] is not None:
        line["exception"] = list(_told(exc_info[1]))
    return line


def _event_of(record: logging.LogRecord, given: EventDict) -> str:
    if _is_ours(record.name):
        return _said(str(record.msg), given.get("positional_args") or ())[:LONGEST]
    place = f"{record.module}:{record.lineno}"
    if record.name.partition(".")[0] not in PLAIN:
        return f"a library's words are left out ({place})"
    return _beginning(str(record.msg)) or place


def _beginning(words: str) -> str:
    """The fixed words before the first value; of a traceback that came as text, the kind of its error."""
    if words.startswith("Traceback") and (kind := _LAST_ERROR.search(words)):
        return f"nobody caught this: {kind[1]}"
    return re.split(r"[\n(<]", words, maxsplit=1)[0].strip()[:LONGEST]


def _said(words: str, values: tuple[object, ...]) -> str:
    """Our own words with their values; an error among them is told as one is anywhere here."""
    return words % tuple(_safe(value) for value in values) if values else words


def _safe(value: object) -> object:
    if isinstance(value, BaseException):
        return _message_of(value).get("message") or _name_of(type(value))
    return _QUOTED.sub("'...'", value) if type(value) is str else value


def _is_ours(name: str) -> bool:
    return name == "app" or name.startswith("app.")


def _allowed(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _short(value) for name, value in given.items() if name in FIELDS}


def _short(value: object) -> object:
    return value if isinstance(value, int | float | bool) or value is None else str(value)[:LONGEST]


def _told(error: BaseException) -> Iterator[Mapping[str, object]]:
    """The error and what led to it, newest first: types and frames, and the message of those in TELLING."""
    seen: set[int] = set()
    left: list[BaseException | None] = [error]
    while left:
        each = left.pop(0)
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield {"type": _name_of(type(each)), **_message_of(each), "frames": _frames_of(each.__traceback__)}
        left += [each.__cause__, None if each.__suppress_context__ else each.__context__]
        left += cast("tuple[BaseException, ...]", getattr(each, "exceptions", ()))


def _message_of(error: BaseException) -> dict[str, str]:
    if _name_of(type(error)) not in TELLING:
        return {}
    return {"message": _QUOTED.sub("'...'", str(error))[:LONGEST]}


def _name_of(kind: type[BaseException]) -> str:
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _frames_of(traceback: TracebackType | None) -> list[str]:
    frames = [f"{frame.f_code.co_filename}:{line} {frame.f_code.co_name}" for frame, line in walk_tb(traceback)]
    return frames[-MOST_FRAMES:]


def _as_lines(_logger: object, _method: str, line: EventDict) -> EventDict:
    told: list[Mapping[str, Any]] = line.pop("exception", [])
    if told:
        line["exception"] = "\n".join(row for each in told for row in _rows_of(each))
    return line


def _rows_of(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"  {told['type']}{': ' + told['message'] if 'message' in told else ''}"
    yield from (f"    {frame}" for frame in told["frames"])


def _uncaught(kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    whole = error if error is not None else kind()
    logging.getLogger("app").critical("nobody caught this", exc_info=(kind, whole, traceback))
