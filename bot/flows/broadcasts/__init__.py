"""Conversations of trainers: writing, watching, stopping and correcting broadcasts.

Pure: may import core, company and the shared modules of flows. Begin with `broadcast.py`.
"""

from bot.flows.broadcasts import broadcast, correction

__all__ = ["FLOWS"]

FLOWS = (broadcast.SPEC, correction.SPEC)
