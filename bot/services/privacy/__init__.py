"""A person's rights over their own data: a copy of all of it, leaving, being erased.

`FLOWS`, `LOOKUPS` and `ACTIONS` are what the registry needs of a topic. May import flows, turn,
store, content and core. Begin with `giving_copies.py`.
"""

from bot.flows.privacy import FLOWS
from bot.services.privacy import departing, giving_copies
from bot.turn.turn import Actions, Lookups

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS: Lookups = {**departing.LOOKUPS}
ACTIONS: Actions = {**departing.ACTIONS, **giving_copies.ACTIONS}
