"""What customers owe, from sales, notes, payments and returns; two entries count as one."""

from datetime import date

from sqlalchemy import Connection, text

from bot.core.returns.pieces import figures_of
from bot.core.sales.payment_note import Means, Payment
from bot.core.sales.products import Product
from bot.store.customers import customers
from bot.store.debts import customer_payments, debts, noted_sales
from bot.store.debts.customer_payments import NotedPayment
from bot.store.debts.debts import Account, Owed
from bot.store.returns import returns
from bot.store.sales import payment_notes, sales
from tests.store.both import (
    ACCOUNT,
    DAY,
    MONTH,
    START,
    in_transaction,
    join,
    of_one_kind,
    sell,
    stock,
)

CREDIT = Payment(in_full=False)
PAID_ON = date(2026, 11, 4)


def enter(conn: Connection, member_id: int, *names: str) -> list[int]:
    return [customers.add(conn, member_id, name, name.lower(), START) for name in names]


def on_credit(
    conn: Connection,
    seller_id: int,
    product: Product,
    customer_id: int | None,
    *,
    payment: Payment = CREDIT,
    sold_on: str = "2026-11-02",
) -> int:
    """A sale of Rp100,000 whose payment was noted so."""
    reference = f"sale {conn.execute(text('SELECT count(*) FROM sales')).scalar_one()}"
    sale_id = sell(
        conn, seller_id, product, reference=reference, customer_id=customer_id, sold_on=sold_on
    )
    payment_notes.note(conn, sale_id, payment, START)
    return sale_id


def pay(
    conn: Connection,
    customer_id: int,
    amount: int,
    *,
    sale_id: int | None = None,
    means: Means | None = None,
) -> int:
    reference = f"pay {conn.execute(text('SELECT count(*) FROM customer_payments')).scalar_one()}"
    customer_payments.add(
        conn,
        customer_id,
        amount,
        reference=reference,
        sale_id=sale_id,
        means=means,
        paid_on=PAID_ON,
        at=START,
    )
    newest: int = conn.execute(text("SELECT max(id) FROM customer_payments")).scalar_one()
    return newest


def amounts(conn: Connection, seller_id: int) -> dict[int, int]:
    return {each.sale_id: each.amount for each in debts.owed_by(conn, seller_id)}


@in_transaction
def test_what_is_owed_names_sale_customer_and_day(conn: Connection) -> None:
    mine, other = join(conn, [None, 1])
    soap, _ = stock(conn)
    (ani,) = enter(conn, mine, "Bu Ani")
    due = Payment(in_full=False, due_on=date(2026, 12, 5))
    second = on_credit(conn, mine, soap, ani, payment=due, sold_on="2026-11-03")
    first = on_credit(conn, mine, soap, ani, payment=Payment(deposit=30_000))
    on_credit(conn, mine, soap, ani, payment=Payment(in_full=True))
    on_credit(conn, mine, soap, ani, payment=Payment(means=("transfer",)))
    on_credit(conn, mine, soap, None)
    owed = debts.owed_by(conn, mine)
    of_one_kind(owed)
    day, later = date(2026, 11, 2), date(2026, 11, 3)
    assert owed == [
        Owed(ani, "Bu Ani", first, f"S-{1000 + first}", day, 70_000, None),
        Owed(ani, "Bu Ani", second, f"S-{1000 + second}", later, 100_000, date(2026, 12, 5)),
    ]
    assert debts.account_of(conn, mine, ani) == Account(tuple(owed), 0)
    assert debts.owed_by(conn, other) == []
    assert debts.account_of(conn, other, ani) == Account((), 0)


