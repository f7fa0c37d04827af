"""Enters sales in the books, and finds what a seller needs for the next one."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from bot.core.calendar.periods import period_of
from bot.core.conversation.messages import Message, Refusal
from bot.core.members.people import masked_name
from bot.core.sales.quick_entry import read_line
from bot.core.sales.sales import receipt_number, totals
from bot.flows.sales.approve import SalesToCheck
from bot.flows.sales.receipts import (
    PAGE,
    MySale,
    MySales,
    NotVoidable,
    SaleVoided,
    ShownSale,
    VoidSale,
)
from bot.flows.sales.sell_lookups import (
    CustomerNamed,
    PhotoUsed,
    PriceList,
    RecentBuyers,
    Shelf,
    TwinOf,
)
from bot.flows.sales.sell_messages import Buyer, LogSale, SaleLogged, ShownLine
from bot.services.sales import decision
from bot.store.ledger import periods
from bot.store.members import members
from bot.store.products import products
from bot.store.sales import customers, sales
from bot.turn.notices import send
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS", "receipt_of", "shown_sale", "tells_a_sale"]

FAVOURITES_MAX = 6
BUYERS_MAX = 6
TITLES = re.compile(r"^(bu|ibu|pak|bpk|bapak|mas|mbak|mba|kak|kakak|mrs|mr|ms)\.?\s+")


def price_list(turn: Turn, lookup: PriceList) -> Shelf:
    """All articles as of the day, and what the caller sells most."""
    mine = products.favourites(turn.conn, turn.caller.seat.id, FAVOURITES_MAX)
    return Shelf(products.catalogue_on(turn.conn, lookup.day), tuple(mine))


def recent_buyers(turn: Turn, _: RecentBuyers) -> tuple[Buyer, ...]:
    """The caller's customers, the latest first."""
    rows = customers.recent(turn.conn, turn.caller.seat.id, BUYERS_MAX)
    return tuple(Buyer(row.id, row.name) for row in rows)


def customer_named(turn: Turn, lookup: CustomerNamed) -> Buyer:
    """The caller's customer of this name, give or take the title; else a new one."""
    row = customers.named(turn.conn, turn.caller.seat.id, name_key(lookup.name))
    return Buyer(row.id, row.name) if row is not None else Buyer(None, lookup.name)


def twin_of(turn: Turn, lookup: TwinOf) -> str | None:
    """The receipt of a sale of the same things to the same buyer on the same day."""
    buyer = lookup.buyer
    if buyer.id is None and not buyer.own_use:
        return None
    day = lookup.day.isoformat()
    found = sales.twin(turn.conn, turn.caller.seat.id, day, buyer.id, lookup.lines)
    return None if found is None else receipt_number(found)


def photo_used(turn: Turn, lookup: PhotoUsed) -> str | None:
    """The receipt that this photo stands for; without its number where it is not one's own."""
    found = sales.photo_user(turn.conn, lookup.key)
    if found is None:
        return None
    return receipt_number(found.id) if found.seller_id == turn.caller.seat.id else ""


def my_sale(turn: Turn, lookup: MySale) -> SaleLogged | None:
    """One of the caller's own sales; nobody else's."""
    sale = sales.by_id(turn.conn, lookup.id)
    if sale is None or sale.seller_id != turn.caller.seat.id:
        return None
    return receipt_of(turn, sale)


def my_sales(turn: Turn, lookup: MySales) -> tuple[ShownSale, ...]:
    """The caller's sales below an id, newest first, one more than a page."""
    rows = sales.latest_of(turn.conn, turn.caller.seat.id, lookup.below, PAGE + 1)
    return tuple(shown_sale(row) for row in rows)


def tells_a_sale(turn: Turn, text: str) -> bool:
    """Whether a line typed outside any conversation is about a sale."""
    try:
        return read_line(text, products.catalogue(turn.conn), turn.caller.today) is not None
    except Refusal:
        return True


