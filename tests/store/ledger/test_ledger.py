"""Whatever is sold, approved, refused and taken back, the ledger adds up to the rupiah."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text

from bot.company.model import NO_PLAN
from bot.core.sales.products import Product
from bot.core.sales.sales import SaleLine, totals
from bot.core.sales.status_and_month import CHANGES
from bot.services.sales import decision
from bot.store.ledger import ledger
from bot.store.ledger.ledger import Posting, balance
from bot.store.ledger.ledger_audit import audit
from bot.store.sales import sales
from tests.store.seeding import START, TABLES, add_members, forgotten, new_database

SELLERS = 3
SABUN = Product(1, "SABUN", "Sabun Sereh", 40_000, 50_000, 5, 40_000, "perawatan")
MADU = Product(2, "MADU", "Madu Hutan", 125_000, 150_000, 16, 125_000, "pangan")


@dataclass(frozen=True)
class Sell:
    """Enter a sale that waits."""

    seller_id: int
    lines: tuple[SaleLine, ...]


@dataclass(frozen=True)
class Decide:
    """Move one of the sales so far to a status, if its present status allows that."""

    which: int
    before: str
    status: str


lines = st.builds(
    SaleLine, st.sampled_from((SABUN, MADU)), st.integers(1, 9_999), st.integers(1, 10**9)
)
sells = st.builds(
    Sell, st.integers(1, SELLERS), st.lists(lines, min_size=1, max_size=4).map(tuple)
)
moves = st.sampled_from(sorted(CHANGES))
decisions = st.builds(lambda which, move: Decide(which, *move), st.integers(0, 30), moves)
acts = st.lists(st.one_of(sells, decisions, decisions), max_size=25)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    engine = new_database(tmp_path_factory.mktemp("ledger"))
    with engine.begin() as conn:
        add_members(conn, [None] * SELLERS)
        for product in (SABUN, MADU):
            facts = {name: getattr(product, name) for name in ("id", "sku", "name", "points")}
            facts |= {
                "member_price": product.member_price,
                "retail_price": product.retail_price,
                "bonus_value": product.bonus_value,
            }
            conn.execute(TABLES["products"].insert(), facts)
    return engine


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    with forgotten(engine) as connection:
        yield connection


def _sell(conn: Connection, sale: Sell, number: int = 1) -> int:
    return sales.add(
        conn,
        sale.lines,
        totals(sale.lines),
        reference=f"talk{number}",
        seller_id=sale.seller_id,
        customer_id=None,
        sold_on="2026-11-15",
        period="2026-11",
        invoice="",
        photo_id="",
        photo_key="",
        photo_kind="",
        logged_at=START,
    )


def _live_through(conn: Connection, acts: Sequence[Sell | Decide]) -> list[tuple[Sell, str]]:
    """Do all this in the database; returns the sales and their final status."""
    sold: list[tuple[Sell, str]] = []
    ids: list[int] = []
    for number, act in enumerate(acts):
        if isinstance(act, Sell):
            ids.append(_sell(conn, act, number))
            sold.append((act, "waiting"))
        elif sold:
            place = act.which % len(sold)
            moved = decision.decide(
                conn, ids[place], act.before, act.status, None, START, plan=NO_PLAN
            )
            assert moved == (sold[place][1] == act.before)
            if moved:
                sold[place] = (sold[place][0], act.status)
    return sold


def _moved(conn: Connection) -> int:
    found: int = conn.execute(text("SELECT count(*) FROM postings")).scalar_one()
    return found


@given(acts=acts)
@settings(deadline=None)
def test_after_any_selling_and_deciding_the_ledger_is_sound(
    engine: Engine, acts: Sequence[Sell | Decide]
) -> None:
    with forgotten(engine) as conn:
        sold = _live_through(conn, acts)
        assert audit(conn) == []
        profits: Counter[int] = Counter()
        for sale, status in sold:
            if status == "approved":
                profits[sale.seller_id] += totals(sale.lines).profit
        for seller_id in range(1, SELLERS + 1):
            assert balance(conn, f"member:{seller_id}:trade") == profits[seller_id]


@given(before=acts, sale=sells)
@settings(deadline=None)
def test_taking_an_approved_sale_back_restores_every_balance(
    engine: Engine, before: Sequence[Sell | Decide], sale: Sell
) -> None:
    with forgotten(engine) as conn:
        _live_through(conn, before)
        accounts = [f"member:{seller_id}:trade" for seller_id in range(1, SELLERS + 1)]
        was = [balance(conn, name) for name in accounts]
        sale_id = _sell(conn, sale, len(before))
        assert [balance(conn, name) for name in accounts] == was
        assert decision.decide(conn, sale_id, "waiting", "approved", None, START, plan=NO_PLAN)
        assert decision.decide(conn, sale_id, "approved", "void", None, START, plan=NO_PLAN)
        assert [balance(conn, name) for name in accounts] == was
        assert audit(conn) == []


def test_deciding_twice_posts_once(conn: Connection) -> None:
    sale_id = _sell(conn, Sell(1, (SaleLine(SABUN, 2, 100_000),)))
    assert decision.decide(conn, sale_id, "waiting", "approved", None, START, plan=NO_PLAN)
    posted = _moved(conn)
    assert not decision.decide(conn, sale_id, "waiting", "approved", None, START, plan=NO_PLAN)
    assert not decision.decide(conn, sale_id, "waiting", "rejected", None, START, plan=NO_PLAN)
    assert _moved(conn) == posted
    assert balance(conn, "member:1:trade") == 20_000


def test_a_sale_is_reversed_only_once(conn: Connection) -> None:
    sale_id = _sell(conn, Sell(1, (SaleLine(SABUN, 2, 100_000),)))
    decision.decide(conn, sale_id, "waiting", "approved", None, START, plan=NO_PLAN)
    assert ledger.reverse_sale(conn, sale_id, START) == 2
    assert ledger.reverse_sale(conn, sale_id, START) == 0
    assert balance(conn, "member:1:trade") == 0


def test_a_posting_with_a_known_reference_moves_nothing(conn: Connection) -> None:
    sale_id = _sell(conn, Sell(1, (SaleLine(SABUN, 1, 50_000),)))
    customers = ledger.house_account(conn, ledger.CUSTOMERS)
    trade = ledger.trade_account(conn, 1)
    posting = Posting("once", customers, trade, 50_000, sale_id, "2026-11")
    assert ledger.post(conn, posting, START)
    assert not ledger.post(conn, posting, START)
    assert balance(conn, "member:1:trade") == 50_000


def test_the_audit_names_a_balance_that_was_tampered_with(conn: Connection) -> None:
    sale_id = _sell(conn, Sell(1, (SaleLine(SABUN, 2, 100_000),)))
    decision.decide(conn, sale_id, "waiting", "approved", None, START, plan=NO_PLAN)
    conn.execute(text("UPDATE accounts SET balance = balance + 1 WHERE name = 'member:1:trade'"))
    assert audit(conn) == ["account member:1:trade: balance 20001, but its postings come to 20000"]


def test_the_audit_names_a_sale_whose_postings_are_missing(conn: Connection) -> None:
    sale_id = _sell(conn, Sell(1, (SaleLine(SABUN, 2, 100_000),)))
    conn.execute(text("UPDATE sales SET status = 'approved' WHERE id = :id"), {"id": sale_id})
    (fault,) = audit(conn)
    assert fault == (
        f"sale {sale_id} (approved) of member 1: its postings come to 0 paid and 0 for goods, "
        "not 100000 and 80000 of this member"
    )


def test_a_sale_below_the_member_price_leaves_a_loss(conn: Connection) -> None:
    sale_id = _sell(conn, Sell(1, (SaleLine(SABUN, 2, 60_000),)))
    decision.decide(conn, sale_id, "waiting", "approved", None, START, plan=NO_PLAN)
    assert balance(conn, "member:1:trade") == -20_000
    assert audit(conn) == []
