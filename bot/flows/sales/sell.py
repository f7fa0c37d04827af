"""Logging a sale: in one line, or question by question; every part can be changed before saving.

The shortest way is product, quantity, buyer, yes. A line such as `J 2 SABUN @50rb Bu Ani` answers
all but the last at once; the bot asks only for what the line leaves out.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from bot.core.conversation.replay import Flow, ask, find
from bot.core.input.typed import shown
from bot.core.sales.drafts import Draft
from bot.core.sales.payment_note import NOT_STATED, Payment
from bot.core.sales.quick_entry import StoppedBy
from bot.core.sales.sales import SaleLine
from bot.flows.answers import said_yes
from bot.flows.caller import Caller
from bot.flows.sales.open_sale import OpenSale
from bot.flows.sales.sale_parts import Buyer, Proof
from bot.flows.sales.sell_answers import when
from bot.flows.sales.sell_card import Settled, on_card
from bot.flows.sales.sell_changes import buyer_of, with_items
from bot.flows.sales.sell_items import draft_of, which_product
from bot.flows.sales.sell_lookups import PhotoWithWords, PriceList, SalesIn, TwinOf
from bot.flows.sales.sell_messages import NoProducts
from bot.flows.sales.sell_prices import lines_on, priced_on_its_day
from bot.flows.sales.sell_questions import AskIfSale, AskSecond, NoSaleMeant, NotRecorded
from bot.flows.spec import Action, FlowSpec, HelpPlace, MenuPlace, Outcome

__all__ = ["IF_A_SALE", "SPEC", "SURELY", "LogSale", "TakeApart", "next_sale", "recorded", "sell"]

IF_A_SALE = "? "
"""Stands before a text that may be no sale at all; it is asked first whether it is one."""
SURELY = "! "
"""Stands before a text that is a sale by learned weights, whatever else it asks or tells."""
STOPPED_BY = {
    "": StoppedBy.ANY_DOUBT,
    IF_A_SALE: StoppedBy.NOTHING,
    SURELY: StoppedBy.TAKING_BACK,
}


@dataclass(frozen=True, slots=True)
class LogSale(Action):
    """Store the sale; `following` is the line of the next one, which is taken up after it."""

    lines: tuple[SaleLine, ...]
    buyer: Buyer
    day: date
    proof: Proof
    payment: Payment = NOT_STATED
    following: str = ""


@dataclass(frozen=True, slots=True)
class TakeApart(Action):
    """Take up, one after the other, the sales of a text that is said to tell of sales."""

    following: str
    records: ClassVar[bool] = False


def sell(caller: Caller, args: str) -> Flow[Outcome]:
    """Log a sale, question by question or from the text after the command.

    `/jual 2 sabun 3 teh ke Bu Ani` says all of it at once.
    """
    marker = next((each for each in (IF_A_SALE, SURELY) if args.startswith(each)), "")
    args = args.removeprefix(marker)
    if marker == IF_A_SALE:
        if not (yield from ask(AskIfSale(shown(args)), said_yes)):
            return NoSaleMeant()
        if len((yield from find(SalesIn(args)))) > 1:
            return TakeApart(next_sale(f"{SURELY}{args}"))
    shelf = yield from find(PriceList(caller.began.company))
    if not shelf.products:
        return NoProducts()
    draft = draft_of(args, shelf, caller.began, STOPPED_BY[marker]) if args else None
    if marker == SURELY and (draft is None or _is_to_come(draft, caller)):
        if not (yield from ask(AskIfSale(shown(args)), said_yes)):
            return NoSaleMeant()
        draft = draft_of(args, shelf, caller.began, StoppedBy.NOTHING)
    if draft is None or not draft.items:
        goods = yield from which_product(shelf, caller.now)
        draft = goods if draft is None else _completed(draft, goods)
    shelf, draft = yield from priced_on_its_day(draft, shelf)
    lines = yield from with_items(caller, shelf, draft, own_use=draft.own_use)
    buyer = yield from buyer_of(draft)
    day = yield from when(caller, draft.day, unclear=draft.day_is_open)
    lines = yield from lines_on(caller, lines, day, own_use=buyer.own_use)
    proof = yield from find(PhotoWithWords())
    settled = yield from on_card(caller, OpenSale(lines, buyer, day, proof, draft.payment))
    return (yield from recorded(caller, settled))


def recorded(caller: Caller, settled: Settled) -> Flow[Outcome]:
    """Returns what is to be done about a card that was confirmed; a twin is asked about."""
    if settled.instead:
        return (yield from sell(caller, settled.instead))
    sale = settled.sale
    receipt = yield from find(TwinOf(sale.lines, sale.buyer, sale.day))
    if receipt is not None:
        second = yield from ask(AskSecond(receipt, sale.buyer.name), said_yes)
        if not second:
            return NotRecorded()
    following = next_sale(settled.following)
    return LogSale(sale.lines, sale.buyer, sale.day, sale.proof, sale.noted, following)


def next_sale(line: str) -> str:
    """Returns the command line that begins the sale in this line; empty if there is none."""
    return f"{SPEC.commands[0]} {line}" if line else ""


def _is_to_come(draft: Draft, caller: Caller) -> bool:
    """Returns whether the line names a day on which no sale can have been made yet."""
    return draft.day is not None and draft.day > caller.began.company


def _completed(told: Draft, goods: Draft) -> Draft:
    """Returns the draft with goods, completed by what the first line said; a later entry wins."""
    return replace(
        goods,
        customer=goods.customer or told.customer,
        own_use=goods.own_use or (told.own_use and goods.customer is None),
        day=goods.day or told.day,
        day_is_open=goods.day_is_open or (told.day_is_open and goods.day is None),
        payment=goods.payment if goods.payment.is_stated else told.payment,
    )


SPEC = FlowSpec(
    "sell",
    sell,
    ("jual", "sell", "j"),
    words=("jual", "sell", "j"),
    heard=(("sell", ""), ("sale", "{line}")),
    keeps_line=True,
    several=SalesIn,
    acts=True,
    keeps_photo=True,
    in_help=(HelpPlace("selling"),),
    in_menu=(MenuPlace("members", 10),),
)
