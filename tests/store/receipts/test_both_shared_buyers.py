"""One telephone number under two sellers, on both engines."""

from sqlalchemy import Connection

from bot.company.model import NO_PLAN
from bot.core.customers.customer_keys import name_key
from bot.services.sales import decision
from bot.store.customers import customers
from bot.store.receipts import shared_buyers
from bot.store.receipts.shared_buyers import SharedBuyer
from tests.store.both import ACCOUNT, START, in_transaction, join, sell, stock

NUMBER = "081234567890"
MONTH_DAYS = ("2026-11-01", "2026-11-30")


def _named(conn: Connection, member: int, name: str) -> int:
    return customers.add(conn, member, name, name_key(name), START)


@in_transaction
def test_a_number_in_a_name_is_found_under_another_seller_however_it_is_typed(
    conn: Connection,
) -> None:
    mine, other = join(conn, [None, None])
    soap, _ = stock(conn)
    ani = _named(conn, mine, "Bu Ani 0812-3456-7890")
    rina = _named(conn, other, "Rina +62 812 3456 7890")
    assert shared_buyers.numbers_of(conn, ani) == [NUMBER] == shared_buyers.numbers_of(conn, rina)
    own = sell(conn, mine, soap, reference="mine", customer_id=ani)
    assert shared_buyers.elsewhere(conn, [NUMBER], mine, *MONTH_DAYS) is None, "no sale yet"
    sold = sell(conn, other, soap, reference="other", customer_id=rina)
    assert shared_buyers.elsewhere(conn, [NUMBER], mine, *MONTH_DAYS) == SharedBuyer(
        sold, "Mitra Ke-2"
    )
    assert shared_buyers.elsewhere(conn, [NUMBER], other, *MONTH_DAYS) == SharedBuyer(
        own, "Mitra Ke-1"
    )
    assert shared_buyers.elsewhere(conn, [NUMBER], mine, "2026-11-03", "2026-11-30") is None
    assert decision.decide(conn, sold, "waiting", "void", ACCOUNT, START, plan=NO_PLAN)
    assert shared_buyers.elsewhere(conn, [NUMBER], mine, *MONTH_DAYS) is None


@in_transaction
def test_a_bare_name_and_a_number_of_a_house_are_nobody_else(conn: Connection) -> None:
    mine, other = join(conn, [None, None])
    soap, _ = stock(conn)
    for place, name in enumerate(("Bu Ani", "Bu Ani RT 3", "Warung 000000001")):
        ani = _named(conn, mine, name)
        sell(conn, other, soap, reference=str(place), customer_id=_named(conn, other, name))
        assert shared_buyers.numbers_of(conn, ani) == []
    assert shared_buyers.elsewhere(conn, [], mine, *MONTH_DAYS) is None


@in_transaction
def test_a_number_counts_for_the_customer_that_its_name_was_put_together_with(
    conn: Connection,
) -> None:
    mine, other = join(conn, [None, None])
    soap, _ = stock(conn)
    ani, numbered = _named(conn, mine, "Bu Ani"), _named(conn, mine, f"Ani {NUMBER}")
    kept, merged = _named(conn, other, "Bu Rina"), _named(conn, other, f"Rina {NUMBER}")
    customers.merge(conn, mine, ani, numbered, START)
    customers.merge(conn, other, kept, merged, START)
    assert shared_buyers.numbers_of(conn, ani) == [NUMBER]
    sold = sell(conn, other, soap, reference="other", customer_id=kept)
    found = shared_buyers.elsewhere(conn, [NUMBER], mine, *MONTH_DAYS)
    assert found == SharedBuyer(sold, "Mitra Ke-2")
