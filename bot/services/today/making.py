"""Makes the list of a day, once; whoever looks at it first, the seller or the morning."""

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.core.today.customer_facts import Debt, KnownCustomers, ListedCustomer, Named
from bot.core.today.day_list import day_list
from bot.store.customers import customer_list
from bot.store.debts import debts
from bot.store.today import customer_purchases, today_clocks, today_items
from bot.store.today.customer_purchases import NotedDetails

__all__ = ["list_of", "made", "open_count"]

HISTORY_DAYS: Final = 400
"""So far back a seller's sales are read: a silence counts for a year at most."""
COUNTED_CUSTOMERS_MAX: Final = 400
WISH_DAYS: Final = 7
"""A wish without a day is come back to so many days after it was noted."""


def list_of(conn: Connection, member_id: int, day: date, at: datetime) -> list[ListedCustomer]:
    """Returns the list of a day; makes and stores it if that has not been done."""
    today_clocks.hold(conn, member_id)
    listed = today_items.of_day(conn, member_id, day)
    if listed:
        return listed
    today_items.put(conn, member_id, made(conn, member_id, day), day, at)
    return today_items.of_day(conn, member_id, day)


def open_count(conn: Connection, member_id: int, day: date) -> int:
    """Returns how many of a day are left to do; stores nothing.

    0 while a seller of very many customers has no list yet: working it out takes a tenth of a
    second, too long for a line of the menu.
    """
    listed = today_items.of_day(conn, member_id, day)
    if not listed:
        many = customer_list.count_of(conn, member_id) > COUNTED_CUSTOMERS_MAX
        return 0 if many else len(made(conn, member_id, day))
    bought = customer_purchases.last_days(conn, member_id, day)
    return sum(one.state == "shown" and one.customer_id not in bought for one in listed)


def made(conn: Connection, member_id: int, day: date) -> tuple[Named, ...]:
    """Returns whom the list of a day would have; stores nothing."""
    noted = customer_purchases.noted_details(conn, member_id)
    owed = debts.owed_by(conn, member_id)
    since = day - timedelta(days=HISTORY_DAYS)
    known = KnownCustomers(
        purchases=customer_purchases.purchases_of(conn, member_id, since),
        lasts=customer_purchases.lasting(conn),
        debts=[Debt(one.customer_id, one.sale_id, one.sold_on, one.due_on) for one in owed],
        birthdays={who: one.birthday for who, one in noted.items() if one.birthday},
        wishes={who: _wish_on(one) for who, one in noted.items() if one.wish},
        contacted={
            who: date.fromisoformat(one.contacted_on)
            for who, one in noted.items()
            if one.contacted_on
        },
        past=today_items.past(conn, member_id, day),
    )
    return day_list(known, day)


def _wish_on(noted: NotedDetails) -> date:
    """Returns the day on which to come back to a wish."""
    if noted.wish_on:
        return date.fromisoformat(noted.wish_on)
    return noted.changed_at.date() + timedelta(days=WISH_DAYS)
