"""The queue of sales that wait, and the approval of several of them at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from bot.core.conversation.messages import Message
from bot.core.members.people import masked_name
from bot.core.receipts.seller_words import is_named
from bot.core.sales.sales import receipt_number
from bot.flows.receipts.approve import ALL_AT_ONCE_MAX, SALES_PER_PAGE
from bot.flows.receipts.approve_messages import SalesApproved, SalesDecided
from bot.flows.receipts.approve_questions import (
    ApproveAll,
    AroundPage,
    GoOn,
    NotAtOnce,
    PickedSales,
    QueueRow,
    ReadyAtOnce,
    ReadySales,
    SellerRow,
    SellersFound,
    Waiting,
    WaitingSales,
    WaitingSellers,
)
from bot.services.receipts.approve import (
    decision_key,
    is_own,
    late_month,
    no_other_admin,
    settle_sale,
    signs_of,
)
from bot.services.receipts.unusual_sales import Signs
from bot.store.receipts import sale_decisions, waiting_queue
from bot.store.sales import sales
from bot.store.sales.sales import Sale
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

LOOKED_AT_MAX: Final = 1_000
"""So many sales at most are looked at for those that can be approved at once."""

SELLERS_PER_PAGE: Final = 8


def waiting_sales(turn: Turn, lookup: WaitingSales) -> Waiting:
    """Returns a page of the unchecked sales, and what became of those that were picked."""
    above, page = _page(turn, lookup.above, lookup.seller)
    signs, asked = signs_of(turn), _asked(turn, page)
    picked = list(_picked(turn, lookup.picked))
    kept = tuple((sale.id, sale.version) for sale in picked)
    around = AroundPage(
        count=waiting_queue.count(turn.conn, lookup.seller),
        in_all=sales.waiting_count(turn.conn),
        before=waiting_queue.page_before(turn.conn, above, SALES_PER_PAGE, lookup.seller),
        following=page[SALES_PER_PAGE - 1].id if len(page) > SALES_PER_PAGE else 0,
        seller=_seller_name(turn, lookup.seller),
        seller_id=lookup.seller,
    )
    rows = tuple(_row(turn, sale, kept, signs, asked) for sale in page[:SALES_PER_PAGE])
    dropped = tuple(receipt_number(each[0]) for each in lookup.picked if each not in kept)
    return Waiting(around, rows, PickedSales(kept, sum(sale.total for sale in picked), dropped))


def waiting_sellers(turn: Turn, lookup: WaitingSellers) -> SellersFound:
    """Returns the sellers whose sales wait, whom the words name; all if they name none."""
    all_of_them = waiting_queue.sellers(turn.conn)
    named = [each for each in all_of_them if is_named(each.name, each.code, lookup.words)]
    some = named or all_of_them
    rows = tuple(
        SellerRow(each.id, masked_name(each.name), each.code, each.count, each.total)
        for each in some[:SELLERS_PER_PAGE]
    )
    return SellersFound(rows, len(some) - len(rows), len(named))


def ready_sales(turn: Turn, lookup: ReadySales) -> ReadyAtOnce:
    """Returns what is approved at once: nothing unusual, and another admin checks own sales."""
    signs, total, own, above = signs_of(turn), 0, 0, 0
    ready: list[tuple[int, int]] = []
    left_out: list[NotAtOnce] = []
    for sale, uncorrected in _oldest(turn, lookup.seller):
        above = sale.id
        if is_own(turn, sale):
            own += 1
            continue
        found = signs.of(sale)
        if found.any or uncorrected:
            seller = masked_name(sale.seller_name)
            left_out.append(NotAtOnce(receipt_number(sale.id), seller, found, uncorrected))
        else:
            ready.append((sale.id, sale.version))
            total += sale.total
        if len(ready) == ALL_AT_ONCE_MAX:
            break
    return ReadyAtOnce(
        count=sales.waiting_count(turn.conn),
        own=own,
        alone=own > 0 and no_other_admin(turn),
        sales=tuple(ready),
        total=total,
        left_out=tuple(left_out),
        seller=_seller_name(turn, lookup.seller),
        more=bool(waiting_queue.page(turn.conn, above, 1, lookup.seller)),
    )


def _oldest(turn: Turn, seller: int) -> Iterator[tuple[Sale, bool]]:
    """Returns the unchecked sales, the oldest first, each with whether it is to be corrected."""
    above = looked_at = 0
    while looked_at < LOOKED_AT_MAX:
        some = waiting_queue.page(turn.conn, above, ALL_AT_ONCE_MAX, seller)
        asked = _asked(turn, some)
        yield from ((sale, sale.id in asked) for sale in some)
        if len(some) < ALL_AT_ONCE_MAX:
            return
        above, looked_at = some[-1].id, looked_at + len(some)


def _seller_name(turn: Turn, seller: int) -> str:
    """Returns the short name of the only seller; empty for all, or where nothing waits."""
    found = waiting_queue.page(turn.conn, 0, 1, seller) if seller else []
    return masked_name(found[0].seller_name) if found else ""


def _page(turn: Turn, above: int, seller: int) -> tuple[int, list[Sale]]:
    """Returns the page after `above`, and one sale more; the first page where it is empty."""
    page = waiting_queue.page(turn.conn, above, SALES_PER_PAGE + 1, seller)
    if above and not page:
        return _page(turn, 0, seller)
    return above, page


def _picked(turn: Turn, picked: Sequence[tuple[int, int]]) -> Iterable[Sale]:
    """Returns the picked sales that still wait in the state in which they were picked."""
    for sale_id, version in picked:
        sale = sales.by_id(turn.conn, sale_id)
        if sale is None or is_own(turn, sale):
            continue
        if sale.status == "waiting" and sale.version == version:
            yield sale


def _asked(turn: Turn, some: Sequence[Sale]) -> Collection[int]:
    """Returns those whose sellers have been asked to correct them, and have not done so yet."""
    return sale_decisions.asked_of_seller(turn.conn, [sale.id for sale in some])


def _row(
    turn: Turn,
    sale: Sale,
    picked: Sequence[tuple[int, int]],
    signs: Signs,
    asked: Collection[int],
) -> QueueRow:
    return QueueRow(
        id=sale.id,
        version=sale.version,
        receipt=receipt_number(sale.id),
        day=sale.sold_on,
        seller=masked_name(sale.seller_name),
        total=sale.total,
        mine=is_own(turn, sale),
        picked=(sale.id, sale.version) in picked,
        unusual=signs.of(sale).any,
        uncorrected=sale.id in asked,
    )


def approve_all(turn: Turn, action: ApproveAll) -> Iterable[Message]:
    """Approve the sales as they were when the question was asked; one notice to each seller."""
    by_seller: dict[int, list[Sale]] = defaultdict(list)
    for sale_id, version in action.sales:
        sale = sales.by_id(turn.conn, sale_id)
        assert sale is not None, "the flow has found it in this transaction"
        if not is_own(turn, sale) and settle_sale(turn, sale, "approved", version):
            approved = sales.by_id(turn.conn, sale.id)
            assert approved is not None, "it was approved a moment ago"
            by_seller[sale.seller_id].append(approved)
    for seller_id, theirs in by_seller.items():
        news = SalesApproved(
            receipts=tuple(receipt_number(sale.id) for sale in theirs[:SALES_PER_PAGE]),
            count=len(theirs),
            points=sum(sale.points for sale in theirs),
            profit=sum(sale.total - sale.goods for sale in theirs),
            late=max(late_month(sale) for sale in theirs),
        )
        turn.tell(seller_id, news, decision_key(turn, theirs[0].id))
    count = sum(len(theirs) for theirs in by_seller.values())
    return [SalesDecided(count, 0, sales.waiting_count(turn.conn))]


def go_on(_turn: Turn, _action: GoOn) -> Iterable[Message]:
    """Do nothing: what follows is the answer."""
    return ()


LOOKUPS: Lookups = {
    WaitingSales: waiting_sales,
    WaitingSellers: waiting_sellers,
    ReadySales: ready_sales,
}

ACTIONS: Actions = {ApproveAll: approve_all, GoOn: go_on}
