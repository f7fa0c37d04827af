"""What members bring along: posted once, proved, guarded, and counted for ranks from then on."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.cli.imports import member_steps
from bot.core.plans import Rank, Unilevel, Version
from bot.services.members.import_steps import TASKS
from bot.store.bonus import own_month, statements
from bot.store.db.database import Database
from bot.store.imports import roster_plan
from bot.store.imports.roster import Entry
from bot.store.ledger import given_ranks, ledger, ledger_audit, openings, snapshots
from bot.store.ledger.openings import BroughtAlong
from tests.store.both import MONTH, START, ZONE, in_transaction

LIST = [
    Entry(2, "A1", "Siti Aminah", "+628121", "", "2026-10-31", 150_000, 900, "perak", "emas"),
    Entry(3, "A2", "Budi Santoso", "+628122", "A1", "2026-10-31", 0, 40),
    Entry(4, "A3", "Rina Marlina", "+628123", "A1", "2026-10-31", 25_000),
    Entry(5, "A4", "Joko Susilo", "+628124", "A1", "2026-10-31"),
]
PLAN = Version(
    "2026-01",
    (Unilevel("tim", (), (1_000,)),),
    (Rank("perak", accumulated_points=500), Rank("emas", accumulated_points=5_000)),
)
TAMPERING = {
    "more": "UPDATE openings SET amount = amount + 1",
    "other": "UPDATE openings SET member_id = 4 WHERE amount = 0",
    "gone": "DELETE FROM openings",
}


class Steps:
    """Does what an import asks for in the transaction of the test."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def do(self, task: str, wish: Any) -> Any:
        return TASKS[task](self._conn, json.loads(json.dumps(wish)), START)


def plan_of(conn: Connection, entries: list[Entry]) -> roster_plan.ImportPlan:
    return roster_plan.make_plan(conn, entries, ZONE, seed="x", now=START)


def take_over(conn: Connection, entries: list[Entry] = LIST) -> dict[str, int]:
    """Import a list as account 7; returns the member ids by number."""
    assert member_steps.import_plan(Steps(conn), plan_of(conn, entries), ZONE, 7, language="en")
    rows = conn.execute(text("SELECT number, id FROM members WHERE number IS NOT NULL"))
    return dict(map(tuple, rows))


@in_transaction
def test_money_is_posted_once_and_the_ledger_is_right(conn: Connection) -> None:
    ids = take_over(conn)
    balances = {number: ledger.balance(conn, ledger.wallet_name(ids[number])) for number in ids}
    assert balances == {"A1": 150_000, "A2": 0, "A3": 25_000, "A4": 0}
    assert openings.amounts(conn) == {ids["A1"]: 150_000, ids["A2"]: 0, ids["A3"]: 25_000}
    assert ledger_audit.audit(conn) == []
    wallet = statements.wallet(conn, ids["A1"], START.date())
    assert wallet is not None
    assert wallet.available == 150_000
    signed = conn.execute(text("SELECT DISTINCT by FROM openings")).scalars().all()
    assert signed == [7]


@in_transaction
def test_the_same_list_again_brings_nothing_and_another_sum_is_refused(conn: Connection) -> None:
    take_over(conn)
    again = plan_of(conn, LIST).found
    assert (again.added, again.clashes, again.opening) == ([], [], 0)
    more = plan_of(conn, [*LIST[:3], replace(LIST[3], opening=9_000)]).found
    assert [(clash.line, clash.what, clash.registered) for clash in more.clashes] == [
        (5, "opening", "0")
    ]


@in_transaction
def test_a_false_or_a_missing_opening_is_found(conn: Connection) -> None:
    ids = take_over(conn)
    with conn.begin_nested() as forgery:
        wallet = ledger.wallet(conn, ids["A4"])
        house = ledger.house_account(conn, openings.OPENING)
        conn.execute(
            text("""
                INSERT INTO postings (reference, source_id, destination_id, amount, cause,
                  period, at)
                VALUES ('forged', :house, :wallet, 7, 'opening', '2026-11', 1)
            """),
            {"house": house, "wallet": wallet},
        )
        found = ledger_audit.audit(conn)
        assert f"opening balance of member {ids['A4']}: 7 is posted, not 0" in found
        forgery.rollback()
    conn.execute(
        text("""
            INSERT INTO openings (member_id, import_id, period, amount, points, title, at)
            SELECT id, import_id, '2026-11', 5, 0, '', 1 FROM members WHERE number = 'A4'
        """)
    )
    assert ledger_audit.audit(conn) == [
        f"opening balance of member {ids['A4']}: 0 is posted, not 5"
    ]


@pytest.mark.parametrize("what", sorted(TAMPERING))
async def test_what_was_brought_along_is_never_changed(database: Database, what: str) -> None:
    def unit(conn: Connection) -> None:
        take_over(conn)
        with pytest.raises(DBAPIError, match="stays"), conn.begin_nested():
            conn.execute(text(TAMPERING[what]))

    await database.write(unit)


@in_transaction
def test_points_and_title_count_from_the_month_on(conn: Connection) -> None:
    ids = take_over(conn)
    first = ids["A1"]
    for snapshot in (
        snapshots.of_company(conn, MONTH, PLAN),
        snapshots.of_team(conn, first, MONTH, PLAN),
        own_month.own_month(conn, first, MONTH, PLAN).snapshot,
    ):
        place = snapshot.ids.index(first)
        assert (snapshot.accumulated[place], snapshot.titles[place]) == (900, 1)
        assert snapshot.given[place] == 2
    before = snapshots.of_company(conn, "2026-10", PLAN)
    assert not any(before.accumulated)
    assert given_ranks.in_force(conn, MONTH) == [(first, "emas")]


@in_transaction
def test_nothing_is_brought_in_where_nobody_brings_anything(conn: Connection) -> None:
    openings.bring_in(conn, 1, [], period=MONTH, at=START, by=None)
    openings.bring_in(conn, 1, [BroughtAlong("?", 5, 0, "")], period=MONTH, at=START, by=None)
    given_ranks.bring_in(conn, 1, [("?", "perak")], period=MONTH, at=START, by=None)
    assert openings.amounts(conn) == {}
    assert ledger_audit.audit(conn) == []
