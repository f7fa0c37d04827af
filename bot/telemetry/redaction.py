"""What may be logged of a record: fixed text and numbers, never what a person typed.

Tracebacks keep their frames, and lose the messages of errors that may quote a person. Of a
library's line only the template and the numbers stay.
"""

import logging
import re
import traceback
from collections.abc import Mapping
from typing import Final

__all__ = [
    "LEFT_OUT",
    "VALUES",
    "fixed_text",
    "is_foreign",
    "message",
    "numbers_only",
    "redacted_trace",
]

# Errors whose messages do not quote people: of the system, of libraries for the network and the
# database, and of Python about names in the code. Others may contain what a person typed, as that
# of int("…") does.
SAFE_ERRORS: Final = (OSError, MemoryError, RuntimeError, AttributeError, NameError, ImportError)
SAFE_LIBRARIES: Final = frozenset(
    ("aiohttp", "alembic", "asyncpg", "jinja2", "sqlalchemy", "sqlite3", "telegram")
)
LEFT_OUT: Final = "<words left out>"

OWN: Final = frozenset(("bot", "__main__", "py", "sandbox"))
"""The loggers of our own code, by their first part, and that of Python's warnings.

All others belong to libraries, which may log a whole Telegram message with names. Of their lines
only the fixed text and the numbers are written.
"""
QUOTING: Final = re.compile(r"""[:="'`<{\[(\n]""")
FOREIGN_CHARACTERS_MAX: Final = 200
VALUES: Final = re.compile(
    r"(DETAIL:\s*+|Failing row contains |Key \(|invalid input for query argument \$\d+: "
    r"|invalid input syntax for type [\w ]{1,63}: )(?!<values>).*",
    re.DOTALL,
)
"""Where PostgreSQL begins to quote values, with all that follows, unless already cut."""


def is_foreign(record: logging.LogRecord) -> bool:
    """Returns whether a line comes from a library, whose text is not logged as it is."""
    return record.name.partition(".")[0] not in OWN


def message(record: logging.LogRecord) -> str:
    """Returns the line with its arguments, or without them if they do not fit."""
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - formatting a value may raise anything
        # Otherwise logging would print the arguments unredacted.
        return f"{record.msg} (its arguments do not fit and are left out)"


def fixed_text(record: logging.LogRecord) -> str:
    """Returns the fixed part of a library's line: its template, or the text up to a quotation."""
    text = str(record.msg)
    if not record.args:
        cut = QUOTING.search(text)
        text = text if cut is None else f"{text[: cut.start()].rstrip()} {LEFT_OUT}"
    return text[:FOREIGN_CHARACTERS_MAX]


def numbers_only(record: logging.LogRecord) -> str:
    """Returns a library's line with its numbers and without its other arguments."""
    text, args = fixed_text(record), record.args
    try:
        if isinstance(args, Mapping):
            return text % {name: _number_or_left_out(value) for name, value in args.items()}
        return text % tuple(map(_number_or_left_out, args)) if args else text
    except (TypeError, ValueError, KeyError):
        return f"{text} (its arguments do not fit and are left out)"


def _number_or_left_out(value: object) -> object:
    return value if isinstance(value, bool | int | float | None) else LEFT_OUT


def redacted_trace(error: BaseException | None) -> str:
    """Returns the traceback of an error and its causes, without messages that may quote people."""
    parts: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        text = VALUES.sub(r"\1<values>", str(error)) if _quotes_no_person(error) else LEFT_OUT
        head = "Traceback (most recent call last):\n" if error.__traceback__ else ""
        frames = "".join(traceback.format_tb(error.__traceback__))
        parts.append(f"{head}{frames}{type(error).__name__}: {text}".rstrip(": "))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\ncaused by\n\n".join(parts)


def _quotes_no_person(error: BaseException) -> bool:
    kind = type(error)
    library = kind.__module__.partition(".")[0]
    return (
        isinstance(error, SAFE_ERRORS)
        or library in SAFE_LIBRARIES
        or (library == "bot" and getattr(kind, "loggable", False))
    )
