"""A seller's own notebook of debts: who owes her, and what was paid.

`FLOWS`, `LOOKUPS` and `ACTIONS` are what the registry needs of a topic. May import flows, turn,
store, content and core. Begin with `debt_lookups.py`.
"""

from bot.flows.debts import FLOWS
from bot.services.debts.debt_lookups import LOOKUPS
from bot.services.debts.payments_noted import ACTIONS

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]
