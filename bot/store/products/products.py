"""The products on sale, at the prices of today or of another day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from bot.core.sales.products import Catalogue, Product
from bot.store.products import list_version

__all__ = ["ProductDetails", "card", "catalogue", "catalogue_on", "favourites", "of_sale", "show"]


@dataclass(frozen=True, slots=True)
class ProductDetails:
    """A product without its prices.

    Attributes:
        picture: the digest of an attachment, or empty.
        lasts_days: for how many days a piece usually lasts; 0 if the company does not say.
    """

    id: int
    sku: str
    name: str
    category: str
    izin_edar: str
    description: str
    picture: str
    lasts_days: int


CATALOGUE = text("""
    SELECT id, sku, name, member_price, retail_price, points, bonus_value, category
    FROM products WHERE active = 1 ORDER BY name, id
""")

# Before the first price of a product that price holds; without any, the one in `products`.
ON_DAY = """
    SELECT p.id, p.sku, p.name, COALESCE(r.member_price, p.member_price) AS member_price,
      COALESCE(r.retail_price, p.retail_price) AS retail_price,
      COALESCE(r.points, p.points) AS points,
      COALESCE(r.bonus_value, p.bonus_value) AS bonus_value, p.category
    FROM products AS p
    LEFT JOIN prices AS r ON r.id = COALESCE(
      (SELECT x.id FROM prices AS x WHERE x.product_id = p.id AND x.from_day <= :day
       ORDER BY x.from_day DESC LIMIT 1),
      (SELECT x.id FROM prices AS x WHERE x.product_id = p.id ORDER BY x.from_day LIMIT 1))
"""

CATALOGUE_ON = text(f"{ON_DAY} WHERE p.active = 1 ORDER BY p.name, p.id")

OF_SALE = text(f"{ON_DAY} JOIN sale_lines AS l ON l.product_id = p.id WHERE l.sale_id = :sale_id")

CARD = text("""
    SELECT id, sku, name, category, izin_edar, description, picture, lasts_days
    FROM products WHERE id = :id
""")

SHOW = text("UPDATE products SET picture = :picture WHERE sku = :sku")

FAVOURITES = text("""
    SELECT l.product_id, max(l.sale_id) AS latest, count(*) AS times
    FROM sale_lines AS l
    WHERE l.sale_id IN (SELECT s.id FROM sales AS s WHERE s.seller_id = :seller_id
                        ORDER BY s.id DESC LIMIT :sales)
    GROUP BY l.product_id ORDER BY times DESC, latest DESC LIMIT :limit
""")

SALES_LOOKED_AT = 30
LISTS_KEPT_MAX = 8
_kept: dict[tuple[int, date | None], Catalogue] = {}
"""The lists read last, by their version and their day; of today without a day."""


def catalogue(conn: Connection) -> Catalogue:
    """Returns the products on sale, by name, at the prices of today."""
    return _listed(conn, None)


def catalogue_on(conn: Connection, day: date) -> Catalogue:
    """Returns the products on sale now, by name, at the prices of this day."""
    return _listed(conn, day)


def _listed(conn: Connection, day: date | None) -> Catalogue:
    """Returns a list that was read before, unless it has changed since."""
    version = list_version.current(conn)  # before the list: an old version is never read again
    kept = _kept.get((version, day)) if version else None
    if kept is not None:
        return kept
    if day is None:
        rows = conn.execute(CATALOGUE)
    else:
        rows = conn.execute(CATALOGUE_ON, {"day": day.isoformat()})
    listed = Catalogue(Product(*row) for row in rows)
    if version:
        for oldest in list(_kept)[: max(0, len(_kept) - LISTS_KEPT_MAX + 1)]:
            _kept.pop(oldest, None)
        _kept[version, day] = listed
    return listed


def of_sale(conn: Connection, sale_id: int, day: date) -> dict[int, Product]:
    """Returns the products of a sale by id, at the prices of this day, also those not on sale."""
    facts = {"sale_id": sale_id, "day": day.isoformat()}
    return {row.id: Product(*row) for row in conn.execute(OF_SALE, facts)}


def card(conn: Connection, product_id: int) -> ProductDetails | None:
    """Returns a product's details, also of one no longer on sale."""
    row = conn.execute(CARD, {"id": product_id}).one_or_none()
    return None if row is None else ProductDetails(*row)


def favourites(conn: Connection, seller_id: int, limit: int) -> list[int]:
    """Returns the ids of the products in most of a member's latest sales."""
    facts = {"seller_id": seller_id, "sales": SALES_LOOKED_AT, "limit": limit}
    return [row.product_id for row in conn.execute(FAVOURITES, facts)]


def show(conn: Connection, sku: str, picture: str) -> None:
    """Store a product's picture, as the digest of an attachment."""
    conn.execute(SHOW, {"sku": sku, "picture": picture})
