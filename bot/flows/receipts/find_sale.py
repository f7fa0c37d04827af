"""The office finds any sale: by number, seller, buyer, day or month, and sees its history."""

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.receipts.search_words import SaleSearch, read_search
from bot.flows.answers import button_number, typed
from bot.flows.caller import Caller
from bot.flows.receipts.approve_messages import UnknownSale
from bot.flows.receipts.find_sale_messages import (
    AskWhichSale,
    SaleHistoryOf,
    SearchSales,
    SearchUnread,
)
from bot.flows.spec import FlowSpec, HelpPlace, MenuPlace, Outcome

__all__ = ["SPEC"]


def find_sale(caller: Caller, args: str) -> Flow[Outcome]:
    """Find any sale (`/cari S-1023`, `/cari erni kemarin`, `/cari pembeli bu ani`)."""
    below = 0
    if args.startswith("<"):
        start, _, args = args[1:].partition(" ")
        below = button_number(start)
    if args:
        search = read_search(args, caller.today)
        if search is None:
            raise Refusal(SearchUnread())
    else:
        search = yield from ask(AskWhichSale(), lambda answer: _search(caller, answer))
    if search.sale_id is None:
        return SearchSales(search, below)
    history = yield from find(SaleHistoryOf(search.sale_id))
    return UnknownSale() if history is None else history


def _search(caller: Caller, answer: Answer) -> SaleSearch:
    found = read_search(typed(answer), caller.today)
    if found is None:
        raise Refusal(SearchUnread())
    return found


SPEC = FlowSpec(
    "find_sale",
    find_sale,
    ("cari", "find"),
    who="admin",
    in_help=(HelpPlace("office", column=3),),
    in_menu=(MenuPlace("admins", 15),),
)
