"""Structured logs without secrets or personal data.

Lines go to standard error, as text for people or as JSON for machines. A line is an event with
its facts: row ids, counts, milliseconds. One filter redacts everything that is logged, with
arguments and tracebacks, so that callers need not do it.
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
    fixed_text,
    is_foreign,
    message,
    numbers_only,
    redacted_trace,
)

__all__ = ["about", "redact", "setup"]

NOISY_LOGGERS: Final = (
    # These log URLs with the token, the parameters of statements, or useless lines.
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
SECRET_CHARACTERS_MIN: Final = 6
KNOWN_MAX: Final = 1_024
KNOWN_LENGTH_MAX: Final = 80
PASSWORD: Final = re.compile(r"(?<=://)([^\s:/@]*+):")


def _without_password(run: re.Match[str]) -> str:
    """Returns a URL without its password, which may contain colons and even an @."""
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
    # An Indonesian mobile number as people write it; without 0 or 62 it looks like a Telegram id.
    (re.compile(r"(?<!\d)(?:\+?62|0)[\s.-]?8(?:[\s.-]?\d){8,11}(?!\d)"), "<phone>"),
    (re.compile(r"\+\d{9,15}(?!\d)"), "<phone>"),
    # PostgreSQL quotes the values of a row that it rejects. They may contain line breaks, so the
    # rest of the text is cut; `bot.telemetry.redaction` has cut the errors of tracebacks before.
    (VALUES, r"\1<values>"),
)
STANDARD: Final = frozenset(
    logging.LogRecord("", 0, "", 0, "", (), None).__dict__.keys()
    | {"message", "asctime", "event", "taskName"},
)

log = logging.getLogger(__name__)

_about: ContextVar[Mapping[str, object]] = ContextVar("facts of the current work")


@contextmanager
def about(**facts: object) -> Iterator[None]:
    """Add these facts to every line that is logged within the context."""
    token = _about.set({**_about.get({}), **facts})
    try:
        yield
    finally:
        _about.reset(token)


def setup(level: str = "INFO", format: str = "text", *, secrets: Iterable[str] = ()) -> None:  # noqa: A002 - the name of the setting
    """Send all logs and uncaught errors to standard error, redacted.

    Args:
        level: the name of the lowest level to write.
        format: "text" or "json".
        secrets: values that must never be written.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if format == "json" else TextLines())
    handler.addFilter(Redacting(secrets))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in NOISY_LOGGERS:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_thread
    sys.unraisablehook = _log_unraisable


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """Returns the text without tokens, passwords, phone numbers and the given secrets."""
    for secret in secrets:
        text = text.replace(secret, "<secret>")
    for pattern, stand_in in PATTERNS:
        text = pattern.sub(stand_in, text)
    return text


class Redacting(logging.Filter):
    """Makes a record safe to write: message, arguments, traceback, stack and extra fields."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        # Replacing a very short secret would change ordinary words, and so reveal it.
        kept = tuple(each for each in secrets if len(each) >= SECRET_CHARACTERS_MIN)
        self._redact = partial(redact, secrets=kept)
        # The same events are logged thousands of times, with small numbers as facts.
        self._known = lru_cache(KNOWN_MAX)(self._redact)

    def filter(self, record: logging.LogRecord) -> bool:
        """Make the record safe; returns True, since every record is written."""
        for name, value in _about.get({}).items():
            record.__dict__.setdefault(name, value)
        foreign = is_foreign(record)
        record.event = self._safe(fixed_text(record) if foreign else str(record.msg))
        text = numbers_only(record) if foreign else message(record)
        record.msg, record.args = self._safe(text), ()
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
    """A line for people: time, level, logger, event, and the facts at the end."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802 - as inherited
        """Returns the time of the record in UTC."""
        return _time_of(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - as inherited
        """Returns the line without traceback and stack."""
        line = super().formatMessage(record)
        return "  ".join([line, *(f"{name}={value}" for name, value in _facts(record))])


class JsonLines(logging.Formatter):
    """A line for machines: one JSON object, the facts of the event among its fields.

    `event` is the same text each time the same thing happens; if it is a template, `message` is
    the text with the values filled in.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Returns the record as one line."""
        line: dict[str, object] = {
            "time": _time_of(record),
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


def _time_of(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _log_uncaught(
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    """Log an uncaught error; Python's own hook would bypass the filter."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    log.critical("Stopped by an unexpected error.", exc_info=(kind, error, trace))


def _log_thread(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None:
        exc_info = (failed.exc_type, failed.exc_value, failed.exc_traceback)
        log.critical("A thread ended with an unexpected error.", exc_info=exc_info)


def _log_unraisable(failed: "sys.UnraisableHookArgs") -> None:
    """Log an error that cannot be caught; Python's own hook would print the object as well."""
    exc_info = (failed.exc_type, failed.exc_value, failed.exc_traceback)
    log.error("An object failed while it was being finalized.", exc_info=exc_info)  # type: ignore[arg-type]
