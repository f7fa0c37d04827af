"""Conversations about the daily training tip: its hour, and the consent to it.

Pure: may import core, company and the shared modules of flows. Begin with `tip_choices.py`.
"""

from bot.flows.tips import permissions, tip_choices

__all__ = ["FLOWS"]

FLOWS = (tip_choices.SPEC, permissions.STOP)
