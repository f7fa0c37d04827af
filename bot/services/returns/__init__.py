"""Entering returns of goods, deciding on them, and telling everybody concerned.

`FLOWS`, `LOOKUPS` and `ACTIONS` are what the registry needs of a topic. May import flows, turn,
store, content and core. Begin with `give_back.py`.
"""

from bot.flows.returns import FLOWS
from bot.services.returns import check_returns, give_back
from bot.turn.turn import Actions, Lookups

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS: Lookups = {**give_back.LOOKUPS, **check_returns.LOOKUPS}
ACTIONS: Actions = {**give_back.ACTIONS, **check_returns.ACTIONS}
