"""What may be written of a log record: fixed words and numbers, never what a person typed.

Tracebacks keep their places and lose the words of errors that may quote a person. Of a library's
line only the template and the numbers stay.
"""

import logging
import re
import traceback
from collections.abc import Mapping
from typing import Final

__all__ = [
    "LEFT_OUT",
    "VALUES",
    "fixed_words",
    "is_foreign",
    "message",
    "redacted_trace",
    "without_words",
]

# Whose words say what broke and quote no one: the system, the libraries that we speak through, and
# Python about names in the code. All others may hold what a person typed: int("…") does. An error
# of the bot's own says so itself: `loggable`.
KNOWN_WORDS: Final = (OSError, MemoryError, RuntimeError, AttributeError, NameError, ImportError)
KNOWN_LIBRARIES: Final = frozenset(
    ("aiohttp", "alembic", "asyncpg", "jinja2", "sqlalchemy", "sqlite3", "telegram")
)
LEFT_OUT: Final = "<words left out>"

OWN: Final = frozenset(("bot", "__main__", "py", "sandbox"))
"""First names of the loggers whose words are written here, and of Python's warnings.

All others are libraries'. What they put into their lines may be a whole message with the names
in it, so of theirs only the fixed words and the numbers are written.
"""
QUOTING: Final = re.compile(r"""[:="'`<{\[(\n]""")
FOREIGN_CHARACTERS_MAX: Final = 200
VALUES: Final = re.compile(
    r"(DETAIL:\s*+|Failing row contains |Key \(|invalid input for query argument \$\d+: "
    r"|invalid input syntax for type [\w ]{1,63}: )(?!<values>).*",
    re.DOTALL,
)
"""Where PostgreSQL begins to show values, and all that follows; not what was cut off before."""


def is_foreign(record: logging.LogRecord) -> bool:
    """Whether a line is a library's, whose words are not written here."""
    return record.name.partition(".")[0] not in OWN


def message(record: logging.LogRecord) -> str:
    """Returns the line with its arguments, if they fit."""
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - a value may fail in any way when it is written out
        # Left to itself, logging would print the arguments as they are.
        return f"{record.msg} (its arguments do not fit and are left out)"


def fixed_words(record: logging.LogRecord) -> str:
    """Returns what a library always says here: the template, or the beginning of a made text."""
    words = str(record.msg)
    if not record.args:
        cut = QUOTING.search(words)
        words = words if cut is None else f"{words[: cut.start()].rstrip()} {LEFT_OUT}"
    return words[:FOREIGN_CHARACTERS_MAX]


def without_words(record: logging.LogRecord) -> str:
    """Returns a library's line with its numbers, and without whatever else it has put in."""
    words, args = fixed_words(record), record.args
    try:
        if isinstance(args, Mapping):
            return words % {name: _number_or_nothing(value) for name, value in args.items()}
        return words % tuple(map(_number_or_nothing, args)) if args else words
    except (TypeError, ValueError, KeyError):
        return f"{words} (its arguments do not fit and are left out)"


def _number_or_nothing(value: object) -> object:
    return value if isinstance(value, bool | int | float | None) else LEFT_OUT


def redacted_trace(error: BaseException | None) -> str:
    """The traceback of an error and of those behind it, without words that may be a person's."""
    parts: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        words = VALUES.sub(r"\1<values>", str(error)) if _speaks_for_itself(error) else LEFT_OUT
        head = "Traceback (most recent call last):\n" if error.__traceback__ else ""
        frames = "".join(traceback.format_tb(error.__traceback__))
        parts.append(f"{head}{frames}{type(error).__name__}: {words}".rstrip(": "))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\nwhich came from\n\n".join(parts)


def _speaks_for_itself(error: BaseException) -> bool:
    kind = type(error)
    library = kind.__module__.partition(".")[0]
    return (
        isinstance(error, KNOWN_WORDS)
        or library in KNOWN_LIBRARIES
        or (library == "bot" and getattr(kind, "loggable", False))
    )
