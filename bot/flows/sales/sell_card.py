"""The card of a sale that is not yet recorded; it takes taps, photos and words such as `eh 3`."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.core.calendar.two_days import TwoDays
from bot.core.conversation.messages import Question, Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.input.typed import shown
from bot.core.input.yesno import yes_or_no
from bot.core.sales.corrections import Correction, read_correction
from bot.core.sales.drafts import SeveralCustomers
from bot.core.sales.sales import joined, receipt_id, totals
from bot.core.sales.telling.beginnings import begins_with_verb
from bot.flows.answers import typed
from bot.flows.caller import Caller
from bot.flows.sales.open_sale import OpenSale
from bot.flows.sales.sale_parts import Proof
from bot.flows.sales.sell_answers import day_of, read_proof, shown_lines, when
from bot.flows.sales.sell_changes import (
    buyer_of,
    corrected,
    edited_line,
    is_another_sale,
    with_items,
)
from bot.flows.sales.sell_items import draft_of, which_product
from bot.flows.sales.sell_lookups import PhotoUsed, PriceList, Shelf
from bot.flows.sales.sell_messages import (
    AskEdit,
    AskProof,
    AskRecord,
    PhotoTaken,
    TapOne,
    TellChange,
)
from bot.flows.sales.sell_prices import at_member_price, lines_on
from bot.flows.sales.sell_questions import AskAnother

__all__ = ["SAVE_WORDS", "Settled", "on_card"]

SAVE_WORDS = frozenset({"catat", "simpan", "save"})


@dataclass(frozen=True, slots=True)
class Settled:
    """What the seller decided at the card.

    Attributes:
        sale: the sale to record.
        following: the line of another sale, to be taken up after this one is recorded.
        instead: the line of the sale that takes the place of this one, which is not recorded.
    """

    sale: OpenSale
    following: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class _Another:
    """A line that seems to be about another sale, and the day on which it was typed."""

    line: str
    today: TwoDays


def on_card(caller: Caller, sale: OpenSale, receipt: str = "") -> Flow[Settled]:
    """Show the card until the seller confirms it, changing what she asks for.

    Args:
        caller: the seller.
        sale: the sale as it is so far.
        receipt: the number of the receipt if the sale is recorded and waits for the office.
    """
    shelf, listed_on = (yield from find(PriceList(sale.day))), sale.day
    while True:
        if sale.day != listed_on:
            shelf, listed_on = (yield from find(PriceList(sale.day))), sale.day
        if sale.buyer.own_use:
            sale = replace(sale, lines=at_member_price(sale.lines))
        card = _card(caller, sale, receipt)
        choice = yield from ask(card, _choice(caller, sale, shelf))
        match choice:
            case "ya":
                return Settled(sale)
            case "add":
                sale = yield from _added(caller, sale)
            case Proof():
                proof = yield from _unused(choice, receipt, AskRecord)
                sale = replace(sale, proof=proof)
            case Correction():
                sale = yield from corrected(caller, shelf, sale, choice)
            case _Another():
                decided = yield from _beside(caller, shelf, sale, choice, receipt)
                if isinstance(decided, Settled):
                    return decided
                sale = decided
            case _:
                sale = yield from _edited(caller, shelf, sale, receipt)


def _edited(caller: Caller, shelf: Shelf, sale: OpenSale, receipt: str) -> Flow[OpenSale]:
    """Ask what is to be changed, and change it."""
    question = AskEdit(len(sale.lines), sale.buyer.own_use)
    what = yield from ask(question, _field(caller, sale, shelf))
    match what:
        case Correction():
            return (yield from corrected(caller, shelf, sale, what))
        case "buyer":
            buyer = yield from buyer_of(None)
            return sale.sold_to(buyer)
        case "day":
            day = yield from when(caller, None, asking=True)
            lines = yield from lines_on(caller, sale.lines, day, own_use=sale.buyer.own_use)
            return replace(sale, lines=lines, day=day)
        case "proof":
            proof = yield from ask(AskProof(), read_proof)
            return replace(sale, proof=(yield from _unused(proof, receipt, AskProof)))
        case "quantity" | "price" | "drop":
            lines = yield from edited_line(caller, what, sale.lines, own_use=sale.buyer.own_use)
            return replace(sale, lines=joined(lines))
        case _:
            return sale


def _added(caller: Caller, sale: OpenSale) -> Flow[OpenSale]:
    shelf = yield from find(PriceList(sale.day))
    more = yield from which_product(shelf, caller.now, adding=True)
    lines = yield from with_items(caller, shelf, more, sale.lines, own_use=sale.buyer.own_use)
    return replace(sale, lines=lines)


def _beside(
    caller: Caller, shelf: Shelf, sale: OpenSale, another: _Another, receipt: str
) -> Flow[Settled | OpenSale]:
    """Ask what to do with the line of another sale, or of more for the same customer."""
    buyer, line = sale.buyer, another.line
    question = AskAnother(shown_lines(sale.lines), buyer.name, buyer.own_use, shown(line), receipt)
    which = yield from ask(question, _value)
    match which:
        case "first":
            return Settled(sale, following=line)
        case "new":
            return Settled(sale, instead=line)
        case "more" if (draft := draft_of(line, shelf, another.today)) is not None:
            own_use = sale.buyer.own_use
            lines = yield from with_items(caller, shelf, draft, sale.lines, own_use=own_use)
            return replace(sale, lines=lines)
        case _:
            return sale


def _unused(proof: Proof, receipt: str, question: type[Question]) -> Flow[Proof]:
    """Returns the proof of a sale, which may have a receipt already.

    Raises:
        Refusal: its photo already belongs to another sale.
    """
    if proof.photo_key:
        used = yield from find(PhotoUsed(proof.photo_key, besides=receipt_id(receipt) or 0))
        if used is not None:
            raise Refusal(PhotoTaken(used), question)
    return proof


def _card(caller: Caller, sale: OpenSale, receipt: str) -> AskRecord:
    sums, buyer, proof = totals(sale.lines), sale.buyer, sale.proof
    elsewhere = caller.now.own != caller.today
    return AskRecord(
        lines=shown_lines(sale.lines),
        buyer=buyer.name,
        own_use=buyer.own_use,
        day=sale.day,
        today=sale.day == caller.today,
        total=sums.total,
        profit=sums.profit,
        points=sums.points,
        invoice=proof.invoice,
        photo=bool(proof.photo_id),
        payment=sale.noted,
        receipt=receipt,
        at_office=sale.day == caller.today and elsewhere,
    )


def _choice(
    caller: Caller, sale: OpenSale, shelf: Shelf
) -> Callable[[Answer], str | Proof | Correction | _Another]:
    """Returns a reader: "ya", "add", "edit", a proof, a change, or the line of another sale."""

    def read(answer: Answer) -> str | Proof | Correction | _Another:
        if answer.kind in {"photo", "document"}:
            return read_proof(answer)
        text = typed(answer)
        if answer.kind == "tap":
            return text
        if text.strip(" .!").casefold() in SAVE_WORDS:
            return "ya"
        yes = yes_or_no(text)
        if yes is not None:
            return "ya" if yes else "edit"
        found = _words(caller, sale, shelf, answer)
        if found is None:
            raise Refusal(TellChange(choosing=False))
        return found

    return read


def _field(caller: Caller, sale: OpenSale, shelf: Shelf) -> Callable[[Answer], str | Correction]:
    """Returns a reader: the field to change, or what is typed about it at once."""

    def read(answer: Answer) -> str | Correction:
        if answer.kind == "tap":
            return answer.value
        found = _words(caller, sale, shelf, answer)
        if not isinstance(found, Correction):
            raise Refusal(TellChange(choosing=True))
        return found

    return read


def _words(
    caller: Caller, sale: OpenSale, shelf: Shelf, answer: Answer
) -> Correction | _Another | None:
    """Returns what typed words change in the sale, or that they are about another one."""
    text, today = typed(answer), day_of(caller, answer)
    sold = [line.product for line in sale.lines]
    try:
        if begins_with_verb(text):
            return None if draft_of(text, shelf, today) is None else _Another(text, today)
        correction = read_correction(text, sold, shelf.products, today.own, shelf.tags)
    except Refusal as refusal:
        if not isinstance(refusal.message, SeveralCustomers):
            raise
        return _Another(text, today)
    if correction is not None and correction.draft.day is not None:
        told = replace(correction.draft, day=today.counted(correction.draft.day))
        correction = replace(correction, draft=told)
    if correction is not None and is_another_sale(sale, correction):
        return _Another(text, today)
    return correction


def _value(answer: Answer) -> str:
    if answer.kind != "tap":
        raise Refusal(TapOne())
    return answer.value
