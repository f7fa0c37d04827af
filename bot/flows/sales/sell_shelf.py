"""The price list as a seller finds it."""

from dataclasses import dataclass
from datetime import date

from bot.core.conversation.replay import Lookup
from bot.core.sales.products import Product

__all__ = ["PriceList", "Shelf"]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What can be sold: all articles, and the ids this seller sells most, first."""

    products: tuple[Product, ...]
    favourites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PriceList(Lookup[Shelf]):
    """What the caller can sell, at the prices of a day."""

    day: date
