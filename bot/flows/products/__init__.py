"""Conversations about products: the price list, and price changes by the office.

Pure: may import core, company and the shared modules of flows. Begin with `products.py`.
"""

from bot.flows.products import products

__all__ = ["FLOWS"]

FLOWS = (products.SPEC,)
