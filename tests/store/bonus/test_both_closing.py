"""A month is closed in small steps that may be repeated, and pays each rupiah once."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.company.model import NO_PLAN
from bot.core.plans import (
    Conditions,
    Credit,
    Snapshot,
    Unilevel,
    Version,
    credits_of,
)
from bot.services.sales import decision
from bot.store.bonus import bonus_credits, closing, credit_sales, statements
from bot.store.db.database import Database
from bot.store.ledger import ledger, ledger_audit, periods, snapshots
from bot.store.products import products
from bot.store.proof import recount
from bot.store.sales import sales
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

TEN = Conditions(own_points_min=10)
PLAN = Version("2026-01", (Unilevel("tim", (), (1_000, 500), conditions=TEN),))
LATER = START + 32 * DAY
READY = date(2026, 12, 8)
NEXT = "2026-12"


def company(conn: Connection) -> list[int]:
    """Ayu > Bayu > Citra; two sales of Rp100.000 each by the last two, one by Ayu."""
    ids = join(conn, [None, 1, 2])
    soap, _ = stock(conn)
    for number, seller in enumerate([ids[0], ids[1], ids[2], ids[2]]):
        sale_id = sell(conn, seller, soap, reference=f"sale{number}")
        assert decision.decide(
            conn, sale_id, "waiting", "approved", None, START + DAY, plan=NO_PLAN
        )
    return ids


def begin(conn: Connection) -> None:
    closing.begin(
        conn, MONTH, plan=PLAN.since, digest=PLAN.digest, ready_on=READY, at=LATER, point_value=1
    )


def write_all(conn: Connection) -> closing.Sums:
    """Take every step but the last; returns the expected sums."""
    begin(conn)
    found = credits_of(PLAN, snapshots.of_company(conn, MONTH, PLAN))
    closing.add_credits(conn, MONTH, found)
    for payee in closing.payees_of(conn, MONTH):
        closing.post_bonuses(conn, MONTH, [payee], LATER)
    payees = {credit.member_id for credit in found}
    return closing.Sums(len(found), len(payees), sum(credit.amount for credit in found))


@in_transaction
def test_the_bonuses_follow_the_plan_and_are_in_the_wallets(conn: Connection) -> None:
    ayu, bayu, citra = company(conn)
    sums = write_all(conn)
    # Bonus value 80.000 a sale: Bayu's one and Citra's two reach Ayu, Citra's reach Bayu.
    assert sums == closing.Sums(credits=3, payees=2, paid=8_000 + 8_000 + 16_000)
    assert statements.wallet(conn, ayu, READY) == statements.Wallet(0, 0, "")
    assert [row.account for row in statements.movements(conn, ayu, rows=9, skip=0)] == ["trade"]
    assert closing.finish(conn, MONTH, sums, LATER, cut=0) is None
    assert statements.wallet(conn, ayu, READY) == statements.Wallet(16_000, 0, "")
    early = statements.wallet(conn, bayu, date(2026, 12, 7))
    assert early == statements.Wallet(0, 16_000, "2026-12-08")
    assert statements.wallet(conn, citra, READY) is None
    newest = statements.movements(conn, ayu, rows=9, skip=0)[0]
    assert (newest.account, newest.closing, newest.sale_id) == ("wallet", MONTH, None)
    assert newest.amount == 16_000
    assert ledger_audit.audit(conn) == []
    assert recount.audit_volumes(conn, ZONE) == []


@in_transaction
def test_members_can_read_what_is_stored_of_their_closed_month(conn: Connection) -> None:
    ayu, bayu, citra = company(conn)
    closing.finish(conn, MONTH, write_all(conn), LATER, cut=0)
    rows = bonus_credits.credits_of(conn, ayu, MONTH, rows=9, skip=0)
    assert [(row.level, row.base, row.rate_bp, row.amount) for row in rows] == [
        (1, 80_000, 1_000, 8_000),
        (2, 160_000, 500, 8_000),
    ]
    assert bonus_credits.levels_of(conn, bayu, MONTH) == (
        bonus_credits.Level("tim", 1, 1_000, 1, 160_000, 16_000),
    )
    assert [row.amount for row in bonus_credits.months_of(conn, citra, 5)] == [0]
    standing = periods.find(conn, MONTH)
    assert standing is not None
    of_one_kind(standing, *rows, *bonus_credits.levels_of(conn, ayu, MONTH))
    assert (standing.state, standing.payees, standing.paid) == ("closed", 2, 32_000)
    assert [row.period for row in periods.latest_closed(conn, 5)] == [MONTH]


@in_transaction
def test_every_step_may_be_repeated(conn: Connection) -> None:
    ids = company(conn)
    write_all(conn)
    sums = write_all(conn)
    assert closing.sums(conn, MONTH) == sums
    assert closing.finish(conn, MONTH, sums, LATER, cut=0) is None
    assert closing.finish(conn, MONTH, sums, LATER + DAY, cut=0) is None
    standing = periods.find(conn, MONTH)
    assert standing is not None
    assert standing.closed_at == LATER
    assert ledger.balance(conn, f"member:{ids[0]}:wallet") == 16_000
    assert ledger.wallet(conn, ids[0]) == ledger.wallet(conn, ids[0])
    paid = text("SELECT amount FROM postings WHERE reference = :reference")
    reference = ledger.bonus_reference(MONTH, ids[0])
    assert conn.execute(paid, {"reference": reference}).scalar() == 16_000
    with pytest.raises(AssertionError, match="not in closing"):
        closing.add_credits(conn, MONTH, [])
    with pytest.raises(AssertionError, match="not in closing"):
        closing.post_bonuses(conn, MONTH, closing.payees_of(conn, MONTH)[:1], LATER)


@in_transaction
def test_a_sale_approved_after_the_closing_began_counts_in_the_next_month(
    conn: Connection,
) -> None:
    ids = company(conn)
    soap, _ = stock(conn)
    late = sell(conn, ids[2], soap, reference="late")
    assert sales.waiting_in(conn, MONTH) == (1, 100_000)
    before = snapshots.of_company(conn, MONTH, PLAN)
    assert periods.open_period(conn, MONTH) == MONTH
    begin(conn)
    assert periods.closing(conn) == MONTH
    assert decision.decide(conn, late, "waiting", "approved", None, LATER, plan=NO_PLAN)
    assert snapshots.of_company(conn, MONTH, PLAN) == before
    sale = sales.by_id(conn, late)
    assert sale is not None
    assert sale.period == NEXT
    assert statements.month(conn, ids[2], NEXT).own_points == 10  # type: ignore[union-attr]
    assert recount.audit_volumes(conn, ZONE) == []
    assert ledger_audit.audit(conn) == []


@in_transaction
def test_a_sale_of_a_closed_month_is_not_taken_back(conn: Connection) -> None:
    company(conn)
    begin(conn)
    before = snapshots.of_company(conn, MONTH, PLAN)
    assert not decision.decide(conn, 1, "approved", "void", None, LATER, plan=NO_PLAN)
    assert snapshots.of_company(conn, MONTH, PLAN) == before
    sale = sales.by_id(conn, 1)
    assert sale is not None
    assert sale.status == "approved"


def _one_missing(conn: Connection) -> closing.Sums:
    sums = write_all(conn)
    return replace(sums, credits=sums.credits + 1)


def _one_unpaid(conn: Connection) -> closing.Sums:
    begin(conn)
    found = credits_of(PLAN, snapshots.of_company(conn, MONTH, PLAN))
    closing.add_credits(conn, MONTH, found)
    closing.post_bonuses(conn, MONTH, closing.payees_of(conn, MONTH)[:1], LATER)
    return closing.sums(conn, MONTH)


def _one_from_nothing(conn: Connection) -> closing.Sums:
    ids = [row[0] for row in conn.execute(text("SELECT id FROM members ORDER BY id"))]
    begin(conn)
    closing.add_credits(
        conn, MONTH, [Credit(ids[0], "tim", ids[0], 0, base=1_000, rate_bp=1_000, amount=100)]
    )
    return write_all(conn)


@pytest.mark.parametrize("spoil", [_one_missing, _one_unpaid, _one_from_nothing])
async def test_a_month_that_does_not_add_up_stays_unseen(
    database: Database, spoil: object
) -> None:
    assert callable(spoil)

    def unit(conn: Connection) -> None:
        company(conn)
        expected = spoil(conn)
        expected = closing.sums(conn, MONTH) if spoil is _one_from_nothing else expected
        assert closing.finish(conn, MONTH, expected, LATER, cut=0)
        assert periods.closing(conn) == MONTH
        assert periods.latest_closed(conn, 5) == []

    await database.write(unit)


@in_transaction
def test_a_bonus_without_sales_below_it_is_detected(conn: Connection) -> None:
    company(conn)
    expected = write_all(conn)
    assert closing.finish(conn, MONTH, expected, LATER, cut=0) is None
    assert ledger_audit.audit_credits(conn, MONTH) == []
    assert credit_sales.without_sales(conn) == 0
    conn.execute(text("UPDATE volumes SET own_sales = 0"))
    assert len(ledger_audit.audit_credits(conn, MONTH)) == expected.credits
    assert credit_sales.without_sales(conn) == expected.paid


@in_transaction
def test_months_are_closed_in_their_order(conn: Connection) -> None:
    company(conn)
    periods.hold_open(conn)
    periods.hold_for_closing(conn)
    assert periods.first_unclosed(conn, "2026-01", MONTH) is None
    assert periods.first_unclosed(conn, "2026-01", NEXT) == MONTH
    sums = write_all(conn)
    assert periods.first_unclosed(conn, "2026-01", NEXT) == MONTH
    closing.finish(conn, MONTH, sums, LATER, cut=0)
    assert periods.first_unclosed(conn, "2026-01", NEXT) is None
    assert periods.first_unclosed(conn, NEXT, NEXT) is None
    assert not periods.is_open(conn, MONTH)
    assert periods.is_open(conn, NEXT)


@in_transaction
def test_a_team_is_enough_to_work_out_what_its_upline_gets(conn: Connection) -> None:
    ids = company(conn)
    whole = credits_of(PLAN, snapshots.of_company(conn, MONTH, PLAN))
    for member in ids:
        part = credits_of(PLAN, snapshots.of_team(conn, member, MONTH, PLAN))
        assert [each for each in part if each.member_id == member] == [
            each for each in whole if each.member_id == member
        ]
    sold = periods.sales_of(conn, MONTH)
    of_one_kind(sold)
    assert (sold.sellers, sold.number, sold.sales, sold.bonus) == (3, 4, 400_000, 320_000)
    assert isinstance(snapshots.of_company(conn, MONTH, PLAN), Snapshot)


@in_transaction
def test_estimates_are_kept_for_large_teams_and_forgotten_with_their_month(
    conn: Connection,
) -> None:
    ids = company(conn)
    assert bonus_credits.team_size(conn, ids[0]) == 2
    assert list(bonus_credits.large_teams(conn, 1)) == [ids[0]]
    level = bonus_credits.Level("tim", 1, 1_000, 3, 240_000, 24_000)
    bonus_credits.put_estimates(conn, MONTH, [(ids[0], [level]), (ids[1], [])])
    bonus_credits.put_estimates(conn, MONTH, [(ids[0], [level])])
    assert bonus_credits.estimated(conn, ids[0], MONTH) == (level,)
    bonus_credits.forget_estimates(conn, NEXT)
    assert bonus_credits.estimated(conn, ids[0], MONTH) == ()
    assert bonus_credits.last_posting(conn) > 0


@pytest.mark.parametrize("change", ["UPDATE credits SET amount = 1", "DELETE FROM credits"])
async def test_a_credit_is_never_changed_or_taken_away(database: Database, change: str) -> None:
    await database.write(company)
    await database.write(write_all)
    with pytest.raises(DBAPIError, match="stays"):
        await database.write(lambda conn: conn.execute(text(change)))


@in_transaction
def test_a_month_without_faults_has_none_and_an_article_gets_its_picture(conn: Connection) -> None:
    company(conn)
    closing.finish(conn, MONTH, write_all(conn), LATER, cut=0)
    assert ledger_audit.audit_credits(conn, MONTH) == []
    assert ledger_audit.audit_credits(conn, NEXT) == []
    products.show(conn, "SABUN", "abc")
    soap = next(each for each in products.catalogue(conn) if each.sku == "SABUN")
    shown = products.card(conn, soap.id)
    assert shown is not None
    assert shown.picture == "abc"
