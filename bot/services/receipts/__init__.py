"""Changing recorded sales that wait, approving and rejecting them.

`FLOWS`, `LOOKUPS` and `ACTIONS` are what the registry needs of a topic. May import flows, turn,
store, content, core and the services of selling. Begin with `approve.py`.
"""

from bot.flows.receipts import FLOWS
from bot.services.receipts import approve, edit, find_sale, queue, undo, undo_return
from bot.turn.turn import Actions, Lookups

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS: Lookups = {
    **approve.LOOKUPS,
    **queue.LOOKUPS,
    **edit.LOOKUPS,
    **undo.LOOKUPS,
    **undo_return.LOOKUPS,
    **find_sale.LOOKUPS,
}
ACTIONS: Actions = {
    **approve.ACTIONS,
    **queue.ACTIONS,
    **edit.ACTIONS,
    **undo.ACTIONS,
    **undo_return.ACTIONS,
    **find_sale.ACTIONS,
}