def log_sale(turn: Turn, command: LogSale) -> Iterable[Message]:
    """Enter the sale; where the company does not check sales, it counts at once."""
    known = sales.by_reference(turn.conn, turn.reference)
    if known is not None:
        return [receipt_of(turn, known)]
    seller = turn.caller.seat
    customer_id = command.buyer.id
    if customer_id is None and not command.buyer.own_use:
        name = command.buyer.name
        customer_id = customers.add(turn.conn, seller.id, name, name_key(name), turn.now)
    sale_id = sales.add(
        turn.conn,
        command.lines,
        totals(command.lines),
        reference=turn.reference,
        seller_id=seller.id,
        customer_id=customer_id,
        sold_on=command.day.isoformat(),
        period=period_of(command.day, turn.company.time_zone),
        invoice=command.proof.invoice,
        photo_id=command.proof.photo_id,
        photo_key=command.proof.photo_key,
        photo_kind=command.proof.photo_kind,
        logged_at=turn.now,
    )
    if turn.company.policy.approve_sales:
        _call_admins(turn, sale_id)
    else:
        counted = decision.decide(turn.conn, sale_id, "waiting", "approved", None, turn.now)
        assert counted, "nobody else has seen it yet"
    sale = sales.by_id(turn.conn, sale_id)
    assert sale is not None
    return [receipt_of(turn, sale)]


def void_sale(turn: Turn, command: VoidSale) -> Iterable[Message]:
    """Take a sale back, if it is the caller's and not settled."""
    sale = sales.by_id(turn.conn, command.id)
    assert sale is not None, "the flow has found it in this transaction"
    receipt = receipt_number(sale.id)
    if not _may_void(turn, sale):
        raise Refusal(NotVoidable(receipt, sale.status))
    by = turn.caller.user_id
    if not decision.decide(turn.conn, sale.id, sale.status, "void", by, turn.now):
        # On a server the office may have decided between the look and this.
        now = sales.by_id(turn.conn, sale.id)
        raise Refusal(NotVoidable(receipt, sale.status if now is None else now.status))
    return [SaleVoided(receipt)]


def name_key(name: str) -> str:
    """What makes two names the same customer: letters without case, spaces and title."""
    folded = " ".join(name.casefold().split())
    return TITLES.sub("", folded) or folded


def receipt_of(turn: Turn, sale: Any) -> SaleLogged:
    """A sale as its receipt shows it."""
    lines = tuple(
        ShownLine(x.name, x.quantity, _each(x.amount, x.quantity), x.amount)
        for x in sales.lines_of(turn.conn, sale.id)
    )
    return SaleLogged(
        receipt=receipt_number(sale.id),
        lines=lines,
        buyer=sale.customer or "",
        own_use=sale.customer_id is None,
        day=date.fromisoformat(sale.sold_on),
        total=sale.total,
        profit=sale.total - sale.goods,
        points=sale.points,
        counts_in=sale.period,
        late=not sale.sold_on.startswith(sale.period),
        invoice=sale.invoice,
        photo=bool(sale.photo_id),
        status=sale.status,
        seller=masked_name(sale.seller_name),
        seller_phone=sale.seller_phone if sale.seller_phone.startswith("+") else "",
        mine=_may_void(turn, sale),
    )


def shown_sale(sale: Any) -> ShownSale:
    """A sale as one row of a list."""
    receipt = receipt_number(sale.id)
    return ShownSale(
        receipt=receipt,
        number=int(receipt.removeprefix("S-")),
        day=date.fromisoformat(sale.sold_on),
        buyer=sale.customer or "",
        own_use=sale.customer_id is None,
        total=sale.total,
        status=sale.status,
    )


def _may_void(turn: Turn, sale: Any) -> bool:
    """Its seller may, while it waits, and where nobody checks sales, in its own month."""
    me = turn.caller.me
    if me is None or sale.seller_id != me.id:
        return False
    if sale.status == "waiting":
        return True
    if sale.status != "approved" or turn.company.policy.approve_sales:
        return False
    return bool(sale.period == turn.caller.period) and periods.is_open(turn.conn, sale.period)


def _call_admins(turn: Turn, sale_id: int) -> None:
    """One word to each admin when the first sale waits for them, not one for each sale.

    An admin who sells is not called for the own sale: somebody else has to check it.
    """
    notice = SalesToCheck(receipt_number(sale_id))
    for admin in members.reachable_admins(turn.conn, turn.company.time_zone):
        own = admin.user_id == turn.caller.user_id
        if not own and sales.waiting_for(turn.conn, admin.user_id) == 1:
            key = f"sale:{sale_id}:waiting:{admin.user_id}"
            send(turn.conn, turn.content, turn.company, admin, notice, key=key, at=turn.now)


def _each(amount: int, quantity: int) -> int | None:
    each, rest = divmod(amount, quantity)
    return each if rest == 0 else None


LOOKUPS: Lookups = {
    PriceList: price_list,
    RecentBuyers: recent_buyers,
    CustomerNamed: customer_named,
    TwinOf: twin_of,
    PhotoUsed: photo_used,
    MySale: my_sale,
    MySales: my_sales,
}

ACTIONS: Actions = {LogSale: log_sale, VoidSale: void_sale}
