"""Compares what a plan can pay for each article of the price list with its price."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from bot.company.plan_file.ceiling import percent
from bot.core.file_faults import Said
from bot.core.plans.rates import BASIS_POINTS, share
from bot.core.plans.versions import Version

__all__ = ["Article", "dear_articles"]

NAMED_MAX: Final = 5


class Article(NamedTuple):
    """A product of the price list.

    Attributes:
        member_price: rupiah that the company gets for one.
        retail_price: rupiah that a customer pays for one.
        bonus_value: of one, in the unit of the plan.
    """

    sku: str
    member_price: int
    retail_price: int
    bonus_value: int


def dear_articles(version: Version, articles: Sequence[Article]) -> Iterator[Said]:
    """Yields warnings about articles for which a version can pay more than it should.

    Those for which bonuses can exceed the member price, which is all that the company gets for
    them, and those for which they can exceed the company's cap on what the customer pays.
    """
    most = [(each, _most(version, each)) for each in articles]
    over = [(each, paid) for each, paid in most if paid > each.member_price]
    if over:
        named = _named(over, lambda each: each.member_price)
        yield Said.of("over member price", articles=_count(over), named=named)
    cap = version.caps.company_bp
    if cap is None:
        return
    over = [(each, paid) for each, paid in most if paid > share(each.retail_price, cap)]
    if over:
        named = _named(over, lambda each: each.retail_price)
        yield Said.of("over cap of price", articles=_count(over), cap=percent(cap), named=named)


def _most(version: Version, article: Article) -> int:
    """Returns the most rupiah that all rules together pay for one piece."""
    of_sales = sum(rule.most_bp for rule in version.rules if rule.of_sales)
    of_value = version.most_bp - of_sales
    worth = article.bonus_value * version.point_value
    return (worth * of_value + article.retail_price * of_sales) // BASIS_POINTS


def _count(found: Sequence[object]) -> Said:
    return Said("one article") if len(found) == 1 else Said.of("articles", number=len(found))


def _named(found: Sequence[tuple[Article, int]], price: Callable[[Article], int]) -> list[Said]:
    """Returns the articles with the highest part of their price first."""
    worst = sorted(found, key=lambda each: -each[1] * BASIS_POINTS // max(price(each[0]), 1))
    named = [
        Said.of("article up to", sku=each.sku, paid=_rupiah(paid), price=_rupiah(price(each)))
        for each, paid in worst[:NAMED_MAX]
    ]
    more = len(found) - len(named)
    return [*named, *([Said.of("and others", more=more)] if more else [])]


def _rupiah(amount: int) -> str:
    return f"Rp{amount:,}".replace(",", ".")
