"""What the bot writes down about itself, with nobody's secrets and nobody's phone number in it.

Lines go to the standard error stream, as text for people or as JSON for machines. Whatever is
logged passes one filter, tracebacks and arguments as well, so that no caller has to think of it.
"""

import json
import logging
import re
import sys
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Final

__all__ = ["redact", "setup"]

TALKATIVE: Final = (
    # These log addresses with the token in them, the values of statements, or what nobody reads.
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
PATTERNS: Final = (
    (re.compile(r"\d{6,}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE), "<token>"),
    (re.compile(r"(?<=://)([^\s:/@]*):\S+@"), r"\1:<password>@"),
    (
        re.compile(
            r"""\b(password|passwd|pwd)(['"]?\s*[=:]\s*['"]?)[^\s'"&,;)]+""", re.IGNORECASE
        ),
        r"\1\2<password>",
    ),
    # An Indonesian mobile number as people write it; one without 0 or 62 is like a Telegram id.
    (re.compile(r"(?<!\d)(?:\+?62|0)[\s.-]?8(?:[\s.-]?\d){8,11}(?!\d)"), "<phone>"),
    (re.compile(r"\+\d{9,15}(?!\d)"), "<phone>"),
)
STANDARD: Final = frozenset(
    logging.LogRecord("", 0, "", 0, "", (), None).__dict__.keys() | {"message", "asctime"},
)

log = logging.getLogger(__name__)


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
        self._secrets = tuple(each for each in secrets if len(each) >= SECRET_SYMBOLS_MIN)

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything through, made safe."""
        record.msg, record.args = self._safe(_message(record)), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self._safe(record.exc_text)
        if record.stack_info:
            record.stack_info = self._safe(record.stack_info)
        for name in record.__dict__.keys() - STANDARD:
            value = record.__dict__[name]
            safe = self._safe(str(value))
            if safe != str(value) or not isinstance(value, bool | int | float | None):
                record.__dict__[name] = safe
        return True

    def _safe(self, text: str) -> str:
        return redact(text, self._secrets)


class TextLines(logging.Formatter):
    """A line for people: when, how bad, who, what."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802 - as inherited
        """The moment in UTC."""
        return _written_at(record)


class JsonLines(logging.Formatter):
    """A line for machines: one JSON object, with the extra fields of the record in it."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        line: dict[str, object] = {
            "time": _written_at(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: record.__dict__[name] for name in record.__dict__.keys() - STANDARD}
        if record.exc_text:
            line["traceback"] = record.exc_text
        if record.stack_info:
            line["stack"] = record.stack_info
        return json.dumps(line, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - a value may fail in any way when it is written out
        # Left to itself, logging would print the arguments as they are.
        return f"{record.msg} (its arguments do not fit and are left out)"


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
