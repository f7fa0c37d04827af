"""The integrity check finds forged postings of every shape, and triggers protect what is final."""

from dataclasses import replace
from itertools import product

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.company.model import NO_PLAN
from bot.services.sales import decision
from bot.store.bonus import closing
from bot.store.db.database import Database
from bot.store.ledger import ledger, ledger_audit, posting_audit
from bot.store.ledger.causes import SHAPES, PostingCause
from bot.store.products import products
from bot.store.sales import sales
from tests.store.bonus.test_both_closing import company, write_all
from tests.store.both import MONTH, START, in_transaction, join, sell, stock

ENDS = ("house:customers", "house:goods", "house:bonus", "house:payouts", "trade", "wallet")
CAUSES: tuple[PostingCause, ...] = ("sale", "closing", "return", "payout")

NOTHING = ledger.Posting("forged", 0, 0, 7, None, MONTH)
OF_CAUSE: dict[PostingCause, ledger.Posting] = {
    "sale": replace(NOTHING, sale_id=1),
    "closing": replace(NOTHING, closing=MONTH),
    "return": replace(NOTHING, return_id=1),
    "payout": replace(NOTHING, payout_id=1),
}


def _closed(conn: Connection) -> None:
    """A closed month, a return that waits, and a payout."""
    company(conn)
    assert closing.finish(conn, MONTH, write_all(conn), START, cut=0) is None
    conn.execute(
        text("""
            INSERT INTO returns (reference, sale_id, state, came_on, saleable, reason, amount,
              goods, points, bonus_value, refund, asked_at, asked_by)
            VALUES ('r', 1, 'waiting', '2026-11-20', 1, '', 50000, 40000, 5, 40000, 0, 1, 1)
        """)
    )
    conn.execute(
        text("""
            INSERT INTO payouts (reference, member_id, amount, paid_on, bank_reference,
              recorded_at)
            VALUES ('p', 1, 1000, '2026-12-10', '', 1)
        """)
    )
    paid = ledger.Posting(
        "payout:1",
        ledger.wallet(conn, 1),
        ledger.house_account(conn, ledger.PAYOUTS),
        1_000,
        None,
        MONTH,
        payout_id=1,
    )
    assert ledger.post(conn, paid, START)
    assert ledger_audit.audit(conn) == []


def _account(conn: Connection, end: str, member_id: int) -> int:
    if end.startswith("house:"):
        return ledger.house_account(conn, end.removeprefix("house:"))
    opened = {"trade": ledger.trade_account, "wallet": ledger.wallet}[end]
    return opened(conn, member_id)


def _forge(conn: Connection, cause: PostingCause, source: str, destination: str) -> ledger.Posting:
    """Post Rp7 for a cause between two accounts; those of members belong to two of them."""
    posting = replace(
        OF_CAUSE[cause],
        reference=f"forged:{cause}:{source}:{destination}",
        source_id=_account(conn, source, 1),
        destination_id=_account(conn, destination, 2),
    )
    assert ledger.post(conn, posting, START)
    return posting


@pytest.mark.parametrize("cause", CAUSES)
async def test_a_forged_posting_is_found_whatever_it_moves(
    database: Database, cause: PostingCause
) -> None:
    def unit(conn: Connection) -> None:
        _closed(conn)
        for source, destination in product(ENDS, ENDS):
            if source == destination and source.startswith("house:"):
                continue
            with conn.begin_nested() as forgery:
                forged = _forge(conn, cause, source, destination)
                found = ledger_audit.audit(conn)
                assert found, (cause, source, destination)
                if (cause, source, destination) not in SHAPES:
                    assert f"posting {forged.reference}: 7 from" in found[0]
                forgery.rollback()

    await database.write(unit)


