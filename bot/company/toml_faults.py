"""What people mean by a line that is no TOML, with the line to write instead.

`tomllib` says at which sign it gave up. People write percentages without quotes, thousands with
dots, a key twice, or single brackets for double ones; so the line itself is looked at.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Final

from bot.core.file_faults import FileFault, Said

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


def fault_of_syntax(file: str, text: str, error: tomllib.TOMLDecodeError) -> FileFault:
    """Returns the fault of a file that is not valid TOML, with its line and what to write."""
    lines = text.split("\n")
    words = str(error)
    where = WHERE.search(words)
    filled = (number for number in range(len(lines), 0, -1) if lines[number - 1].strip())
    number = min(int(where[1]), len(lines)) if where is not None else next(filled, 0)
    if not number:
        return FileFault(file, 0, "", Said.of("no toml", why=words))
    meant = next(_meant(lines, number, words), None)
    return FileFault(file, number, "", meant or Said.of("no toml", why=WHERE.sub("", words)))


def _meant(lines: Sequence[str], number: int, words: str) -> Iterator[Said]:
    """Yields what may be meant, the likeliest first."""
    line = lines[number - 1][:LINE_CHARACTERS_MAX]
    if header := HEADER.match(line):
        yield from _header_twice(lines, number, header)
        return
    key = KEY.match(line)
    if key is not None and "overwrite" in words:
        yield from _key_twice(lines, number, key[1])
    if "Duplicate" in words:
        yield Said("name twice")
    rest = _emptied(line if key is None else line[key.end() :])
    yield from _value(rest.partition("#")[0].strip(), "" if key is None else key[1])
    if key is None and (colon := COLON.match(line)):
        yield Said.of("colon", key=colon[1])


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


def _header_twice(lines: Sequence[str], number: int, header: re.Match[str]) -> Iterator[Said]:
    """Yields the fault of a table that was begun before, in the same or in other brackets."""
    brackets, name = header[1], header[2]
    for earlier in range(number - 1, 0, -1):
        before = HEADER.match(lines[earlier - 1])
        if before is None or before[2] != name:
            continue
        if before[1] != brackets:
            yield Said.of("both brackets", name=name, earlier=earlier)
        elif brackets == "[":
            yield Said.of("table twice", name=name, earlier=earlier)
        return


def _key_twice(lines: Sequence[str], number: int, key: str) -> Iterator[Said]:
    """Yields the fault of a key that its table has already."""
    for earlier in range(number - 1, 0, -1):
        line = lines[earlier - 1]
        if HEADER.match(line):
            return
        before = KEY.match(line)
        if before is not None and before[1] == key:
            yield Said.of("key twice", key=key, earlier=earlier)
            return


def _value(value: str, key: str) -> Iterator[Said]:
    """Yields what may be meant by a value; quoted parts of it are empty."""
    begin = f"{key} = " if key else ""
    if not CURLY.isdisjoint(value):
        yield Said.of("curly quotes", begin=begin)
    if value.count('"') % 2 or value.count("'") % 2:
        yield Said("open quote")
    yield from _figure(value, begin)
    if key and not value:
        yield Said.of("no value", key=key)
    if value.lower() in FLAGS:
        yield Said.of("small flag", begin=begin)
    if '"" ""' in value:
        yield Said("no comma")
    if key and value[:1].isalpha() and '"' not in value:
        yield Said.of("text quotes", begin=begin, value=value[:VALUE_SHOWN_MAX])


def _figure(value: str, begin: str) -> Iterator[Said]:
    """Yields what may be meant by a value with digits."""
    shown = value[:VALUE_SHOWN_MAX]
    if found := PERCENT.search(value):
        yield Said.of("percent quotes", rate=found[1])
    if found := TIME.search(value):
        yield Said.of("time quotes", hour=found[0])
    if found := DOTTED.search(value):
        yield Said.of("number dots", number=found[0].replace(".", ""))
    if value.startswith("Rp"):
        yield Said.of("rupiah digits", begin=begin)
    if DECIMALS.fullmatch(value):
        yield Said.of("number whole", shown=shown)
    if ZEROS.fullmatch(value):
        yield Said.of("number zero", begin=begin, shown=shown)
