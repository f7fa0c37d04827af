"""What members may see of their own team.

May import flows, turn, store, content and core. Begin with `team.py`.
"""

from bot.flows.team import FLOWS
from bot.services.team import team
from bot.turn.turn import Actions, Lookups

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS: Lookups = {**team.LOOKUPS}
ACTIONS: Actions = {**team.ACTIONS}
