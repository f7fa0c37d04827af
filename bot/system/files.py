"""Reads text files that people write, within limits, with errors that say what to do.

A path may name anything: an endless device, a pipe without a writer, a text that makes a parser
use all memory. So the kind and size of a file are checked before it is read, and the depth and
the numbers of a TOML document before it is parsed.
"""

import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any, Final

from bot.core.errors import JualDuluError
from bot.core.file_faults import Said

__all__ = ["TOML_BYTES_MAX", "UnreadableFileError", "parse_toml", "read_bytes", "read_text"]

TOML_BYTES_MAX: Final = 128 * 1024
DEPTH_MAX: Final = 12
DOTS_MAX: Final = 12
DIGITS_MAX: Final = 30
KIB: Final = 1024
MIB: Final = KIB * KIB

# The tokens of TOML that matter for depth and digits. Each alternative begins with a different
# character and is possessive, so the scan is linear. Up to two quotes may come right before the
# three that end a multi-line string.
_PART: Final = re.compile(
    r'"""(?s:(?:[^"\\]|\\.|"(?!""))*+)(?:"{3,5}+)?'
    r"|'''(?s:(?:[^']|'(?!''))*+)(?:'{3,5}+)?"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|\#[^\n]*+"
    r"|[0-9][0-9_]*+|[\[\]{}.\n]|[^\"'#0-9\[\]{}.\n]++",
    re.ASCII,
)


class UnreadableFileError(JualDuluError):
    """A file cannot be used; the message says why and what to do, without the file's name.

    Attributes:
        said: the same as facts, for files whose faults are told in another language.
        line: the line of the fault, from 1; 0 for the whole file.
        missing: whether the file does not exist.
    """

    def __init__(self, words: str, said: Said, line: int = 0, *, missing: bool = False) -> None:
        super().__init__(words)
        self.said = said
        self.line = line
        self.missing = missing


def read_text(file: Path, bytes_max: int) -> str:
    """Returns the text of a file, without a byte order mark.

    Args:
        file: its path.
        bytes_max: the largest size that is read.

    Raises:
        UnreadableFileError: it is missing, not a regular file, too large, being written, or not
            UTF-8.
    """
    try:
        return read_bytes(file, bytes_max).decode("utf-8-sig")
    except UnicodeDecodeError:
        words = "is not UTF-8 text; save it again as plain UTF-8 text"
        raise UnreadableFileError(words, Said("file encoding")) from None


def read_bytes(file: Path, bytes_max: int) -> bytes:
    """Returns what is in a file.

    Args:
        file: its path.
        bytes_max: the largest size that is read.

    Raises:
        UnreadableFileError: it is missing, not a regular file, too large or being written.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as opened:
            found = os.fstat(opened.fileno())
            # People name the null device to say "no file".
            if (
                not stat.S_ISREG(found.st_mode)
                and found.st_rdev != Path(os.devnull).stat().st_rdev
            ):
                raise UnreadableFileError("is not a regular file", Said("file kind"))
            # One byte more than its size reveals a file that is being written.
            body = opened.read(min(found.st_size, bytes_max) + 1)
            after = os.fstat(opened.fileno())
    except FileNotFoundError:
        raise UnreadableFileError("does not exist", Said("file missing"), missing=True) from None
    except OSError as error:
        raise UnreadableFileError(
            f"cannot be read ({error.strerror}); check its name and rights",
            Said.of("file unread", why=error.strerror),
        ) from None
    if max(len(body), found.st_size) > bytes_max:
        most = _shown(bytes_max)
        words = f"is larger than {most}; split it"
        raise UnreadableFileError(words, Said.of("file large", most=most))
    changed = (after.st_size, after.st_mtime_ns) != (found.st_size, found.st_mtime_ns)
    if stat.S_ISREG(found.st_mode) and (changed or len(body) != found.st_size):
        raise UnreadableFileError("changes while it is read; try again", Said("file changes"))
    return body


def parse_toml(text: str) -> dict[str, Any]:  # the values are whatever the file says
    """Returns the content of a TOML document.

    Raises:
        UnreadableFileError: it is nested too deep, or a number in it is too long.
        tomllib.TOMLDecodeError: it is not TOML.
    """
    _refuse_excess(text)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except (ValueError, RecursionError, OverflowError, MemoryError):
        words = "holds something that cannot be a setting"
        raise UnreadableFileError(words, Said("file odd")) from None


def _refuse_excess(text: str) -> None:
    """Raise for nesting or numbers that would cost a parser too much time or memory."""
    line, depth, dots = 1, 0, 0
    for found in _PART.finditer(text):
        part = found[0]
        if part == "\n":
            line, dots = line + 1, 0
        elif part in "[{":
            depth, dots = depth + 1, 0
        elif part in "]}":
            depth, dots = max(depth - 1, 0), 0
        elif part == ".":
            dots += 1
        elif part[0].isdigit() and len(part) > DIGITS_MAX:
            words = f"holds a number of more than {DIGITS_MAX} digits"
            raise UnreadableFileError(words, Said.of("file digits", most=DIGITS_MAX), line)
        elif part[0] in "\"'#":
            line += part.count("\n")
        elif "=" in part or "," in part:  # the key, or the value, ends here
            dots = 0
        if depth > DEPTH_MAX or dots > DOTS_MAX:
            raise UnreadableFileError("is nested too deep", Said("file deep"), line)


def _shown(bytes_max: int) -> str:
    return f"{bytes_max // MIB} MiB" if bytes_max >= MIB else f"{bytes_max // KIB} KiB"
