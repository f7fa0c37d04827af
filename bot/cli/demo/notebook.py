"""What the seller of the demo noted of her customers: her morning list has every reason."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.core.calendar.hours import local_day
from bot.core.sales.payment_note import Payment
from bot.store.customers import customer_details, customers
from bot.store.sales import payment_notes, sales

__all__ = ["write_notebook"]

LOOKED_AT: Final = 12
OWED_DAYS: Final = 4
"""The sale that is not paid for is about so many days old."""

WISH: Final = "Minyak Zaitun untuk masak"


def write_notebook(conn: Connection, seller_id: int, zone: str, now: datetime) -> None:
    """Note a birthday, a wish, and a debt that was to be paid today."""
    today = local_day(now, zone)
    known = customers.recent(conn, seller_id, LOOKED_AT)
    owed = _owed_sale(conn, seller_id, (today - timedelta(days=OWED_DAYS)).isoformat())
    others = [one for one in known if owed is None or one.id != owed[1]]
    if owed is not None:
        payment = Payment(in_full=False, due_on=today)
        payment_notes.note(conn, owed[0], payment, now)
    for one, day in zip(others[-3:-1], (today, today + timedelta(days=1)), strict=False):
        customer_details.set_birthday(conn, seller_id, one.id, f"{day:%m-%d}", now)
    for one in others[-1:]:
        customer_details.set_wish(conn, seller_id, one.id, WISH, today.isoformat(), now)


def _owed_sale(conn: Connection, seller_id: int, until: str) -> tuple[int, int] | None:
    """Returns a sale of about that day, with its customer."""
    for sale in sales.latest_of(conn, seller_id, 2**62, LOOKED_AT):
        if sale.customer_id is not None and sale.sold_on <= until:
            return sale.id, sale.customer_id
    return None
