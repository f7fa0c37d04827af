"""Logging a sale: in one line, or question by question; every part can be changed before saving.

The shortest way is product, quantity, buyer, yes. A line such as `J 2 SABUN @50rb Bu Ani` answers
all but the last at once; the bot asks only for what the line leaves out.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.core.conversation.messages import Question, Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.input.quantity import read_quantity
from bot.core.sales.drafts import Draft
from bot.core.sales.sales import SaleLine, add_line, joined, split_total, totals
from bot.flows.answers import said_yes, typed
from bot.flows.caller import Caller
from bot.flows.sales.sell_answers import read_buyer, read_proof, shown_lines, when
from bot.flows.sales.sell_buyer import buyer_named
from bot.flows.sales.sell_items import draft_of, priced, settled_line, which_product
from bot.flows.sales.sell_lookups import (
    PhotoUsed,
    PriceList,
    RecentBuyers,
    Shelf,
    TwinOf,
)
from bot.flows.sales.sell_messages import (
    AskCustomer,
    AskEdit,
    AskLine,
    AskProof,
    AskQuantity,
    AskRecord,
    AskSecond,
    Buyer,
    LogSale,
    NoProducts,
    NotRecorded,
    PhotoTaken,
    Proof,
    TapOne,
    UnknownBuyer,
)
from bot.flows.sales.sell_prices import at_member_price, lines_on, priced_on_its_day
from bot.flows.spec import FlowSpec, HelpPlace, MenuPlace, Outcome

__all__ = ["SPEC", "sell"]

OWN_USE = Buyer(None, "")
SAVE_WORDS = frozenset({"catat", "simpan", "save"})


def sell(caller: Caller, args: str) -> Flow[Outcome]:
    """Log a sale, question by question or from the text after the command.

    `/jual 2 sabun 3 teh ke Bu Ani` says all of it at once.
    """
    shelf = yield from find(PriceList(caller.began))
    if not shelf.products:
        return NoProducts()
    draft = draft_of(args, shelf, caller.began) if args else None
    if draft is None or not draft.items:
        goods = yield from which_product(shelf, caller.today)
        draft = goods if draft is None else _completed(draft, goods)
    shelf, draft = yield from priced_on_its_day(draft, shelf)
    lines = yield from _items(caller, shelf, draft, own_use=draft.own_use)
    buyer = yield from _buyer(draft)
    day = yield from when(caller, draft.day, unclear=draft.day_is_open)
    lines = yield from lines_on(caller, lines, day, own_use=buyer.own_use)
    proof = Proof()
    while True:
        if buyer.own_use:
            lines = at_member_price(lines)
        choice = yield from ask(_card(caller, lines, buyer, day, proof), _choice)
        match choice:
            case "ya":
                break
            case "add":
                shelf = yield from find(PriceList(day))
                more = yield from which_product(shelf, caller.today, adding=True)
                lines = yield from _items(caller, shelf, more, lines, own_use=buyer.own_use)
            case Proof():
                proof = yield from _unused(choice, AskRecord)
            case _:
                what = yield from ask(AskEdit(len(lines), buyer.own_use), _value)
                lines, buyer, day, proof = yield from _edited(
                    caller, what, lines, buyer, day, proof
                )
    receipt = yield from find(TwinOf(lines, buyer, day))
    if receipt is not None:
        second = yield from ask(AskSecond(receipt, buyer.name), said_yes)
        if not second:
            return NotRecorded()
    return LogSale(lines, buyer, day, proof)


def _completed(told: Draft, goods: Draft) -> Draft:
    """Returns the draft with goods, completed by what the first line said; a later entry wins."""
    return replace(
        goods,
        customer=goods.customer or told.customer,
        own_use=goods.own_use or (told.own_use and goods.customer is None),
        day=goods.day or told.day,
        day_is_open=goods.day_is_open or (told.day_is_open and goods.day is None),
    )


def _items(
    caller: Caller,
    shelf: Shelf,
    draft: Draft,
    lines: tuple[SaleLine, ...] = (),
    *,
    own_use: bool,
) -> Flow[tuple[SaleLine, ...]]:
    """Add the lines of a draft; asks for whatever the draft leaves out."""
    new: list[SaleLine] = []
    for item in draft.items:
        line = yield from settled_line(caller, shelf, item, own_use=own_use)
        new.append(line)
    total = draft.total
    if draft.discount is not None:
        total = draft.discount.off(totals(new).total if total is None else total)
    if total is not None and new and not own_use:
        shared = split_total(new, total)
        new = []
        for part in shared:
            line = yield from priced(caller, part)
            new.append(line)
    for line in new:
        lines = add_line(lines, line)
    return lines


def _buyer(draft: Draft | None) -> Flow[Buyer]:
    if draft is not None and draft.own_use:
        return OWN_USE
    if draft is not None and draft.customer is not None:
        return (yield from buyer_named(draft.customer))
    recent = yield from find(RecentBuyers())
    known = {buyer.id: buyer for buyer in recent if buyer.id is not None}
    shown = tuple((number, buyer.name) for number, buyer in known.items())
    answer = yield from ask(AskCustomer(shown), read_buyer)
    if isinstance(answer, str):
        return (yield from buyer_named(answer))
    if answer is None:
        return OWN_USE
    if answer not in known:
        raise Refusal(UnknownBuyer(""), AskCustomer)
    return known[answer]


def _edited(
    caller: Caller,
    what: str,
    lines: tuple[SaleLine, ...],
    buyer: Buyer,
    day: date,
    proof: Proof,
) -> Flow[tuple[tuple[SaleLine, ...], Buyer, date, Proof]]:
    """Change one part of the sale."""
    match what:
        case "buyer":
            was_own_use = buyer.own_use
            buyer = yield from _buyer(None)
            if was_own_use and not buyer.own_use:
                lines = tuple(
                    SaleLine(x.product, x.quantity, x.product.retail_price * x.quantity)
                    for x in lines
                )
        case "day":
            day = yield from when(caller, None, asking=True)
            lines = yield from lines_on(caller, lines, day, own_use=buyer.own_use)
        case "proof":
            proof = yield from _proof()
        case "quantity" | "price" | "drop":
            changed = yield from _edited_line(caller, what, lines, own_use=buyer.own_use)
            lines = joined(changed)
        case _:
            pass
    return lines, buyer, day, proof


def _edited_line(
    caller: Caller, what: str, lines: tuple[SaleLine, ...], *, own_use: bool
) -> Flow[tuple[SaleLine, ...]]:
    place = 0
    if len(lines) > 1:
        repeated = len({line.product.id for line in lines}) < len(lines)
        place = yield from ask(AskLine(shown_lines(lines), repeated), _place(len(lines)))
    if place == len(lines):
        return lines
    line = lines[place]
    if what == "drop":
        return (*lines[:place], *lines[place + 1 :])
    if what == "price":
        line = yield from priced(caller, line, asking=True)
    else:
        quantity = yield from ask(AskQuantity(line.product.name), _quantity)
        each = line.each if line.each is not None else line.product.retail_price
        line = SaleLine(line.product, quantity, each * quantity)
        if not own_use:
            line = yield from priced(caller, line)
    return (*lines[:place], line, *lines[place + 1 :])


def _proof() -> Flow[Proof]:
    proof = yield from ask(AskProof(), read_proof)
    return (yield from _unused(proof, AskProof))


def _unused(proof: Proof, question: type[Question]) -> Flow[Proof]:
    """Returns the proof.

    Raises:
        Refusal: its photo already belongs to another sale.
    """
    if proof.photo_key:
        receipt = yield from find(PhotoUsed(proof.photo_key))
        if receipt is not None:
            raise Refusal(PhotoTaken(receipt), question)
    return proof


def _card(
    caller: Caller, lines: tuple[SaleLine, ...], buyer: Buyer, day: date, proof: Proof
) -> AskRecord:
    sums = totals(lines)
    return AskRecord(
        lines=shown_lines(lines),
        buyer=buyer.name,
        own_use=buyer.own_use,
        day=day,
        today=day == caller.today,
        total=sums.total,
        profit=sums.profit,
        points=sums.points,
        invoice=proof.invoice,
        photo=bool(proof.photo_id),
    )


def _choice(answer: Answer) -> str | Proof:
    """Returns "ya", "add", "edit", or the proof where a photo was sent right away."""
    if answer.kind in {"photo", "document"}:
        return read_proof(answer)
    text = typed(answer)
    if answer.kind == "tap":
        return text
    if text.strip(" .!").casefold() in SAVE_WORDS:
        return "ya"
    return "ya" if said_yes(answer) else "edit"


def _value(answer: Answer) -> str:
    if answer.kind != "tap":
        raise Refusal(TapOne())
    return answer.value


def _place(count: int) -> Callable[[Answer], int]:
    """Returns a reader for the place of a line, tapped or typed; `count` means none of them."""

    def read(answer: Answer) -> int:
        if answer.kind == "tap":
            return int(answer.value)
        number = answer.value.strip(" .") if answer.kind == "text" else ""
        if number.isascii() and number.isdigit() and 1 <= int(number[:3]) <= count:
            return int(number[:3]) - 1
        raise Refusal(TapOne())

    return read


def _quantity(answer: Answer) -> int:
    return read_quantity(typed(answer))


SPEC = FlowSpec(
    "sell",
    sell,
    ("jual", "sell", "j"),
    words=("jual", "sell", "j"),
    heard=(("sell", ""),),
    acts=True,
    in_help=(HelpPlace("selling"),),
    in_menu=(MenuPlace("members", 10),),
)
