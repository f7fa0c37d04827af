"""The office: roles, leads, dead letters, unclear texts, alerts and operator tasks.

May import flows, turn, store, content and core. Begin with `manage.py`.
"""

from bot.flows.office import FLOWS
from bot.services.office import (
    below_zero,
    failed_work,
    given_ranks,
    lead_list,
    manage,
    recovery,
    unclear_list,
)
from bot.turn.turn import Actions, Lookups

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS: Lookups = {
    **below_zero.LOOKUPS,
    **given_ranks.LOOKUPS,
    **lead_list.LOOKUPS,
    **manage.LOOKUPS,
    **recovery.LOOKUPS,
    **unclear_list.LOOKUPS,
}
ACTIONS: Actions = {
    **failed_work.ACTIONS,
    **given_ranks.ACTIONS,
    **lead_list.ACTIONS,
    **manage.ACTIONS,
    **recovery.ACTIONS,
}
