"""Imports the company's price list.

A sale keeps the prices at which it was made, so a new list does not change past sales.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Connection, bindparam, text

from bot.store.db import audit_log
from bot.store.db.types import Flag
from bot.store.products import list_version, prices
from bot.store.products.prices import Terms

__all__ = ["ListedProduct", "PriceListChanges", "apply_list", "compare"]


@dataclass(frozen=True, slots=True)
class ListedProduct:
    """A line of a price list; prices and bonus value in rupiah.

    Attributes:
        lasts_days: for how many days a piece usually lasts; 0 if the company does not say.
    """

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
    lasts_days: int = 0


@dataclass(frozen=True, slots=True)
class PriceListChanges:
    """What a price list changes in the stored one, as lists of SKUs.

    Attributes:
        added: new products.
        changed: products that differ from the stored ones.
        same: products that do not.
        missing: stored products on sale that the list lacks.
        doubtful: new products that may be stored ones, which the list lacks: the SKU, the stored
            one, and whether they differ in leading zeros or have the same name.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]
    missing: tuple[str, ...]
    doubtful: tuple[tuple[str, str, Literal["zeros", "name"]], ...] = ()


LISTED = text("""
    SELECT sku, name, member_price, retail_price, points, bonus_value, category, izin_edar,
      description, active, lasts_days
    FROM products ORDER BY sku
""").columns(active=Flag)

PUT = text("""
    INSERT INTO products (sku, name, member_price, retail_price, points, bonus_value, category,
                          izin_edar, description, active, lasts_days)
    VALUES (:sku, :name, :member_price, :retail_price, :points, :bonus_value, :category,
            :izin_edar, :description, :active, :lasts_days)
    ON CONFLICT (sku) DO UPDATE SET
      name = excluded.name, member_price = excluded.member_price,
      retail_price = excluded.retail_price, points = excluded.points,
      bonus_value = excluded.bonus_value, category = excluded.category,
      izin_edar = excluded.izin_edar, description = excluded.description,
      active = excluded.active, lasts_days = excluded.lasts_days
""").bindparams(bindparam("active", type_=Flag))

IDS = text("SELECT id, sku FROM products")


def compare(conn: Connection, products: Sequence[ListedProduct]) -> PriceListChanges:
    """Returns what importing the list would change."""
    return _compare(_listed(conn), products)


def _doubtful(
    listed: Mapping[str, ListedProduct], products: Sequence[ListedProduct]
) -> Iterator[tuple[str, str, Literal["zeros", "name"]]]:
    """Yields new products that a spreadsheet, or a slip, may have made of stored ones.

    A stored product that the list names as well is another one.
    """
    named = {product.sku for product in products}
    left = {sku: old for sku, old in listed.items() if sku not in named}
    by_rest = {sku.lstrip("0"): sku for sku in left}
    by_name = {old.name.casefold(): sku for sku, old in left.items() if old.active}
    for product in products:
        if product.sku in listed:
            continue
        if (near := by_rest.get(product.sku.lstrip("0"))) is not None:
            yield product.sku, near, "zeros"
        elif product.active and (near := by_name.get(product.name.casefold())) is not None:
            yield product.sku, near, "name"


def _compare(
    listed: Mapping[str, ListedProduct], products: Sequence[ListedProduct]
) -> PriceListChanges:
    named = {product.sku for product in products}
    known = [product for product in products if product.sku in listed]
    return PriceListChanges(
        added=tuple(product.sku for product in products if product.sku not in listed),
        changed=tuple(product.sku for product in known if product != listed[product.sku]),
        same=tuple(product.sku for product in known if product == listed[product.sku]),
        missing=tuple(sku for sku, old in listed.items() if old.active and sku not in named),
        doubtful=tuple(_doubtful(listed, products)),
    )


def apply_list(
    conn: Connection,
    products: Sequence[ListedProduct],
    at: datetime,
    today: date | None = None,
    by: int | None = None,
) -> PriceListChanges:
    """Add and change the products of the list; those it lacks are not changed.

    Args:
        conn: the connection.
        products: the list.
        at: the current time.
        today: the first day of its prices; the UTC day of `at` if not given.
        by: the account that confirmed it; None for the command line.

    Returns:
        What changed; nothing did if a new product may be a stored one.
    """
    today = today or at.date()
    prices.apply_due(conn, today)
    old = _listed(conn)
    changes = _compare(old, products)
    if changes.doubtful:
        return changes
    ids = {row.sku: row.id for row in conn.execute(IDS)}
    differing = {*changes.added, *changes.changed}
    touched = [product for product in products if product.sku in differing]
    # The old price is stored before it is overwritten, the new one once the product exists.
    repriced = {
        ids[product.sku]: _terms(product)
        for product in touched
        if product.sku in ids and _terms(product) != _terms(old[product.sku])
    }
    prices.add_all(conn, repriced, today.isoformat(), at, new=False)
    if touched:
        conn.execute(PUT, [asdict(product) for product in touched])
        list_version.change(conn)
        summary = f"added {len(changes.added)}, changed {len(changes.changed)}"
        audit_log.note(conn, by, "import products", summary, at)
    if changes.added:
        ids = {row.sku: row.id for row in conn.execute(IDS)}
        added = {
            ids[product.sku]: _terms(product) for product in touched if product.sku not in old
        }
        prices.add_all(conn, added, today.isoformat(), at)
    return changes


def _terms(product: ListedProduct) -> Terms:
    return Terms(product.member_price, product.retail_price, product.points, product.bonus_value)


def _listed(conn: Connection) -> Mapping[str, ListedProduct]:
    return {row.sku: ListedProduct(*row) for row in conn.execute(LISTED)}