@in_transaction
def test_payments_pay_their_sale_or_the_oldest(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    ani, budi = enter(conn, mine, "Bu Ani", "Pak Budi")
    older, newer = on_credit(conn, mine, soap, ani), on_credit(conn, mine, soap, ani)
    others = on_credit(conn, mine, soap, budi)
    pay(conn, ani, 60_000, sale_id=newer)
    pay(conn, ani, 30_000, means="transfer")
    assert amounts(conn, mine) == {older: 70_000, newer: 40_000, others: 100_000}
    last = pay(conn, ani, 150_000)
    assert amounts(conn, mine) == {others: 100_000}
    assert debts.account_of(conn, mine, ani) == Account((), 40_000)
    assert customer_payments.undo(conn, mine, last, START + DAY)
    assert not customer_payments.undo(conn, mine, last, START + DAY)
    assert amounts(conn, mine) == {older: 70_000, newer: 40_000, others: 100_000}


@in_transaction
def test_a_sale_that_is_gone_is_no_debt(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    (ani,) = enter(conn, mine, "Bu Ani")
    void, kept = on_credit(conn, mine, soap, ani), on_credit(conn, mine, soap, ani)
    pay(conn, ani, 30_000, sale_id=void)
    conn.execute(text("UPDATE sales SET status = 'void' WHERE id = :id"), {"id": void})
    assert amounts(conn, mine) == {kept: 70_000}


@in_transaction
def test_customers_who_were_put_together_are_one(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    ani, anni = enter(conn, mine, "Bu Ani", "Bu Anni")
    first = on_credit(conn, mine, soap, anni)
    second = on_credit(conn, mine, soap, ani, sold_on="2026-11-03")
    pay(conn, anni, 120_000)
    assert amounts(conn, mine) == {second: 100_000}
    # The sale of the second row stays there, as one of a closed month does.
    conn.execute(
        text("INSERT INTO merged_customers (customer_id, kept_id, merged_at) VALUES (:m, :k, 1)"),
        {"m": anni, "k": ani},
    )
    account = debts.account_of(conn, mine, ani)
    assert [(each.sale_id, each.amount) for each in account.owed] == [(second, 80_000)]
    assert account.owed[0].name == "Bu Ani"
    assert debts.owed_by(conn, mine) == list(account.owed)
    (payment,) = customer_payments.latest_of(conn, mine, ani, 9)
    assert (payment.customer_id, payment.name) == (ani, "Bu Ani")
    assert first != second


@in_transaction
def test_a_payment_follows_the_sale_to_another_buyer(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    ani, budi = enter(conn, mine, "Bu Ani", "Pak Budi")
    sale_id = on_credit(conn, mine, soap, ani)
    pay(conn, ani, 40_000, sale_id=sale_id)
    change = text("UPDATE sales SET customer_id = :to WHERE id = :id")
    conn.execute(change, {"to": budi, "id": sale_id})
    (left,) = debts.account_of(conn, mine, budi).owed
    assert (left.name, left.amount) == ("Pak Budi", 60_000)
    assert debts.account_of(conn, mine, ani) == Account((), 0)
    assert [each.amount for each in customer_payments.latest_of(conn, mine, budi, 9)] == [40_000]
    assert customer_payments.latest_of(conn, mine, ani, 9) == []
    conn.execute(change, {"to": None, "id": sale_id})
    assert debts.account_of(conn, mine, ani) == Account((), 40_000)


@in_transaction
def test_goods_that_came_back_are_not_owed(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    (ani,) = enter(conn, mine, "Bu Ani")
    sale_id = on_credit(conn, mine, soap, ani)
    sales.set_status(conn, sale_id, "waiting", "approved", MONTH, None, START, point_value=None)
    sold = returns.sold_pieces(conn, sale_id)
    returns.add(
        conn,
        sale_id,
        figures_of(sold, [(sold[0].line_id, 1)]),
        reference="back",
        came_on="2026-11-05",
        reason="",
        refund=0,
        by=ACCOUNT + 1,
        at=START,
    )
    assert amounts(conn, mine) == {sale_id: 50_000}
    conn.execute(text("UPDATE returns SET state = 'rejected'"))
    assert amounts(conn, mine) == {sale_id: 100_000}


@in_transaction
def test_a_payment_is_noted_once_and_found_by_its_seller_alone(conn: Connection) -> None:
    mine, other = join(conn, [None, 1])
    (ani,) = enter(conn, mine, "Bu Ani")
    first = pay(conn, ani, 10_000, means="qris")
    customer_payments.add(
        conn,
        ani,
        99_000,
        reference="pay 0",
        sale_id=None,
        means=None,
        paid_on=PAID_ON,
        at=START,
    )
    noted = NotedPayment(first, ani, "Bu Ani", "", 10_000, "qris", PAID_ON)
    of_one_kind(noted)
    assert customer_payments.last_of(conn, mine) == noted
    assert customer_payments.by_reference(conn, mine, "pay 0") == noted
    assert customer_payments.latest_of(conn, mine, ani, 9) == [noted]
    assert customer_payments.last_of(conn, other) is None
    assert customer_payments.by_reference(conn, other, "pay 0") is None
    assert not customer_payments.undo(conn, other, first, START)
    assert customer_payments.undo(conn, mine, first, START)
    assert customer_payments.last_of(conn, mine) is None
    assert customer_payments.by_reference(conn, mine, "pay 0") == noted


@in_transaction
def test_what_is_left_of_a_sale_is_the_sellers_alone(conn: Connection) -> None:
    mine, other = join(conn, [None, 1])
    soap, _ = stock(conn)
    (ani,) = enter(conn, mine, "Bu Ani")
    first, second = on_credit(conn, mine, soap, ani), on_credit(conn, mine, soap, ani)
    own_use = on_credit(conn, mine, soap, None)
    paid = pay(conn, ani, 130_000)
    assert debts.left_of(conn, mine, first) == 0
    assert debts.left_of(conn, mine, second) == 70_000
    assert debts.left_of(conn, mine, own_use) == 0
    assert debts.left_of(conn, mine, 999) == 0
    assert debts.left_of(conn, other, second) == 0
    assert debts.account_of(conn, mine, ani, without=paid).total == 200_000
    assert debts.account_of(conn, mine, ani).left_of(second) == 70_000
    found = customer_payments.by_id(conn, mine, paid)
    assert found is not None
    assert found.amount == 130_000
    assert customer_payments.by_id(conn, other, paid) is None
    assert customer_payments.undo(conn, mine, paid, START)
    assert customer_payments.by_id(conn, mine, paid) is None


@in_transaction
def test_the_language_of_a_customer_is_the_one_that_was_noted(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    ani, budi = enter(conn, mine, "Bu Ani", "Pak Budi")
    conn.execute(
        text(
            "INSERT INTO customer_details (customer_id, language, changed_at)"
            " VALUES (:id, 'en', 1)"
        ),
        {"id": ani},
    )
    assert debts.language_of(conn, ani) == "en"
    assert debts.language_of(conn, budi) == ""


@in_transaction
def test_a_forgotten_customer_leaves_no_debt_and_no_payment(conn: Connection) -> None:
    mine, other = join(conn, [None, 1])
    soap, _ = stock(conn)
    ani, anni, budi = enter(conn, mine, "Bu Ani", "Bu Anni", "Pak Budi")
    first, second = on_credit(conn, mine, soap, ani), on_credit(conn, mine, soap, anni)
    moved = on_credit(conn, mine, soap, ani)
    customers.merge(conn, mine, ani, anni, START)
    pay(conn, anni, 10_000)
    pay(conn, ani, 20_000, sale_id=first)
    pay(conn, ani, 40_000, sale_id=moved)
    conn.execute(
        text("UPDATE sales SET customer_id = :to WHERE id = :id"), {"to": budi, "id": moved}
    )
    assert amounts(conn, mine) == {first: 70_000, second: 100_000, moved: 60_000}
    assert noted_sales.of_all(conn, other) == []
    assert {each.sale_id for each in noted_sales.of_one(conn, mine, ani, 0).sales} >= {first}
    customer_payments.forget(conn, [ani, anni])
    assert amounts(conn, mine) == {moved: 60_000}
    assert customer_payments.latest_of(conn, mine, ani, 9) == []
    assert payment_notes.of_sale(conn, first) == Payment()
