"""A member's own sales: the list, one receipt, and what taking a sale back says."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Flow, Lookup, find
from bot.core.sales.sales import receipt_id
from bot.flows.caller import Caller
from bot.flows.sales.sell_messages import SaleLogged
from bot.flows.spec import Action, FlowSpec, HelpPlace, MenuPlace, Outcome

__all__ = [
    "EVERYTHING",
    "SPEC",
    "AskVoid",
    "KeptSale",
    "MySale",
    "MySales",
    "NoSuchSale",
    "NotVoidable",
    "SaleVoided",
    "Sales",
    "ShownSale",
    "VoidSale",
]


@dataclass(frozen=True, slots=True)
class ShownSale:
    """A row in a list of sales; `number` is the receipt's number without its letter.

    `back` says whether `all` or a `part` of the goods came back, or some `waits` for the office.
    """

    receipt: str
    number: int
    day: date
    buyer: str
    own_use: bool
    total: int
    status: str
    back: Literal["", "part", "all", "waits"] = ""


@dataclass(frozen=True, slots=True)
class MySale(Lookup[SaleLogged | None]):
    """One of the caller's own sales, as its receipt."""

    id: int


@dataclass(frozen=True, slots=True)
class MySales(Lookup[tuple[ShownSale, ...]]):
    """The caller's latest sales below an id: at most a page, plus one if there are more."""

    below: int


@dataclass(frozen=True, slots=True)
class Sales(Message):
    """The caller's sales, newest first; `older` is the next page's start, 0 on the last."""

    passing: ClassVar[bool] = True

    sales: tuple[ShownSale, ...]
    older: int


@dataclass(frozen=True, slots=True)
class NoSuchSale(Message):
    """The caller has no sale with this number."""


@dataclass(frozen=True, slots=True)
class AskVoid(Question):
    """Asks whether to take the sale back."""

    asked_as: ClassVar[str] = "sale.void@9"

    sale: SaleLogged


@dataclass(frozen=True, slots=True)
class KeptSale(Message):
    """The sale was not taken back."""

    receipt: str


@dataclass(frozen=True, slots=True)
class NotVoidable(Message):
    """The sale is settled or was already taken back."""

    receipt: str
    status: str


@dataclass(frozen=True, slots=True)
class SaleVoided(Message):
    """The sale was taken back."""

    receipt: str


@dataclass(frozen=True, slots=True)
class VoidSale(Action):
    """Take back one of the caller's own sales."""

    id: int


RECEIPTS_PER_PAGE = 6
LATEST_WORDS = frozenset({"tadi", "terakhir", "last"})
EVERYTHING = 2**62


def receipts(_caller: Caller, args: str) -> Flow[Outcome]:
    """Show your own sales; with a number (`/struk S-1023`) one receipt, `/struk tadi` the last."""
    if args.startswith("<"):
        below = int(args[1:]) if args[1:].isascii() and args[1:].isdigit() else EVERYTHING
        return (yield from _page(min(below, EVERYTHING)))
    if not args:
        return (yield from _page(EVERYTHING))
    first, _, rest = args.partition(" ")
    if first.casefold() in LATEST_WORDS:
        args = rest or (yield from _latest())
        if not args:
            return Sales((), 0)
    number = receipt_id(args)
    sale = None if number is None else (yield from find(MySale(number)))
    return NoSuchSale() if sale is None else sale


def _latest() -> Flow[str]:
    """Returns the number of the caller's latest sale; empty if there is none."""
    sales = yield from find(MySales(EVERYTHING))
    return sales[0].receipt if sales else ""


def _page(below: int) -> Flow[Outcome]:
    sales = yield from find(MySales(below))
    shown = sales[:RECEIPTS_PER_PAGE]
    older = 0
    if len(sales) > RECEIPTS_PER_PAGE:
        older = receipt_id(shown[-1].receipt) or 0
    return Sales(shown, older)


SPEC = FlowSpec(
    "receipts",
    receipts,
    ("struk", "receipts"),
    words=("struk", "nota", "penjualan", "receipts"),
    heard=(
        ("receipts", ""),
        ("receipt", "{receipt}"),
        ("undo", "tadi {receipt}"),
    ),
    after_leaving=True,
    in_help=(HelpPlace("selling", column=2),),
    in_menu=(MenuPlace("members", 40),),
)
