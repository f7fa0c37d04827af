"""Notes a payment of a customer, and takes one back; the company's books stay as they are."""

from collections.abc import Iterable

from bot.core.conversation.messages import Message, Refusal
from bot.flows.debts.debts_messages import (
    NobodyOwes,
    PaymentNoted,
    PaymentNotUndone,
    PaymentUndone,
)
from bot.flows.debts.paid import UndoPaid
from bot.flows.debts.payment_card import NotePaid
from bot.services.debts.debt_lookups import shown_payment
from bot.store.customers import customers
from bot.store.debts import customer_payments, debts
from bot.turn.turn import Actions, Turn

__all__ = ["ACTIONS"]


def note_paid(turn: Turn, action: NotePaid) -> Iterable[Message]:
    """Note a payment, once.

    Raises:
        Refusal: the customer is not the caller's.
    """
    member_id = turn.caller.member.id
    customer = customers.kept(turn.conn, member_id, action.customer_id)
    if customer is None:
        raise Refusal(NobodyOwes())
    customer_payments.add(
        turn.conn,
        customer.id,
        action.amount,
        reference=turn.reference,
        sale_id=action.sale_id,
        means=action.means,
        paid_on=action.day,
        at=turn.now,
    )
    noted = customer_payments.by_reference(turn.conn, member_id, turn.reference)
    assert noted is not None, "it was noted now or before"
    account = debts.account_of(turn.conn, member_id, noted.customer_id)
    return [
        PaymentNoted(
            shown_payment(noted), noted.customer_id, noted.name, account.total, account.over
        )
    ]


def undo_paid(turn: Turn, action: UndoPaid) -> Iterable[Message]:
    """Let a payment count no more.

    Raises:
        Refusal: it is not the caller's, or counts no more already.
    """
    member_id = turn.caller.member.id
    payment = customer_payments.by_id(turn.conn, member_id, action.number)
    if payment is None or not customer_payments.undo(
        turn.conn, member_id, action.number, turn.now
    ):
        raise Refusal(PaymentNotUndone())
    account = debts.account_of(turn.conn, member_id, payment.customer_id)
    return [
        PaymentUndone(shown_payment(payment), payment.customer_id, payment.name, account.total)
    ]


ACTIONS: Actions = {NotePaid: note_paid, UndoPaid: undo_paid}
