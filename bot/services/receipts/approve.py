"""The office's decision on which sales count."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.core.conversation.messages import Message, ProofSample, Refusal
from bot.core.members.people import masked_name
from bot.core.sales.sales import receipt_number
from bot.flows.receipts.approve_messages import (
    AroundSale,
    AskApprove,
    ChangedBySeller,
    Compared,
    ComparedPrices,
    CompareSale,
    DecideSale,
    FindSale,
    NoOtherAdmin,
    OwnSale,
    ProofOf,
    SaleRejected,
    SalesApproved,
    SalesDecided,
    SaleToCheck,
    SettledBefore,
    ShowProof,
    UndoneDecision,
)
from bot.flows.receipts.sale_changes import (
    SaleState,
    ShownChange,
    SoldItem,
    change_between,
    shown_change,
)
from bot.services.receipts.unusual_sales import Signs
from bot.services.sales import decision
from bot.services.sales.sell import shown_line
from bot.store.db import audit_log
from bot.store.ledger import periods
from bot.store.members import roles, second_admins
from bot.store.receipts import sale_decisions, sale_versions, waiting_queue
from bot.store.sales import sales
from bot.store.sales.sales import Sale, SaleLineRow
from bot.turn.reply import SentFile
from bot.turn.turn import Actions, Lookups, Turn

__all__ = [
    "ACTIONS",
    "LOOKUPS",
    "admin_label",
    "decision_key",
    "is_own",
    "late_month",
    "no_other_admin",
    "sale_to_check",
    "settle_sale",
    "signs_of",
]


def find_sale(turn: Turn, lookup: FindSale) -> SaleToCheck | None:
    """Returns a sale as the office may see it."""
    sale = sales.by_id(turn.conn, lookup.id)
    return None if sale is None else sale_to_check(turn, sale)


def sale_to_check(turn: Turn, sale: Sale) -> SaleToCheck:
    """Returns a sale as the office may see it."""
    lines = sales.lines_of(turn.conn, sale.id)
    return SaleToCheck(
        receipt=receipt_number(sale.id),
        seller=masked_name(sale.seller_name),
        code=sale.seller_code,
        mine=is_own(turn, sale),
        lines=tuple(shown_line(line) for line in lines),
        total=sale.total,
        retail=sale.goods,
        own_use=sale.customer_id is None,
        invoice=sale.invoice,
        photo=bool(sale.photo_id),
        day=sale.sold_on,
        status=sale.status,
        version=sale.version,
        change=_change(turn, sale, lines),
        undone=_undone(turn, sale),
    )


def compare_sale(turn: Turn, lookup: CompareSale) -> Compared:
    """Returns what the office sees beside a sale: list prices, the photo, and what comes next."""
    sale = sales.by_id(turn.conn, lookup.id)
    assert sale is not None, "the flow has found it in this transaction"
    me = turn.caller.me
    mine = 0 if me is None else me.id
    following = waiting_queue.next_after(turn.conn, sale.id, mine, lookup.seller)
    lines = sales.lines_of(turn.conn, sale.id)
    listed = waiting_queue.list_amounts(turn.conn, sale.id)
    if sale.customer_id is None:  # for own use it was sold at the member price
        listed = tuple(line.amount for line in lines)
    shown = tuple(
        (shown_line(line), line.amount - each) for line, each in zip(lines, listed, strict=True)
    )
    counts_in = periods.open_period(turn.conn, sale.period)
    late = "" if sale.sold_on.startswith(counts_in) else counts_in
    around = AroundSale(signs_of(turn).of(sale), following or 0, late)
    return Compared(ComparedPrices(sum(listed), shown), around, _proof(turn, sale))


def signs_of(turn: Turn) -> Signs:
    """Returns what finds the signs of sales, by the company's rules."""
    return Signs(turn.conn, turn.company.policy.price_alone_percent)


def no_other_admin(turn: Turn, _: NoOtherAdmin | None = None) -> bool:
    """Returns whether there is no other admin."""
    return second_admins.second_admin(turn.conn, turn.caller.user_id, turn.now) is None


def _proof(turn: Turn, sale: Sale) -> ProofSample | None:
    if not sale.photo_id:
        return None
    caption = turn.screen(ProofOf(receipt_number(sale.id), masked_name(sale.seller_name))).text
    return ProofSample(caption, sale.photo_id, sale.photo_kind, f"sale {sale.id}")


def _undone(turn: Turn, sale: Sale) -> UndoneDecision | None:
    """Returns the decision that was undone last, if the sale waits because of that."""
    made = sale_decisions.of_sale(turn.conn, sale.id) if sale.status == "waiting" else []
    if not made:
        return None
    last = made[-1]
    asked = sale.id in sale_decisions.asked_of_seller(turn.conn, [sale.id])
    return UndoneDecision(admin_label(turn, last.by), last.at, last.reason, asked)


