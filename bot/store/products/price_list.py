"""Takes the company's price list over into the books.

Every sale keeps the prices that it was made at, so a new list changes nothing that was sold.
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
    """One line of a price list; prices and bonus value in rupiah."""

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
    """What a price list does to the one in the books, as article numbers.

    Attributes:
        added: were not there.
        changed: were there otherwise.
        same: were there like this.
        missing: are there and sold, and the list does not name them.
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
    """What taking the list over would change."""
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
    """Add and change what the list says; articles that it does not name stay as they are.

    Args:
        conn: the books.
        articles: the list.
        at: this moment.
        today: the day from which its prices hold; without it the day of `at`.
    """
    today = today or at.date()
    prices.turn_over(conn, today)
    old = _listed(conn)
    changes = _compare(old, articles)
    ids = {row.sku: row.id for row in conn.execute(IDS)}
    differing = {*changes.added, *changes.changed}
    touched = [article for article in articles if article.sku in differing]
    # The old price is written down before it is gone, the new one once the article is there.
    repriced = {
        ids[article.sku]: _terms(article)
        for article in touched
        if article.sku in ids and _terms(article) != _terms(old[article.sku])
    }
    prices.begin_all(conn, repriced, today.isoformat(), at, new=False)
    if touched:
        conn.execute(PUT, [asdict(article) for article in touched])
        told = f"added {len(changes.added)}, changed {len(changes.changed)}"
        audit_log.note(conn, None, "import products", told, at)
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
    return {row.sku: Article(**row._mapping) for row in conn.execute(LISTED)}  # noqa: SLF001 - its public name
