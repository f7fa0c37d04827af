"""The sellers' notes on payment are kept and replaced, on SQLite and on PostgreSQL."""

from datetime import date

from sqlalchemy import Connection

from bot.core.sales.payment_note import NOT_STATED, Payment
from bot.store.sales import payment_notes
from tests.store.both import START, in_transaction, join, sell, stock

NOTES = (
    Payment(in_full=True),
    Payment(in_full=False, due_on=date(2026, 12, 5)),
    Payment(deposit=30_000, due_on=date(2026, 12, 5)),
    Payment(in_full=False, means=("cash", "qris", "transfer")),
    Payment(deposit=50_000, means=("transfer",)),
    Payment(means=("qris",)),
)


@in_transaction
def test_a_note_comes_back_as_it_was_and_the_next_one_takes_its_place(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    soap, _ = stock(conn)
    sale, other = (sell(conn, mine, soap, reference=name) for name in ("one", "other"))
    assert payment_notes.of_sale(conn, sale) == NOT_STATED
    for note in NOTES:
        payment_notes.note(conn, sale, note, START)
        assert payment_notes.of_sale(conn, sale) == note
    assert payment_notes.of_sale(conn, other) == NOT_STATED
