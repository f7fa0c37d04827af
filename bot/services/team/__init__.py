"""What members may see of their own team, ask of it and write to it.

May import flows, turn, store, content, core, and the way of a question to the office. Begin with
`team.py`; `pairs.py` says what two members have to do with each other.
"""

from bot.flows.team import FLOWS
from bot.services.team import asking_numbers, consents_kept, pairs, relaying, team
from bot.turn.turn import Actions, Lookups

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS: Lookups = {
    **team.LOOKUPS,
    **pairs.LOOKUPS,
    **asking_numbers.LOOKUPS,
    **relaying.LOOKUPS,
    **consents_kept.LOOKUPS,
}
ACTIONS: Actions = {
    **team.ACTIONS,
    **asking_numbers.ACTIONS,
    **relaying.ACTIONS,
    **consents_kept.ACTIONS,
}
