"""What is owed: never below zero, nothing of what was paid is lost, the oldest debt first."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.core.debts.debts import NotedSale, outstanding

DAY, NEXT_DAY = "2026-11-02", "2026-11-03"
OPEN = NotedSale(1, DAY, counts=True, on_credit=True, total=100_000)

MONEY = st.integers(0, 300_000)


@st.composite
def a_sale(draw: st.DrawFn) -> NotedSale:
    total = draw(st.integers(1, 200_000))
    return NotedSale(
        sale_id=draw(st.integers(1, 9)),
        day=draw(st.sampled_from([DAY, NEXT_DAY, "2026-12-01"])),
        counts=draw(st.booleans()),
        on_credit=draw(st.booleans()),
        total=total,
        deposit=draw(MONEY),
        paid=draw(MONEY),
        back=draw(st.integers(0, total)),
        refund=draw(MONEY),
    )


SALES = st.lists(a_sale(), max_size=6, unique_by=lambda sale: sale.sale_id)


def left(*sales: NotedSale, loose: int = 0) -> dict[int, int]:
    return dict(outstanding(sales, loose).left)


def test_nothing_said_and_paid_in_full_leave_nothing() -> None:
    assert outstanding([replace(OPEN, on_credit=False)], 0) == outstanding([], 0)


def test_a_void_sale_is_no_debt_and_its_payment_pays_another() -> None:
    void = replace(OPEN, sale_id=2, counts=False, paid=30_000)
    assert left(void) == {}
    assert left(void, OPEN) == {1: 70_000}
    assert outstanding([void], 0).over == 30_000


def test_a_deposit_and_payments_are_taken_off() -> None:
    assert left(replace(OPEN, deposit=20_000, paid=30_000)) == {1: 50_000}
    assert left(replace(OPEN, deposit=20_000, paid=80_000)) == {}


def test_a_payment_without_a_sale_pays_the_oldest_first() -> None:
    newer = replace(OPEN, sale_id=2, day=NEXT_DAY)
    assert left(newer, OPEN, loose=30_000) == {1: 70_000, 2: 100_000}
    assert left(newer, OPEN, loose=130_000) == {2: 70_000}
    assert outstanding([newer, OPEN], 230_000).over == 30_000


def test_goods_that_came_back_unpaid_are_not_owed_whatever_the_refund_says() -> None:
    assert left(replace(OPEN, back=40_000)) == {1: 60_000}
    assert left(replace(OPEN, back=40_000, refund=40_000)) == {1: 60_000}


def test_money_that_was_handed_back_was_not_paid() -> None:
    half = replace(OPEN, paid=50_000, back=40_000)
    assert left(half) == {1: 10_000}
    assert left(replace(half, refund=40_000)) == {1: 50_000}
    paid = outstanding([replace(OPEN, back=40_000, refund=40_000)], 100_000)
    assert (paid.left, paid.over) == ((), 0)
    assert outstanding([replace(OPEN, back=40_000)], 100_000).over == 40_000


@given(sales=SALES, loose=MONEY)
def test_what_is_left_is_above_zero_and_at_most_the_price(
    sales: list[NotedSale], loose: int
) -> None:
    by_id = {sale.sale_id: sale for sale in sales}
    settled = outstanding(sales, loose)
    assert settled.over >= 0
    for sale_id, amount in settled.left:
        sale = by_id[sale_id]
        assert sale.counts
        assert sale.on_credit
        assert 0 < amount <= sale.total - sale.back + min(sale.back, sale.refund)


@given(sales=SALES, loose=MONEY)
def test_no_one_owes_while_money_is_left_over(sales: list[NotedSale], loose: int) -> None:
    settled = outstanding(sales, loose)
    assert not settled.left or not settled.over


@given(sales=SALES, loose=MONEY)
def test_the_order_of_the_sales_changes_nothing(sales: list[NotedSale], loose: int) -> None:
    assert outstanding(sales, loose) == outstanding(sales[::-1], loose)


@given(sales=SALES, loose=MONEY, more=MONEY)
def test_more_money_never_leaves_more_to_pay(
    sales: list[NotedSale], loose: int, more: int
) -> None:
    before, after = outstanding(sales, loose), outstanding(sales, loose + more)
    assert after.total <= before.total


@given(sales=SALES, loose=MONEY, more=MONEY)
def test_without_returns_each_rupiah_is_found_again(
    sales: list[NotedSale], loose: int, more: int
) -> None:
    kept = [replace(sale, back=0, refund=0) for sale in sales]
    before, after = outstanding(kept, loose), outstanding(kept, loose + more)
    assert (after.over - after.total) - (before.over - before.total) == more


@given(sales=SALES)
def test_paying_what_is_left_leaves_nothing(sales: list[NotedSale]) -> None:
    kept = [replace(sale, back=0, refund=0) for sale in sales]
    assert outstanding(kept, outstanding(kept, 0).total).left == ()
