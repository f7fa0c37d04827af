"""What the office has paid to members: one by one, and by lists that come back as files.

`FLOWS`, `LOOKUPS` and `ACTIONS` are what the registry needs of a topic. May import flows, turn,
store, content and core. Begin with `paying.py`.
"""

from bot.flows.payouts import FLOWS
from bot.services.payouts import paying, payout_files

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS = paying.LOOKUPS
ACTIONS = {**paying.ACTIONS, **payout_files.ACTIONS}
