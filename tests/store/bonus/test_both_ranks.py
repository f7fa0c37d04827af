"""What a month carries over to the next ones, under a plan with ranks and caps."""

from datetime import date

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.company.model import NO_PLAN
from bot.core.plans import (
    Caps,
    Conditions,
    Credit,
    Differential,
    Rank,
    Snapshot,
    Unilevel,
    Version,
    work_out,
)
from bot.services.sales import decision
from bot.store.bonus import closing, credit_sales, ranks, wallets
from bot.store.bonus.ranks import Held
from bot.store.customers import customers
from bot.store.db import bulk
from bot.store.db.database import Database
from bot.store.ledger import ledger, ledger_audit, periods, snapshots
from tests.store.both import DAY, MONTH, START, in_transaction, join, of_one_kind, sell, stock

LATER = START + 32 * DAY
READY = date(2026, 12, 8)
NEXT, AFTER = "2026-12", "2027-01"
PLAIN = Version("2026-01", (Unilevel("tim", (), (1_000,)),))
RANKED = Version(
    "2026-01",
    (Differential("tim", (), ((1, 500), (2, 1_000)), by="rank"),),
    ranks=(Rank("satu", own_points=10), Rank("dua", group_points=30, customers=1)),
    point_value=2,
    ranks_kept=True,
    caps=Caps(member=15_000),
)


def company(conn: Connection, month: str = MONTH) -> list[int]:
    """Ayu > Bayu > Citra; Ayu sold for herself, Bayu to one customer twice, Citra to two."""
    ids = join(conn, [None, 1, 2])
    soap, _ = stock(conn)
    buyers = (None, *[customers.add(conn, who, name, name, START) for who, name in (
        (ids[1], "bu ani"), (ids[2], "pak budi"), (ids[2], "bu rina"))])  # fmt: skip
    sold = ((0, 0), (1, 1), (1, 1), (2, 2), (2, 3))
    for number, (seller, buyer) in enumerate(sold):
        customer, reference = buyers[buyer], f"{month}:{number}"
        sale_id = sell(
            conn, ids[seller], soap, period=month, customer_id=customer, reference=reference
        )
        assert decision.decide(
            conn, sale_id, "waiting", "approved", None, START + DAY, plan=NO_PLAN
        )
    return ids


def write_all(conn: Connection, period: str, version: Version) -> tuple[closing.Sums, int]:
    closing.begin(
        conn,
        period,
        plan=version.since,
        digest=version.digest,
        ready_on=READY,
        at=LATER,
        point_value=version.point_value,
    )
    month = snapshots.of_company(conn, period, version)
    outcome = work_out(version, month)
    closing.add_credits(conn, period, outcome.credits)
    for held in ranks.held_after(version, month, outcome):
        closing.add_ranks(conn, period, [held])
    closing.post_bonuses(conn, period, closing.payees_of(conn, period), LATER)
    return closing.sums(conn, period), outcome.cut


def close(conn: Connection, period: str, version: Version) -> None:
    expected, cut = write_all(conn, period, version)
    assert closing.finish(conn, period, expected, LATER, cut=cut) is None


@in_transaction
def test_a_snapshot_has_what_the_plan_asks_for_and_reads_nothing_else(conn: Connection) -> None:
    ids = company(conn)
    seen = snapshots.of_company(conn, MONTH, RANKED)
    assert seen == Snapshot(
        ids=tuple(ids),
        sponsors=[-1, 0, 1],
        active=[True, True, True],
        points=[10, 20, 20],
        bonus=[80_000, 160_000, 160_000],
        customers=[0, 1, 2],
        sales=[100_000, 200_000, 200_000],
        accumulated=[0, 0, 0],
        titles=[0, 0, 0],
        sold=[0, 20, 20],
        fixed=[0, 0, 0],
        given=[0, 0, 0],
    )
    of_one_kind(*seen.bonus, *seen.customers)
    assert snapshots.of_company(conn, MONTH, PLAIN).customers == [0, 0, 0]
    team = snapshots.of_team(conn, ids[1], MONTH, RANKED)
    assert (list(team.ids), list(team.customers)) == (ids[1:], [1, 2])
    assert list(team.sales) == [200_000, 200_000]


