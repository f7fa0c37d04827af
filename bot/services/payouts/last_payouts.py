"""Looks up what the office has paid to a member last."""

from datetime import date

from bot.flows.payouts.payout_facts import LastPayout
from bot.store.payouts import payouts
from bot.turn.turn import Turn

__all__ = ["last_payout"]


def last_payout(turn: Turn, member_id: int) -> LastPayout | None:
    """Returns the last payment to the member that stands; None before one."""
    found = payouts.last_of(turn.conn, member_id)
    return None if found is None else LastPayout(found[0], date.fromisoformat(found[1]))
