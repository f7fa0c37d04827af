"""Changing a sale that waits for the office, on the card that it was recorded from.

What is typed behind the number takes the place of what was recorded: `/ubah S-1023 3 sabun`.
"""

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Flow, Lookup, ask, find
from bot.core.sales.payment_note import Payment
from bot.core.sales.sales import SaleLine, receipt_id
from bot.flows.answers import said_yes
from bot.flows.caller import Caller
from bot.flows.receipts.receipts import EVERYTHING, MySales, NoSuchSale, ShownSale
from bot.flows.sales.open_sale import OpenSale
from bot.flows.sales.sell import next_sale, sell
from bot.flows.sales.sell_card import Settled, on_card
from bot.flows.sales.sell_lookups import TwinOf
from bot.flows.sales.sell_questions import AskSecond
from bot.flows.sales.sell_rewritten import rewritten
from bot.flows.spec import Action, FlowSpec, Outcome

__all__ = [
    "EDITABLE_MAX",
    "IF_TAKEN",
    "SPEC",
    "AskTakeEdit",
    "ChooseSale",
    "EditSale",
    "MyWaiting",
    "NotEditable",
    "NotePayment",
    "NothingToEdit",
    "RecordedSale",
    "SaleAsRecorded",
    "SaleUnchanged",
]

EDITABLE_MAX = 6
IF_TAKEN = "? "
"""Stands before the words of an edited message; it is asked first whether they are to be taken."""


@dataclass(frozen=True, slots=True)
class SaleAsRecorded:
    """One of the caller's own sales, as it is now.

    Attributes:
        version: counts the states of the sale.
        voidable: whether the caller may take it back.
    """

    id: int
    receipt: str
    status: str
    version: int
    voidable: bool
    sale: OpenSale


@dataclass(frozen=True, slots=True)
class RecordedSale(Lookup[SaleAsRecorded | None]):
    """One of the caller's own sales by its id."""

    id: int


@dataclass(frozen=True, slots=True)
class MyWaiting(Lookup[tuple[ShownSale, ...]]):
    """The caller's latest sales that wait for the office, at most `EDITABLE_MAX`."""


@dataclass(frozen=True, slots=True)
class AskTakeEdit(Question):
    """Asks whether the words of an edited message are to change the sale that they recorded."""

    asked_as: ClassVar[str] = "sale.take_edit@1"

    receipt: str


@dataclass(frozen=True, slots=True)
class ChooseSale(Message):
    """The caller's sales that can be changed, each on a button."""

    sales: tuple[ShownSale, ...]


@dataclass(frozen=True, slots=True)
class NothingToEdit(Message):
    """None of the caller's sales waits for the office."""


@dataclass(frozen=True, slots=True)
class NotEditable(Message):
    """The sale no longer waits; `voidable` says whether it can be taken back."""

    receipt: str
    status: str
    voidable: bool


@dataclass(frozen=True, slots=True)
class SaleUnchanged(Message):
    """The sale was left as it was."""

    receipt: str


@dataclass(frozen=True, slots=True)
class EditSale(Action):
    """Give the sale, in the state `version`, another state."""

    id: int
    version: int
    sale: OpenSale
    following: str = ""


@dataclass(frozen=True, slots=True)
class NotePayment(Action):
    """Keep another note on the payment; the sale itself stays as it is."""

    id: int
    payment: Payment
    following: str = ""


def edit(caller: Caller, args: str) -> Flow[Outcome]:
    """Change your own sale (`/ubah S-1023`) while the office has not checked it."""
    number, words = _told(args)
    if not args:
        waiting = yield from find(MyWaiting())
        if len(waiting) > 1:
            return ChooseSale(waiting)
        number = yield from _the_only(caller, waiting)
        if number is None:
            return NothingToEdit()
    was = None if number is None else (yield from find(RecordedSale(number)))
    if was is None:
        return NoSuchSale()
    if was.status != "waiting":
        return NotEditable(was.receipt, was.status, was.voidable)
    now = was.sale
    if words.startswith(IF_TAKEN):
        words = words.removeprefix(IF_TAKEN)
        if not (yield from ask(AskTakeEdit(was.receipt), said_yes)):
            return SaleUnchanged(was.receipt)
    if words:
        now = yield from rewritten(caller, now, words)
    settled = yield from on_card(caller, now, was.receipt)
    if settled.instead:
        return (yield from sell(caller, settled.instead))
    return (yield from _saved(caller, was, settled))


def _told(args: str) -> tuple[int | None, str]:
    """Returns the id of the sale, and the words behind its number."""
    number = receipt_id(args)
    if number is not None:
        return number, ""
    first, _, words = args.partition(" ")
    return receipt_id(first), words.strip()


def _saved(caller: Caller, was: SaleAsRecorded, settled: Settled) -> Flow[Outcome]:
    """Returns what is to be done about a card that was confirmed."""
    now, following = settled.sale, next_sale(settled.following)
    if _state(now) == _state(was.sale):
        if now.noted != was.sale.payment:
            return NotePayment(was.id, now.noted, following)
        if settled.following:
            return (yield from sell(caller, settled.following))
        return SaleUnchanged(was.receipt)
    if _compared(now) != _compared(was.sale):
        twin = yield from find(TwinOf(now.lines, now.buyer, now.day, besides=was.id))
        if twin is not None and not (yield from ask(AskSecond(twin, now.buyer.name), said_yes)):
            return SaleUnchanged(was.receipt)
    return EditSale(was.id, was.version, now, following)


def _the_only(caller: Caller, waiting: tuple[ShownSale, ...]) -> Flow[int | None]:
    """Returns the id of the one sale that waits.

    Where the company checks no sales, none waits: then it is the latest sale, of which the answer
    says that it counts, and how it can be taken back.
    """
    if not waiting and not caller.company.policy.approve_sales:
        waiting = yield from find(MySales(EVERYTHING))
    return receipt_id(waiting[0].receipt) if waiting else None


def _state(sale: OpenSale) -> tuple[object, ...]:
    """Returns all of a sale but the seller's own note; the order of its lines does not matter."""
    proof = (sale.proof.invoice, sale.proof.photo_key)
    return (Counter(sale.lines), sale.buyer.id, sale.buyer.name, sale.day, proof)


def _compared(sale: OpenSale) -> tuple[object, ...]:
    """Returns what two identical sales have in common."""
    return (Counter(_pieces(sale.lines)), sale.buyer.id, sale.buyer.name, sale.day)


def _pieces(lines: tuple[SaleLine, ...]) -> list[tuple[int, int]]:
    return [(line.product.id, line.quantity) for line in lines]


SPEC = FlowSpec("edit", edit, ("ubah", "edit"), heard=(("edit", "{receipt}"),), acts=True)
