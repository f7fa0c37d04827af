"""A company whose office has many sales to check."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from bot.core.sales.products import Product
from bot.core.sales.sales import SaleLine, totals
from bot.store.ledger import ledger_audit
from bot.store.members import members, people, roles
from bot.store.products import products
from bot.store.proof.recount import audit_volumes
from bot.store.sales import sales
from tests.services.harness import Harness
from tests.services.sales.company import BUDI, SARI

__all__ = ["BUDI", "JOKO", "SARI", "audited", "enter_admin", "member_of", "statuses", "wait"]

JOKO = 33


def enter_admin(conn: Connection, harness: Harness) -> None:
    """Another admin, who is no member."""
    people.meet(conn, JOKO, "id", harness.at)
    assert roles.grant(conn, JOKO, "admin", None, harness.at)


def member_of(conn: Connection, user: int) -> int:
    """Returns the id of the member with this account."""
    found = members.by_user(conn, user)
    assert found is not None
    return found.id


def wait(
    conn: Connection, harness: Harness, users: Sequence[int], pieces: Sequence[int]
) -> list[int]:
    """Enter a sale for each of these sellers, of so many pieces; returns the ids."""
    (soap,) = products.catalogue(conn)
    ids = {user: member_of(conn, user) for user in set(users)}
    return [
        _enter(conn, harness, soap, ids[user], count, f"w{place}")
        for place, (user, count) in enumerate(zip(users, pieces, strict=True))
    ]


def _enter(
    conn: Connection, harness: Harness, soap: Product, seller: int, count: int, reference: str
) -> int:
    lines = [SaleLine(soap, count, count * soap.retail_price)]
    return sales.add(
        conn,
        lines,
        totals(lines),
        reference=reference,
        seller_id=seller,
        customer_id=None,
        sold_on="2026-11-22",
        period="2026-11",
        invoice="",
        photo_id="",
        photo_key="",
        photo_kind="",
        logged_at=harness.at,
    )


async def statuses(harness: Harness) -> dict[str, int]:
    """Returns how many sales have which status."""
    rows = await harness.rows("SELECT status, count(*) AS number FROM sales GROUP BY status")
    return {row.status: row.number for row in rows}


async def audited(harness: Harness) -> None:
    """Assert that the ledger balances, and that each sale was decided once at most."""
    faults = await harness.runtime.database.read(
        lambda conn: [*ledger_audit.audit(conn), *audit_volumes(conn, "Asia/Jakarta")]
    )
    assert faults == []
    twice = await harness.rows(
        "SELECT sale_id FROM sale_decisions GROUP BY sale_id HAVING count(*) > 1"
    )
    assert twice == []
    by_nobody = text("SELECT count(*) FROM sale_decisions WHERE by IS NULL")
    assert await harness.runtime.database.read(lambda conn: conn.execute(by_nobody).scalar()) == 0
