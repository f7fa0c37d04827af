"""Reads the text of a CSV file in the shapes that spreadsheets save: marks, `sep=`, tabs, UTF-16.

Bytes become text, and text becomes rows with the line where each begins.
"""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from bot.core.sheets.sheet_faults import SheetFault, SheetFaultsError

__all__ = ["SheetRow", "csv_rows", "decoded"]

SheetRow: TypeAlias = tuple[int, list[str]]
"""The line where a row begins, and its cells."""

DELIMITERS: Final = (";", ",", "\t")
TOP_LINES: Final = 10
TOP_CHARACTERS: Final = 10_000
LINE_CHARACTERS_MAX: Final = 20_000
SEPARATOR: Final = "sep="


def decoded(body: bytes, *, latin: bool = False) -> str:
    """Returns the text of a file, without a byte order mark.

    Args:
        body: what is in the file; a mark at its start shows UTF-16.
        latin: whether other text is read as older Windows writes it, one byte for a letter.

    Raises:
        SheetFaultsError: it is no text, or in another encoding.
    """
    utf16 = body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in body and not utf16:
        raise SheetFaultsError([SheetFault("no text")])
    try:
        text = body.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        if utf16 or not latin:
            raise SheetFaultsError([SheetFault("encoding")]) from None
        text = body.decode("cp1252", errors="replace")
    if "\0" in text:
        raise SheetFaultsError([SheetFault("no text")])
    return text


def csv_rows(
    text: str, fits: Callable[[Sequence[str]], bool] = lambda _: False, *, strict: bool = True
) -> Iterator[SheetRow]:
    """Yields all rows of a CSV file, the empty ones too.

    Args:
        text: the whole file.
        fits: whether a row has the wanted headings; this decides what divides the cells.
        strict: whether quotes have to be closed, and no line may be endless.

    Raises:
        SheetFaultsError: a line is no line of a table.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        if strict and len(line) > LINE_CHARACTERS_MAX:
            fault = SheetFault.of("long line", number, most=LINE_CHARACTERS_MAX)
            raise SheetFaultsError([fault])
    first, _, rest = text.partition("\n")
    delimiter, begins = _named_delimiter(first), 1
    if delimiter:
        text, begins = rest, 2
    elif text[:TOP_CHARACTERS].strip():
        delimiter = _delimiter(text, fits)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or ",", strict=strict)
    skipped = begins - 1
    try:
        for cells in reader:
            yield begins, cells
            begins = skipped + reader.line_num + 1
    except csv.Error as error:
        raise SheetFaultsError([SheetFault.of("no csv", begins, why=error)]) from None


def _named_delimiter(line: str) -> str:
    """Returns the sign that a first line such as `sep=;` names; empty for another line."""
    named = line.strip(' \r"').casefold()
    if not named.startswith(SEPARATOR):
        return ""
    sign = line.strip(' \r"')[len(SEPARATOR) :]
    if not sign:
        return "\t"
    return sign if sign in DELIMITERS else ""


def _delimiter(text: str, fits: Callable[[Sequence[str]], bool]) -> str:
    """Returns what divides the cells: what makes headings of a line, else the commonest sign."""
    top = text[:TOP_CHARACTERS].splitlines()[:TOP_LINES]
    for sign in DELIMITERS:
        rows = csv.reader(top, delimiter=sign)
        try:
            if any(fits(row) for row in rows):
                return sign
        except csv.Error:
            continue
    first = next((line for line in top if any(sign in line for sign in DELIMITERS)), "")
    return max(DELIMITERS, key=first.count) if first else ","
