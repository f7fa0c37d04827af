"""A person's rights over their own data: a copy of all of it, leaving, being erased.

Pure: may import core, company and the shared modules of flows. Begin with `my_data.py`.
"""

from bot.flows.privacy import erasing, leaving, my_data

__all__ = ["FLOWS"]

FLOWS = (my_data.SPEC, leaving.LEAVE, erasing.ERASE)
