"""Gives a seller her own customers as files: a workbook to read, and vCards for a phone."""

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import xlsxwriter

from bot.core.customers.vcard_writer import WrittenCard, write_vcards
from bot.flows.customers.customer_files import (
    CustomerHeadings,
    CustomersAsContacts,
    CustomersAsSheet,
    GiveCustomers,
    NoCustomersToGive,
)
from bot.store.customers import customer_details, customer_list
from bot.store.customers.customer_details import NO_DETAILS
from bot.store.debts import debts
from bot.turn.reply import Document
from bot.turn.turn import Actions, Turn

__all__ = ["ACTIONS", "as_workbook"]

CUSTOMERS_MAX: Final = 10_000
"""So many fit into a file that is made while others wait."""
WORKBOOK: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
WIDTHS: Final = (28, 18, 12, 40, 30, 14, 14, 14, 8, 14)
"""Of the columns, in characters."""

CustomerCells = Sequence[str | int]


def give_customers(turn: Turn, _action: GiveCustomers) -> Iterable[Document | NoCustomersToGive]:
    """Send all customers of the caller, with the numbers that can be opened."""
    me, keys = turn.caller.member.id, turn.number_keys
    found = customer_list.page_of_buyers(turn.conn, me, rows=CUSTOMERS_MAX, skip=0)
    if not found:
        yield NoCustomersToGive()
        return
    noted = customer_details.of_all(turn.conn, me)
    times = customer_list.times_by_customer(turn.conn, me)
    owed: Counter[int] = Counter()
    for each in debts.owed_by(turn.conn, me):
        owed[each.customer_id] += each.amount
    rows: list[CustomerCells] = []
    cards: list[WrittenCard] = []
    for one in found:
        known = noted.get(one.id, NO_DETAILS)
        phone = (keys.open(known.phone_sealed, one.id) or "") if known.phone_sealed else ""
        dates = (known.wish_on, known.contacted_on, one.bought_on)
        figures = (times.get(one.id, 0), owed[one.id])
        rows.append((one.name, phone, known.birthday, known.notes, known.wish, *dates, *figures))
        if phone:
            cards.append(WrittenCard(one.name, phone, known.notes))
    day = f"{turn.caller.now.own:%Y-%m-%d}"
    headings = turn.screen(CustomerHeadings()).text.splitlines()
    # Files of this name are deleted with their owner.
    sheet = as_workbook(headings, rows)
    yield Document(CustomersAsSheet(len(rows)), sheet, f"data-pelanggan-{day}.xlsx")
    if cards:
        book = write_vcards(cards)
        yield Document(CustomersAsContacts(len(cards)), book, f"data-pelanggan-{day}.vcf")


def as_workbook(headings: Sequence[str], rows: Sequence[CustomerCells]) -> bytes:
    """Returns a workbook; names, numbers and notes are text, whatever they look like."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, WORKBOOK) as book:
        sheet = book.add_worksheet()
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        money = book.add_format({"num_format": "#,##0"})
        sheet.freeze_panes(1, 0)
        for place, (heading, width) in enumerate(zip(headings, WIDTHS, strict=True)):
            sheet.write_string(0, place, heading, bold)
            sheet.set_column(place, place, width)
        for line, cells in enumerate(rows, start=1):
            for place, cell in enumerate(cells):
                if isinstance(cell, int):
                    sheet.write_number(line, place, cell, money)
                else:
                    sheet.write_string(line, place, cell, text)
    return written.getvalue()


ACTIONS: Actions = {GiveCustomers: give_customers}
