"""Balances, bonuses with the sales behind them, estimates, and the closing of months.

May import flows, turn, store, content and core. Begin with `bonus.py`; `close_month.py` holds the
steps that the command line asks of the running bot.
"""

from bot.flows.bonus import FLOWS
from bot.services.bonus import balance, bonus, sources, why_nothing
from bot.turn.turn import Actions, Lookups

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS: Lookups = {**balance.LOOKUPS, **bonus.LOOKUPS, **sources.LOOKUPS, **why_nothing.LOOKUPS}
ACTIONS: Actions = {
    **balance.ACTIONS,
    **bonus.ACTIONS,
    **sources.ACTIONS,
    **why_nothing.ACTIONS,
}
