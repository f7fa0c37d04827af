"""Makes the copy of a person's own data: a page to read, and the same as JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.content import Content, Reader
from bot.core.members.people import masked_name
from bot.core.sales.sales import receipt_number
from bot.flows.privacy.my_data import CopyForPrograms, CopyToRead, GiveCopy
from bot.store.privacy.own_copy import CopiedRow, own_copy
from bot.system.number_keys import NumberKeys
from bot.turn.reply import Document
from bot.turn.turn import Actions, Turn

__all__ = ["ACTIONS", "as_json", "as_page", "give_copy", "readable"]

PAGE: Final = "data_page/page"
ROWS_SHOWN_MAX: Final = 300
"""More rows of a part would not be read on a phone; the JSON has them all."""


def give_copy(turn: Turn, _action: GiveCopy) -> Iterable[Document]:
    """Send the caller's own data, once to read and once for programs."""
    me = turn.caller.me
    copied = own_copy(turn.conn, turn.caller.user_id, None if me is None else me.id)
    parts = readable(copied, turn.number_keys)
    day = f"{turn.caller.now.own:%Y-%m-%d}"
    caption = CopyToRead(me is not None and not me.left, len(parts.get("customers", ())))
    page = as_page(turn.content, turn.reader, parts, turn.now)
    yield Document(caption, page, f"data-{day}.html")
    stored = as_json(parts, turn.company.name, turn.now)
    yield Document(CopyForPrograms(), stored, f"data-{day}.json")


def readable(
    parts: Mapping[str, Sequence[CopiedRow]], keys: NumberKeys
) -> dict[str, list[CopiedRow]]:
    """Returns the parts without empty ones, with receipts as people know them.

    The sponsor is shown as everywhere in the bot: by first name and initial. The numbers of
    customers are opened.
    """
    return {name: [_readable(row, keys) for row in rows] for name, rows in parts.items() if rows}


def as_page(
    content: Content, reader: Reader, parts: Mapping[str, Sequence[CopiedRow]], at: datetime
) -> bytes:
    """Returns the page that a person reads, in the person's language: the newest of each part."""
    shown = {name: list(rows)[-ROWS_SHOWN_MAX:] for name, rows in parts.items()}
    counts = {name: len(rows) for name, rows in parts.items()}
    facts = {"parts": shown, "counts": counts, "at": at}
    return content.fill(f"{PAGE}.{reader.language}.j2", facts, reader).text.encode()


def as_json(parts: Mapping[str, Sequence[CopiedRow]], company: str, at: datetime) -> bytes:
    """Returns the copy as JSON; moments are in UTC, sums in whole rupiah."""
    whole = {"company": company, "made_at": at, **parts}
    written = json.dumps(whole, ensure_ascii=False, indent=1, default=datetime.isoformat)
    return written.encode()


def _readable(row: CopiedRow, keys: NumberKeys) -> CopiedRow:
    shown = dict(row)
    if "phone_sealed" in shown:
        sealed, customer = shown.pop("phone_sealed"), row.get("customer")
        known = isinstance(sealed, str) and isinstance(customer, int) and sealed != ""
        shown["phone"] = keys.open(str(sealed), int(str(customer))) if known else ""
    if isinstance(receipt := row.get("receipt"), int):
        shown["receipt"] = receipt_number(receipt)
    if isinstance(sponsor := row.get("sponsor"), str):
        shown["sponsor"] = masked_name(sponsor)
    return shown


ACTIONS: Actions = {GiveCopy: give_copy}
