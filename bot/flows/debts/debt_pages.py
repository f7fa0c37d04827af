"""The pages of the notebook: who owes, what one customer owes, kind words to remind one."""

from typing import Final

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, find
from bot.core.debts.paid_line import PaidLine
from bot.flows.answers import button_number
from bot.flows.caller import Caller
from bot.flows.debts.debt_facts import CustomerAccount, CustomerDebt, WhoOwes
from bot.flows.debts.debts_messages import (
    DebtOf,
    Debtors,
    KindWords,
    NobodyOwes,
    NothingOwed,
    Reminder,
)
from bot.flows.debts.payer import payer_of
from bot.flows.debts.reminding import NumberOf, WordsFor

__all__ = ["DEBTORS_PER_PAGE", "debt_pages", "debtors_page", "page_of"]

DEBTORS_PER_PAGE: Final = 6
RECEIPTS_SHOWN_MAX: Final = 6
REMIND: Final = "ingat"


def debt_pages(caller: Caller, args: str, line: PaidLine) -> Flow[Message]:
    """Returns the page that a button or a line asks for."""
    first, _, rest = args.partition(" ")
    if args.startswith("<"):
        return (yield from debtors_page(button_number(args[1:])))
    if first == REMIND:
        return (yield from _reminder(caller, button_number(rest.removeprefix("c"))))
    number = button_number(args.removeprefix("c")) if args.startswith("c") else 0
    if not number:
        if not line.name or line.about == "all":
            return (yield from debtors_page(1))
        meant = yield from payer_of(line.name)
        if meant is None:
            return NobodyOwes()
        number = meant
    account = yield from find(CustomerAccount(number))
    return (yield from debtors_page(1)) if account is None else page_of(account)


def page_of(account: CustomerDebt, settled: str = "") -> Message:
    """Returns the page of one customer, who was asked for by a receipt that is settled."""
    if not account.owed:
        customer = account.customer_id
        return NothingOwed(customer, account.name, account.over, account.payments, settled)
    shown = account.receipts[:RECEIPTS_SHOWN_MAX]
    return DebtOf(
        account=account,
        receipts=shown,
        more=len(account.receipts) - len(shown),
        settled=settled,
    )


def debtors_page(number: int) -> Flow[Message]:
    """Returns a page of the list; the nearest one that there is."""
    debtors = yield from find(WhoOwes())
    if not debtors:
        return NobodyOwes()
    pages = -(-len(debtors) // DEBTORS_PER_PAGE)
    page = min(max(1, number), pages)
    start = (page - 1) * DEBTORS_PER_PAGE
    return Debtors(
        total=sum(each.owed for each in debtors),
        people=len(debtors),
        rows=debtors[start : start + DEBTORS_PER_PAGE],
        page=page,
        before=page - 1,
        after=page + 1 if page < pages else 0,
    )


def _reminder(caller: Caller, customer_id: int) -> Flow[Message]:
    account = yield from find(CustomerAccount(customer_id))
    if account is None:
        return (yield from debtors_page(1))
    if not account.owed:
        return page_of(account)
    words = yield from find(WordsFor(_kind_words(caller, account), account.language))
    digits = yield from find(NumberOf(account.customer_id))
    return Reminder(account.customer_id, account.name, words, digits)


def _kind_words(caller: Caller, account: CustomerDebt) -> KindWords:
    days = [each.due_on for each in account.receipts if each.due_on is not None]
    return KindWords(
        customer=account.name,
        total=account.owed,
        late=any(each.days_late for each in account.receipts),
        due_on=min(days, default=None),
        receipts=tuple(each for each in account.receipts if each.goods),
        more=not all(each.goods for each in account.receipts),
        seller=caller.member.name.split(" ", maxsplit=1)[0],
        title=caller.member.title,
    )
