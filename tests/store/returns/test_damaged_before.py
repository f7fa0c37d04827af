"""Returns of an earlier version: those that were damaged were damaged as a whole."""

from functools import partial

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.core.returns.pieces import figures_of
from bot.store.db.migrations import migrate
from bot.store.returns import returns
from tests.store.bare_database import at, downgrade, empty_url
from tests.store.both import ACCOUNT, START, join, stock
from tests.store.returns.history import log

__all__ = ["empty_url"]


def _two_returns(conn: Connection) -> None:
    ids = join(conn, [None])
    soap, _ = stock(conn)
    sale = log(conn, ids[0], [(soap, 5, 250_000)], reference="sale")
    for pieces, damaged in ((3, 1), (2, 0)):
        sold = returns.sold_pieces(conn, sale)
        line = sold[0].line_id
        returns.add(
            conn,
            sale,
            figures_of(sold, [(line, pieces)], {line: damaged}),
            reference=f"{pieces} came back",
            came_on="2026-11-05",
            reason="",
            refund=0,
            by=ACCOUNT,
            at=START,
        )


def _pieces(conn: Connection) -> list[tuple[int, int]]:
    rows = conn.execute(text("SELECT quantity, damaged FROM return_lines ORDER BY id"))
    return [(row.quantity, row.damaged) for row in rows]


async def test_a_damaged_return_is_damaged_in_all_its_pieces(empty_url: str) -> None:
    await migrate(empty_url)
    await at(empty_url, _two_returns)
    assert await at(empty_url, _pieces) == [(3, 1), (2, 0)]
    await at(empty_url, partial(downgrade, to="0024"))
    await migrate(empty_url)
    assert await at(empty_url, _pieces) == [(3, 3), (2, 0)]
    for change in ("damaged = 0", "damaged = 9"):
        with pytest.raises(DBAPIError, match="a line of a return stays"):
            await at(empty_url, partial(_change, change=change))


def _change(conn: Connection, change: str) -> None:
    conn.execute(text(f"UPDATE return_lines SET {change}"))
