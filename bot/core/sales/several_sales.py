"""Takes a text apart that tells of several sales, one for each buyer."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias

from bot.core.conversation.messages import Refusal
from bot.core.sales.drafts import Draft, SeveralCustomers, SeveralDays
from bot.core.sales.line.words.another_buyer import counts_for_another

__all__ = ["SaleReader", "sales_in"]

SaleReader: TypeAlias = Callable[[str], Draft | None]
"""Reads one sale in a text; raises a Refusal where it names two customers or two days."""

SALES_MAX: Final = 12
_PIECES_MAX: Final = 3 * SALES_MAX
_CHARACTERS_MAX: Final = 1_000
_FIRST_WORDS_MAX: Final = 4

_BREAKS: Final = (
    re.compile(r"\n"),
    re.compile(r";|\.\s(?=\w)"),
    re.compile(
        r"[;+&\n]|,(?![0-9])|(?<![0-9]),|(?<![0-9])/(?![0-9])|\.\s(?=\w)"
        r"|\s(?:dan|sama|trus|terus|lalu|kemudian|and|then)\s",
        re.IGNORECASE,
    ),
    re.compile(r"\s(?=[0-9]{1,2}\s[^0-9,;\n]+$)"),
)
"""Where one sale may end and the next begin; the first that takes a text apart counts."""

_JOINS: Final = {True: " ", False: ", "}
"""What stands between two pieces of a text, for whether the first one ends with a colon."""

_BULLET: Final = re.compile(r"^\s*(?:[-•*·–]+\s*|[0-9]{1,2}[.)]\s+)")
_OF_ALL: Final = re.compile(
    r"\b(?:total\w*|jumlah\w*|seluruhnya|semua\w*|keseluruhan|all|altogether|both|ke?dua\s?nya)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a text, and the sale in it."""

    text: str
    draft: Draft


def sales_in(text: str, read: SaleReader) -> tuple[str, ...]:
    """Returns a line for each sale that a text tells of; the text itself where it is one.

    A text is taken apart only if each part has goods and one buyer, so that nothing of it is
    guessed: `sabun 2 bu Sri, 1 bu Tutik` is two sales, `2 sabun untuk bu Sri dan bu Tutik` is none
    that could be told apart.

    Args:
        text: as it was typed.
        read: reads a single sale.
    """
    if len(text) > _CHARACTERS_MAX or not _is_of_several(text, read):
        return (text,)
    for breaks in _BREAKS:
        pieces = [_BULLET.sub("", piece).strip() for piece in breaks.split(text)]
        parts = _parts([piece for piece in pieces[: _PIECES_MAX + 1] if piece], read)
        if 1 < len(parts) <= SALES_MAX:
            return tuple(_with_first_words(parts, read))
    return (text,)


def _is_of_several(text: str, read: SaleReader) -> bool:
    """Returns whether a text names two buyers or two days; a list may do so line by line.

    Of `sabun 2 bu Sri, 1 orang kos` a single sale would leave out the one for the lodger.
    """
    try:
        read(text)
    except Refusal as refusal:
        return isinstance(refusal.message, SeveralCustomers | SeveralDays)
    if any(counts_for_another(piece) for breaks in _BREAKS for piece in breaks.split(text)[1:]):
        return True
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) > 1 and all(_sale(line, read) is not None for line in lines)


def _parts(pieces: Sequence[str], read: SaleReader) -> list[_Part]:
    """Returns the sales that the pieces make up; none if a piece belongs to no sale."""
    parts: list[_Part] = []
    unfinished = ""
    if len(pieces) > _PIECES_MAX:
        return []
    for piece in pieces[:-1]:
        unfinished = _with_piece(parts, unfinished, piece, read)
    last = pieces[-1] if pieces else ""
    if _is_of_all(last, read) and not unfinished:
        # "lunas semua" is said of each; how a sum divides among them is not known.
        counts = any(sign.isdigit() for sign in last)
        return [] if counts else [replace(part, text=f"{part.text}, {last}") for part in parts]
    return [] if _with_piece(parts, unfinished, last, read) else parts


