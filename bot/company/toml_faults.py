"""What people mean by a line that is no TOML, with the line to write instead.

`tomllib` says at which sign it gave up. People write percentages without quotes, thousands with
dots, a key twice, or single brackets for double ones; so the line itself is looked at.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Final

__all__ = ["fault_of_syntax"]

WHERE: Final = re.compile(r" ?\(at line (\d+), column \d+\)")
HEADER: Final = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.-]+)\s*\]")
KEY: Final = re.compile(r"\s*([A-Za-z0-9_.-]+)\s*=")
COLON: Final = re.compile(r"\s*([A-Za-z0-9_.-]+)\s*:")
CURLY: Final = frozenset("“”„‟‘’«»")
PERCENT: Final = re.compile(r"(?<![\d.,])(\d[\d.,]{0,12}) {0,3}%")
TIME: Final = re.compile(r"(?<![\d:])\d{1,2}:\d\d(?![\d:])")
DOTTED: Final = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{3}){1,5}(?![\d.])")
DECIMALS: Final = re.compile(r"[+-]?\d{1,12},\d{1,12}")
ZEROS: Final = re.compile(r"0\d{1,20}")
FLAGS: Final = frozenset(
    {"true", "false", "yes", "no", "on", "off", "ya", "tidak", "benar", "salah"}
)
VALUE_SHOWN_MAX: Final = 40
LINE_CHARACTERS_MAX: Final = 1_000


def fault_of_syntax(file: str, text: str, error: tomllib.TOMLDecodeError) -> str:
    """Returns the fault of a file that is not valid TOML, with its line and what to write."""
    lines = text.split("\n")
    words = str(error)
    where = WHERE.search(words)
    filled = (number for number in range(len(lines), 0, -1) if lines[number - 1].strip())
    number = min(int(where[1]), len(lines)) if where is not None else next(filled, 0)
    if not number:
        return f"{file}: {words}"
    meant = next(_meant(lines, number, words), None)
    return f"{file}:{number}: {meant or WHERE.sub('', words)}"


def _meant(lines: Sequence[str], number: int, words: str) -> Iterator[str]:
    """Yields what may be meant, the likeliest first."""
    line = lines[number - 1][:LINE_CHARACTERS_MAX]
    if header := HEADER.match(line):
        yield from _header_twice(lines, number, header)
        return
    key = KEY.match(line)
    if key is not None and "overwrite" in words:
        yield from _key_twice(lines, number, key[1])
    if "Duplicate" in words:
        yield "a name stands twice within these braces; keep one of them"
    rest = _emptied(line if key is None else line[key.end() :])
    yield from _value(rest.partition("#")[0].strip(), "" if key is None else key[1])
    if key is None and (colon := COLON.match(line)):
        yield f"a key is followed by = and not by a colon: {colon[1]} = …"


def _emptied(line: str) -> str:
    """Returns the line with nothing between its quotes; a quote without an end stays as it is."""
    kept: list[str] = []
    at = 0
    while at < len(line):
        end = _end_of_quote(line, at) if line[at] in "\"'" else -1
        if end < 0:
            kept.append(line[at:] if line[at] in "\"'" else line[at])
            at = len(line) if line[at] in "\"'" else at + 1
        else:
            kept.append('""')
            at = end + 1
    return "".join(kept)


def _end_of_quote(line: str, begin: int) -> int:
    """Returns where the quoted text that begins here ends; -1 where it does not."""
    sign, at = line[begin], begin + 1
    while at < len(line) and line[at] != sign:
        at += 2 if sign == '"' and line[at] == "\\" else 1
    return at if at < len(line) else -1


def _header_twice(lines: Sequence[str], number: int, header: re.Match[str]) -> Iterator[str]:
    """Yields the fault of a table that was begun before, in the same or in other brackets."""
    brackets, name = header[1], header[2]
    for earlier in range(number - 1, 0, -1):
        before = HEADER.match(lines[earlier - 1])
        if before is None or before[2] != name:
            continue
        if before[1] != brackets:
            yield (
                f"[{name}] has single brackets here or on line {earlier}, and double ones on the "
                f"other; where there may be several, each begins with [[{name}]]"
            )
        elif brackets == "[":
            yield (
                f"[{name}] begins a second time, after line {earlier}. Where there may be "
                f"several, each begins with double brackets: [[{name}]]; else keep one"
            )
        return


def _key_twice(lines: Sequence[str], number: int, key: str) -> Iterator[str]:
    """Yields the fault of a key that its table has already."""
    for earlier in range(number - 1, 0, -1):
        line = lines[earlier - 1]
        if HEADER.match(line):
            return
        before = KEY.match(line)
        if before is not None and before[1] == key:
            yield f"{key} stands here a second time, after line {earlier}; keep one of them"
            return


def _value(value: str, key: str) -> Iterator[str]:
    """Yields what may be meant by a value; quoted parts of it are empty."""
    begin = f"{key} = " if key else ""
    if not CURLY.isdisjoint(value):
        yield f'curly quotes are none; write straight ones: {begin}"…"'
    if value.count('"') % 2 or value.count("'") % 2:
        yield "a quote is open; close the text with the same sign on this line"
    yield from _figure(value, begin)
    if key and not value:
        yield f"{key} has no value; write one behind the =, or leave the line out"
    if value.lower() in FLAGS:
        yield f"write {begin}true or {begin}false, in small letters and without quotes"
    if '"" ""' in value:
        yield "a comma is missing between two texts"
    if key and value[:1].isalpha() and '"' not in value:
        yield f'a text is written in quotes: {begin}"{value[:VALUE_SHOWN_MAX]}"'


def _figure(value: str, begin: str) -> Iterator[str]:
    """Yields what may be meant by a value with digits."""
    shown = value[:VALUE_SHOWN_MAX]
    if found := PERCENT.search(value):
        yield f'a percentage is written in quotes: "{found[1]}%"'
    if found := TIME.search(value):
        yield f'a time is written in quotes: "{found[0]}"'
    if found := DOTTED.search(value):
        yield f"a number is written without dots: {found[0].replace('.', '')}"
    if value.startswith("Rp"):
        yield f"rupiah are written as digits alone, without Rp and dots: {begin}1500000"
    if DECIMALS.fullmatch(value):
        yield f'a number is whole; a percentage is written in quotes: "{shown}%"'
    if ZEROS.fullmatch(value):
        yield f'a number begins with no zero; a text is written in quotes: {begin}"{shown}"'
