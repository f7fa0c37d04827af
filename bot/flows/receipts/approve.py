"""The office approves or rejects sales: one after the other, several, or all that are waiting."""

from dataclasses import replace
from typing import Final

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.input.typed import one_line
from bot.core.sales.sales import receipt_id
from bot.flows.answers import said_yes
from bot.flows.caller import Caller
from bot.flows.receipts.approve_messages import (
    AskApprove,
    AskReason,
    CompareSale,
    DecideSale,
    FindSale,
    NothingWaits,
    OwnSale,
    SalesDecided,
    SettledBefore,
    ShowProof,
    UnknownSale,
)
from bot.flows.receipts.approve_questions import (
    ApproveAll,
    AskApproveAll,
    AskQueue,
    GoOn,
    OnlyOwnSales,
    OnlyUnusual,
    ReadySales,
    WaitingSales,
)
from bot.flows.receipts.checking_line import QueuePlace, read_place
from bot.flows.sales.sell_messages import TapOne
from bot.flows.spec import FlowSpec, HelpPlace, MenuPlace, Outcome

__all__ = ["ALL_AT_ONCE_MAX", "SALES_PER_PAGE", "SPEC"]

SALES_PER_PAGE = 5
ALL_AT_ONCE_MAX = 200
REASON_CHARACTERS_MAX = 200
PICKED: Final = "picked"
SKIP: Final = "skip"
LIST: Final = "list"


def approve(_caller: Caller, args: str) -> Flow[Outcome]:
    """List the sales that wait to be checked, to approve or reject one by one, several or all."""
    if args in {"semua", "all"}:
        return (yield from _all())
    if args.startswith("foto "):
        return (yield from _proof(args.removeprefix("foto ")))
    place = read_place(args)
    if place.sale:
        return (yield from _one(place))
    return (yield from _queue(place))


def _proof(receipt: str) -> Flow[Outcome]:
    """Show the photo that came with a sale."""
    number = receipt_id(receipt)
    sale = None if number is None else (yield from find(FindSale(number)))
    if sale is None or number is None or not sale.photo:
        return UnknownSale()
    return ShowProof(number)


def _queue(place: QueuePlace) -> Flow[Outcome]:
    """Show a page of the queue; each answer opens another screen, with what is picked so far."""
    waiting = yield from find(WaitingSales(place.above, place.picked))
    if waiting.around.count == 0:
        return NothingWaits()
    question = AskQueue(waiting.around, waiting.page, waiting.picked)
    chosen = yield from ask(question, _chosen)
    if chosen == PICKED:
        return ApproveAll(waiting.picked.sales)
    now = replace(place, picked=waiting.picked.sales)
    if chosen.startswith("+"):
        sale, _, version = chosen.removeprefix("+").partition(".")
        return GoOn(now.toggled(int(sale), int(version)).line)
    if chosen.startswith(">"):
        return GoOn(replace(now, above=int(chosen.removeprefix(">"))).line)
    return GoOn(replace(now, sale=receipt_id(chosen) or 0).line)


def _one(place: QueuePlace) -> Flow[Outcome]:
    """Show the card of a sale; the next one opens after the decision."""
    sale = yield from find(FindSale(place.sale))
    if sale is None:
        return UnknownSale()
    if sale.status != "waiting":
        return SettledBefore(sale.receipt, sale.status)
    if sale.mine:
        return OwnSale(sale.receipt)
    beside = yield from find(CompareSale(place.sale))
    card = AskApprove(sale, beside.prices, beside.around, beside.sample)
    following = _following(place, beside.around.following)
    chosen = yield from ask(card, _tapped if place.by_itself else _decided)
    if chosen == LIST:
        return GoOn(replace(place, sale=0, by_itself=False).line)
    if chosen == SKIP:
        return GoOn(QueuePlace(beside.around.following, by_itself=True).line)
    if chosen == "ya":
        return DecideSale(place.sale, sale.version, approve=True, reason="", following=following)
    reason = yield from ask(AskReason(sale.receipt), _reason)
    return DecideSale(place.sale, sale.version, approve=False, reason=reason, following=following)


def _following(place: QueuePlace, sale: int) -> str:
    """Returns what opens after a decision: the list if something is picked, else the next sale."""
    others = tuple(each for each in place.picked if each[0] != place.sale)
    if others:
        return QueuePlace(above=place.above, picked=others).line
    return QueuePlace(sale, by_itself=True).line if sale else ""


def _all() -> Flow[Outcome]:
    found = yield from find(ReadySales())
    ready, others = found.sales, len(found.left_out)
    first = found.left_out[:SALES_PER_PAGE]
    if not ready and others:
        return OnlyUnusual(first, others)
    if not ready:
        return OnlyOwnSales(found.count) if found.count else NothingWaits()
    upto, versions = max(sale for sale, _ in ready), sum(version for _, version in ready)
    question = AskApproveAll(len(ready), found.total, upto, versions, first, others)
    if not (yield from ask(question, said_yes)):
        return SalesDecided(0, 0, found.count)
    return ApproveAll(ready)


def _chosen(answer: Answer) -> str:
    """Returns what a button of the list carries, or the number of a receipt that was typed."""
    if answer.kind == "tap" or (answer.kind == "text" and receipt_id(answer.value) is not None):
        return answer.value
    raise Refusal(TapOne())


def _tapped(answer: Answer) -> str:
    """Returns the pressed button of a card that has opened by itself.

    A typed yes is not taken: it may be meant for the sale before.
    """
    if answer.kind != "tap":
        raise Refusal(TapOne())
    return answer.value


def _decided(answer: Answer) -> str:
    """Returns the pressed button of a card, or the yes or no that was typed."""
    if answer.kind == "tap":
        return answer.value
    return "ya" if said_yes(answer) else "tidak"


def _reason(answer: Answer) -> str:
    """Returns the reason, typed or from a button that holds its words; it may be empty."""
    if answer.kind not in {"text", "tap"}:
        raise Refusal(TapOne())
    none = answer.kind == "tap" and answer.value == "none"
    return "" if none else one_line(answer.value, REASON_CHARACTERS_MAX)


SPEC = FlowSpec(
    "approve",
    approve,
    ("setujui", "approve"),
    who="admin",
    in_help=(HelpPlace("office"),),
    in_menu=(MenuPlace("admins", 10),),
)
