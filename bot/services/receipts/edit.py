"""A change of a sale that waits for the office, by its seller."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.core.calendar.periods import period_of
from bot.core.conversation.messages import Message, Refusal
from bot.core.sales.sales import SaleLine, receipt_number
from bot.flows.receipts.edit import (
    EDITABLE_MAX,
    EditSale,
    MyWaiting,
    NotEditable,
    NotePayment,
    RecordedSale,
    SaleAsRecorded,
)
from bot.flows.receipts.receipts import ShownSale
from bot.flows.sales.open_sale import OpenSale
from bot.flows.sales.sale_parts import Buyer, Proof
from bot.flows.talk import Changed
from bot.services.sales.checking import may_void, notify_checkers
from bot.services.sales.photo_reading import ask_for_photo
from bot.services.sales.sell import customer_of, receipt_of, shown_sale
from bot.store.db import audit_log
from bot.store.products import products
from bot.store.receipts import sale_decisions, sale_versions
from bot.store.sales import payment_notes, sales
from bot.store.sales.sales import Sale
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]


def my_waiting(turn: Turn, _: MyWaiting) -> tuple[ShownSale, ...]:
    """Returns the caller's latest sales that wait, newest first."""
    found = sales.waiting_of(turn.conn, turn.caller.member.id, EDITABLE_MAX)
    return tuple(shown_sale(sale) for sale in found)


def recorded_sale(turn: Turn, lookup: RecordedSale) -> SaleAsRecorded | None:
    """Returns a sale as it is now, if it is the caller's own."""
    sale = sales.by_id(turn.conn, lookup.id)
    if sale is None or sale.seller_id != turn.caller.member.id:
        return None
    return SaleAsRecorded(
        id=sale.id,
        receipt=receipt_number(sale.id),
        status=sale.status,
        version=sale.version,
        voidable=may_void(turn, sale),
        sale=OpenSale(
            lines=_lines(turn, sale),
            buyer=Buyer(sale.customer_id, sale.customer or ""),
            day=date.fromisoformat(sale.sold_on),
            proof=Proof(sale.invoice, sale.photo_id, sale.photo_key, sale.photo_kind),
            payment=payment_notes.of_sale(turn.conn, sale.id),
        ),
    )


def _lines(turn: Turn, sale: Sale) -> tuple[SaleLine, ...]:
    """Returns the lines at what was recorded, whatever the price list says of that day by now."""
    sold = products.of_sale(turn.conn, sale.id, date.fromisoformat(sale.sold_on))
    return tuple(
        SaleLine(
            replace(
                sold[line.product_id],
                member_price=line.member_price,
                points=line.points,
                bonus_value=line.bonus_value,
            ),
            line.quantity,
            line.amount,
        )
        for line in sales.lines_of(turn.conn, sale.id)
    )


def edit_sale(turn: Turn, action: EditSale) -> Iterable[Message]:
    """Give a waiting sale another state, once.

    Raises:
        Refusal: it was decided, or changed, since the flow has looked.
    """
    if sale_versions.sale_changed_under(turn.conn, turn.reference) is None:
        by, new = turn.caller.user_id, action.sale
        asked = sale_decisions.asked_of_seller(turn.conn, [action.id])
        kept = sale_versions.begin(
            turn.conn, action.id, action.version, turn.reference, by, turn.now
        )
        if not kept:
            raise _overtaken(turn, action.id)
        sale_versions.put(
            turn.conn,
            action.id,
            new.lines,
            customer_id=customer_of(turn, new.buyer),
            sold_on=new.day.isoformat(),
            period=period_of(new.day, turn.company.time_zone),
            invoice=new.proof.invoice,
            photo_id=new.proof.photo_id,
            photo_key=new.proof.photo_key,
            photo_kind=new.proof.photo_kind,
        )
        if new.payment.is_stated:
            payment_notes.note(turn.conn, action.id, new.noted, turn.now)
        audit_log.note(turn.conn, by, "sale changed", f"sale {action.id}", turn.now)
        ask_for_photo(turn, action.id, new.proof.photo_id)
        if asked:
            notify_checkers(turn, action.id)
    return [_receipt(turn, action.id)]


def note_payment(turn: Turn, action: NotePayment) -> Iterable[Message]:
    """Keep the seller's note on the payment; for the office nothing has changed."""
    payment_notes.note(turn.conn, action.id, action.payment, turn.now)
    return [_receipt(turn, action.id)]


def _overtaken(turn: Turn, sale_id: int) -> Refusal:
    """Returns the refusal of a change where another unit was first, as happens on a server."""
    sale = sales.by_id(turn.conn, sale_id)
    assert sale is not None, "the flow has found it in this transaction"
    if sale.status == "waiting":
        return Refusal(Changed())
    return Refusal(NotEditable(receipt_number(sale_id), sale.status, may_void(turn, sale)))


def _receipt(turn: Turn, sale_id: int) -> Message:
    sale = sales.by_id(turn.conn, sale_id)
    assert sale is not None, "it was changed in this transaction"
    return receipt_of(turn, sale)


LOOKUPS: Lookups = {MyWaiting: my_waiting, RecordedSale: recorded_sale}

ACTIONS: Actions = {EditSale: edit_sale, NotePayment: note_payment}