@in_transaction
def test_two_false_halves_do_not_make_a_right_profit(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    sale = sell(conn, mine, soap)
    decision.decide(conn, sale, "waiting", "approved", None, START, plan=NO_PLAN)
    trade = ledger.trade_account(conn, mine)
    for name, ends in (
        ("in", (ledger.house_account(conn, ledger.CUSTOMERS), trade)),
        ("out", (trade, ledger.house_account(conn, ledger.GOODS))),
    ):
        ledger.post(conn, ledger.Posting(name, *ends, 9, sale, MONTH), START)
    (fault,) = posting_audit.faults(conn)
    assert fault.startswith(f"sale {sale} (approved) of member {mine}:")


@in_transaction
def test_a_false_reversal_is_found(conn: Connection) -> None:
    company(conn)
    row = conn.execute(text("SELECT * FROM postings ORDER BY id LIMIT 1")).one()
    back = ledger.Posting(
        "back", row.destination_id, row.source_id, row.amount - 1, 1, MONTH, reverses=row.id
    )
    ledger.post(conn, back, START)
    assert any("posting back is no reversal of" in fault for fault in posting_audit.faults(conn))


@in_transaction
def test_a_sale_approved_again_is_posted_again(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    sale = sell(conn, mine, soap)
    for times in range(3):
        assert ledger.times_reversed(conn, sale) == times
        assert decision.decide(conn, sale, "waiting", "approved", None, START, plan=NO_PLAN)
        assert ledger.reverse_sale(conn, sale, START) == 2
        sales.set_status(conn, sale, "approved", "waiting", MONTH, None, START, point_value=None)
    assert list(posting_audit.faults(conn)) == []


TAMPERING: dict[str, str] = {
    "reopened": "UPDATE periods SET state = 'closing' WHERE state = 'closed'",
    "paid": "UPDATE periods SET paid = paid + 1",
    "plan": "UPDATE periods SET plan_digest = 'x'",
    "unit": "UPDATE periods SET point_value = 40",
    "month gone": "DELETE FROM periods",
    "total": "UPDATE sales SET total = total + 1",
    "points": "UPDATE sales SET points = points + 1",
    "seller": "UPDATE sales SET seller_id = 3 WHERE seller_id = 1",
    "month": "UPDATE sales SET period = '2026-12'",
    "own use": "UPDATE sales SET customer_id = 1",
    "taken back": "UPDATE sales SET status = 'void'",
    "sale gone": "DELETE FROM sales",
    "line": "UPDATE sale_lines SET quantity = quantity + 1",
    "line gone": "DELETE FROM sale_lines",
    "return": "UPDATE returns SET amount = amount - 1",
    "return gone": "DELETE FROM returns",
    "payout": "UPDATE payouts SET amount = amount - 1",
    "payout gone": "DELETE FROM payouts",
    "posting": "UPDATE postings SET amount = amount + 1",
    "posting gone": "DELETE FROM postings",
}


@pytest.mark.parametrize("what", sorted(TAMPERING))
async def test_what_is_final_is_not_changed(database: Database, what: str) -> None:
    def unit(conn: Connection) -> None:
        _closed(conn)
        with pytest.raises(DBAPIError, match=r"never|stays|once"), conn.begin_nested():
            conn.execute(text(TAMPERING[what]))

    await database.write(unit)


@in_transaction
def test_no_sale_enters_a_closed_month(conn: Connection) -> None:
    _closed(conn)
    soap = products.catalogue(conn)[0]
    waiting = sell(conn, 2, soap, reference="late")
    change = "UPDATE sales SET status = 'approved' WHERE id = :id"
    with pytest.raises(DBAPIError, match="never"), conn.begin_nested():
        conn.execute(text(change), {"id": waiting})


@in_transaction
def test_what_may_change_still_changes(conn: Connection) -> None:
    _closed(conn)
    for statement in (
        "UPDATE periods SET told_upto = 3, told_at = 5",
        "UPDATE sales SET photo_key = 'x'",
        "UPDATE returns SET state = 'void', decided_at = 3",
    ):
        conn.execute(text(statement))
