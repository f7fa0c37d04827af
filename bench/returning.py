"""Closes a month in which goods of the month before came back, beside one without returns.

Both companies are the same: two months of sales, the first of them closed. In one, many returns of
the first month are confirmed before the second is closed.
"""

import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from bench.closing import LINES_PER_MEMBER, Closed, close_beside_bot
from bench.company import SAMPLE, copied, sold_months
from bot.company import load_company
from bot.company.plan_file import read_plan
from bot.core.plans import work_out
from bot.core.returns.pieces import figures_of
from bot.services.returns.confirming import count_return
from bot.store.bonus import closing, ranks
from bot.store.db.database import sqlite_engine
from bot.store.ledger import snapshots
from bot.store.returns import returns

__all__ = ["BesideReturns", "beside_returns"]

SALES = text("SELECT id FROM sales WHERE period = :period ORDER BY id LIMIT :count")
MS = 1_000


@dataclass(frozen=True, slots=True)
class BesideReturns:
    """The close of a month without returns of the month before, and with them.

    Attributes:
        returns: how many came back.
        each_ms: milliseconds that confirming one took.
    """

    without: Closed
    beside: Closed
    returns: int
    each_ms: float


def beside_returns(folder: Path, members: int, count: int, plan: Path) -> BesideReturns:
    """Close the month of a company of that size twice, once with so many returns."""
    folder.mkdir()
    plain = folder / "plain.db"
    first, second = sold_months(plain, members, 2 * members * LINES_PER_MEMBER, 0, 2)
    _close(plain, plan, first)
    with_returns = folder / "other" / "returns.db"
    with_returns.parent.mkdir()
    copied(plain, with_returns)
    done, took = _give_back(with_returns, first, second, count)
    without = close_beside_bot(plain, members, 0, plan, second)
    beside = close_beside_bot(with_returns, members, 0, plan, second)
    shutil.rmtree(folder)
    return BesideReturns(without, beside, done, took / done * MS)


def _close(file: Path, plan: Path, period: str) -> None:
    """Close a month of a company whose bot does not run."""
    found, faults = read_plan(plan, load_company(SAMPLE).languages)
    assert not faults, faults
    version = found.version_for(period)
    assert version is not None, "the plan of the benchmark holds for every month"
    at = datetime.now(UTC)
    engine = sqlite_engine(make_url(f"sqlite:///{file}"))
    with engine.begin() as conn:
        closing.begin(
            conn,
            period,
            plan=version.since,
            digest=version.digest,
            ready_on=at.date(),
            at=at,
            point_value=version.point_value,
        )
        month = snapshots.of_company(conn, period, version)
        outcome = work_out(version, month)
        closing.add_credits(conn, period, outcome.credits)
        closing.add_ranks(conn, period, ranks.held_after(version, month, outcome))
        closing.post_bonuses(conn, period, closing.payees_of(conn, period), at)
        sums = closing.sums(conn, period)
        assert closing.finish(conn, period, sums, at, cut=outcome.cut) is None
    engine.dispose()


def _give_back(file: Path, first: str, second: str, count: int) -> tuple[int, float]:
    """Confirm a return of each of so many sales; returns how many, and the seconds."""
    engine = sqlite_engine(make_url(f"sqlite:///{file}"))
    with engine.begin() as conn:
        sales = conn.execute(SALES, {"period": first, "count": count}).scalars().all()
        began = time.perf_counter()
        for sale_id in sales:
            _one(conn, sale_id, second)
        took = time.perf_counter() - began
    engine.dispose()
    return len(sales), took


def _one(conn: Connection, sale_id: int, now: str) -> None:
    """Return one piece of a sale."""
    sold = returns.sold_pieces(conn, sale_id)
    at = datetime.now(UTC)
    returns.add(
        conn,
        sale_id,
        figures_of(sold, [(sold[0].line_id, 1)]),
        reference=f"bench {sale_id}",
        came_on=at.date().isoformat(),
        reason="",
        refund=0,
        by=1,
        at=at,
    )
    back = returns.by_reference(conn, f"bench {sale_id}")
    assert back is not None, "it was entered just now"
    counted = count_return(conn, back, now, note="", by=1, at=at)
    assert counted is not None, "the month of the sale is closed"