@in_transaction
def test_ranks_and_points_of_a_closed_month_are_there_for_the_next(conn: Connection) -> None:
    ids = company(conn)
    before, _ = write_all(conn, MONTH, RANKED)
    assert ranks.find(conn, MONTH, ids[0]) is None
    again, cut = write_all(conn, MONTH, RANKED)
    assert again == before
    assert closing.finish(conn, MONTH, again, LATER, cut=cut) is None
    assert [ranks.find(conn, MONTH, each) for each in ids] == [
        Held(ids[0], "satu", "satu", 50),
        Held(ids[1], "dua", "dua", 40),
        Held(ids[2], "satu", "satu", 20),
    ]
    seen = snapshots.of_company(conn, NEXT, RANKED)
    assert (seen.accumulated, seen.titles) == ([50, 40, 20], [1, 2, 1])
    team = snapshots.of_team(conn, ids[1], NEXT, RANKED)
    assert (list(team.accumulated), list(team.titles)) == ([40, 20], [2, 1])
    renamed = Version("2026-12", RANKED.rules, ranks=(Rank("baru"), Rank("satu")))
    assert snapshots.of_company(conn, NEXT, renamed).titles == [2, 0, 2]


@in_transaction
def test_months_closed_under_a_plan_without_ranks_count_for_one_that_has_them(
    conn: Connection,
) -> None:
    ids = company(conn)
    close(conn, MONTH, PLAIN)
    assert ranks.find(conn, MONTH, ids[0]) is None
    soap, _ = stock(conn)
    assert decision.decide(
        conn, sell(conn, ids[2], soap, period=NEXT, reference="n"), "waiting", "approved", None,
        LATER,
    plan=NO_PLAN)  # fmt: skip
    assert snapshots.of_company(conn, NEXT, RANKED).accumulated == [50, 40, 20]
    close(conn, NEXT, RANKED)
    assert snapshots.of_company(conn, AFTER, RANKED).accumulated == [60, 50, 30]
    team = snapshots.of_team(conn, ids[0], AFTER, RANKED)
    assert list(team.accumulated) == [60, 50, 30]
    assert snapshots.of_company(conn, AFTER, PLAIN).accumulated == [0, 0, 0]


@in_transaction
def test_points_are_worth_rupiah_and_a_credit_names_its_cap(conn: Connection) -> None:
    ids = company(conn)
    close(conn, MONTH, RANKED)
    # Two rupiah for one of bonus value. Bayu: 10 % of 320.000, and 5 % of Citra's 320.000; at
    # most 15.000 in all. Citra: 5 % of 320.000 = 16.000, Ayu: 5 % of 160.000.
    rows = conn.execute(text("SELECT member_id, base, amount, cut FROM credits ORDER BY id")).all()
    assert [tuple(row) for row in rows] == [
        (ids[0], 160_000, 8_000, ""),
        (ids[1], 320_000, 10_000, "member"),
        (ids[2], 320_000, 15_000, "member"),
        (ids[1], 320_000, 5_000, "member"),
    ]
    standing = periods.find(conn, MONTH)
    assert standing is not None
    assert (standing.point_value, standing.paid, standing.cut) == (2, 38_000, 34_000)
    assert ledger_audit.audit(conn) == []
    assert credit_sales.without_sales(conn) == 0


@pytest.mark.parametrize(
    "spoiled",
    [
        Credit(1, "x", 2, 1, 320_000, 1_000, 31_999),
        Credit(1, "x", 2, 1, 320_000, 1_000, 32_000, "member"),
        Credit(1, "x", 2, 1, 320_000, 1_000, 31_999, "because"),  # type: ignore[arg-type]
        Credit(1, "x", 2, 1, 160_000, 1_000, 16_000),
        Credit(1, "x", 4, 1, 320_000, 1_000, 32_000),
    ],
    ids=["less without a reason", "a reason without less", "no such reason", "half a base",
         "of somebody who sold nothing"],
)  # fmt: skip
async def test_a_credit_that_its_sales_do_not_explain_keeps_the_month_from_being_closed(
    database: Database, spoiled: Credit
) -> None:
    def unit(conn: Connection) -> None:
        company(conn)
        newcomer = join_fourth(conn)
        assert newcomer == 4
        write_all(conn, MONTH, RANKED)
        assert closing.faults(conn, MONTH, closing.sums(conn, MONTH)) == []
        closing.add_credits(conn, MONTH, [spoiled])
        assert closing.faults(conn, MONTH, closing.sums(conn, MONTH))
        found = ledger_audit.audit_credits(conn, MONTH)[0]
        assert f"member {spoiled.source_id} did not sell" in found

    await database.write(unit)


