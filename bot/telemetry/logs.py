"""The bot's log: no secrets and no personal data in it.

Lines go to the standard error stream, as text for people or as JSON for machines. A line is an
event with its facts: numbers of rows, counts, milliseconds. Whatever is logged passes one filter,
tracebacks and arguments as well, so that no caller has to think of it.
"""

import json
import logging
import re
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache, partial
from types import TracebackType
from typing import Final

from bot.telemetry.redaction import (
    LEFT_OUT,
    VALUES,
    fixed_words,
    is_foreign,
    message,
    redacted_trace,
    without_words,
)

__all__ = ["about", "redact", "setup"]

TALKATIVE: Final = (
    # These log addresses with the token in them, the values of statements, or lines that no one
    # reads.
    "aiohttp",
    "aiosqlite",
    "alembic",
    "apscheduler",
    "asyncpg",
    "httpcore",
    "httpx",
    "sqlalchemy",
    "telegram",
)
SECRET_SYMBOLS_MIN: Final = 6
KNOWN_MAX: Final = 1_024
KNOWN_LENGTH_MAX: Final = 80
PASSWORD: Final = re.compile(r"(?<=://)([^\s:/@]*+):")


def _without_password(run: re.Match[str]) -> str:
    """An address without the password in it, which may hold colons and even an @."""
    before, _, behind = run[0].rpartition("@")
    found = PASSWORD.search(before)
    if found is None or found.end() == len(before):
        return run[0]
    return f"{before[: found.start()]}{found[1]}:<password>@{behind}"


PATTERNS: Final[tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]] = (
    (re.compile(r"(?<!\d)\d{6,}+(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE), "<token>"),
    (re.compile(r"\S+"), _without_password),
    (
        re.compile(
            r"""\b(password|passwd|pwd)(['"]?\s*[=:]\s*['"]?)[^\s'"&,;)]+""", re.IGNORECASE
        ),
        r"\1\2<password>",
    ),
    # An Indonesian mobile number as people write it; one without 0 or 62 is like a Telegram id.
    (re.compile(r"(?<!\d)(?:\+?62|0)[\s.-]?8(?:[\s.-]?\d){8,11}(?!\d)"), "<phone>"),
    (re.compile(r"\+\d{9,15}(?!\d)"), "<phone>"),
    # PostgreSQL shows the values of the row that it refused. They may have line breaks in them, so
    # nothing behind is kept; `bot.telemetry.redaction` has cut the errors of a traceback before.
    (VALUES, r"\1<values>"),
)
STANDARD: Final = frozenset(
    logging.LogRecord("", 0, "", 0, "", (), None).__dict__.keys()
    | {"message", "asctime", "event", "taskName"},
)

log = logging.getLogger(__name__)

_about: ContextVar[Mapping[str, object]] = ContextVar("what is being done")


@contextmanager
def about(**facts: object) -> Iterator[None]:
    """Add these facts to every line that is logged within, by whatever it calls."""
    token = _about.set({**_about.get({}), **facts})
    try:
        yield
    finally:
        _about.reset(token)


def setup(level: str = "INFO", format: str = "text", *, secrets: Iterable[str] = ()) -> None:  # noqa: A002 - the setting is called so
    """Send everything that is logged to the one place, redacted.

    Args:
        level: name of the lowest level that is written.
        format: "text" or "json".
        secrets: values that must never be written, whatever they look like.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if format == "json" else TextLines())
    handler.addFilter(Redacting(secrets))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_thread
    sys.unraisablehook = _log_unraisable


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without tokens, passwords in addresses, phone numbers and the given secrets."""
    for secret in secrets:
        text = text.replace(secret, "<secret>")
    for pattern, stand_in in PATTERNS:
        text = pattern.sub(stand_in, text)
    return text


class Redacting(logging.Filter):
    """Makes a record safe to write: message, arguments, traceback, stack and extra fields."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        # Replacing a very short secret would tear ordinary words apart and so show what it is.
        kept = tuple(each for each in secrets if len(each) >= SECRET_SYMBOLS_MIN)
        self._redact = partial(redact, secrets=kept)
        # The same event comes thousands of times, and its facts are small numbers.
        self._known = lru_cache(KNOWN_MAX)(self._redact)

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything through, made safe."""
        for name, value in _about.get({}).items():
            record.__dict__.setdefault(name, value)
        foreign = is_foreign(record)
        record.event = self._safe(fixed_words(record) if foreign else str(record.msg))
        said = without_words(record) if foreign else message(record)
        record.msg, record.args = self._safe(said), ()
        if record.exc_info and (foreign or not record.exc_text):
            record.exc_text = redacted_trace(record.exc_info[1])
        elif foreign:
            record.exc_text = None
        if record.exc_text:
            record.exc_text = self._safe(record.exc_text)
        if record.stack_info:
            record.stack_info = self._safe(record.stack_info)
        known = STANDARD | _about.get({}).keys()
        for name in record.__dict__.keys() - STANDARD:
            value = record.__dict__[name]
            if foreign and name not in known and isinstance(value, str):
                value = record.__dict__[name] = LEFT_OUT
            safe = self._safe(str(value))
            if safe != str(value) or not isinstance(value, bool | int | float | None):
                record.__dict__[name] = safe
        return True

    def _safe(self, text: str) -> str:
        return self._known(text) if len(text) <= KNOWN_LENGTH_MAX else self._redact(text)


class TextLines(logging.Formatter):
    """A line for people: when, how bad, who, what, and its facts behind it."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802 - as inherited
        """The moment in UTC."""
        return _written_at(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - as inherited
        """The line without traceback and stack."""
        line = super().formatMessage(record)
        return "  ".join([line, *(f"{name}={value}" for name, value in _facts(record))])


class JsonLines(logging.Formatter):
    """A line for machines: one JSON object, the facts of the event among its fields.

    `event` is the same text each time the same thing happens; where it has places for values,
    `message` is the text with the values in it.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        line: dict[str, object] = {
            "time": _written_at(record),
            "level": record.levelname,
            "logger": record.name,
            "event": getattr(record, "event", record.msg),
        }
        if record.getMessage() != line["event"]:
            line["message"] = record.getMessage()
        line |= {name: value for name, value in _facts(record) if name not in line}
        if record.exc_text:
            line["traceback"] = record.exc_text
        if record.stack_info:
            line["stack"] = record.stack_info
        return json.dumps(line, ensure_ascii=False)


def _facts(record: logging.LogRecord) -> Iterator[tuple[str, object]]:
    for name, value in record.__dict__.items():
        if name not in STANDARD:
            yield name, value


def _written_at(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _log_uncaught(
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    """Python would write the traceback past the filter."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    log.critical("Stopped by an error that nobody expected.", exc_info=(kind, error, trace))


def _log_thread(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None:
        told = (failed.exc_type, failed.exc_value, failed.exc_traceback)
        log.critical("A thread ended with an error that nobody expected.", exc_info=told)


def _log_unraisable(failed: "sys.UnraisableHookArgs") -> None:
    """Log an error that nothing could catch; Python would write the object itself as well."""
    told = (failed.exc_type, failed.exc_value, failed.exc_traceback)
    log.error("Something failed while it was being cleared away.", exc_info=told)  # type: ignore[arg-type]
