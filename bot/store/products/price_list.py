"""Imports the company's price list.

A sale keeps the prices at which it was made, so a new list does not change past sales.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db import audit_log
from bot.store.db.types import Flag
from bot.store.products import prices
from bot.store.products.prices import Terms

__all__ = ["Article", "PriceListChanges", "compare", "take_over"]


@dataclass(frozen=True, slots=True)
class Article:
    """A line of a price list; prices and bonus value in rupiah."""

    sku: str
    name: str
    member_price: int
    retail_price: int
    points: int
    bonus_value: int
    category: str
    izin_edar: str = ""
    description: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class PriceListChanges:
    """What a price list changes in the stored one, as article numbers.

    Attributes:
        added: new articles.
        changed: articles that differ from the stored ones.
        same: articles that do not.
        missing: stored articles on sale that the list lacks.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]
    missing: tuple[str, ...]


LISTED = text("""
    SELECT sku, name, member_price, retail_price, points, bonus_value, category, izin_edar,
      description, active
    FROM products ORDER BY sku
""").columns(active=Flag)

PUT = text("""
    INSERT INTO products (sku, name, member_price, retail_price, points, bonus_value, category,
                          izin_edar, description, active)
    VALUES (:sku, :name, :member_price, :retail_price, :points, :bonus_value, :category,
            :izin_edar, :description, :active)
    ON CONFLICT (sku) DO UPDATE SET
      name = excluded.name, member_price = excluded.member_price,
      retail_price = excluded.retail_price, points = excluded.points,
      bonus_value = excluded.bonus_value, category = excluded.category,
      izin_edar = excluded.izin_edar, description = excluded.description,
      active = excluded.active
""").bindparams(bindparam("active", type_=Flag))

IDS = text("SELECT id, sku FROM products")


def compare(conn: Connection, articles: Sequence[Article]) -> PriceListChanges:
    """Returns what importing the list would change."""
    return _compare(_listed(conn), articles)


def _compare(listed: Mapping[str, Article], articles: Sequence[Article]) -> PriceListChanges:
    named = {article.sku for article in articles}
    known = [article for article in articles if article.sku in listed]
    return PriceListChanges(
        added=tuple(article.sku for article in articles if article.sku not in listed),
        changed=tuple(article.sku for article in known if article != listed[article.sku]),
        same=tuple(article.sku for article in known if article == listed[article.sku]),
        missing=tuple(sku for sku, old in listed.items() if old.active and sku not in named),
    )


def take_over(
    conn: Connection, articles: Sequence[Article], at: datetime, today: date | None = None
) -> PriceListChanges:
    """Add and change the articles of the list; those it lacks are not changed.

    Args:
        conn: the connection.
        articles: the list.
        at: this moment.
        today: the first day of its prices; the UTC day of `at` if not given.

    Returns:
        What changed.
    """
    today = today or at.date()
    prices.turn_over(conn, today)
    old = _listed(conn)
    changes = _compare(old, articles)
    ids = {row.sku: row.id for row in conn.execute(IDS)}
    differing = {*changes.added, *changes.changed}
    touched = [article for article in articles if article.sku in differing]
    # The old price is stored before it is overwritten, the new one once the article exists.
    repriced = {
        ids[article.sku]: _terms(article)
        for article in touched
        if article.sku in ids and _terms(article) != _terms(old[article.sku])
    }
    prices.begin_all(conn, repriced, today.isoformat(), at, new=False)
    if touched:
        conn.execute(PUT, [asdict(article) for article in touched])
        summary = f"added {len(changes.added)}, changed {len(changes.changed)}"
        audit_log.note(conn, None, "import products", summary, at)
    if changes.added:
        ids = {row.sku: row.id for row in conn.execute(IDS)}
        added = {
            ids[article.sku]: _terms(article) for article in touched if article.sku not in old
        }
        prices.begin_all(conn, added, today.isoformat(), at)
    return changes


def _terms(article: Article) -> Terms:
    return Terms(article.member_price, article.retail_price, article.points, article.bonus_value)


def _listed(conn: Connection) -> Mapping[str, Article]:
    return {row.sku: Article(*row) for row in conn.execute(LISTED)}
