"""The tasks by which the command line writes to the database, by name.

A task runs in the bot if one is running, else in the command itself. Its input is decoded JSON
whose meaning the command has checked; here only types are checked.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Final, Protocol

from sqlalchemy import Connection

from bot.core.calendar.hours import local_day
from bot.core.input.checked_json import array, record_by_name, string
from bot.jobs import import_list
from bot.services.bonus import close_month
from bot.services.members import import_steps
from bot.services.months import request_tasks
from bot.services.office import given_ranks, job_tasks
from bot.services.payouts import list_tasks
from bot.services.stock import delivery_lists
from bot.store.members import roles
from bot.store.products import price_list
from bot.store.products.price_list import ListedProduct

__all__ = ["NEED_RIGHT_TIME", "TASKS", "Task"]


class Task(Protocol):
    """A unit of work whose input and output are JSON objects."""

    def __call__(
        self, conn: Connection, wish: Mapping[str, object], now: datetime
    ) -> dict[str, object]:
        """Do it.

        Raises:
            KeyError: the input lacks a value.
            TypeError: a value has another type.
        """
        ...


def import_products(
    conn: Connection, wish: Mapping[str, object], now: datetime
) -> dict[str, object]:
    """Import a price list; returns the article numbers by what changed (`PriceListChanges`)."""
    articles = [record_by_name(ListedProduct, facts) for facts in array(wish, "articles")]
    today = local_day(now, string(wish, "time_zone"))
    return asdict(price_list.apply_list(conn, articles, now, today))


def admin_code(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Store the digest of a one-time code; returns when it expires."""
    expires_at = roles.make_admin_code(conn, string(wish, "code"), now)
    return {"expires_at": expires_at.isoformat()}


TASKS: Final[Mapping[str, Task]] = {
    "import products": import_products,
    "admin code": admin_code,
    **close_month.TASKS,
    **request_tasks.TASKS,
    **given_ranks.TASKS,
    **import_list.TASKS,
    **import_steps.TASKS,
    **job_tasks.TASKS,
    **list_tasks.TASKS,
    **delivery_lists.TASKS,
}

NEED_RIGHT_TIME: Final = frozenset(close_month.TASKS)
"""Tasks that cannot be undone, and so are refused while the clock is doubted."""
