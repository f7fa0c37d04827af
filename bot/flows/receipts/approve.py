"""The office approves or rejects sales: one after the other, several, or all that wait.

All may be those of one seller, who is chosen by a button or by name.
"""

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
    NoOtherAdmin,
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
    AskSeller,
    GoOn,
    NothingOfSeller,
    OnlyOwnSales,
    OnlyUnusual,
    ReadyAtOnce,
    ReadySales,
    WaitingSales,
    WaitingSellers,
)
from bot.flows.receipts.checking_line import NAME_CHARACTERS_MAX, QueuePlace, read_place
from bot.flows.sales.sell_messages import TapOne
from bot.flows.spec import FlowSpec, HelpPlace, MenuPlace, Outcome

__all__ = ["ALL_AT_ONCE_MAX", "SALES_PER_PAGE", "SPEC"]

SALES_PER_PAGE = 5
ALL_AT_ONCE_MAX = 200
REASON_CHARACTERS_MAX = 200
PICKED: Final = "picked"
SKIP: Final = "skip"
LIST: Final = "list"
SELLERS: Final = "sellers"
EVERYONE: Final = "everyone"
TYPED: Final = "?"
"""Stands before words that were typed into the list: the name or the code of a seller."""


def approve(_caller: Caller, args: str) -> Flow[Outcome]:
    """List the sales that wait, of all or of one seller, to approve or reject them."""
    if args.startswith("foto "):
        return (yield from _proof(args.removeprefix("foto ")))
    place = read_place(args)
    if place.sale:
        return (yield from _one(place))
    if place.choosing or place.words:
        return (yield from _seller(place))
    if place.everything:
        return (yield from _all(place))
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
    waiting = yield from find(WaitingSales(place.above, place.picked, place.seller))
    if waiting.around.count == 0:
        left = waiting.around.in_all
        return NothingOfSeller(left) if place.seller and left else NothingWaits()
    question = AskQueue(waiting.around, waiting.page, waiting.picked)
    chosen = yield from ask(question, _chosen)
    if chosen == PICKED:
        return ApproveAll(waiting.picked.sales)
    now = replace(place, picked=waiting.picked.sales)
    if chosen == SELLERS:
        return GoOn(replace(now, choosing=True).line)
    if chosen == EVERYONE:
        return GoOn(replace(now, seller=0, above=0).line)
    if chosen.startswith(TYPED):
        return (yield from _named(now, chosen.removeprefix(TYPED)))
    if chosen.startswith("+"):
        sale, _, version = chosen.removeprefix("+").partition(".")
        return GoOn(now.toggled(int(sale), int(version)).line)
    if chosen.startswith(">"):
        return GoOn(replace(now, above=int(chosen.removeprefix(">"))).line)
    return GoOn(replace(now, sale=receipt_id(chosen) or 0).line)


def _named(place: QueuePlace, words: str) -> Flow[Outcome]:
    """Show the list of the seller whom the words name, or ask which of several is meant."""
    found = yield from find(WaitingSellers(words))
    if not found.matched:
        raise Refusal(TapOne(), AskQueue)
    if found.matched == 1:
        return GoOn(replace(place, seller=found.rows[0].id, above=0).line)
    return GoOn(replace(place, choosing=True, words=words).line)


def _seller(place: QueuePlace) -> Flow[Outcome]:
    """Show the sellers whose sales wait; the one that is chosen, or named alone, has a list."""
    found = yield from find(WaitingSellers(place.words))
    if not found.rows:
        return NothingWaits()
    here = replace(place, choosing=False, words="", above=0)
    if place.words and found.matched == 1:
        of_one = replace(here, seller=found.rows[0].id)
        return (yield from (_all(of_one) if place.everything else _queue(of_one)))
    question = AskSeller(found.rows, found.more, place.words, found.matched)
    chosen = yield from ask(question, _seller_chosen)
    if chosen == EVERYONE:
        return GoOn(replace(here, seller=0).line)
    if chosen.startswith("="):
        return GoOn(replace(here, seller=int(chosen.removeprefix("="))).line)
    return GoOn(replace(here, choosing=True, words=chosen).line)


def _one(place: QueuePlace) -> Flow[Outcome]:
    """Show the card of a sale; the next one opens after the decision."""
    sale = yield from find(FindSale(place.sale))
    if sale is None:
        return UnknownSale()
    if sale.status != "waiting":
        return SettledBefore(sale.receipt, sale.status)
    if sale.mine:
        return OwnSale(sale.receipt, (yield from find(NoOtherAdmin())))
    beside = yield from find(CompareSale(place.sale, place.seller))
    card = AskApprove(sale, beside.prices, beside.around, beside.sample)
    following = _following(place, beside.around.following)
    chosen = yield from ask(card, _tapped if place.by_itself else _decided)
    if chosen == LIST:
        return GoOn(replace(place, sale=0, by_itself=False).line)
    if chosen == SKIP:
        return GoOn(_next(place, beside.around.following).line)
    if chosen == "ya":
        return DecideSale(place.sale, sale.version, approve=True, reason="", following=following)
    reason = yield from ask(AskReason(sale.receipt), _reason)
    return DecideSale(place.sale, sale.version, approve=False, reason=reason, following=following)


def _following(place: QueuePlace, sale: int) -> str:
    """Returns what opens after a decision: the list if something is picked, else the next sale."""
    others = tuple(each for each in place.picked if each[0] != place.sale)
    if others:
        return QueuePlace(above=place.above, picked=others, seller=place.seller).line
    return _next(place, sale).line if sale else ""


def _next(place: QueuePlace, sale: int) -> QueuePlace:
    """Returns the card of the next sale, of the same seller if one was chosen."""
    return QueuePlace(sale, by_itself=True, seller=place.seller)


def _all(place: QueuePlace) -> Flow[Outcome]:
    """Approve what can be approved at once, of all sellers or of one."""
    found = yield from find(ReadySales(place.seller))
    ready, others = found.sales, len(found.left_out)
    first = found.left_out[:SALES_PER_PAGE]
    if not ready and others:
        return OnlyUnusual(first, others)
    if not ready:
        return _nothing(found)
    upto, versions = max(sale for sale, _ in ready), sum(version for _, version in ready)
    question = AskApproveAll(
        len(ready), found.total, upto, versions, first, others, found.seller, found.more
    )
    if not (yield from ask(question, said_yes)):
        return SalesDecided(0, 0, found.count)
    return ApproveAll(ready)


def _nothing(found: ReadyAtOnce) -> Outcome:
    """Returns why nothing can be approved at once, where nothing is unusual."""
    if found.own:
        return OnlyOwnSales(found.own, found.own == found.count, found.alone)
    return NothingOfSeller(found.count) if found.count else NothingWaits()


def _chosen(answer: Answer) -> str:
    """Returns what a button of the list carries, or the receipt or words that were typed."""
    if answer.kind == "tap" or (answer.kind == "text" and receipt_id(answer.value) is not None):
        return answer.value
    return f"{TYPED}{_name(answer)}"


def _seller_chosen(answer: Answer) -> str:
    """Returns what a button of the sellers carries, or the words that were typed."""
    return answer.value if answer.kind == "tap" else _name(answer)


def _name(answer: Answer) -> str:
    """Returns the words by which a seller is looked for."""
    words = one_line(answer.value, NAME_CHARACTERS_MAX) if answer.kind == "text" else ""
    if not any(map(str.isalnum, words)):
        raise Refusal(TapOne())
    return words


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
