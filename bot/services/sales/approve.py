"""Lets the office decide which sales count."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from bot.core.conversation.messages import Message, Refusal
from bot.core.members.people import masked_name
from bot.core.sales.sales import receipt_number
from bot.flows.sales.approve import (
    ALL_AT_ONCE_MAX,
    PAGE,
    ApproveAll,
    DecideSale,
    FindSale,
    OwnSale,
    ProofOf,
    SaleRejected,
    SalesApproved,
    SalesDecided,
    SaleToCheck,
    SettledBefore,
    ShowProof,
    Waiting,
    WaitingSales,
)
from bot.flows.sales.sell_messages import ShownLine
from bot.services.sales import decision
from bot.services.sales.sell import shown_sale
from bot.store.db import audit_log
from bot.store.sales import sales
from bot.turn.reply import SentFile
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]


def waiting_sales(turn: Turn, lookup: WaitingSales) -> Waiting:
    """What waits; the caller's own sales are for somebody else to check."""
    rows = sales.waiting(turn.conn, lookup.above, ALL_AT_ONCE_MAX)
    ready = [row for row in rows if not _mine(turn, row)]
    page = rows[: PAGE + 1]
    return Waiting(
        count=sales.waiting_count(turn.conn),
        upto=max((row.id for row in ready), default=0),
        ready=len(ready),
        total=sum(row.total for row in ready),
        page=tuple(shown_sale(row) for row in page),
        sellers=tuple(masked_name(row.seller_name) for row in page),
    )


def find_sale(turn: Turn, lookup: FindSale) -> SaleToCheck | None:
    """A sale as the office may see it."""
    sale = sales.by_id(turn.conn, lookup.id)
    if sale is None:
        return None
    lines = sales.lines_of(turn.conn, sale.id)
    return SaleToCheck(
        receipt=receipt_number(sale.id),
        seller=masked_name(sale.seller_name),
        code=sale.seller_code,
        mine=_mine(turn, sale),
        lines=tuple(_shown(line) for line in lines),
        total=sale.total,
        retail=sale.goods,
        own_use=sale.customer_id is None,
        invoice=sale.invoice,
        photo=bool(sale.photo_id),
        day=sale.sold_on,
        status=sale.status,
    )


def decide_sale(turn: Turn, command: DecideSale) -> Iterable[Message]:
    """Approve or reject one sale, once, and tell the seller."""
    sale = sales.by_id(turn.conn, command.id)
    assert sale is not None, "the flow has found it in this transaction"
    receipt = receipt_number(sale.id)
    if sale.status != "waiting":
        raise Refusal(SettledBefore(receipt, sale.status))
    if _mine(turn, sale):
        raise Refusal(OwnSale(receipt))
    if not _settle(turn, sale, "approved" if command.approve else "rejected"):
        # On a server the seller may have taken it back between the look and this.
        now = sales.by_id(turn.conn, command.id)
        raise Refusal(SettledBefore(receipt, sale.status if now is None else now.status))
    sale = sales.by_id(turn.conn, command.id)
    assert sale is not None
    if command.approve:
        profit = sale.total - sale.goods
        news: Message = SalesApproved((receipt,), 1, sale.points, profit, _late(sale))
    else:
        news = SaleRejected(receipt, command.reason)
    turn.tell(sale.seller_id, news, f"sale:{sale.id}:decided")
    approved = int(command.approve)
    return [SalesDecided(approved, 1 - approved, sales.waiting_count(turn.conn))]


def show_proof(turn: Turn, command: ShowProof) -> Iterable[SentFile]:
    """The photo as Telegram has it; who looked at it is noted."""
    sale = sales.by_id(turn.conn, command.id)
    assert sale is not None, "the flow has found it in this transaction"
    audit_log.note(turn.conn, turn.caller.user_id, "proof shown", f"sale {sale.id}", turn.now)
    caption = ProofOf(receipt_number(sale.id), masked_name(sale.seller_name))
    return [SentFile(caption, sale.photo_id, sale.photo_kind)]


def approve_all(turn: Turn, command: ApproveAll) -> Iterable[Message]:
    """Approve all that waited when the question was asked; one word to each seller."""
    by_seller: dict[int, list[Any]] = defaultdict(list)
    for sale in sales.waiting(turn.conn, 0, ALL_AT_ONCE_MAX):
        if sale.id <= command.upto and not _mine(turn, sale) and _settle(turn, sale, "approved"):
            by_seller[sale.seller_id].append(sales.by_id(turn.conn, sale.id))
    for seller_id, theirs in by_seller.items():
        news = SalesApproved(
            receipts=tuple(receipt_number(sale.id) for sale in theirs[:PAGE]),
            count=len(theirs),
            points=sum(sale.points for sale in theirs),
            profit=sum(sale.total - sale.goods for sale in theirs),
            late=max(_late(sale) for sale in theirs),
        )
        turn.tell(seller_id, news, f"sale:{theirs[0].id}:decided")
    count = sum(len(theirs) for theirs in by_seller.values())
    return [SalesDecided(count, 0, sales.waiting_count(turn.conn))]


def _settle(turn: Turn, sale: Any, status: str) -> bool:
    """Decide; False where the sale was settled by others meanwhile."""
    by = turn.caller.user_id
    if not decision.decide(turn.conn, sale.id, "waiting", status, by, turn.now):
        return False
    audit_log.note(turn.conn, by, f"sale {status}", f"sale {sale.id}", turn.now)
    return True


def _late(sale: Any) -> str:
    """The month it counts in, if that is not the one in which it was made."""
    return "" if sale.sold_on.startswith(sale.period) else str(sale.period)


def _mine(turn: Turn, sale: Any) -> bool:
    me = turn.caller.me
    return me is not None and bool(sale.seller_id == me.id)


def _shown(line: Any) -> ShownLine:
    each, rest = divmod(line.amount, line.quantity)
    return ShownLine(line.name, line.quantity, each if rest == 0 else None, line.amount)


LOOKUPS: Lookups = {WaitingSales: waiting_sales, FindSale: find_sale}

ACTIONS: Actions = {ShowProof: show_proof, DecideSale: decide_sale, ApproveAll: approve_all}
