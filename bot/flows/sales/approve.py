"""The office approves or rejects sales, one by one or all that are waiting."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.core.input.typed import one_line
from bot.core.sales.sales import receipt_id
from bot.flows.answers import said_yes
from bot.flows.caller import Caller
from bot.flows.sales.receipts import ShownSale
from bot.flows.sales.sell_messages import ShownLine, TapOne
from bot.flows.spec import Action, FlowSpec, HelpPlace, MenuPlace, Outcome

__all__ = [
    "ALL_AT_ONCE_MAX",
    "SPEC",
    "ApproveAll",
    "AskApprove",
    "AskApproveAll",
    "AskReason",
    "DecideSale",
    "NothingWaits",
    "OnlyOwnSales",
    "OwnSale",
    "ProofOf",
    "SaleRejected",
    "SaleToCheck",
    "SalesApproved",
    "SalesDecided",
    "SalesToCheck",
    "SettledBefore",
    "ShowProof",
    "UnknownSale",
    "Waiting",
    "WaitingList",
    "WaitingSales",
]

SALES_PER_PAGE = 5
ALL_AT_ONCE_MAX = 200
REASON_CHARACTERS_MAX = 200


@dataclass(frozen=True, slots=True)
class SaleToCheck:
    """A sale as the office sees it, without the customer's name, which only the seller sees."""

    receipt: str
    seller: str
    code: str
    mine: bool
    lines: tuple[ShownLine, ...]
    total: int
    retail: int
    own_use: bool
    invoice: str
    photo: bool
    day: str
    status: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many sales wait, how many can be approved at once, their total in rupiah, and a page."""

    count: int
    upto: int
    ready: int
    total: int
    page: tuple[ShownSale, ...]
    sellers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaitingSales(Lookup[Waiting]):
    """The sales that wait, beginning after the id `above`."""

    above: int


@dataclass(frozen=True, slots=True)
class FindSale(Lookup[SaleToCheck | None]):
    """The sale with this id, of any seller."""

    id: int


@dataclass(frozen=True, slots=True)
class SalesToCheck(Message):
    """For the admins: a sale waits where none waited before."""

    receipt: str


@dataclass(frozen=True, slots=True)
class WaitingList(Message):
    """A page of the sales that wait; `following` starts the next page, 0 on the last."""

    count: int
    total: int
    rows: tuple[tuple[ShownSale, str], ...]
    following: int


@dataclass(frozen=True, slots=True)
class NothingWaits(Message):
    """No sale waits to be checked."""


@dataclass(frozen=True, slots=True)
class AskApprove(Question):
    """Asks whether this sale counts."""

    asked_as: ClassVar[str] = "approval.one@1"

    sale: SaleToCheck


@dataclass(frozen=True, slots=True)
class AskApproveAll(Question):
    """Asks whether all sales that wait, up to the id `upto`, count."""

    asked_as: ClassVar[str] = "approval.all@1"

    count: int
    total: int
    upto: int


@dataclass(frozen=True, slots=True)
class AskReason(Question):
    """Asks for the reason of the rejection, which the seller will see."""

    asked_as: ClassVar[str] = "approval.reason@1"

    receipt: str


@dataclass(frozen=True, slots=True)
class SettledBefore(Message):
    """The sale was already decided or taken back."""

    receipt: str
    status: str


@dataclass(frozen=True, slots=True)
class OwnSale(Message):
    """Admins cannot decide about their own sales."""

    receipt: str


@dataclass(frozen=True, slots=True)
class OnlyOwnSales(Message):
    """All sales that wait are the caller's own."""

    count: int


@dataclass(frozen=True, slots=True)
class UnknownSale(Message):
    """No sale has this number."""


@dataclass(frozen=True, slots=True)
class SalesDecided(Message):
    """How many sales were approved and rejected, and how many still wait."""

    approved: int
    rejected: int
    left: int


@dataclass(frozen=True, slots=True)
class SalesApproved(Message):
    """For the seller: these sales were approved; `receipts` may list only some of them.

    Attributes:
        late: the month in which sales of a closed month count; empty if there are none.
    """

    receipts: tuple[str, ...]
    count: int
    points: int
    profit: int
    late: str


@dataclass(frozen=True, slots=True)
class SaleRejected(Message):
    """For the seller: this sale was rejected, and why."""

    receipt: str
    reason: str


@dataclass(frozen=True, slots=True)
class DecideSale(Action):
    """Approve one sale, or reject it with a reason."""

    id: int
    approve: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ShowProof(Action):
    """Show the photo of the invoice to the office."""

    id: int


@dataclass(frozen=True, slots=True)
class ProofOf(Message):
    """The caption of that photo."""

    receipt: str
    seller: str


@dataclass(frozen=True, slots=True)
class ApproveAll(Action):
    """Approve the sales that wait up to this id, but none that came in later."""

    upto: int


def approve(_caller: Caller, args: str) -> Flow[Outcome]:
    """List the sales that wait to be checked, to approve or reject one by one or all."""
    if args in {"semua", "all"}:
        return (yield from _all())
    if args.startswith("foto "):
        return (yield from _proof(args.removeprefix("foto ")))
    number = receipt_id(args)
    if number is not None:
        return (yield from _one(number))
    above = int(args[1:]) if args[1:].isascii() and args[1:].isdigit() else 0
    waiting = yield from find(WaitingSales(above if above < 2**62 else 0))
    if waiting.count == 0:
        return NothingWaits()
    rows = tuple(zip(waiting.page[:SALES_PER_PAGE], waiting.sellers[:SALES_PER_PAGE], strict=True))
    more = len(waiting.page) > SALES_PER_PAGE
    following = (receipt_id(waiting.page[SALES_PER_PAGE - 1].receipt) or 0) if more else 0
    return WaitingList(waiting.count, waiting.total, rows, following)


def _proof(receipt: str) -> Flow[Outcome]:
    """Show the photo that came with a sale."""
    number = receipt_id(receipt)
    sale = None if number is None else (yield from find(FindSale(number)))
    if sale is None or number is None or not sale.photo:
        return UnknownSale()
    return ShowProof(number)


def _one(number: int) -> Flow[Outcome]:
    sale = yield from find(FindSale(number))
    if sale is None:
        return UnknownSale()
    if sale.status != "waiting":
        return SettledBefore(sale.receipt, sale.status)
    if sale.mine:
        return OwnSale(sale.receipt)
    if (yield from ask(AskApprove(sale), said_yes)):
        return DecideSale(number, approve=True, reason="")
    reason = yield from ask(AskReason(sale.receipt), _reason)
    return DecideSale(number, approve=False, reason=reason)


def _all() -> Flow[Outcome]:
    waiting = yield from find(WaitingSales(0))
    if waiting.ready == 0:
        return OnlyOwnSales(waiting.count) if waiting.count else NothingWaits()
    question = AskApproveAll(waiting.ready, waiting.total, waiting.upto)
    if not (yield from ask(question, said_yes)):
        return SalesDecided(0, 0, waiting.count)
    return ApproveAll(waiting.upto)


def _reason(answer: Answer) -> str:
    if answer.kind not in {"text", "tap"}:
        raise Refusal(TapOne())
    return "" if answer.kind == "tap" else one_line(answer.value, REASON_CHARACTERS_MAX)


SPEC = FlowSpec(
    "approve",
    approve,
    ("setujui", "approve"),
    who="admin",
    in_help=(HelpPlace("office"),),
    in_menu=(MenuPlace("admins", 10),),
)
