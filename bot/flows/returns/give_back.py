"""Goods come back: which sale, which articles, in what state, and what that changes."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.core.conversation.messages import Message, Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.input.money import parse_rupiah
from bot.core.input.typed import one_line
from bot.core.returns.pieces import SoldPieces, figures_of
from bot.core.returns.return_words import read_return, receipt_in
from bot.core.sales.drafts import Draft
from bot.flows.answers import button_number, said_yes, typed
from bot.flows.caller import Caller
from bot.flows.debts.debt_facts import DebtOfSale
from bot.flows.receipts.approve_messages import UnknownSale
from bot.flows.receipts.receipts import NoSuchSale
from bot.flows.returns.came_back import pieces_back
from bot.flows.returns.condition_asked import with_condition
from bot.flows.returns.give_back_messages import (
    AllBack,
    AskLateReason,
    AskRefund,
    AskReturn,
    AskReturnedSale,
    NoReceiptToReturn,
    NotReturnable,
    NotReturned,
    ReturnOfMonth,
    ReturnTooLate,
    TypeTakenSum,
    WrongTakenSum,
)
from bot.flows.returns.return_actions import LogReturn, VoidReturn
from bot.flows.returns.return_lookups import (
    BackLine,
    FindEffect,
    FindReturnable,
    ReturnableSale,
    ReturnableSales,
    ReturnEffect,
)
from bot.flows.sales.sell_lookups import PriceList
from bot.flows.sales.sell_messages import TapOne
from bot.flows.spec import FlowSpec, HelpPlace, Outcome
from bot.flows.talk import OnlyForMembers
from bot.flows.typed_sum import the_sum

__all__ = ["SPEC", "type_taken"]

REASON_CHARACTERS_MAX: Final = 200
NO_REFUND: Final = frozenset({"0", "tidak", "tidak ada", "none", "no", "nothing", "belum"})


def give_back(caller: Caller, args: str) -> Flow[Outcome]:
    """Enter goods that came back (`/retur S-1023`), whole or in part; the office confirms.

    Sellers return goods of their own sales within the time that the company gives customers. An
    admin returns goods of any sale, later also with a reason, and that counts at once.
    """
    word, _, rest = args.partition(" ")
    if word == "urung":
        return VoidReturn(button_number(rest))
    if caller.me is None and "admin" not in caller.roles:
        return OnlyForMembers()
    shelf = yield from find(PriceList(caller.began.company))
    heard = read_return(args, shelf.products, caller.began.own) if args else None
    number = receipt_in(args)
    if number is None:
        if caller.me is None:
            return UnknownSale()
        number = yield from _which_sale(caller, heard)
        if number is None:
            buyer = "" if heard is None else heard.customer or ""
            return NoReceiptToReturn(buyer, caller.company.policy.customer_window_days)
    sale = yield from find(FindReturnable(number))
    if sale is None:
        return UnknownSale() if "admin" in caller.roles else NoSuchSale()
    trouble = _trouble(caller, sale)
    if trouble is not None:
        return trouble
    return (yield from _entered(caller, sale, heard))


def _which_sale(caller: Caller, heard: Draft | None) -> Flow[int | None]:
    """Returns the id of the sale; None if there is none with goods that may come back."""
    days = caller.company.policy.customer_window_days
    buyer = "" if heard is None else heard.customer or ""
    items = () if heard is None else heard.items
    products = tuple(sorted({each.product.id for each in items if each.product is not None}))
    since = caller.began.company - timedelta(days=days)
    choices = yield from find(ReturnableSales(buyer, products, since))
    if not choices and products:
        choices = yield from find(ReturnableSales(buyer, (), since))
    if not choices:
        return None
    if len(choices) == 1 and heard is not None:
        return receipt_in(choices[0].receipt)
    numbers = {receipt_in(choice.receipt) for choice in choices}

    def read(answer: Answer) -> int:
        number = receipt_in(typed(answer))
        if number is None or number not in numbers:
            raise Refusal(TapOne())
        return number

    return (yield from ask(AskReturnedSale(buyer, choices), read))


def _trouble(caller: Caller, sale: ReturnableSale) -> Message | None:
    """Returns why goods of this sale cannot be returned by the caller now; None if they can."""
    if sale.status != "approved":
        return NotReturnable(sale.receipt, sale.status, not sale.seller)
    if not any(line.left for line in sale.lines):
        return AllBack(sale.receipt, not sale.seller)
    if sale.closing and sale.office:
        return ReturnOfMonth(sale.receipt, sale.period)
    if _is_late(caller, sale) and not sale.office:
        return ReturnTooLate(sale.receipt, caller.company.policy.customer_window_days)
    return None


def _is_late(caller: Caller, sale: ReturnableSale) -> bool:
    """Returns whether the goods came back after the time that the company gives customers."""
    return (caller.began.company - sale.day).days > caller.company.policy.customer_window_days


def _entered(caller: Caller, sale: ReturnableSale, heard: Draft | None) -> Flow[Outcome]:
    """Ask what came back and how, show what it changes, and enter it."""
    reason, days = "", caller.company.policy.customer_window_days
    if _is_late(caller, sale):
        reason = yield from ask(AskLateReason(sale.receipt, days), _reason)
    pieces = yield from pieces_back(caller, sale, heard)
    back = figures_of(sale.lines, pieces)
    lines = yield from with_condition(_shown(sale.lines, pieces))
    refund = 0
    if not sale.own_use:
        owed = yield from _owed(sale)
        refund = yield from ask(AskRefund(back.amount, owed), _refund)
    effect = yield from find(FindEffect(sale.id, pieces))
    if not (yield from ask(AskReturn(sale, lines, refund, reason, effect), said_yes)):
        return NotReturned(sale.receipt, not sale.seller)
    if sale.office:
        yield from type_taken(sale.receipt, effect)
    damaged = tuple((line.line_id, line.damaged) for line in lines if line.damaged)
    return LogReturn(sale.id, pieces, damaged, caller.began.company, refund, reason, sale.office)


def _owed(sale: ReturnableSale) -> Flow[int]:
    """Returns what the buyer still owes the caller, of a sale that is the caller's own."""
    if sale.seller:
        return 0
    debt = yield from find(DebtOfSale(sale.id))
    return 0 if debt is None else debt.left


def type_taken(receipt: str, effect: ReturnEffect) -> Flow[None]:
    """Have the sum typed that a return takes from bonuses that were paid; most take nothing."""
    if effect.taken:
        question = TypeTakenSum(receipt, effect.closed_month, effect.taken)
        yield from ask(question, the_sum(effect.taken, WrongTakenSum()))


def _shown(sold: Sequence[SoldPieces], pieces: Sequence[tuple[int, int]]) -> tuple[BackLine, ...]:
    by_id = {line.line_id: line for line in sold}
    return tuple(
        BackLine(line_id, by_id[line_id].name, number, by_id[line_id].part(number))
        for line_id, number in pieces
    )


def _refund(answer: Answer) -> int:
    text = typed(answer).strip()
    return 0 if text.casefold() in NO_REFUND else parse_rupiah(text)


def _reason(answer: Answer) -> str:
    reason = one_line(typed(answer), REASON_CHARACTERS_MAX)
    if not reason:
        raise Refusal(TapOne())
    return reason


SPEC = FlowSpec(
    "return",
    give_back,
    ("retur", "return"),
    who="anyone",
    words=("retur", "return"),
    heard=(("return", "{text}"),),
    acts=True,
    in_help=(HelpPlace("selling", row=1, column=3),),
)
