"""The queue of sales that wait, and the approval of several of them at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from bot.core.conversation.messages import Message
from bot.core.members.people import masked_name
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
    Waiting,
    WaitingSales,
)
from bot.services.receipts.approve import decision_key, is_own, late_month, settle_sale
from bot.services.receipts.unusual_sales import Past
from bot.store.receipts import sale_decisions, waiting_queue
from bot.store.sales import sales
from bot.store.sales.sales import Sale
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]


def waiting_sales(turn: Turn, lookup: WaitingSales) -> Waiting:
    """Returns a page of the unchecked sales, and what became of those that were picked."""
    above, page = _page(turn, lookup.above)
    past, asked = Past(turn.conn), _asked(turn, page)
    picked = list(_picked(turn, lookup.picked))
    kept = tuple((sale.id, sale.version) for sale in picked)
    around = AroundPage(
        count=sales.waiting_count(turn.conn),
        before=waiting_queue.page_before(turn.conn, above, SALES_PER_PAGE),
        following=page[SALES_PER_PAGE - 1].id if len(page) > SALES_PER_PAGE else 0,
    )
    rows = tuple(_row(turn, sale, kept, past, asked) for sale in page[:SALES_PER_PAGE])
    dropped = tuple(receipt_number(each[0]) for each in lookup.picked if each not in kept)
    return Waiting(around, rows, PickedSales(kept, sum(sale.total for sale in picked), dropped))


def ready_sales(turn: Turn, _: ReadySales) -> ReadyAtOnce:
    """Returns what is approved at once: nothing unusual, and another admin checks own sales."""
    past, total = Past(turn.conn), 0
    ready: list[tuple[int, int]] = []
    left_out: list[NotAtOnce] = []
    found = sales.waiting(turn.conn, 0, ALL_AT_ONCE_MAX)
    asked = _asked(turn, found)
    for sale in found:
        if is_own(turn, sale):
            continue
        unusual = past.unusual(sale)
        if unusual or sale.id in asked:
            seller, why = masked_name(sale.seller_name), None if sale.id in asked else unusual[0]
            left_out.append(NotAtOnce(receipt_number(sale.id), seller, why))
        else:
            ready.append((sale.id, sale.version))
            total += sale.total
    return ReadyAtOnce(sales.waiting_count(turn.conn), tuple(ready), total, tuple(left_out))


def _page(turn: Turn, above: int) -> tuple[int, list[Sale]]:
    """Returns the page after `above`, and one sale more; the first page where it is empty."""
    page = sales.waiting(turn.conn, above, SALES_PER_PAGE + 1)
    if above and not page:
        return _page(turn, 0)
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
    past: Past,
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
        unusual=bool(past.unusual(sale)),
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


LOOKUPS: Lookups = {WaitingSales: waiting_sales, ReadySales: ready_sales}

ACTIONS: Actions = {ApproveAll: approve_all, GoOn: go_on}
