"""Writes customers as vCards of version 3.0, which every phone and mail program takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

__all__ = ["WrittenCard", "write_vcards"]

LINE_BYTES_MAX: Final = 75


@dataclass(frozen=True, slots=True)
class WrittenCard:
    """A customer as a vCard: the number as E.164 or empty, and a note."""

    name: str
    phone: str
    note: str


def write_vcards(cards: Iterable[WrittenCard]) -> bytes:
    """Returns the file, in UTF-8, with folded lines."""
    lines: list[bytes] = []
    for card in cards:
        name = _escaped(card.name)
        lines += [
            b"BEGIN:VCARD",
            b"VERSION:3.0",
            *_folded(f"N:;{name};;;"),
            *_folded(f"FN:{name}"),
        ]
        if card.phone:
            lines += _folded(f"TEL;TYPE=CELL:{card.phone}")
        if card.note:
            lines += _folded(f"NOTE:{_escaped(card.note)}")
        lines.append(b"END:VCARD")
    return b"".join(line + b"\r\n" for line in lines)


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> list[bytes]:
    """Returns the line in pieces of at most 75 bytes; no letter is cut in two."""
    pieces: list[bytes] = []
    piece = b""
    for sign in line:
        encoded = sign.encode("utf-8", "replace")
        if len(piece) + len(encoded) > LINE_BYTES_MAX:
            pieces.append(piece)
            piece = b" "
        piece += encoded
    return [*pieces, piece]
