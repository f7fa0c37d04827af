"""Logging and voiding a sale, and what a seller needs for the next one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.content.heard import line_tags
from bot.core.calendar.periods import period_of
from bot.core.conversation.messages import Message, Refusal
from bot.core.customers.customer_keys import name_key
from bot.core.customers.similar_customers import similar_customers
from bot.core.members.people import masked_name
from bot.core.sales.payment_note import NOT_STATED, Payment
from bot.core.sales.sales import receipt_number, totals
from bot.flows.receipts.receipts import (
    RECEIPTS_PER_PAGE,
    MySale,
    MySales,
    NotVoidable,
    SaleVoided,
    ShownSale,
    VoidSale,
)
from bot.flows.sales.sale_parts import Buyer, Proof, ShownLine
from bot.flows.sales.sell import LogSale, TakeApart
from bot.flows.sales.sell_lookups import (
    CustomerNamed,
    CustomersLike,
    PhotoUsed,
    PhotoWithWords,
    PriceList,
    RecentBuyers,
    SalesIn,
    Shelf,
    TwinOf,
)
from bot.flows.sales.sell_messages import SaleLogged
from bot.services.sales import decision, goods_back
from bot.services.sales.checking import may_void, notify_checkers
from bot.services.sales.photo_reading import ask_for_photo
from bot.services.sales.told_sales import sales_told
from bot.store.customers import customers
from bot.store.debts import debts
from bot.store.products import products
from bot.store.receipts import sale_decisions, sale_versions
from bot.store.sales import payment_notes, repeats, sales
from bot.store.sales.sales import Sale, SaleLineRow
from bot.turn.turn import Actions, Lookups, Turn

__all__ = [
    "ACTIONS",
    "LOOKUPS",
    "customer_of",
    "receipt_of",
    "shown_line",
    "shown_sale",
]

FAVOURITES_MAX = 6
BUYERS_MAX = 6
NAMES_COMPARED_MAX = 5_000
"""Of a seller with more names than that, the oldest are found only if typed the same."""


def price_list(turn: Turn, lookup: PriceList) -> Shelf:
    """Returns the products at the prices of a day, and those that the caller sells most."""
    mine = products.favourites(turn.conn, turn.caller.member.id, FAVOURITES_MAX)
    return Shelf(products.catalogue_on(turn.conn, lookup.day), tuple(mine), line_tags())


def recent_buyers(turn: Turn, _: RecentBuyers) -> tuple[Buyer, ...]:
    """Returns the caller's customers, the most recent buyers first."""
    found = customers.recent(turn.conn, turn.caller.member.id, BUYERS_MAX)
    return tuple(Buyer(one.id, one.name) for one in found)


def customer_named(turn: Turn, lookup: CustomerNamed) -> Buyer:
    """Returns the caller's customer of this name, however it is typed; else a new buyer."""
    found = customers.named(turn.conn, turn.caller.member.id, name_key(lookup.name))
    return Buyer(found.id, found.name) if found is not None else Buyer(None, lookup.name)


def customers_like(turn: Turn, lookup: CustomersLike) -> tuple[Buyer, ...]:
    """Returns the few customers of the caller whose names are close to this one."""
    known = customers.known_names(turn.conn, turn.caller.member.id, NAMES_COMPARED_MAX)
    return tuple(Buyer(one.id, one.name) for one in similar_customers(lookup.name, known))


def twin_of(turn: Turn, lookup: TwinOf) -> str | None:
    """Returns the receipt number of a sale of the same items, to the same buyer, that day."""
    buyer = lookup.buyer
    if buyer.id is None and not buyer.own_use:
        return None
    day = lookup.day.isoformat()
    found = repeats.twin(
        turn.conn, turn.caller.member.id, day, buyer.id, lookup.lines, lookup.besides
    )
    return None if found is None else receipt_number(found)


def photo_used(turn: Turn, lookup: PhotoUsed) -> str | None:
    """Returns the receipt number that has this photo as proof; empty if another seller's."""
    found = repeats.photo_use(turn.conn, lookup.key, lookup.besides)
    if found is None:
        return None
    return receipt_number(found.sale_id) if found.seller_id == turn.caller.member.id else ""


def photo_with_words(turn: Turn, _: PhotoWithWords) -> Proof:
    """Returns the photo that the conversation keeps; none if a sale has it as proof by now."""
    file = turn.enclosed
    if file is None or repeats.photo_use(turn.conn, file.file_key) is not None:
        return Proof()
    return Proof(photo_id=file.file_id, photo_key=file.file_key, photo_kind=file.kind)


def my_sale(turn: Turn, lookup: MySale) -> SaleLogged | None:
    """Returns the receipt of a sale, if it is the caller's own."""
    sale = sales.by_id(turn.conn, lookup.id)
    if sale is None or sale.seller_id != turn.caller.member.id:
        return None
    return replace(receipt_of(turn, sale), returnable=goods_back.may_return(turn, sale))


def my_sales(turn: Turn, lookup: MySales) -> tuple[ShownSale, ...]:
    """Returns the caller's sales below an id, newest first, one more than a page."""
    found = sales.latest_of(turn.conn, turn.caller.member.id, lookup.below, RECEIPTS_PER_PAGE + 1)
    return tuple(goods_back.with_marks(turn.conn, found, list(map(shown_sale, found))))


