"""A pool is stored once with a part for each member, and both are checked against the sales."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.company.model import NO_PLAN
from bot.core.plans import (
    Caps,
    Conditions,
    Credit,
    Pool,
    Rank,
    Unilevel,
    Version,
    credits_of,
)
from bot.services.sales import decision
from bot.store.bonus import bonus_credits, closing, credit_sales, pools
from bot.store.db.database import Database
from bot.store.ledger import ledger, snapshots
from bot.store.proof import integrity
from tests.store.both import (
    DAY,
    MONTH,
    START,
    ZONE,
    in_transaction,
    join,
    of_one_kind,
    sell,
    stock,
)

TOP = Conditions(rank_min=1)
PLAN = Version(
    "2026-01",
    (
        Unilevel("tim", (), (1_000,)),
        Pool("bersama", (), 333, TOP),
        Pool("omzet", (), 100, TOP, of="sales", shared="group-points"),
    ),
    (Rank("emas", group_points=5),),
)
LATER = START + 32 * DAY
READY = date(2026, 12, 8)


def company(conn: Connection) -> list[int]:
    """Ayu > Bayu, Citra; Bayu and Citra sell a soap each, Citra two; Dewi sells none."""
    ids = join(conn, [None, 1, 1, 3])
    soap, _ = stock(conn)
    for number, seller in enumerate([ids[1], ids[2], ids[2]]):
        sale_id = sell(conn, seller, soap, reference=f"sale{number}")
        assert decision.decide(
            conn, sale_id, "waiting", "approved", None, START + DAY, plan=NO_PLAN
        )
    return ids


def write_all(conn: Connection, version: Version = PLAN) -> closing.Sums:
    closing.begin(
        conn,
        MONTH,
        plan=version.since,
        digest=version.digest,
        ready_on=READY,
        at=LATER,
        point_value=1,
    )
    found = credits_of(version, snapshots.of_company(conn, MONTH, version))
    closing.add_credits(conn, MONTH, found)
    closing.post_bonuses(conn, MONTH, closing.payees_of(conn, MONTH), LATER)
    payees = {credit.member_id for credit in found}
    return closing.Sums(len(found), len(payees), sum(credit.amount for credit in found))


@in_transaction
def test_a_pool_is_paid_and_can_be_read_by_those_who_share_it(conn: Connection) -> None:
    ayu, bayu, citra, dewi = company(conn)
    expected = write_all(conn)
    assert closing.sums(conn, MONTH) == expected
    assert closing.finish(conn, MONTH, expected, LATER, cut=0) is None
    # Bonus value 3 × 80.000: 3,33 % are 7.992, a third of it 2.664. Sales of 300.000: 1 % is
    # 3.000, by 30, 10 and 20 points of the groups.
    bersama, omzet = pools.of_month(conn, MONTH)
    of_one_kind(bersama, omzet)
    assert (bersama.base, bersama.amount, bersama.members, bersama.paid) == (
        240_000, 7_992, 3, 7_992,
    )  # fmt: skip
    assert (omzet.of, omzet.shared, omzet.base, omzet.amount) == (
        "sales", "group-points", 300_000, 3_000,
    )  # fmt: skip
    parts = {(code, part.rule): part.amount for code, part in pools.shares_of(conn, MONTH)}
    of_one_kind(*(part for _, part in pools.shares_of(conn, MONTH)))
    assert parts == {
        ("C0000001", "bersama"): 2_664,
        ("C0000002", "bersama"): 2_664,
        ("C0000003", "bersama"): 2_664,
        ("C0000001", "omzet"): 1_500,
        ("C0000002", "omzet"): 500,
        ("C0000003", "omzet"): 1_000,
    }
    assert ledger.balance(conn, f"member:{ayu}:wallet") == 24_000 + 2_664 + 1_500
    assert ledger.balance(conn, f"member:{dewi}:wallet") == 0
    assert bonus_credits.levels_of(conn, bayu, MONTH) == (
        bonus_credits.Level("bersama", 0, 333, 0, 240_000, 2_664),
        bonus_credits.Level("omzet", 0, 100, 0, 300_000, 500),
    )
    mine = bonus_credits.credits_of(conn, citra, MONTH, rows=9, skip=0)
    assert mine == tuple(part for code, part in pools.shares_of(conn, MONTH) if code == "C0000003")
    assert [each.whole for each in mine] == [2_664, 1_000]
    rows = bonus_credits.credits_of(conn, ayu, MONTH, rows=9, skip=1)
    assert [each.rule for each in rows] == ["omzet", "tim", "tim"]
    assert integrity.prove(conn, ZONE) == []
    assert credit_sales.without_sales(conn) == 0


@in_transaction
def test_the_sales_of_a_month_add_up_to_the_base_of_its_pools(conn: Connection) -> None:
    company(conn)
    write_all(conn)
    sold = pools.sold_in(conn, MONTH)
    of_one_kind(*sold)
    assert [(sale.seller_code, sale.total, sale.bonus) for sale in sold] == [
        ("C0000002", 100_000, 80_000),
        ("C0000003", 100_000, 80_000),
        ("C0000003", 100_000, 80_000),
    ]
    bersama, omzet = pools.of_month(conn, MONTH)
    assert sum(sale.bonus for sale in sold) == bersama.base
    assert sum(sale.total for sale in sold) == omzet.base


@in_transaction
def test_the_file_of_the_month_names_the_company_and_the_part(conn: Connection) -> None:
    company(conn)
    write_all(conn)
    found: list[tuple[object, ...]] = [
        tuple(row) for row in credit_sales.credits_of_month(conn, MONTH)
    ]
    assert ("C0000003", "omzet", 0, "company", 300_000, 100, "20/60", 1_000) in found
    assert ("C0000001", "tim", 1, "C0000002", 80_000, 1_000, "", 8_000) in found
    assert len(found) == closing.sums(conn, MONTH).credits


@in_transaction
def test_every_step_may_be_repeated_and_keeps_what_was_written(conn: Connection) -> None:
    company(conn)
    write_all(conn)
    expected = write_all(conn)
    pools.add(conn, MONTH, credits_of(PLAN, snapshots.of_company(conn, MONTH, PLAN)))
    assert closing.sums(conn, MONTH) == expected
    assert closing.finish(conn, MONTH, expected, LATER, cut=0) is None
    assert pools.audit_closed(conn) == []


@in_transaction
def test_a_part_that_a_cap_cuts_says_so(conn: Connection) -> None:
    ayu, *_ = company(conn)
    version = replace(PLAN, caps=Caps(member=10_000, company_bp=500))
    assert closing.finish(conn, MONTH, write_all(conn, version), LATER, cut=0) is None
    cut = bonus_credits.cut_credits(conn, ayu, MONTH)
    assert {each.rule for each in cut} == {"tim", "bersama", "omzet"}
    assert all(0 < each.amount < each.whole for each in cut)
    assert integrity.prove(conn, ZONE) == []


@pytest.mark.parametrize("table", ["pools", "pool_shares"])
@pytest.mark.parametrize("change", ["UPDATE {} SET rule = 'x'", "DELETE FROM {}"])
async def test_a_pool_is_never_changed_or_taken_away(
    database: Database, table: str, change: str
) -> None:
    await database.write(company)
    await database.write(write_all)
    with pytest.raises(DBAPIError, match="stays"):
        await database.write(lambda conn: conn.execute(text(change.format(table))))


def _too_much(part: Credit) -> Credit:
    return part._replace(amount=part.amount + 1)


def _of_too_few(part: Credit) -> Credit:
    assert part.part is not None
    return part._replace(part=replace(part.part, weights=part.part.weights - 1))


def _of_too_much(part: Credit) -> Credit:
    return part._replace(base=part.base + 100)


def _cut_by_no_cap(part: Credit) -> Credit:
    return part._replace(amount=part.amount - 1, cut="mood")  # type: ignore[arg-type]


@pytest.mark.parametrize("spoil", [_too_much, _of_too_few, _of_too_much, _cut_by_no_cap])
async def test_a_pool_that_does_not_add_up_is_not_closed(
    database: Database, spoil: object
) -> None:
    assert callable(spoil)

    def unit(conn: Connection) -> None:
        company(conn)
        closing.begin(
            conn,
            MONTH,
            plan=PLAN.since,
            digest=PLAN.digest,
            ready_on=READY,
            at=LATER,
            point_value=1,
        )
        found = credits_of(PLAN, snapshots.of_company(conn, MONTH, PLAN))
        wrong = [spoil(each) if each.rule == "bersama" else each for each in found]
        closing.add_credits(conn, MONTH, wrong)
        closing.post_bonuses(conn, MONTH, closing.payees_of(conn, MONTH), LATER)
        faults = closing.finish(conn, MONTH, closing.sums(conn, MONTH), LATER, cut=0)
        assert faults
        assert "bersama" in faults

    await database.write(unit)


@in_transaction
def test_a_pool_of_a_month_in_which_nothing_was_sold_is_a_bonus_without_sales(
    conn: Connection,
) -> None:
    company(conn)
    assert closing.finish(conn, MONTH, write_all(conn), LATER, cut=0) is None
    conn.execute(text("UPDATE volumes SET own_sales = 0"))
    assert credit_sales.without_sales(conn) == closing.sums(conn, MONTH).paid
    assert any("omzet" in fault for fault in pools.audit(conn, MONTH))
