"""The office approves or rejects sales, one by one or all that are waiting."""

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.input.typed import one_line
from bot.core.sales.sales import receipt_id
from bot.flows.answers import said_yes
from bot.flows.caller import Caller
from bot.flows.receipts.approve_messages import (
    ApproveAll,
    AskApprove,
    AskApproveAll,
    AskReason,
    DecideSale,
    FindSale,
    NothingWaits,
    OnlyOwnSales,
    OnlyUncorrected,
    OwnSale,
    SalesDecided,
    SettledBefore,
    ShowProof,
    UnknownSale,
    WaitingList,
    WaitingSales,
)
from bot.flows.sales.sell_messages import TapOne
from bot.flows.spec import FlowSpec, HelpPlace, MenuPlace, Outcome

__all__ = ["ALL_AT_ONCE_MAX", "SALES_PER_PAGE", "SPEC"]

SALES_PER_PAGE = 5
ALL_AT_ONCE_MAX = 200
REASON_CHARACTERS_MAX = 200


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
    shown = {sale.receipt for sale, _ in rows}
    uncorrected = tuple(each for each in waiting.uncorrected if each in shown)
    return WaitingList(waiting.count, waiting.total, rows, following, uncorrected)


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
        return DecideSale(number, sale.version, approve=True, reason="")
    reason = yield from ask(AskReason(sale.receipt), _reason)
    return DecideSale(number, sale.version, approve=False, reason=reason)


def _all() -> Flow[Outcome]:
    waiting = yield from find(WaitingSales(0))
    ready = waiting.ready
    if not ready and waiting.uncorrected:
        return OnlyUncorrected(len(waiting.uncorrected))
    if not ready:
        return OnlyOwnSales(waiting.count) if waiting.count else NothingWaits()
    upto, versions = max(sale for sale, _ in ready), sum(version for _, version in ready)
    question = AskApproveAll(len(ready), waiting.total, upto, versions)
    if not (yield from ask(question, said_yes)):
        return SalesDecided(0, 0, waiting.count)
    return ApproveAll(ready)


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
