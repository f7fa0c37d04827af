"""The office checks sales, one by one or all that are on the list."""

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
    """A sale as the office sees it; the buyer's name stays with the seller."""

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
    """What waits: how many in all, the rupiah of those that can be approved at once, a page."""

    count: int
    upto: int
    ready: int
    total: int
    page: tuple[ShownSale, ...]
    sellers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaitingSales(Lookup[Waiting]):
    """What waits, from above an id on."""

    above: int


@dataclass(frozen=True, slots=True)
class FindSale(Lookup[SaleToCheck | None]):
    """Any sale, for the office."""

    id: int


@dataclass(frozen=True, slots=True)
class SalesToCheck(Message):
    """To the admins: something waits again."""

    receipt: str


@dataclass(frozen=True, slots=True)
class WaitingList(Message):
    """A page of what waits; `following` starts the next page, 0 on the last."""

    count: int
    total: int
    rows: tuple[tuple[ShownSale, str], ...]
    following: int


@dataclass(frozen=True, slots=True)
class NothingWaits(Message):
    """All sales are checked."""


@dataclass(frozen=True, slots=True)
class AskApprove(Question):
    """One sale: does it count?"""

    asked_as: ClassVar[str] = "approval.one@1"

    sale: SaleToCheck


@dataclass(frozen=True, slots=True)
class AskApproveAll(Question):
    """All that wait up to the sale with the id `upto`: do they count?"""

    asked_as: ClassVar[str] = "approval.all@1"

    count: int
    total: int
    upto: int


@dataclass(frozen=True, slots=True)
class AskReason(Question):
    """What should the seller know?"""

    asked_as: ClassVar[str] = "approval.reason@1"

    receipt: str


@dataclass(frozen=True, slots=True)
class SettledBefore(Message):
    """Somebody decided before."""

    receipt: str
    status: str


@dataclass(frozen=True, slots=True)
class OwnSale(Message):
    """Nobody checks a sale of their own."""

    receipt: str


@dataclass(frozen=True, slots=True)
class OnlyOwnSales(Message):
    """What waits is all the caller's own."""

    count: int


@dataclass(frozen=True, slots=True)
class UnknownSale(Message):
    """There is no sale of this number."""


@dataclass(frozen=True, slots=True)
class SalesDecided(Message):
    """What was decided, and how much is left."""

    approved: int
    rejected: int
    left: int


@dataclass(frozen=True, slots=True)
class SalesApproved(Message):
    """To the seller: these count now.

    Attributes:
        late: the month in which those count whose own month is closed; empty where there are none.
    """

    receipts: tuple[str, ...]
    count: int
    points: int
    profit: int
    late: str


@dataclass(frozen=True, slots=True)
class SaleRejected(Message):
    """To the seller: this one does not count, and why."""

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
    """What stands under that photo."""

    receipt: str
    seller: str


@dataclass(frozen=True, slots=True)
class ApproveAll(Action):
    """Approve what waits up to this id, and not a sale that came in since."""

    upto: int


def approve(caller: Caller, args: str) -> Flow[Outcome]:
    """List the sales that wait to be checked, to approve or reject one by one or all."""
    del caller
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
    """The photo that came with a sale."""
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
