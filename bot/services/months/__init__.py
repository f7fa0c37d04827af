"""Closing a month from the panel: counted, confirmed, agreed to, carried out by a job, reported.

May import flows, turn, store, content and core. Begin with `month_closing.py`.
"""

from bot.flows.months import FLOWS
from bot.services.months import closing_reminders, month_closing
from bot.turn.turn import Actions, Lookups

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS: Lookups = month_closing.LOOKUPS
ACTIONS: Actions = {**month_closing.ACTIONS, **closing_reminders.ACTIONS}
