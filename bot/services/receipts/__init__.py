"""Changing recorded sales that wait, approving and rejecting them.

`FLOWS`, `LOOKUPS` and `ACTIONS` are what the registry needs of a topic. May import flows, turn,
store, content, core and the services of selling. Begin with `approve.py`.
"""

from bot.flows.receipts import FLOWS
from bot.services.receipts import approve, edit, find_sale, undo
from bot.turn.turn import Actions, Lookups

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS: Lookups = {
    **approve.LOOKUPS,
    **edit.LOOKUPS,
    **undo.LOOKUPS,
    **find_sale.LOOKUPS,
}
ACTIONS: Actions = {
    **approve.ACTIONS,
    **edit.ACTIONS,
    **undo.ACTIONS,
    **find_sale.ACTIONS,
}
