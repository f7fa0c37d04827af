"""Joining, claiming and moving a membership, profiles, and the import of members.

May import flows, turn, store, content and core. Begin with `register.py`.
"""

from bot.flows.members import FLOWS
from bot.services.members import (
    claim,
    invite,
    member_cards,
    profile,
    register,
    rejoin,
    relink,
    sponsor_choice,
)
from bot.turn.turn import Actions, Lookups

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS: Lookups = {
    **claim.LOOKUPS,
    **invite.LOOKUPS,
    **member_cards.LOOKUPS,
    **profile.LOOKUPS,
    **register.LOOKUPS,
    **rejoin.LOOKUPS,
    **relink.LOOKUPS,
    **sponsor_choice.LOOKUPS,
}
ACTIONS: Actions = {
    **claim.ACTIONS,
    **invite.ACTIONS,
    **member_cards.ACTIONS,
    **profile.ACTIONS,
    **register.ACTIONS,
    **rejoin.ACTIONS,
    **relink.ACTIONS,
    **sponsor_choice.ACTIONS,
}
