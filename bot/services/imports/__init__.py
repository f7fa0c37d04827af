"""Lists of members, products and deliveries that an admin sends: read, confirmed, imported.

`FLOWS`, `LOOKUPS` and `ACTIONS` are what the registry needs of a topic. May import flows, turn,
store, content, core and the services of payouts and stock. Begin with `office_lists.py`.
"""

from bot.flows.imports import FLOWS
from bot.services.imports import office_lists

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS = office_lists.LOOKUPS
ACTIONS = office_lists.ACTIONS
