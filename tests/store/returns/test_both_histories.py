"""Whatever is sold, given back and closed in whatever order, no rupiah is made or lost."""

from random import Random

import pytest
from sqlalchemy import Connection, text

from bot.core.plans import (
    Caps,
    Conditions,
    Differential,
    Personal,
    Pool,
    Rank,
    Unilevel,
    Version,
)
from bot.store.db.database import Database
from bot.store.ledger import ledger
from bot.store.proof import integrity
from tests.store.both import ZONE
from tests.store.returns.history import History

RANKS = (Rank("perak", group_points=20), Rank("emas", own_points=10, accumulated_points=120))
PLANS = {
    "unilevel": Version("2026-01", (Unilevel("tim", (), (1_000, 555)),)),
    "capped": Version(
        "2026-01",
        (Unilevel("tim", (), (1_000, 777, 333)), Personal("diri", (), ((0, 250), (40, 633)))),
        caps=Caps(member=9_999, company_bp=900),
    ),
    "pools": Version(
        "2026-01",
        (
            Unilevel("tim", (), (450,)),
            Pool("bersama", (), 333, Conditions(rank_min=1)),
            Pool("omzet", (), 177, Conditions(rank_min=1), of="sales", shared="group-points"),
        ),
        RANKS,
        caps=Caps(ranks=((1, 4_321),)),
    ),
    "points": Version(
        "2026-01",
        (
            Differential("selisih", (), ((0, 300), (50, 600), (150, 1_200))),
            Personal("diri", (), ((0, 500),), Conditions(customers_min=1)),
        ),
        RANKS,
        point_value=3,
        ranks_kept=True,
    ),
}

MADE = text("SELECT sum(balance) FROM accounts WHERE kind = 'wallet'")
PAID = text("""
    SELECT (SELECT coalesce(sum(amount), 0) FROM credits)
      + (SELECT coalesce(sum(amount), 0) FROM pool_shares)
      - (SELECT coalesce(sum(amount), 0) FROM credit_returns)
      - (SELECT coalesce(sum(amount), 0) FROM pool_returns)
""")


@pytest.mark.parametrize("name", sorted(PLANS))
@pytest.mark.parametrize("seed", range(3))
async def test_after_each_step_everything_is_explained(
    database: Database, name: str, seed: int
) -> None:
    def unit(conn: Connection) -> None:
        history = History(conn, PLANS[name], Random(f"{name} {seed}"))
        history.begin()
        for _ in range(45):
            history.step()
            assert integrity.prove(conn, ZONE) == []
            assert (conn.execute(MADE).scalar() or 0) == conn.execute(PAID).scalar()
        taken = conn.execute(text("SELECT count(*) FROM credit_returns")).scalar_one()
        late = conn.execute(text("SELECT count(*) FROM returns WHERE period > '2026-11'"))
        assert taken or not late.scalar_one()
        assert ledger.balance(conn, "member:1:wallet") is not None

    await database.write(unit)
