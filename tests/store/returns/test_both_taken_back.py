"""A return that counts is taken back: everything is as if it had never been confirmed."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.core.calendar.periods import next_period
from bot.core.plans import Conditions, Pool, Rank, Unilevel, Version
from bot.services.returns.taking_back import take_return_back
from bot.store.bonus import statements
from bot.store.db.database import Database, open_database
from bot.store.ledger import ledger, returned_volumes
from bot.store.proof import integrity
from bot.store.returns import clawbacks, returns, reversals, taken
from tests.blank import ENGINES, blank_database
from tests.store.both import MONTH, START, ZONE, in_transaction, join, of_one_kind, stock
from tests.store.returns.history import LATER, History, close, give_back, log
from tests.store.returns.test_both_histories import PLANS

NEXT = "2026-12"
TEAM = Version("2026-01", (Unilevel("tim", (), (1_000, 500)),))
POOLED = Version(
    "2026-01",
    (Unilevel("tim", (), (333,)), Pool("omzet", (), 777, Conditions(rank_min=1), of="sales")),
    (Rank("perak", group_points=1),),
)

Books: TypeAlias = dict[str, list[tuple[Any, ...]]]

BOOKS = {
    "balances": "SELECT name, balance FROM accounts WHERE balance <> 0 ORDER BY name",
    "volumes": """
        SELECT member_id, period, own_sales, own_points, own_profit, own_count, group_sales,
          group_points, team_active, own_bonus, sold_points, fixed_bonus, returned_sales,
          returned_points, returned_profit, returned_group_points, returned_sold_points
        FROM volumes WHERE own_sales <> 0 OR group_sales <> 0 OR own_count <> 0
          OR returned_group_points <> 0 OR returned_sales <> 0
        ORDER BY period, member_id""",
    "credits": """
        SELECT c.period, c.member_id, c.rule, c.source_id, c.level, c.amount
          - coalesce((SELECT sum(x.amount) FROM credit_returns AS x WHERE x.credit_id = c.id), 0)
          + coalesce((SELECT sum(x.amount) FROM restored_credits AS x
                      WHERE x.credit_id = c.id), 0) AS stands
        FROM credits AS c ORDER BY c.period, c.member_id, c.rule, c.source_id, c.level""",
    "pools": """
        SELECT s.period, s.member_id, s.rule, s.amount
          - coalesce((SELECT sum(x.amount) FROM pool_returns AS x
                      WHERE x.pool_share_id = s.id), 0)
          + coalesce((SELECT sum(x.amount) FROM restored_pool_shares AS x
                      WHERE x.pool_share_id = s.id), 0) AS stands
        FROM pool_shares AS s ORDER BY s.period, s.member_id, s.rule""",
    "ranks": "SELECT period, member_id, paid_as, title, accumulated FROM ranks ORDER BY 1, 2",
    "sales": "SELECT id, status, period, total, goods, points FROM sales ORDER BY id",
}


def books(conn: Connection) -> Books:
    """Returns everything that a return may change, as numbers."""
    return {
        name: [tuple(int(x) if not isinstance(x, str) else x for x in row) for row in found]
        for name, found in ((name, conn.execute(text(sql))) for name, sql in BOOKS.items())
    }


def company(conn: Connection, *, buyer: str = "Bu Ani") -> tuple[list[int], int]:
    """Ayu > Bayu > Citra; Citra sold three soaps and two teas to a customer, or to herself."""
    ids = join(conn, [None, 1, 2])
    soap, tea = stock(conn)
    lines = [(soap, 3, 150_000), (tea, 2, 50_000)]
    return ids, log(conn, ids[2], lines, reference="s1", buyer=buyer)


def undo(conn: Connection, reference: str) -> bool:
    back = returns.by_reference(conn, reference)
    assert back is not None
    return take_return_back(conn, back.id, reason="salah struk", by=8, at=LATER) is not None


@in_transaction
def test_in_an_open_month_the_pieces_count_again(conn: Connection) -> None:
    _, sale = company(conn)
    before = books(conn)
    for pieces in ([(0, 1)], [(0, 3), (1, 2)]):
        reference = f"r{len(pieces)}"
        assert give_back(conn, sale, pieces, MONTH, reference) is not None
        assert books(conn) != before
        assert undo(conn, reference)
        assert books(conn) == before
        assert integrity.prove(conn, ZONE) == []
        assert not undo(conn, reference)
        back = returns.by_reference(conn, reference)
        assert back is not None
        assert (back.state, back.period) == ("void", None)
    assert not returns.any_of(conn, sale)
    assert [each.left for each in returns.sold_pieces(conn, sale)] == [3, 2]
    found = reversals.of_sale(conn, sale)
    assert [(one.period, one.reason, one.by) for one in found.values()] == [
        (MONTH, "salah struk", 8)
    ] * 2
    of_one_kind(*found.values())


@in_transaction
def test_after_the_close_the_bonuses_come_back(conn: Connection) -> None:
    (ayu, bayu, citra), sale = company(conn)
    close(conn, MONTH, POOLED)
    log(conn, citra, [(stock(conn)[0], 1, 50_000)], reference="s2", period=NEXT)
    before = books(conn)
    wallets = [statements.wallet(conn, each, START.date()) for each in (ayu, bayu)]
    counted = give_back(conn, sale, [(0, 1)], NEXT, "r1")
    assert counted is not None
    assert taken.of_member(conn, bayu, MONTH)
    assert clawbacks.gone_of_month(conn, MONTH) == {"sales": 50_000, "bonus-value": 40_000}
    back = returns.by_reference(conn, "r1")
    assert back is not None
    done = take_return_back(conn, back.id, reason="salah struk", by=8, at=LATER)
    assert done == counted
    assert books(conn) == before
    assert taken.of_member(conn, bayu, MONTH) == {}
    assert clawbacks.gone_of_month(conn, MONTH) == {"sales": 0, "bonus-value": 0}
    assert counted.taken.keys() == {ayu, bayu, citra}
    assert reversals.paid_for_seller(conn, back.id) == {bayu}
    assert [statements.wallet(conn, each, START.date()) for each in (ayu, bayu)] == wallets
    newest = statements.movements(conn, bayu, rows=2, skip=0)
    assert [(x.cause, x.sale_id, x.amount, x.cancels) for x in newest] == [
        ("return", sale, counted.taken[bayu], True),
        ("return", sale, -counted.taken[bayu], False),
    ]
    halves = statements.movements(conn, citra, rows=9, skip=0)
    assert [(x.amount, x.cancels) for x in halves if x.account == "trade"][:2] == [
        (10_000, True),
        (-10_000, False),
    ]
    assert integrity.prove(conn, ZONE) == []


@in_transaction
def test_a_month_that_is_closed_keeps_its_returns(conn: Connection) -> None:
    ids, sale = company(conn)
    log(conn, ids[2], [(stock(conn)[0], 1, 50_000)], reference="s2", period=NEXT)
    assert give_back(conn, sale, [(0, 1)], MONTH, "own") is not None
    close(conn, MONTH, TEAM)
    assert not undo(conn, "own")
    assert give_back(conn, sale, [(0, 1)], NEXT, "late") is not None
    close(conn, NEXT, TEAM)
    assert not undo(conn, "late")
    assert integrity.prove(conn, ZONE) == []


@in_transaction
def test_only_a_return_that_counts_is_taken_back(conn: Connection) -> None:
    _, sale = company(conn)
    assert give_back(conn, sale, [(0, 1)], MONTH, "r1") is not None
    back = returns.by_reference(conn, "r1")
    assert back is not None
    assert reversals.begin(conn, back.id, reason="a", by=8, at=LATER)
    assert not reversals.begin(conn, back.id, reason="b", by=9, at=LATER)
    assert ledger.reverse_goods(conn, back.id, LATER) == 2
    reversals.write(conn, back.id, [])
    reversals.restore(conn, back.id, [], MONTH, LATER)
    faults = integrity.prove(conn, ZONE)
    assert faults
    assert all(each.startswith("volumes of member") for each in faults)
    sums = {"sales": -50_000, "points": -5, "profit": -10_000, "bonus": -40_000}
    more = {"to_customer": True, "whole": False, "point_value": 0}
    returned_volumes.take_out(conn, 3, MONTH, **sums, **more, sign=1)  # type: ignore[arg-type]
    assert integrity.prove(conn, ZONE) == []


FORGERIES = {
    "was taken back, but is confirmed": """
        INSERT INTO return_reversals (return_id, period, reason, at, by)
        VALUES (1, '2026-12', '', 1, 1)""",
    "returns took": """
        INSERT INTO return_reversals (return_id, period, reason, at, by)
        VALUES (1, '2026-12', '', 1, 1);
        INSERT INTO restored_credits (return_id, credit_id, amount)
        SELECT 1, credit_id, 1 FROM credit_returns""",
}


@pytest.mark.parametrize("words", sorted(FORGERIES))
async def test_a_forged_reversal_is_found(database: Database, words: str) -> None:
    def unit(conn: Connection) -> None:
        _, sale = company(conn)
        close(conn, MONTH, TEAM)
        assert give_back(conn, sale, [(0, 1)], NEXT, "r1") is not None
        for each in FORGERIES[words].split(";"):
            conn.execute(text(each.strip()))
        assert any(words in fault for fault in integrity.prove(conn, ZONE))

    await database.write(unit)


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE returns SET state = 'void', period = NULL",
        "UPDATE return_reversals SET reason = 'other'",
        "DELETE FROM return_reversals",
        "UPDATE returns SET state = 'confirmed', period = '2026-11' WHERE state = 'void'",
    ],
)
async def test_what_is_final_is_protected(database: Database, forged: str) -> None:
    def unit(conn: Connection) -> None:
        _, sale = company(conn)
        assert give_back(conn, sale, [(0, 1)], MONTH, "r1") is not None
        assert give_back(conn, sale, [(0, 1)], MONTH, "r2") is not None
        assert undo(conn, "r1")
        with pytest.raises(DBAPIError, match="stay"), conn.begin_nested():
            conn.execute(text(forged))

    await database.write(unit)


class Interrupted(History):
    """A history with one sale apart, whose return may be confirmed and taken back meanwhile."""

    may_close = True

    def step(self) -> None:
        """Do one thing; no month is closed while the return stands."""
        if self.may_close:
            super().step()
            return
        self.number += 1
        if self.chance.random() < 0.4 and self.sold:
            self._return()
        else:
            self._sell()


def _play(conn: Connection, name: str, seed: int, *, returned: bool) -> Iterator[Books]:
    """Yields the books after the return was taken back, and at the end."""
    lot = Random(f"{name} {seed} apart")
    history = Interrupted(conn, PLANS[name], Random(f"{name} {seed}"))
    history.begin()
    for _ in range(12):
        history.step()
    soap, tea = history.articles
    lines = [(soap, 5, 249_997), (tea, 3, 74_999)]
    buyer = lot.choice(["Bu Tini", ""])
    sale = log(conn, history.members[4], lines, reference="apart", period=history.now, buyer=buyer)
    for _ in range(lot.randint(0, 12)):
        history.step()
    if lot.random() < 0.6:
        close(conn, history.now, history.version)
        history.now = next_period(history.now)
    history.may_close = False
    pieces = lot.choice([[(0, 2)], [(0, 5), (1, 3)], [(1, 1)]])
    if returned:
        assert give_back(conn, sale, pieces, history.now, "apart back") is not None
    for _ in range(lot.randint(0, 8)):
        history.step()
    if returned:
        assert undo(conn, "apart back")
    assert integrity.prove(conn, ZONE) == []
    yield books(conn)
    history.may_close = True
    for _ in range(10):
        history.step()
    close(conn, history.now, history.version)
    assert integrity.prove(conn, ZONE) == []
    yield books(conn)


async def _books_of(url: str, name: str, seed: int, *, returned: bool) -> list[Books]:
    database = open_database(url)
    try:
        return await database.write(lambda conn: list(_play(conn, name, seed, returned=returned)))
    finally:
        await database.close()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", sorted(PLANS))
def test_a_history_with_a_return_taken_back_is_the_one_without_it(
    engine: str, name: str, tmp_path: Path
) -> None:
    for seed in range(5):
        seen = []
        for returned in (True, False):
            folder = tmp_path / f"{seed}{returned}"
            folder.mkdir()
            with blank_database(engine, folder) as url:
                seen.append(asyncio.run(_books_of(url, name, seed, returned=returned)))
        assert seen[0] == seen[1]
