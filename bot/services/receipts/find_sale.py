"""What the office finds of any sale, and what hangs on it."""

from collections.abc import Iterable, Iterator
from datetime import date

from bot.core.calendar.hours import local_day
from bot.core.conversation.messages import Message
from bot.core.customers.customer_keys import name_key, plain_title
from bot.core.input.typed import shown
from bot.core.members.codes import read_code
from bot.core.members.people import masked_name, name_words
from bot.core.receipts.search_words import SaleSearch
from bot.core.sales.sales import receipt_number
from bot.flows.receipts.find_sale_messages import (
    FoundLine,
    FoundSales,
    NoSaleFound,
    SaleHistory,
    SaleHistoryOf,
    SearchSales,
    ShownDecision,
    ShownPosting,
    ShownReturn,
    ShownVersion,
)
from bot.flows.receipts.undo import why_final
from bot.flows.receipts.undo_return import undoable_returns
from bot.services.receipts.approve import admin_label
from bot.services.receipts.undo import case_of
from bot.services.receipts.undo_return import month_state
from bot.store.db import audit_log
from bot.store.members import cards
from bot.store.receipts import found_sales, sale_decisions, sale_traces, sale_versions
from bot.store.receipts.found_sales import FoundSale, Page
from bot.store.receipts.sale_decisions import Decision
from bot.store.receipts.sale_traces import SalePosting
from bot.store.sales import sales
from bot.store.sales.sales import Sale
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

SALES_PER_PAGE = 6
SELLERS_MAX = 20
"""Of more members with such a name, the first ones are looked through."""

DECISIONS_MAX, VERSIONS_MAX, POSTINGS_MAX, RETURNS_MAX = 6, 3, 8, 4
FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"
EVERYTHING = 2**62
BUTTON_BYTES_MAX = 64
USUAL_TITLES = ("bu", "pak", "mbak", "mas", "kak")


def sale_history(turn: Turn, lookup: SaleHistoryOf) -> SaleHistory | None:
    """Returns a sale with its decisions, postings, returns and credits."""
    sale = sales.by_id(turn.conn, lookup.id)
    if sale is None:
        return None
    case = case_of(turn, sale)
    credits_ = _credits(turn, sale)
    posted = sale_traces.postings(turn.conn, sale.id, POSTINGS_MAX)
    came_back = sale_traces.returns(turn.conn, sale.id, RETURNS_MAX)
    return SaleHistory(
        sale=case.sale,
        logged_at=sale.logged_at,
        counts_in=sale.period,
        month=month_state(turn, sale.period),
        points=sale.points,
        profit=sale.total - sale.goods,
        decisions=tuple(_shown_decision(turn, each) for each in _decisions(turn, sale)),
        versions=_versions(turn, sale),
        postings=tuple(_shown_posting(turn, each) for each in posted),
        returns=tuple(
            ShownReturn(x.state, date.fromisoformat(x.came_on), x.amount, x.reason)
            for x in came_back
        ),
        credits=credits_.number,
        credited=credits_.amount,
        undoable=why_final(case) is None,
        return_undoable=bool(undoable_returns(case)) and case.second is None,
    )


def _credits(turn: Turn, sale: Sale) -> sale_traces.MonthCredits:
    """Returns the credits of the sale's month from its seller; none of a sale not counted."""
    version = turn.company.plan.version_for(sale.period)
    if version is None or sale.status != "approved":
        return sale_traces.MonthCredits(0, 0)
    rules = [rule.slug for rule in version.rules]
    return sale_traces.credits_from(turn.conn, sale.seller_id, sale.period, rules)


def _decisions(turn: Turn, sale: Sale) -> list[Decision]:
    """Returns the last decisions; of one made before they were kept, what stands with the sale."""
    kept = sale_decisions.of_sale(turn.conn, sale.id)
    if not kept:
        early = sale_decisions.on_record(turn.conn, sale.id)
        return [] if early is None else [early]
    return kept[-DECISIONS_MAX:]


