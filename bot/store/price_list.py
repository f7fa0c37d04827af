"""Takes the company's price list over into the books.

Every sale keeps the prices that it was made at, so a new list changes nothing that was sold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store import audit
from bot.store.types import Flag

__all__ = ["Article", "Changes", "compare", "take_over"]


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
class Changes:
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


def compare(conn: Connection, articles: Sequence[Article]) -> Changes:
    """What taking the list over would change."""
    listed = _listed(conn)
    named = {article.sku for article in articles}
    known = [article for article in articles if article.sku in listed]
    return Changes(
        added=tuple(article.sku for article in articles if article.sku not in listed),
        changed=tuple(article.sku for article in known if article != listed[article.sku]),
        same=tuple(article.sku for article in known if article == listed[article.sku]),
        missing=tuple(sku for sku, old in listed.items() if old.active and sku not in named),
    )


def take_over(conn: Connection, articles: Sequence[Article], at: datetime) -> Changes:
    """Add and change what the list says; articles that it does not name stay as they are."""
    changes = compare(conn, articles)
    touched = {*changes.added, *changes.changed}
    rows = [asdict(article) for article in articles if article.sku in touched]
    if rows:
        conn.execute(PUT, rows)
        told = f"added {len(changes.added)}, changed {len(changes.changed)}"
        audit.note(conn, None, "import products", told, at)
    return changes


def _listed(conn: Connection) -> Mapping[str, Article]:
    return {row.sku: Article(**row._mapping) for row in conn.execute(LISTED)}  # noqa: SLF001 - its public name
