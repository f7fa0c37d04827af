"""The card of a payment: shown until it is confirmed, changed by what is typed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask
from bot.core.debts.paid_line import PaidLine, read_paid_line, says_more
from bot.core.input.typed import clean_text
from bot.core.input.yesno import yes_or_no
from bot.core.sales.payment_note import Means
from bot.core.sales.sales import receipt_id
from bot.flows.answers import typed
from bot.flows.caller import Caller
from bot.flows.debts.debt_facts import CustomerDebt, SaleToPay
from bot.flows.debts.debts_messages import (
    AskAmount,
    AskOver,
    AskPayment,
    NotAnAmount,
    PaymentUnsaved,
    TellPayment,
)
from bot.flows.sales.sell_answers import day_of
from bot.flows.sales.sell_card import SAVE_WORDS
from bot.flows.spec import Action, Outcome

__all__ = ["NotePaid", "payment_card"]

ALL: Final = frozenset({"semua", "lunas", "all", "full", "semuanya"})
TEXT_CHARACTERS_MAX: Final = 256


@dataclass(frozen=True, slots=True)
class NotePaid(Action):
    """Note a payment.

    Attributes:
        sale_id: the sale that it pays; None if it pays the oldest debt first.
        amount: in rupiah.
        day: when it was made, by the seller's calendar.
    """

    customer_id: int
    sale_id: int | None
    amount: int
    means: Means | None
    day: date


def payment_card(
    caller: Caller, account: CustomerDebt, sale: SaleToPay | None, line: PaidLine
) -> Flow[Outcome]:
    """Show the card until it is confirmed, changed by what is typed; too much is asked about."""
    due = account.owed if sale is None else sale.left
    amount = line.amount
    if amount is None and (line.in_full or sale is not None):
        amount = due
    agreed = 0
    while True:
        if amount is None:
            question = AskAmount(account.name, due)
            amount = yield from ask(question, _amount(caller, account, due))
        over = max(0, amount - account.owed)
        if over and amount != agreed:
            amount = yield from _not_too_much(caller, account, amount)
            agreed = amount or 0
            continue
        card = _card(caller, account, sale, line, amount)
        answer = yield from ask(card, _decided(caller, account, line))
        match answer:
            case date():
                sale_id = None if sale is None else receipt_id(sale.receipt)
                day = line.day or answer
                return NotePaid(account.customer_id, sale_id, amount, line.means, day)
            case False:
                return PaymentUnsaved()
            case None:
                amount = None
            case PaidLine():
                line = answer
                amount = answer.amount or (due if answer.in_full else amount)


def _card(
    caller: Caller, account: CustomerDebt, sale: SaleToPay | None, line: PaidLine, amount: int
) -> AskPayment:
    day = line.day or caller.now.own
    return AskPayment(
        customer=account.name,
        amount=amount,
        means=line.means or "",
        day=line.day,
        receipt="" if sale is None else sale.receipt,
        left=max(0, account.owed - amount),
        over=max(0, amount - account.owed),
        twin=any(each.amount == amount and each.day == day for each in account.payments),
    )


def _not_too_much(caller: Caller, account: CustomerDebt, amount: int) -> Flow[int | None]:
    """Returns what is to be noted of a payment above the debt; None to ask for it anew."""
    question = AskOver(account.name, account.owed, amount, amount - account.owed)

    def read(answer: Answer) -> int | None:
        text = typed(answer).strip()
        choices = {"owed": account.owed, "all": amount, "other": None}
        if answer.kind == "tap":
            return choices.get(text, account.owed)
        if text.casefold() in ALL:
            return amount
        return _amount_alone(read_paid_line(text, day_of(caller, answer).own), account)

    return (yield from ask(question, read))


def _amount(caller: Caller, account: CustomerDebt, due: int) -> Callable[[Answer], int]:
    """Returns a reader of an amount; the button, or `lunas`, stands for all that is owed."""

    def read(answer: Answer) -> int:
        text = clean_text(typed(answer), TEXT_CHARACTERS_MAX)
        if answer.kind == "tap" or text.casefold().strip(" .!") in ALL:
            return due
        return _amount_alone(read_paid_line(text, day_of(caller, answer).own), account)

    return read


def _amount_alone(told: PaidLine, account: CustomerDebt) -> int:
    """Returns the amount of a line that says nothing else."""
    if told.amount is None or says_more(told, account.name):
        raise Refusal(NotAnAmount())
    return told.amount


def _decided(
    caller: Caller, account: CustomerDebt, line: PaidLine
) -> Callable[[Answer], date | Literal[False] | PaidLine | None]:
    """Returns a reader: the day of a yes, no, None for another amount, or the payment anew."""

    def read(answer: Answer) -> date | Literal[False] | PaidLine | None:
        text, today = clean_text(typed(answer), TEXT_CHARACTERS_MAX), day_of(caller, answer).own
        if answer.kind == "tap" and text == "other":
            return None
        yes = text == "ya" if answer.kind == "tap" else yes_or_no(text)
        if text.casefold().strip(" .!") in SAVE_WORDS:
            yes = True
        if yes is not None:
            return today if yes else False
        told = read_paid_line(text, today)
        silent = told.amount is None and not (told.in_full or told.means or told.day)
        if silent or says_more(told, account.name):
            raise Refusal(TellPayment())
        return replace(
            line,
            amount=told.amount,
            in_full=told.in_full,
            means=told.means or line.means,
            day=told.day or line.day,
        )

    return read
