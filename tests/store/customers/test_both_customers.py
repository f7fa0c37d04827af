"""A seller's customers: several names of one, and two who are put together."""

from datetime import date

from sqlalchemy import Connection, text

from bot.company.model import NO_PLAN
from bot.core.customers.similar_customers import KnownName
from bot.core.plans import Unilevel, Version
from bot.core.plans.conditions import Conditions
from bot.services.sales import decision
from bot.store.bonus import closing, statements
from bot.store.customers import customers
from bot.store.customers.customers import Customer
from bot.store.ledger import snapshots
from bot.store.sales import sales
from tests.store.both import DAY, MONTH, START, in_transaction, join, sell, stock

PLAN = Version("2026-01", (Unilevel("tim", (), (1_000,), "none", Conditions(customers_min=1)),))
BEFORE, AFTER = "2026-10", "2026-12"


def enter(conn: Connection, member_id: int, *names: str) -> list[int]:
    return [customers.add(conn, member_id, name, name.lower(), START) for name in names]


def of(conn: Connection, customer_id: int) -> list[int]:
    """The sales that belong to this row."""
    found = text("SELECT id FROM sales WHERE customer_id = :id ORDER BY id")
    return list(conn.execute(found, {"id": customer_id}).scalars())


def close(conn: Connection, period: str) -> None:
    at = START + 40 * DAY
    ready_on = date(2026, 12, 8)
    closing.begin(
        conn, period, plan=PLAN.since, digest=PLAN.digest, ready_on=ready_on, at=at, point_value=1
    )
    assert closing.finish(conn, period, closing.sums(conn, period), at, cut=0) is None


@in_transaction
def test_another_name_means_the_customer_and_is_no_customer(conn: Connection) -> None:
    mine, other = join(conn, [None, 1])
    ani, budi = enter(conn, mine, "Bu Ani", "Pak Budi")
    customers.add_name(conn, mine, ani, "Bu Anni", "bu anni", START)
    assert customers.named(conn, mine, "bu anni") == Customer(ani, "Bu Ani")
    assert customers.add(conn, mine, "Bu Anni", "bu anni", START) == ani
    assert [each.id for each in customers.recent(conn, mine, 9)] == [budi, ani]
    assert customers.known_names(conn, mine, 9) == [
        KnownName(ani, "Bu Ani", "bu anni"),
        KnownName(budi, "Pak Budi", "pak budi"),
        KnownName(ani, "Bu Ani", "bu ani"),
    ]
    assert len(customers.known_names(conn, mine, 1)) == 1
    assert customers.known_names(conn, other, 9) == []
    assert customers.named(conn, other, "bu ani") is None


@in_transaction
def test_another_name_never_takes_the_key_of_somebody_else(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    ani, budi = enter(conn, mine, "Bu Ani", "Pak Budi")
    customers.add_name(conn, mine, ani, "Pak Budi", "pak budi", START)
    assert customers.named(conn, mine, "pak budi") == Customer(budi, "Pak Budi")


@in_transaction
def test_a_customer_of_another_seller_is_not_found(conn: Connection) -> None:
    mine, other = join(conn, [None, 1])
    (ani,) = enter(conn, other, "Bu Ani")
    assert customers.kept(conn, mine, ani) is None
    assert customers.kept(conn, other, ani) == Customer(ani, "Bu Ani")
    assert customers.kept(conn, mine, 99) is None


@in_transaction
def test_sales_move_unless_their_month_is_closed(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    ani, anni = enter(conn, mine, "Bu Ani", "Bu Anni")

    def sold(buyer: int, period: str, number: int, status: str = "approved") -> int:
        sale = sell(
            conn, mine, soap, reference=f"{period} {number}", customer_id=buyer,
            sold_on=f"{period}-0{number}", period=period,
        )  # fmt: skip
        if status != "waiting":
            assert decision.decide(conn, sale, "waiting", status, None, START, plan=NO_PLAN)
        return sale

    first = sold(ani, BEFORE, 1), sold(anni, BEFORE, 2), sold(anni, BEFORE, 3, "waiting")
    close(conn, BEFORE)
    second = sold(ani, MONTH, 1), sold(anni, MONTH, 2), sold(anni, MONTH, 3, "waiting")
    rejected = sold(anni, MONTH, 4, "rejected")
    third = sold(anni, AFTER, 1)
    closed = snapshots.of_company(conn, BEFORE, PLAN)
    assert closed.customers == [2]
    assert snapshots.of_company(conn, MONTH, PLAN).customers == [2]

    assert customers.sales_to_move(conn, mine, anni) == 4
    moved = customers.merge(conn, mine, ani, anni, START)
    assert moved == (first[2], second[1], second[2], third)
    assert of(conn, anni) == [first[1], rejected]
    assert customers.sales_to_move(conn, mine, anni) == 0
    assert snapshots.of_company(conn, BEFORE, PLAN) == closed
    assert snapshots.of_company(conn, MONTH, PLAN).customers == [1]
    assert statements.waiting(conn, mine, MONTH, "2026-09-01").customers == 1
    assert statements.waiting(conn, mine, BEFORE, "2026-09-01").customers == 2
    shown = [sales.by_id(conn, sale) for sale in (first[1], second[1])]
    assert [sale and sale.customer for sale in shown] == ["Bu Anni", "Bu Ani"]


@in_transaction
def test_a_month_that_is_being_closed_keeps_its_customers(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    ani, anni = enter(conn, mine, "Bu Ani", "Bu Anni")
    sale = sell(conn, mine, soap, customer_id=anni)
    assert decision.decide(conn, sale, "waiting", "approved", None, START, plan=NO_PLAN)
    closing.begin(
        conn,
        MONTH,
        plan="2026-01",
        digest="d",
        ready_on=date(2026, 12, 8),
        at=START,
        point_value=1,
    )
    assert customers.merge(conn, mine, ani, anni, START) == ()
    assert of(conn, anni) == [sale]


@in_transaction
def test_whoever_was_put_together_before_goes_along(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    ani, anni, yani = enter(conn, mine, "Bu Ani", "Bu Anni", "Bu Yani")
    customers.add_name(conn, mine, anni, "Bu Annni", "bu annni", START)
    customers.merge(conn, mine, ani, anni, START)
    customers.merge(conn, mine, yani, ani, START)
    for name in ("bu ani", "bu anni", "bu annni", "bu yani"):
        assert customers.named(conn, mine, name) == Customer(yani, "Bu Yani")
    for row in (ani, anni, yani):
        assert customers.kept(conn, mine, row) == Customer(yani, "Bu Yani")
    assert [each.id for each in customers.recent(conn, mine, 9)] == [yani]
    count = conn.execute(text("SELECT count(*) FROM customers")).scalar()
    assert count == 4
