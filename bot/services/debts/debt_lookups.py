"""What flows look up of debts: always the caller's own, by her own calendar."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Final

from bot.core.debts.payers import payers_in
from bot.core.sales.sales import receipt_number
from bot.flows.debts.debt_facts import (
    CustomerAccount,
    CustomerDebt,
    DebtOfSale,
    Debtor,
    OpenReceipt,
    PayersFound,
    PayersMeant,
    SaleToPay,
    ShownPayment,
    StandingPayment,
    UndoablePayment,
    WhoOwes,
)
from bot.flows.debts.reminding import NumberOf, WordsFor
from bot.store.customers import customer_details, customers
from bot.store.debts import customer_payments, debts
from bot.store.debts.customer_payments import NotedPayment
from bot.store.debts.debts import Owed
from bot.store.sales import sales
from bot.turn.turn import Lookups, Turn

__all__ = ["LOOKUPS", "shown_payment"]

NAMES_COMPARED_MAX: Final = 5_000
PAYMENTS_SHOWN_MAX: Final = 5
GOODS_SHOWN_MAX: Final = 3
"""Of how many receipts of a customer the goods are named."""


def who_owes(turn: Turn, _: WhoOwes) -> tuple[Debtor, ...]:
    """Returns all customers who owe the caller something, those that are late first.

    Behind them those with a day, the nearest first, and then the others, the oldest debt first.
    """
    today = turn.caller.now.own
    of_each: dict[int, list[Owed]] = defaultdict(list)
    for owed in debts.owed_by(turn.conn, turn.caller.member.id):
        of_each[owed.customer_id].append(owed)
    debtors = [_debtor(owed, today) for owed in of_each.values()]
    return tuple(sorted(debtors, key=lambda one: (one.due_on or date.max, one.since, one.name)))


def _debtor(owed: list[Owed], today: date) -> Debtor:
    first = owed[0]
    due_on = min((each.due_on for each in owed if each.due_on is not None), default=None)
    return Debtor(
        customer_id=first.customer_id,
        name=first.name,
        owed=sum(each.amount for each in owed),
        since=first.sold_on,
        due_on=due_on,
        days_late=_days_late(due_on, today),
        age_days=max(0, (today - first.sold_on).days),
    )


def _days_late(due_on: date | None, today: date) -> int:
    return 0 if due_on is None else max(0, (today - due_on).days)


def customer_account(turn: Turn, lookup: CustomerAccount) -> CustomerDebt | None:
    """Returns what a customer of the caller owes, with the goods of the oldest receipts."""
    member_id, today = turn.caller.member.id, turn.caller.now.own
    customer = customers.kept(turn.conn, member_id, lookup.customer_id)
    if customer is None:
        return None
    account = debts.account_of(turn.conn, member_id, customer.id)
    payments = customer_payments.latest_of(turn.conn, member_id, customer.id, PAYMENTS_SHOWN_MAX)
    return CustomerDebt(
        customer_id=customer.id,
        name=customer.name,
        language=debts.language_of(turn.conn, customer.id),
        owed=account.total,
        over=account.over,
        receipts=tuple(
            _receipt(turn, owed, today, with_goods=place < GOODS_SHOWN_MAX)
            for place, owed in enumerate(account.owed)
        ),
        payments=tuple(map(shown_payment, payments)),
    )


def _receipt(turn: Turn, owed: Owed, today: date, *, with_goods: bool) -> OpenReceipt:
    lines = sales.lines_of(turn.conn, owed.sale_id) if with_goods else []
    return OpenReceipt(
        receipt=owed.receipt,
        day=owed.sold_on,
        left=owed.amount,
        due_on=owed.due_on,
        days_late=_days_late(owed.due_on, today),
        goods=tuple((line.quantity, line.name) for line in lines),
    )


def shown_payment(payment: NotedPayment) -> ShownPayment:
    """Returns a payment as messages show it."""
    return ShownPayment(
        payment.id, payment.amount, payment.means or "", payment.paid_on, payment.receipt
    )


def debt_of_sale(turn: Turn, lookup: DebtOfSale) -> SaleToPay | None:
    """Returns what is owed of a sale of the caller to a customer."""
    member_id = turn.caller.member.id
    sale = sales.by_id(turn.conn, lookup.sale_id)
    if sale is None or sale.seller_id != member_id or sale.customer_id is None:
        return None
    customer = customers.kept(turn.conn, member_id, sale.customer_id)
    assert customer is not None, "the customer of an own sale is an own customer"
    account = debts.account_of(turn.conn, member_id, customer.id)
    return SaleToPay(customer.id, receipt_number(sale.id), account.left_of(sale.id))


def payers_meant(turn: Turn, lookup: PayersMeant) -> PayersFound:
    """Returns the customers of the caller whom a line may mean; those who owe go first."""
    member_id = turn.caller.member.id
    known = customers.known_names(turn.conn, member_id, NAMES_COMPARED_MAX)
    owing = {owed.customer_id for owed in debts.owed_by(turn.conn, member_id)}
    found = payers_in(lookup.text, known, owing)
    names = {each.id: each.name for each in known}
    return PayersFound(tuple((one, names[one]) for one in found.ids), found.is_certain)


def standing_payment(turn: Turn, lookup: StandingPayment) -> UndoablePayment | None:
    """Returns a payment of the caller that counts, and what is owed without it."""
    member_id = turn.caller.member.id
    if lookup.number:
        payment = customer_payments.by_id(turn.conn, member_id, lookup.number)
    else:
        payment = customer_payments.last_of(turn.conn, member_id)
    if payment is None:
        return None
    without = debts.account_of(turn.conn, member_id, payment.customer_id, without=payment.id)
    return UndoablePayment(
        shown_payment(payment), payment.customer_id, payment.name, without.total
    )


def words_for(turn: Turn, lookup: WordsFor) -> str:
    """Returns the words of a reminder as plain text, to be forwarded."""
    language = lookup.language or turn.reader.language
    screen = turn.content.screen(lookup.message, replace(turn.reader, language=language))
    return unescape(screen.text)


def number_of(turn: Turn, lookup: NumberOf) -> str:
    """Returns the digits of a number that the caller noted of this customer."""
    whose = turn.caller.member.id, lookup.customer_id
    return customer_details.number_of(turn.conn, turn.number_keys, *whose).removeprefix("+")


LOOKUPS: Lookups = {
    WhoOwes: who_owes,
    CustomerAccount: customer_account,
    DebtOfSale: debt_of_sale,
    PayersMeant: payers_meant,
    StandingPayment: standing_payment,
    WordsFor: words_for,
    NumberOf: number_of,
}