def _versions(turn: Turn, sale: Sale) -> tuple[ShownVersion, ...]:
    """Returns the last former states; of many lines the first ones."""
    return tuple(
        ShownVersion(
            until=one.until,
            goods=shown(", ".join(f"{quantity} {name}" for quantity, name in one.items)),
            total=one.total,
            day=date.fromisoformat(one.sold_on),
            own_use=one.own_use,
        )
        for one in sale_versions.earlier(turn.conn, sale.id, VERSIONS_MAX)
    )


def _shown_decision(turn: Turn, made: Decision) -> ShownDecision:
    by = "" if made.after == "void" else admin_label(turn, made.by)
    return ShownDecision(made.before, made.after, by, made.at, made.reason)


def _shown_posting(turn: Turn, posted: SalePosting) -> ShownPosting:
    day = local_day(posted.at, turn.company.time_zone)
    return ShownPosting(posted.what, posted.amount, posted.is_reversal, day)


def search_sales(turn: Turn, action: SearchSales) -> Iterable[Message]:
    """Search, and log a search for a buyer; the name itself is not logged."""
    assert "admin" in turn.caller.roles, "only admins reach this action"
    search = action.search
    if search.name and search.whose != "seller":
        audit_log.note(turn.conn, turn.caller.user_id, "buyer searched", "sales", turn.now)
    page = _page(turn, search, action.below)
    found = sorted(set(_found(turn, search, page)), reverse=True)
    if not found:
        yield NoSaleFound(search.name, search.whose, search.first, search.last)
        return
    here = found[:SALES_PER_PAGE]
    more = len(found) > SALES_PER_PAGE
    yield FoundSales(
        lines=tuple(_line(turn, each.id) for each in here),
        typed=search.name,
        whose=search.whose,
        first=search.first,
        last=search.last,
        query=search.line,
        below=here[-1].id if more and _fits(search, here[-1].id) else 0,
    )


def _page(turn: Turn, search: SaleSearch, below: int) -> Page:
    first = FIRST_DAY if search.first is None else search.first.isoformat()
    last = LAST_DAY if search.last is None else search.last.isoformat()
    before = sales.by_id(turn.conn, below) if below else None
    if before is None:
        return Page(first, last, EVERYTHING, SALES_PER_PAGE + 1)
    return Page(first, min(last, before.sold_on), before.id, SALES_PER_PAGE + 1)


def _found(turn: Turn, search: SaleSearch, page: Page) -> Iterator[FoundSale]:
    if not search.name:
        yield from found_sales.on_days(turn.conn, page)
        return
    if search.whose != "buyer":
        for seller_id in _sellers(turn, search.name):
            yield from found_sales.of_seller(turn.conn, seller_id, page)
    if search.whose != "seller":
        yield from found_sales.of_buyers(turn.conn, _keys(search.name), page)


def _sellers(turn: Turn, name: str) -> list[int]:
    """Returns the members with this code, or with a name that begins with each of the words."""
    code = read_code(name)
    card = None if code is None else cards.by_code(turn.conn, code)
    if card is not None:
        return [card.id]
    words = [word for word in name_words(name) if not plain_title(word)]
    if not words:
        return []
    matched = cards.named(turn.conn, words, SELLERS_MAX)
    return found_sales.members_coded(turn.conn, [one.code for one in matched])


def _keys(name: str) -> list[str]:
    """Returns the keys of a whole name; one without a title may have any of the usual ones."""
    key = name_key(name)
    if plain_title(key.split(" ")[0]):
        return [key]
    return [key, *(f"{title} {key}" for title in USUAL_TITLES)]


def _fits(search: SaleSearch, last: int) -> bool:
    """Returns whether a button can hold the search."""
    return len(f"/cari <{last} {search.line}".encode()) <= BUTTON_BYTES_MAX


def _line(turn: Turn, sale_id: int) -> FoundLine:
    sale = sales.by_id(turn.conn, sale_id)
    assert sale is not None, "it was found in this transaction"
    return FoundLine(
        receipt=receipt_number(sale.id),
        seller=masked_name(sale.seller_name),
        day=date.fromisoformat(sale.sold_on),
        total=sale.total,
        status=sale.status,
    )


LOOKUPS: Lookups = {SaleHistoryOf: sale_history}

ACTIONS: Actions = {SearchSales: search_sales}
