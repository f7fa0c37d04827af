"""Shows the list of a day, the card of a customer on it, and stores what becomes of each."""

from collections.abc import Iterable
from datetime import date

from bot.core.conversation.messages import Message
from bot.core.sales.sales import receipt_number
from bot.core.today.customer_facts import ListedCustomer
from bot.flows.today.today import (
    DecideAll,
    DecideItem,
    ItemCard,
    RefusedItems,
    ShowList,
)
from bot.flows.today.today_messages import (
    NeverAgain,
    NobodyToday,
    NotOnTheList,
    RefusedRow,
    RemindedAgain,
    TodayCard,
    TodayList,
)
from bot.services.today.list_clock import give_hour
from bot.services.today.listed_items import ItemsOf
from bot.services.today.making import list_of
from bot.store.customers import customer_details
from bot.store.today import customer_purchases, today_items
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

COPIED_CHARACTERS_MAX = 256
REFUSED_MAX = 20


def item_card(turn: Turn, lookup: ItemCard) -> TodayCard | None:
    """Returns the card of a customer whom the caller was shown; None for anybody else."""
    member_id = turn.caller.member.id
    found = _listed(turn, lookup)
    items = _items(turn, lookup.day)
    shown = [] if found is None else items.shown([found])
    if not shown:
        return None
    words = items.words(shown[0])
    sale_id = customer_purchases.last_sale_to(turn.conn, member_id, shown[0].customer_id)
    return TodayCard(
        item=shown[0],
        words=words,
        copied=words if len(words) <= COPIED_CHARACTERS_MAX else "",
        receipt=receipt_number(sale_id) if sale_id else "",
    )


def _items(turn: Turn, day: date) -> ItemsOf:
    member_id = turn.caller.member.id
    return ItemsOf(turn.conn, turn.content, turn.number_keys, turn.reader, member_id, day)


def _listed(turn: Turn, lookup: ItemCard) -> ListedCustomer | None:
    member_id = turn.caller.member.id
    past = today_items.past(turn.conn, member_id, lookup.day)
    wanted = lookup.customer_id, lookup.reason
    return next((one for one in past if (one.customer_id, one.reason) == wanted), None)


def refused_items(turn: Turn, _lookup: RefusedItems) -> tuple[RefusedRow, ...]:
    """Returns whom the caller does not want to be shown any more."""
    found = today_items.refused(turn.conn, turn.caller.member.id, REFUSED_MAX)
    return tuple(RefusedRow(one.customer_id, one.name, one.reason) for one in found)


def show_list(turn: Turn, action: ShowList) -> Iterable[Message]:
    """Show the list of the caller's day."""
    yield _shown(turn, action.day)


def decide_item(turn: Turn, action: DecideItem) -> Iterable[Message]:
    """Store what becomes of one, and show the list again."""
    member_id, customer_id = turn.caller.member.id, action.customer_id
    names = customer_purchases.names_of(turn.conn, member_id, [customer_id])
    name = names.get(customer_id, "")
    known = name and today_items.decide(
        turn.conn, member_id, customer_id, action.reason, action.state, action.until
    )
    if not known:
        yield NotOnTheList()
    elif action.state == "never":
        yield NeverAgain(customer_id, name, action.reason)
    elif action.state == "shown":
        yield RemindedAgain(name, action.reason)
    else:
        if action.state == "done":
            _contacted(turn, [customer_id], action.day)
        yield _shown(turn, action.day)


def decide_all(turn: Turn, action: DecideAll) -> Iterable[Message]:
    """Store that all of the day are done."""
    member_id = turn.caller.member.id
    left = today_items.of_day(turn.conn, member_id, action.day)
    today_items.decide_all(turn.conn, member_id, action.day)
    _contacted(turn, [one.customer_id for one in left if one.state == "shown"], action.day)
    yield _shown(turn, action.day)


def _contacted(turn: Turn, customer_ids: Iterable[int], day: date) -> None:
    """Note that the caller has been in touch with these customers."""
    member_id = turn.caller.member.id
    for customer_id in customer_ids:
        customer_details.contacted(turn.conn, member_id, customer_id, day.isoformat(), turn.now)


def _shown(turn: Turn, day: date) -> Message:
    member = turn.caller.member
    if not customer_purchases.has_customers(turn.conn, member.id):
        return NobodyToday(customers=False)
    give_hour(turn.conn, turn.company, member.id, member.zone, turn.now)
    listed = list_of(turn.conn, member.id, day, turn.now)
    items = _items(turn, day).shown(listed)
    if not items:
        return NobodyToday(customers=True)
    return TodayList(day, items, sum(not one.done and one.until is None for one in items))


LOOKUPS: Lookups = {ItemCard: item_card, RefusedItems: refused_items}

ACTIONS: Actions = {ShowList: show_list, DecideItem: decide_item, DecideAll: decide_all}