def join_fourth(conn: Connection) -> int:
    row = text("""
        INSERT INTO members (reference, code, sponsor_id, name, title, phone, phone_verified,
                             province, zone, birth_year, joined_at)
        VALUES ('j4', 'C4', 1, 'Dewi', 'Ibu', '+62811', 1, 'bali', 'Asia/Makassar', 1980, 1)
        RETURNING id
    """)
    found: int = conn.execute(row).scalar_one()
    return found


@in_transaction
def test_a_write_after_the_audit_keeps_the_month_from_being_closed(conn: Connection) -> None:
    company(conn)
    expected, _ = write_all(conn, MONTH, RANKED)
    upto = closing.written_upto(conn, MONTH)
    closing.add_credits(conn, MONTH, [Credit(1, "x", 2, 1, 320_000, 1_000, 32_000)])
    refused = closing.finish(conn, MONTH, expected, LATER, proved_upto=upto, cut=0)
    assert refused == f"something was written for {MONTH} after the audit"
    assert periods.closing(conn) == MONTH


@in_transaction
def test_a_bonus_without_sales_is_found_in_a_closed_month(conn: Connection) -> None:
    company(conn)
    join_fourth(conn)
    write_all(conn, MONTH, RANKED)
    closing.add_credits(conn, MONTH, [Credit(1, "x", 4, 1, 1_000, 1_000, 100)])
    assert credit_sales.without_sales(conn) == 0
    done = closing.Sums(5, 3, 38_100)
    upto = closing.written_upto(conn, MONTH)
    assert closing.finish(conn, MONTH, done, LATER, proved_upto=upto, cut=0) is None
    assert credit_sales.without_sales(conn) == 100
    assert ledger_audit.audit_credits(conn, MONTH)


@in_transaction
def test_a_wallet_is_filled_once_however_often_it_is_paid(conn: Connection) -> None:
    ayu, bayu, _ = join(conn, [None, 1, 1])
    closing.begin(conn, MONTH, plan="", digest="", ready_on=READY, at=LATER, point_value=1)
    for paid in ([(ayu, 500)], [(ayu, 500), (bayu, 700)], [(bayu, 700)]):
        wallets.pay(conn, MONTH, paid, LATER)
    balances = [ledger.balance(conn, ledger.wallet_name(each)) for each in (ayu, bayu)]
    assert balances == [500, 700]
    posted = text("SELECT amount, closing, at FROM postings ORDER BY id")
    rows = list(bulk.rows_of(conn, posted, {}))
    moment = rows[0][2]
    assert rows == [(500, MONTH, moment), (700, MONTH, moment)]


@in_transaction
def test_many_rows_are_written_unchanged_and_an_empty_list_writes_none(conn: Connection) -> None:
    add = text("INSERT INTO marks (name, value) VALUES (:name, :value)")
    bulk.write(conn, add, [])
    written = [(f"many {number:04}", number) for number in range(1_234)]
    bulk.write(conn, add, written)
    found = text("SELECT name, value FROM marks WHERE name LIKE 'many %' ORDER BY name")
    assert list(bulk.rows_of(conn, found, {})) == written


@pytest.mark.parametrize("change", ["UPDATE ranks SET paid_as = 'dua'", "DELETE FROM ranks"])
async def test_a_rank_is_never_changed_or_taken_away(database: Database, change: str) -> None:
    await database.write(company)
    await database.write(lambda conn: close(conn, MONTH, RANKED))
    with pytest.raises(DBAPIError, match="a rank stays"):
        await database.write(lambda conn: conn.execute(text(change)))


@in_transaction
def test_ranks_are_written_only_while_the_month_is_being_closed(conn: Connection) -> None:
    ids = company(conn)
    close(conn, MONTH, RANKED)
    held = [Held(ids[0], "dua", "dua", 1)]
    with pytest.raises(AssertionError, match="not in closing"):
        closing.add_ranks(conn, MONTH, held)
    ranks.add(conn, MONTH, held)
    assert ranks.find(conn, MONTH, ids[0]) == Held(ids[0], "satu", "satu", 50)
    of_one_kind(Conditions(), ranks.find(conn, MONTH, ids[0]))
