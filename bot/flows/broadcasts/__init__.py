"""Conversations of trainers: writing a broadcast, choosing its audience, stopping it.

Pure: may import core, company and the shared modules of flows. Begin with `broadcast.py`.
"""

from bot.flows.broadcasts import broadcast

__all__ = ["FLOWS"]

FLOWS = (broadcast.SPEC,)
