"""Conversations about one's team: the tree page by page, a member's card, search.

From a card an upline asks for a phone number or writes through the bot; both can be refused.

Pure: may import core, company and the shared modules of flows. Begin with `team.py`.
"""

from bot.flows.team import consent_list, number_asking, relaying, team

__all__ = ["FLOWS"]

FLOWS = (team.SPEC, number_asking.SPEC, relaying.SPEC, consent_list.SPEC)
