"""How an admin closes a month, and a second one agrees.

Pure: may import core, company and the shared modules of flows. Begin with `month_closing.py`; the
panel of the office leads here, so this topic has no command of its own.
"""

from bot.flows.spec import FlowSpec

__all__ = ["FLOWS"]

FLOWS: tuple[FlowSpec, ...] = ()
