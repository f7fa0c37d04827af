"""What a made-up seller sells, and how long a piece of it lasts."""

from dataclasses import dataclass
from random import Random

__all__ = ["DRINKS", "GIFTS", "HONEY", "KINDS", "SOAP", "Article", "shelf"]

SOAP, HONEY, TEA, COFFEE, SERUM = "soap", "honey", "tea", "coffee", "serum"
SAMPO, OIL, PASTE, CREAM, DATES = "shampoo", "oil", "toothpaste", "cream", "dates"
DRINKS = (TEA, COFFEE, HONEY)
GIFTS = (DATES, HONEY, COFFEE, TEA)
LASTS = {
    SOAP: 28,
    HONEY: 45,
    TEA: 25,
    COFFEE: 20,
    SERUM: 60,
    SAMPO: 40,
    OIL: 90,
    PASTE: 35,
    CREAM: 50,
    DATES: 30,
}
KINDS = tuple(LASTS)
KNOWN = 0.75
GUESS_SPREAD = 0.2
IDS_FROM, IDS_TO = 10, 1_000


@dataclass(frozen=True, slots=True)
class Article:
    """One product of the seller.

    Attributes:
        product_id: drawn at random, so that it says nothing.
        kind: what it is.
        days: how long a piece really lasts an average buyer.
        said: how long the company says it lasts; 0 if it does not say.
    """

    product_id: int
    kind: str
    days: int
    said: int


def shelf(chance: Random) -> dict[str, Article]:
    """Returns the articles by their kinds.

    The company knows how long three of four last, and is off by a fifth or so.
    """
    ids = chance.sample(range(IDS_FROM, IDS_TO), len(KINDS))
    found = {}
    for product_id, kind in zip(ids, KINDS, strict=True):
        guess = LASTS[kind] * chance.lognormvariate(0, GUESS_SPREAD)
        said = max(5 * round(guess / 5), 5) if chance.random() < KNOWN else 0
        found[kind] = Article(product_id, kind, LASTS[kind], said)
    return found
