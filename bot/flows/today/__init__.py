"""The list of a day: whom to think of, and why. Begin with `today.py`.

Pure: may import core, company and the shared modules of flows.
"""

from bot.flows.today import today

__all__ = ["FLOWS"]

FLOWS = (today.SPEC,)