def _with_piece(parts: list[_Part], unfinished: str, piece: str, read: SaleReader) -> str:
    """Add a piece to the parts; returns what is still without goods or without a buyer."""
    text = f"{unfinished}{_JOINS[unfinished.endswith(':')]}{piece}" if unfinished else piece
    draft = _sale(text, read)
    last = parts[-1] if parts and not unfinished else None
    if last is not None and counts_for_another(piece):
        other = _of_the_same_goods(last, piece, read)
        if other is not None:
            parts.append(other)
            return ""
    if draft is not None and (last is None or _is_another(draft, last.draft)):
        parts.append(_Part(text, draft))
    elif last is not None and (more := _with_more(last, piece, read, has_buyer=bool(draft))):
        parts[-1] = more
    elif last is not None and (other := _of_the_same_goods(last, piece, read)):
        parts.append(other)
    else:
        return text
    return ""


def _is_another(sale: Draft, last: Draft) -> bool:
    """Returns whether a sale is not the one before it, of another buyer or on another day."""
    return sale.customer != last.customer or sale.day not in {None, last.day}


def _sale(text: str, read: SaleReader) -> Draft | None:
    """Returns the sale in a text, if it has goods by name and one buyer."""
    draft = _read(text, read)
    if draft is None or (draft.customer is None and not draft.own_use):
        return None
    named = [any(map(str.isalpha, item.query)) for item in draft.items]
    return draft if named and all(named) else None


def _read(text: str, read: SaleReader) -> Draft | None:
    try:
        return read(text)
    except Refusal:
        return None


def _with_more(last: _Part, piece: str, read: SaleReader, *, has_buyer: bool) -> _Part | None:
    """Returns the last sale with what a piece adds to it: payment, price, or more goods.

    Goods without a buyer belong to the one before them only where buyers are named first.
    """
    draft = _sale(text := f"{last.text}, {piece}", read)
    if draft is None or draft.customer != last.draft.customer:
        return None
    has_goods = len(draft.items) > len(last.draft.items)
    is_certain = has_buyer or not has_goods or _names_buyer_first(last)
    return _Part(text, draft) if is_certain else None


def _names_buyer_first(part: _Part) -> bool:
    """Returns whether the buyer stands before the goods."""
    text = part.text.casefold()
    buyer = text.find((part.draft.customer or "").split(" ")[-1].casefold())
    return 0 <= buyer < min(max(text.find(item.query.casefold()), 0) for item in part.draft.items)


def _of_the_same_goods(last: _Part, piece: str, read: SaleReader) -> _Part | None:
    """Returns the sale of the goods named before: `sabun 2 bu Sri, 1 bu Tutik`."""
    alone = _read(piece, read)
    names_goods = alone is not None and any(item.product for item in alone.items)
    is_counted = counts_for_another(piece) or any(sign.isdigit() for sign in piece)
    if len(last.draft.items) != 1 or names_goods or not is_counted:
        return None
    draft = _sale(text := f"{last.draft.items[0].query} {piece}", read)
    if draft is None or draft.customer == last.draft.customer:
        return None
    counted = [item.quantity for item in draft.items]
    return _Part(text, draft) if len(counted) == 1 and counted[0] is not None else None


def _is_of_all(piece: str, read: SaleReader) -> bool:
    """Returns whether a last piece is about all sales: `lunas semua`, `total 150rb`."""
    if _OF_ALL.search(piece) is None:
        return False
    draft = _read(piece, read)
    return draft is None or not any(item.product for item in draft.items)


def _with_first_words(parts: Sequence[_Part], read: SaleReader) -> list[str]:
    """Returns the lines; a day in front of the first one is the day of all that name none."""
    first, *others = parts
    if first.draft.day is None or any(part.draft.day is not None for part in others):
        return [part.text for part in parts]
    words = first.text.split()
    for count in range(1, min(_FIRST_WORDS_MAX, len(words) - 1) + 1):
        front = " ".join(words[:count]).rstrip(",:")
        rest = _sale(" ".join(words[count:]), read)
        if rest is None or rest.customer != first.draft.customer or rest.day is not None:
            continue
        lines = [f"{front} {part.text}" for part in others]
        if all(_is_on(first.draft.day, line, read) for line in lines):
            return [first.text, *lines]
    return [part.text for part in parts]


def _is_on(day: date, line: str, read: SaleReader) -> bool:
    draft = _sale(line, read)
    return draft is not None and draft.day == day