def admin_label(turn: Turn, user_id: int | None) -> str:
    """Returns the short name of an admin; without one, the end of the account's number."""
    if user_id is None:
        return ""
    found = roles.by_account(turn.conn, user_id)
    return masked_name(found.name) if found and found.name else f"Telegram …{str(user_id)[-4:]}"


def decision_key(turn: Turn, sale_id: int) -> str:
    """Returns the key of the notice about the latest decision: each is told once."""
    return f"sale:{sale_id}:decided:{sale_decisions.count(turn.conn, sale_id)}"


def _change(turn: Turn, sale: Sale, lines: Sequence[SaleLineRow]) -> ShownChange | None:
    """Returns what differs from the sale as it was recorded; None if it was never changed."""
    if sale.version == 1:
        return None
    first = sale_versions.first(turn.conn, sale.id)
    at = sale_versions.changed_at(turn.conn, sale.id)
    assert first is not None, "the state before a change is kept"
    assert at is not None, "with its moment"
    before = _state(
        sale_versions.lines_of_first(turn.conn, sale.id),
        (first.customer_id, first.sold_on, first.invoice, first.photo_key),
    )
    after = _state(lines, (sale.customer_id, sale.sold_on, sale.invoice, sale.photo_key))
    return shown_change(change_between(before, after), at, sale.version - 1)


def _state(lines: Sequence[SaleLineRow], rest: tuple[int | None, str, str, str]) -> SaleState:
    customer_id, day, invoice, photo = rest
    items = tuple(SoldItem(x.product_id, x.name, x.quantity, x.amount) for x in lines)
    return SaleState(items, customer_id, date.fromisoformat(day), invoice, photo)


def decide_sale(turn: Turn, action: DecideSale) -> Iterable[Message]:
    """Approve or reject one sale, once, and notify the seller.

    Raises:
        Refusal: it was decided before, it is the caller's own, or its seller has changed it since.
    """
    sale = sales.by_id(turn.conn, action.id)
    assert sale is not None, "the flow has found it in this transaction"
    receipt = receipt_number(sale.id)
    if sale.status != "waiting":
        raise Refusal(SettledBefore(receipt, sale.status))
    if is_own(turn, sale):
        raise Refusal(OwnSale(receipt, no_other_admin(turn)))
    verdict = "approved" if action.approve else "rejected"
    if not settle_sale(turn, sale, verdict, action.version, action.reason):
        # On a server the seller may have voided or changed it since it was read.
        now = sales.by_id(turn.conn, action.id) or sale
        if now.status == "waiting":
            raise Refusal(ChangedBySeller(receipt), AskApprove)
        raise Refusal(SettledBefore(receipt, now.status))
    sale = sales.by_id(turn.conn, action.id)
    assert sale is not None
    if action.approve:
        profit = sale.total - sale.goods
        news: Message = SalesApproved((receipt,), 1, sale.points, profit, late_month(sale))
    else:
        news = SaleRejected(receipt, action.reason)
    turn.tell(sale.seller_id, news, decision_key(turn, sale.id))
    approved = int(action.approve)
    left = sales.waiting_count(turn.conn)
    return [SalesDecided(approved, 1 - approved, left, receipt, bool(action.following))]


def show_proof(turn: Turn, action: ShowProof) -> Iterable[SentFile]:
    """Send the photo by its file id, and log who looked at it."""
    sale = sales.by_id(turn.conn, action.id)
    assert sale is not None, "the flow has found it in this transaction"
    audit_log.note(turn.conn, turn.caller.user_id, "proof shown", f"sale {sale.id}", turn.now)
    caption = ProofOf(receipt_number(sale.id), masked_name(sale.seller_name))
    return [SentFile(caption, sale.photo_id, sale.photo_kind)]


def settle_sale(turn: Turn, sale: Sale, status: str, version: int, reason: str = "") -> bool:
    """Decide on a sale; returns False if it was decided or changed meanwhile."""
    conn, by, plan = turn.conn, turn.caller.user_id, turn.company.plan
    if not decision.decide(
        conn, sale.id, "waiting", status, by, turn.now, version, reason, plan=plan
    ):
        return False
    audit_log.note(turn.conn, by, f"sale {status}", f"sale {sale.id}", turn.now)
    return True


def late_month(sale: Sale) -> str:
    """Returns the month in which the sale counts, if it was made in another one."""
    return "" if sale.sold_on.startswith(sale.period) else sale.period


def is_own(turn: Turn, sale: Sale) -> bool:
    """Returns whether the caller has sold it."""
    me = turn.caller.me
    return me is not None and sale.seller_id == me.id


LOOKUPS: Lookups = {
    FindSale: find_sale,
    CompareSale: compare_sale,
    NoOtherAdmin: no_other_admin,
}

ACTIONS: Actions = {ShowProof: show_proof, DecideSale: decide_sale}
