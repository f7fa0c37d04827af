"""Reads a member's own money and sales."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.core.dialogue import Lookup
from bot.core.messages import Message
from bot.core.sales import receipt_number
from bot.flows.balance import FindMonth, FindMovements, Month, Movement
from bot.flows.spec import Command
from bot.services.turn import Picture, Turn
from bot.store import statements

__all__ = ["COMMANDS", "LOOKUPS"]


def month(turn: Turn, lookup: FindMonth) -> Month:
    """The caller's balance and the figures of the running month."""
    member_id, period = turn.caller.seat.id, turn.caller.period
    own = statements.month(turn.conn, member_id, period)
    pending = statements.pending(turn.conn, member_id, period, lookup.since.isoformat())
    return Month(
        available=statements.balance(turn.conn, member_id),
        approved=own.own_sales if own else 0,
        approved_count=own.own_count if own else 0,
        waiting=pending.waiting,
        waiting_count=pending.waiting_count,
        profit=own.own_profit if own else 0,
        points=own.own_points if own else 0,
        customers=pending.customers,
    )


def movements(turn: Turn, lookup: FindMovements) -> tuple[Movement, ...]:
    """What came to the caller and went."""
    rows = statements.movements(turn.conn, turn.caller.seat.id, rows=lookup.rows, skip=lookup.skip)
    return tuple(
        Movement(
            at=row.at,
            account=row.account,
            receipt=receipt_number(row.sale_id),
            amount=row.amount,
            cancels=bool(row.cancels),
        )
        for row in rows
    )


LOOKUPS: Mapping[type[Lookup[Any]], Callable[[Turn, Any], Any]] = {
    FindMonth: month,
    FindMovements: movements,
}
COMMANDS: Mapping[type[Command], Callable[[Turn, Any], Iterable[Message | Picture]]] = {}
