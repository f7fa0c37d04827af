"""Lets a return count in a turn of the office, and tells everybody whom it concerns."""

from bot.core.members.people import masked_name
from bot.core.members.second_admin import SecondAdmin
from bot.core.sales.sales import receipt_number
from bot.flows.returns.give_back_messages import BonusReduced, ReturnCounted
from bot.flows.returns.return_lookups import ReturnEffect
from bot.services.returns.confirming import CountedReturn, count_return
from bot.services.returns.effects import back_lines, told_effect
from bot.store.db import audit_log
from bot.store.members import second_admins
from bot.store.returns import clawbacks, taken
from bot.store.returns.returns import GoodsReturn
from bot.store.sales.sales import Sale
from bot.turn.turn import Turn

__all__ = ["count_and_tell", "who_decides"]


def who_decides(turn: Turn, seller_id: int) -> SecondAdmin | None:
    """Returns the other admin who has to decide, as the sale is the caller's own; else None."""
    me = turn.caller.me
    if me is None or me.id != seller_id:
        return None
    return second_admins.second_admin(turn.conn, turn.caller.user_id, turn.now)


def count_and_tell(turn: Turn, sale: Sale, back: GoodsReturn, note: str) -> ReturnEffect | None:
    """Confirm a return and tell the seller and the line above.

    Returns:
        What changed; None if it was decided before or its month is being closed.
    """
    by, now = turn.caller.user_id, turn.caller.period
    counted = count_return(turn.conn, back, now, note=note, by=by, at=turn.now)
    if counted is None:
        return None
    audit_log.note(turn.conn, by, "return confirmed", f"return {back.id}", turn.now)
    sums = (back.amount, back.amount - back.goods, back.points)
    effect = told_effect(sale, sums, counted.period, counted.taken)
    me = turn.caller.me
    if me is None or me.id != sale.seller_id:
        lines = back_lines(turn.conn, back.id)
        news = ReturnCounted(receipt_number(sale.id), lines, mine=True, note=note, effect=effect)
        turn.tell(sale.seller_id, news, f"return:{back.id}:decided")
    _tell_others(turn, sale, back, counted)
    return effect


def _tell_others(turn: Turn, sale: Sale, back: GoodsReturn, counted: CountedReturn) -> None:
    """Tell each member other than the seller whose bonus of the closed month has fallen."""
    above = clawbacks.paid_for_seller(turn.conn, back.id)
    for member_id, amount in counted.taken.items():
        if member_id == sale.seller_id:
            continue
        seller = (masked_name(sale.seller_name), sale.seller_code)
        named = seller if member_id in above else ("", "")
        left = taken.left_of_bonus(turn.conn, member_id, sale.period)
        news = BonusReduced(sale.period, amount, left, *named)
        turn.tell(member_id, news, f"return:{back.id}:bonus:{member_id}")
