"""Reads the vCards of a phone's address book: names and numbers, and nothing else of it.

Versions 2.1, 3.0 and 4.0, as phones write them: UTF-8 or UTF-16, folded lines, quoted-printable,
several numbers. Each line is looked at once, and of a long one only its beginning is kept, so the
time is linear in the size of the file, whatever it holds.
"""

import binascii
import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from bot.core.conversation.messages import Refusal
from bot.core.customers.new_customer import customer_name
from bot.core.members.people import phone_number

__all__ = ["PERSONS_MAX", "VcardFile", "VcardPerson", "read_vcards"]

PERSONS_MAX: Final = 2_000
LINE_CHARACTERS_MAX: Final = 1_000
"""Of a longer line, such as a photo, the rest is dropped."""
LINES_MAX: Final = 400_000
"""An address book of two thousand persons with photos has fewer; the rest is not read."""
NUMBERS_MAX: Final = 8
HEAD_CHARACTERS_MAX: Final = 200

_LINE_ENDS = re.compile(r"\r\n|\n|\r")
_PROPERTY = re.compile(r"(?:[A-Za-z0-9\-]{1,40}\.)?([A-Za-z\-]{1,40})((?:;[^:]*)?)$")
_ESCAPED = re.compile(r"\\([\\,;nN])")
_CHARSETS: Final = {"utf-8": "utf-8", "utf8": "utf-8", "iso-8859-1": "latin-1"} | {
    "windows-1252": "cp1252",
    "us-ascii": "utf-8",
}
_CELL: Final = ("cell", "mobile", "iphone", "whatsapp")


@dataclass(frozen=True, slots=True)
class VcardPerson:
    """A person of an address book who has a mobile number.

    Attributes:
        name: as the list of customers shows it.
        phone: as E.164.
    """

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class VcardFile:
    """What a file holds.

    Attributes:
        persons: each number once, in the order of the file.
        skipped: cards without a name or without a mobile number.
        more: whether the file has more persons than are read.
    """

    persons: tuple[VcardPerson, ...]
    skipped: int
    more: bool


@dataclass(slots=True)
class _Card:
    """A card that is being read."""

    full_name: str = ""
    parts: str = ""
    company: str = ""
    numbers: list[tuple[bool, str]] = field(default_factory=list)


def read_vcards(body: bytes) -> VcardFile:
    """Returns the persons of a file; none if it is no file of vCards."""
    persons: dict[str, VcardPerson] = {}
    skipped = 0
    for card in _cards(_logical_lines(_decoded(body))):
        if len(persons) >= PERSONS_MAX:
            return VcardFile(tuple(persons.values()), skipped, more=True)
        name, phone = _name(card), _phone(card)
        if name and phone:
            persons.setdefault(phone, VcardPerson(name, phone))
        else:
            skipped += 1
    return VcardFile(tuple(persons.values()), skipped, more=False)


def _decoded(body: bytes) -> str:
    """Returns the text of a file in the encodings that phones use."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    if body[1:2] == b"\0":
        return body.decode("utf-16-le", "replace")
    if body[:1] == b"\0":
        return body.decode("utf-16-be", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def _logical_lines(text: str) -> Iterator[str]:
    """Yields the lines with their continuations, each cut to a length."""
    kept: list[str] = []
    length = 0
    soft = False
    for line in _physical_lines(text):
        continues = line[:1] in {" ", "\t"}
        if kept and (continues or soft):
            piece = line[1:] if continues and not soft else line
            if soft and kept[-1].endswith("="):
                kept[-1] = kept[-1][:-1]
        else:
            if kept:
                yield "".join(kept)
            kept, length, piece = [], 0, line
            soft = False
        piece = piece[: max(LINE_CHARACTERS_MAX - length, 0)]
        kept.append(piece)
        length += len(piece)
        soft = line.endswith("=") and (soft or _is_quoted(kept[0]))
    if kept:
        yield "".join(kept)


def _physical_lines(text: str) -> Iterator[str]:
    at = 0
    for end in islice(_LINE_ENDS.finditer(text), LINES_MAX):
        yield text[at : end.start()]
        at = end.end()
    yield text[at : at + LINE_CHARACTERS_MAX]


def _is_quoted(line: str) -> bool:
    return "QUOTED-PRINTABLE" in line[:HEAD_CHARACTERS_MAX].partition(":")[0].upper()


def _cards(lines: Iterator[str]) -> Iterator[_Card]:
    """Yields the cards; a card within another one is a part of it and is left out."""
    depth = 0
    card = _Card()
    for line in lines:
        head, colon, value = line.partition(":")
        found = _PROPERTY.match(head) if colon and len(head) <= HEAD_CHARACTERS_MAX else None
        if found is None:
            continue
        named = found[1].upper()
        is_card = value.strip().upper() == "VCARD"
        if named == "BEGIN" and is_card:
            depth += 1
            card = _Card() if depth == 1 else card
        elif named == "END" and is_card:
            if depth == 1:
                yield card
            depth = max(depth - 1, 0)
        elif depth == 1:
            _read(card, named, found[2].casefold(), value)


def _read(card: _Card, named: str, options: str, value: str) -> None:
    match named:
        case "FN":
            card.full_name = card.full_name or _plain(_unpacked(options, value))
        case "N":
            card.parts = card.parts or _ordered(_unpacked(options, value))
        case "ORG":
            company = _unpacked(options, value).partition(";")[0]
            card.company = card.company or _plain(company)
        case "TEL" if len(card.numbers) < NUMBERS_MAX:
            number = _plain(_unpacked(options, value)).strip()
            if number[:4].casefold() == "tel:":
                number = number[4:].partition(";")[0]
            card.numbers.append((any(word in options for word in _CELL), number))
        case _:
            pass


def _unpacked(options: str, value: str) -> str:
    """Returns the value without quoted-printable."""
    if "quoted-printable" not in options:
        return value
    whole = binascii.a2b_qp(value.encode("utf-8", "replace"))
    _, _, named = options.partition("charset=")
    charset = _CHARSETS.get(named.partition(";")[0].strip('" '), "utf-8")
    try:
        return whole.decode(charset)
    except UnicodeDecodeError:
        return whole.decode("latin-1")


def _ordered(value: str) -> str:
    """Returns `Ny. Ani Wati` for the parts `Wati;Ani;;Ny.;`."""
    family, given, middle, prefix, *_ = [*_parts(value), "", "", "", ""]
    return " ".join(filter(None, (prefix, given, middle, family)))


def _parts(value: str) -> list[str]:
    """Returns the parts between semicolons that are not escaped."""
    parts = re.split(r"(?<!\\);", value)
    return [_plain(part).strip() for part in parts]


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], value)


def _name(card: _Card) -> str:
    names = (card.full_name, card.parts, card.company)
    return next(filter(None, map(customer_name, filter(None, names))), "")


def _phone(card: _Card) -> str:
    """Returns the first mobile number, one that is marked as such before the others."""
    for _, number in sorted(card.numbers, key=lambda one: not one[0]):
        try:
            return phone_number(number)
        except Refusal:
            continue
    return ""
