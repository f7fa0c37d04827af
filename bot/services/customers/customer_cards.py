"""Shows a seller's own customers; those of another seller are not found."""

from datetime import date
from typing import Final, Literal

from bot.core.conversation.messages import Refusal
from bot.core.customers.customer_keys import forgotten_name, name_key
from bot.core.customers.customer_search import matches
from bot.core.customers.usual_order import BoughtLine, usual_order
from bot.core.members.people import phone_number
from bot.core.sales.sales import receipt_number
from bot.flows.customers.customers import CUSTOMERS_PER_PAGE
from bot.flows.customers.customers_messages import (
    BoughtSale,
    CustomerCard,
    CustomerPage,
    CustomerRow,
    FindCustomers,
    ShowCustomer,
    ShowCustomers,
)
from bot.store.customers import customer_details, customer_list, customers
from bot.store.customers.customer_list import BoughtSaleRow, BuyerRow
from bot.store.debts import debts
from bot.turn.turn import Lookups, Turn

__all__ = ["LOOKUPS", "whatsapp_digits"]

SEARCHED_MAX: Final = 5_000
"""Of a seller with more entries than that, the oldest are found by number only."""
SALES_READ_MAX: Final = 40
"""So many of the last purchases tell what a customer takes most."""
SALES_SHOWN: Final = 3
LEAP_YEAR: Final = 2000


def show_customers(turn: Turn, lookup: ShowCustomers) -> CustomerPage:
    """Returns a page of the caller's customers."""
    me = turn.caller.member.id
    rows = customer_list.page_of_buyers(turn.conn, me, rows=CUSTOMERS_PER_PAGE, skip=lookup.skip)
    return CustomerPage(tuple(map(_row, rows)), customer_list.count_of(turn.conn, me))


def find_customers(turn: Turn, lookup: FindCustomers) -> CustomerPage:
    """Returns a page of those of the caller's customers whom a name or a number means."""
    me = turn.caller.member.id
    known = _with_number(turn, lookup.query)
    if known is not None:
        return CustomerPage((CustomerRow(known.id, known.name, None),), 1)
    query = name_key(lookup.query)
    found: dict[int, BuyerRow] = {}
    for entry in customer_list.entries(turn.conn, me, SEARCHED_MAX):
        if matches(query, entry.key):
            other = found.get(entry.id)
            if other is None or other.bought_on < entry.bought_on:
                found[entry.id] = BuyerRow(entry.id, entry.name, entry.bought_on)
    ordered = sorted(found.values(), key=lambda one: (one.bought_on, one.id), reverse=True)
    page = ordered[lookup.skip : lookup.skip + CUSTOMERS_PER_PAGE]
    return CustomerPage(tuple(map(_row, page)), len(ordered))


def show_customer(turn: Turn, lookup: ShowCustomer) -> CustomerCard | None:
    """Returns the card of one of the caller's customers; None for any other id."""
    me = turn.caller.member.id
    kept = customers.kept(turn.conn, me, lookup.id)
    if kept is None or kept.name == forgotten_name(kept.id):
        return None
    noted = customer_details.of_customer(turn.conn, me, kept.id)
    opened = turn.number_keys.open(noted.phone_sealed, kept.id) if noted.phone_sealed else ""
    sales = customer_list.sales_to(turn.conn, me, kept.id, SALES_READ_MAX)
    lines = customer_list.lines_of_sales(turn.conn, [sale.id for sale in sales])
    return CustomerCard(
        id=kept.id,
        customer=kept.name,
        phone=opened or "",
        sealed=opened is None,
        digits=whatsapp_digits(opened or ""),
        birthday=_birthday(noted.birthday),
        notes=noted.notes,
        wish=noted.wish,
        wish_on=_day(noted.wish_on),
        contacted_on=_day(noted.contacted_on),
        writes_in=noted.language,
        times=customer_list.times_bought(turn.conn, me, kept.id),
        bought=tuple(_bought(sale, lines) for sale in sales[:SALES_SHOWN]),
        usual=usual_order(lines),
        owed=debts.account_of(turn.conn, me, kept.id).total,
    )


def whatsapp_digits(phone: str) -> str:
    """Returns the digits of a number for a link to wa.me; empty if there is no number."""
    return phone.removeprefix("+")


def _with_number(turn: Turn, query: str) -> customers.Customer | None:
    """Returns the customer with the number that was typed; None if it is no number."""
    try:
        phone = phone_number(query)
    except Refusal:
        return None
    return customer_details.with_phone(turn.conn, turn.number_keys, turn.caller.member.id, phone)


def _row(row: BuyerRow) -> CustomerRow:
    return CustomerRow(row.id, row.name, _day(row.bought_on))


def _bought(sale: BoughtSaleRow, lines: list[BoughtLine]) -> BoughtSale:
    pieces = tuple((line.quantity, line.name) for line in lines if line.sale_id == sale.id)
    back: Literal["", "part", "all"] = ""
    if sale.back:
        back = "all" if sale.back >= sale.total else "part"
    receipt = receipt_number(sale.id)
    day = date.fromisoformat(sale.sold_on)
    number = int(receipt.partition("-")[2])
    return BoughtSale(receipt, number, day, sale.total, pieces, back)


def _day(stored: str) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _birthday(stored: str) -> date | None:
    return date.fromisoformat(f"{LEAP_YEAR}-{stored}") if stored else None


LOOKUPS: Lookups = {
    ShowCustomers: show_customers,
    FindCustomers: find_customers,
    ShowCustomer: show_customer,
}
