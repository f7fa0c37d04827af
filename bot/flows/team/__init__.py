"""Conversations about one's team: the tree page by page, a member's card, search.

Pure: may import core, company and the shared modules of flows. Begin with `team.py`.
"""

from bot.flows.team import team

__all__ = ["FLOWS"]

FLOWS = (team.SPEC,)
