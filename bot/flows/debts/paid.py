"""A customer has paid: who, how much and how, shown on a card before it is saved."""

from dataclasses import dataclass
from typing import Final

from bot.core.conversation.replay import Flow, ask, find
from bot.core.debts.paid_line import read_paid_line
from bot.flows.answers import button_number, said_yes
from bot.flows.caller import Caller
from bot.flows.debts.debt_facts import CustomerAccount, DebtOfSale, StandingPayment
from bot.flows.debts.debt_pages import debt_pages, debtors_page, page_of
from bot.flows.debts.debts_messages import (
    AskUndoPayment,
    NobodyOwes,
    PaymentKept,
    PaymentNotUndone,
)
from bot.flows.debts.payer import payer_of
from bot.flows.debts.payment_card import payment_card
from bot.flows.receipts.receipts import NoSuchSale
from bot.flows.spec import Action, FlowSpec, Outcome

__all__ = ["SPEC", "UndoPaid"]

UNDO: Final = "urung"


@dataclass(frozen=True, slots=True)
class UndoPaid(Action):
    """Let a payment of the caller count no more."""

    number: int


def paid(caller: Caller, args: str) -> Flow[Outcome]:
    """Note what a customer has paid: `/bayar bu ani 50rb`, `/bayar S-1023`.

    `/bayar urung` takes the payment back that was noted last.
    """
    first, _, rest = args.partition(" ")
    if first.casefold() == UNDO:
        return (yield from _undone(button_number(rest)))
    line = read_paid_line(args, caller.began.own)
    if args and line.about != "paid":
        return (yield from debt_pages(caller, args, line))
    sale = None
    if line.sale_id is not None:
        sale = yield from find(DebtOfSale(line.sale_id))
        if sale is None:
            return NoSuchSale()
        customer_id = sale.customer_id
    else:
        number = button_number(first.removeprefix("c")) if first.startswith("c") else 0
        meant = number or (yield from payer_of(line.name))
        if meant is None:
            return NobodyOwes()
        customer_id = meant
    account = yield from find(CustomerAccount(customer_id))
    if account is None:
        return (yield from debtors_page(1))
    if not account.owed or (sale is not None and not sale.left):
        return page_of(account, "" if sale is None else sale.receipt)
    return (yield from payment_card(caller, account, sale, line))


def _undone(number: int) -> Flow[Outcome]:
    """Take a payment back, by its number or the last one, after a question."""
    found = yield from find(StandingPayment(number))
    if found is None:
        return PaymentNotUndone()
    question = AskUndoPayment(found.payment, found.name, found.owed)
    if not (yield from ask(question, said_yes)):
        return PaymentKept()
    return UndoPaid(found.payment.number)


SPEC = FlowSpec(
    "paid",
    paid,
    ("bayar", "paid"),
    words=("sudah bayar", "catat pembayaran"),
    heard=(("payment", "{text}"),),
    keeps_line=True,
    acts=True,
)
