"""A member's own month, and the office's file of all members' months.

`FLOWS`, `LOOKUPS` and `ACTIONS` are what the registry needs of a topic. May import flows, turn,
store, content and core. Begin with `mirror.py`.
"""

from bot.flows.mirror import FLOWS
from bot.services.mirror import mirror, mirror_reports

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS = mirror.LOOKUPS
ACTIONS = mirror_reports.ACTIONS
