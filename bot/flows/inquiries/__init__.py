"""Questions of the FAQ, and those that go to the office and come back with an answer.

Pure: may import core, company and the shared modules of flows. Begin with `faq.py`.
"""

from bot.flows.inquiries import faq

__all__ = ["FLOWS"]

FLOWS = (faq.SPEC,)