def log_sale(turn: Turn, action: LogSale) -> Iterable[Message]:
    """Enter the sale, once; it counts at once if the company does not check sales."""
    known = sales.by_reference(turn.conn, turn.reference)
    if known is not None:
        return [receipt_of(turn, known)]
    sale_id = sales.add(
        turn.conn,
        action.lines,
        totals(action.lines),
        reference=turn.reference,
        seller_id=turn.caller.member.id,
        customer_id=customer_of(turn, action.buyer),
        sold_on=action.day.isoformat(),
        period=period_of(action.day, turn.company.time_zone),
        invoice=action.proof.invoice,
        photo_id=action.proof.photo_id,
        photo_key=action.proof.photo_key,
        photo_kind=action.proof.photo_kind,
        logged_at=turn.now,
    )
    if action.payment.is_stated:
        payment_notes.note(turn.conn, sale_id, action.payment, turn.now)
    if turn.company.policy.approve_sales:
        notify_checkers(turn, sale_id)
        ask_for_photo(turn, sale_id, action.proof.photo_id)
    else:
        counted = decision.decide(
            turn.conn, sale_id, "waiting", "approved", None, turn.now, plan=turn.company.plan
        )
        assert counted, "a new sale is not visible to others yet"
    sale = sales.by_id(turn.conn, sale_id)
    assert sale is not None
    return [receipt_of(turn, sale)]


def void_sale(turn: Turn, action: VoidSale) -> Iterable[Message]:
    """Void a sale.

    Raises:
        Refusal: it is not the caller's, or can no longer be voided.
    """
    sale = sales.by_id(turn.conn, action.id)
    assert sale is not None, "the flow has found it in this transaction"
    receipt = receipt_number(sale.id)
    if not may_void(turn, sale):
        raise Refusal(NotVoidable(receipt, sale.status))
    by = turn.caller.user_id
    plan = turn.company.plan
    if not decision.decide(turn.conn, sale.id, sale.status, "void", by, turn.now, plan=plan):
        # On a server the office may have decided since it was read.
        now = sales.by_id(turn.conn, sale.id)
        raise Refusal(NotVoidable(receipt, sale.status if now is None else now.status))
    return [SaleVoided(receipt)]


def receipt_of(turn: Turn, sale: Sale) -> SaleLogged:
    """Returns the receipt of a sale, for its seller with her note on the payment."""
    me = turn.caller.me
    own = me is not None and sale.seller_id == me.id
    back = goods_back.of_sale(turn.conn, sale)
    payment = payment_notes.of_sale(turn.conn, sale.id) if own else NOT_STATED
    return SaleLogged(
        receipt=receipt_number(sale.id),
        lines=tuple(shown_line(line) for line in sales.lines_of(turn.conn, sale.id)),
        buyer=sale.customer or "",
        own_use=sale.customer_id is None,
        day=date.fromisoformat(sale.sold_on),
        total=sale.total,
        profit=sale.total - sale.goods - back.profit,
        points=sale.points - back.points,
        counts_in=sale.period,
        late=not sale.sold_on.startswith(sale.period),
        invoice=sale.invoice,
        photo=bool(sale.photo_id),
        status=sale.status,
        seller=masked_name(sale.seller_name),
        seller_phone=sale.seller_phone if sale.seller_phone.startswith("+") else "",
        mine=may_void(turn, sale),
        payment=payment,
        left=_left(turn, sale, payment),
        customer=_shown_customer(sale) if own else 0,
        changed_at=sale_versions.changed_at(turn.conn, sale.id) if sale.version > 1 else None,
        back=back.shown,
        asked=sale_decisions.asked_of_seller(turn.conn, [sale.id]).get(sale.id, ""),
    )


def _shown_customer(sale: Sale) -> int:
    """Returns the row of the buyer, whose card the receipt leads to; 0 if there is none."""
    buyer = Buyer(sale.customer_id, sale.customer or "")
    return 0 if buyer.id is None or buyer.is_forgotten else buyer.id


def _left(turn: Turn, sale: Sale, payment: Payment) -> int | None:
    """Returns what the buyer still owes of a sale; None if nothing was left open."""
    if not payment.leaves_open or sale.status not in {"waiting", "approved"}:
        return None
    return debts.left_of(turn.conn, sale.seller_id, sale.id)


def shown_line(line: SaleLineRow) -> ShownLine:
    """Returns a line as a receipt shows it; without a price a piece that is not whole rupiah."""
    each, rest = divmod(line.amount, line.quantity)
    return ShownLine(line.name, line.quantity, each if rest == 0 else None, line.amount)


def shown_sale(sale: Sale) -> ShownSale:
    """Returns a sale as a row of a list."""
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


def customer_of(turn: Turn, buyer: Buyer) -> int | None:
    """Returns the customer of a sale, entered if new; remembers another name that was typed."""
    seller_id, name = turn.caller.member.id, buyer.name
    if buyer.own_use:
        return None
    known = None if buyer.id is None else customers.kept(turn.conn, seller_id, buyer.id)
    if known is None:
        return customers.add(turn.conn, seller_id, name, name_key(name), turn.now)
    if buyer.typed:
        typed = buyer.typed
        customers.add_name(turn.conn, seller_id, known.id, typed, name_key(typed), turn.now)
    return known.id


def take_apart(_turn: Turn, _action: TakeApart) -> tuple[Message, ...]:
    """Do nothing yet: what follows is all there is to do."""
    return ()


LOOKUPS: Lookups = {
    PriceList: price_list,
    SalesIn: sales_told,
    RecentBuyers: recent_buyers,
    CustomerNamed: customer_named,
    CustomersLike: customers_like,
    TwinOf: twin_of,
    PhotoUsed: photo_used,
    PhotoWithWords: photo_with_words,
    MySale: my_sale,
    MySales: my_sales,
}

ACTIONS: Actions = {LogSale: log_sale, TakeApart: take_apart, VoidSale: void_sale}
