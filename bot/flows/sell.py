"""Logging a sale: in one line, or question by question, with every part open to change.

The shortest way is article, quantity, buyer, yes. A line such as `J 2 SABUN @50rb Bu Ani` answers
all but the last at once; only what it leaves open is asked.
"""

from datetime import date

from bot.core.dialogue import Answer, Flow, ask, find
from bot.core.messages import Refusal
from bot.core.quantity import read_quantity
from bot.core.quick_entry import Draft
from bot.core.sales import Line, add_line, split_total, totals
from bot.flows.caller import Caller
from bot.flows.sell_items import draft_of, priced, settled_line, which_product
from bot.flows.sell_parts import (
    read_buyer,
    read_proof,
    said_yes,
    shown_lines,
    when,
)
from bot.flows.sell_words import (
    AskCustomer,
    AskEdit,
    AskLine,
    AskProof,
    AskQuantity,
    AskRecord,
    AskSecond,
    Buyer,
    CustomerNamed,
    LogSale,
    NoProducts,
    NotRecorded,
    PhotoTaken,
    PhotoUsed,
    PriceList,
    Proof,
    RecentBuyers,
    Shelf,
    TapOne,
    TwinOf,
)
from bot.flows.spec import FlowSpec, Outcome

__all__ = ["SPEC", "sell"]

OWN_USE = Buyer(None, "")


def sell(caller: Caller, args: str) -> Flow[Outcome]:
    """A sale from the first word to the card, and into the books."""
    shelf = yield from find(PriceList())
    if not shelf.products:
        return NoProducts()
    draft = draft_of(args, shelf, caller.today) if args else None
    if draft is None:
        draft = yield from which_product(shelf, caller.today)
    lines = yield from _items(caller, shelf, draft)
    buyer = yield from _buyer(draft)
    day = yield from when(caller, draft.day)
    proof = Proof()
    while True:
        if buyer.own_use:
            lines = tuple(Line(x.product, x.quantity, x.goods) for x in lines)
        choice = yield from ask(_card(caller, lines, buyer, day, proof), _choice)
        match choice:
            case "ya":
                break
            case "add":
                more = yield from which_product(shelf, caller.today)
                lines = yield from _items(caller, shelf, more, lines)
            case _:
                what = yield from ask(AskEdit(len(lines)), _value)
                lines, buyer, day, proof = yield from _edited(
                    caller, what, lines, buyer, day, proof
                )
    receipt = yield from find(TwinOf(lines, buyer, day))
    if receipt is not None:
        second = yield from ask(AskSecond(receipt, buyer.name), _second)
        if not second:
            return NotRecorded()
    return LogSale(lines, buyer, day, proof)


def _items(
    caller: Caller, shelf: Shelf, draft: Draft, lines: tuple[Line, ...] = ()
) -> Flow[tuple[Line, ...]]:
    """The lines of a draft, with whatever it leaves open asked for."""
    new: list[Line] = []
    for item in draft.items:
        line = yield from settled_line(caller, shelf, item)
        new.append(line)
    if draft.total is not None and new:
        shared = split_total(new, draft.total)
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
        return (yield from find(CustomerNamed(draft.customer)))
    recent = yield from find(RecentBuyers())
    known = {buyer.id: buyer for buyer in recent if buyer.id is not None}
    shown = tuple((number, buyer.name) for number, buyer in known.items())
    answer = yield from ask(AskCustomer(shown), read_buyer)
    if isinstance(answer, str):
        return (yield from find(CustomerNamed(answer)))
    return OWN_USE if answer is None else known.get(answer, OWN_USE)


def _edited(
    caller: Caller,
    what: str,
    lines: tuple[Line, ...],
    buyer: Buyer,
    day: date,
    proof: Proof,
) -> Flow[tuple[tuple[Line, ...], Buyer, date, Proof]]:
    """The sale with one part of it changed."""
    match what:
        case "buyer":
            was_own_use = buyer.own_use
            buyer = yield from _buyer(None)
            if was_own_use and not buyer.own_use:
                lines = tuple(
                    Line(x.product, x.quantity, x.product.retail_price * x.quantity) for x in lines
                )
        case "day":
            day = yield from when(caller, None, asking=True)
        case "proof":
            proof = yield from _proof()
        case "quantity" | "price" | "drop":
            lines = yield from _edited_line(caller, what, lines)
        case _:
            pass
    return lines, buyer, day, proof


def _edited_line(caller: Caller, what: str, lines: tuple[Line, ...]) -> Flow[tuple[Line, ...]]:
    place = 0
    if len(lines) > 1:
        names = tuple(line.product.name for line in lines)
        place = yield from ask(AskLine(names), _place)
    line = lines[place]
    if what == "drop":
        return (*lines[:place], *lines[place + 1 :])
    if what == "price":
        line = yield from priced(caller, line, asking=True)
    else:
        quantity = yield from ask(AskQuantity(line.product.name), _quantity)
        each = line.each if line.each is not None else line.product.retail_price
        line = yield from priced(caller, Line(line.product, quantity, each * quantity))
    return (*lines[:place], line, *lines[place + 1 :])


def _proof() -> Flow[Proof]:
    proof = yield from ask(AskProof(), read_proof)
    if proof.photo_key:
        receipt = yield from find(PhotoUsed(proof.photo_key))
        if receipt is not None:
            raise Refusal(PhotoTaken(receipt), "AskProof")
    return proof


def _card(
    caller: Caller, lines: tuple[Line, ...], buyer: Buyer, day: date, proof: Proof
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


def _choice(answer: Answer) -> str:
    """Yes, one more item, or something else to change."""
    if answer.kind == "tap":
        return answer.value
    return "ya" if said_yes(answer, or_else="edit") else "edit"


def _second(answer: Answer) -> bool:
    return said_yes(answer)


def _value(answer: Answer) -> str:
    if answer.kind != "tap":
        raise Refusal(TapOne())
    return answer.value


def _place(answer: Answer) -> int:
    if answer.kind != "tap":
        raise Refusal(TapOne())
    return int(answer.value)


def _quantity(answer: Answer) -> int:
    return read_quantity(answer.value)


SPEC = FlowSpec("sell", sell, ("jual", "sell", "j"), words=("jual", "sell", "j"))
