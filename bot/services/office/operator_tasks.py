"""What the operator has written into the books from the command line, by name.

The same function runs in the bot while there is one, and in the command itself while there is
not. What comes in is plain JSON: the command has checked it in words, here it must merely have
its form.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Final, Protocol

from sqlalchemy import Connection

from bot.core.calendar.hours import local_day
from bot.services.bonus import close_month
from bot.services.members import import_list, import_steps
from bot.services.office import job_tasks
from bot.store.members import roles
from bot.store.products import price_list
from bot.store.products.price_list import Article

__all__ = ["NEED_RIGHT_TIME", "TASKS", "Task"]


class Task(Protocol):
    """A unit of work: what is wished, and the moment, as plain values; so is what it gives."""

    def __call__(self, conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        """Do it."""
        ...


def import_products(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Take a price list over; gives the article numbers by what became of them."""
    articles = [_article(facts) for facts in wish["articles"]]
    today = local_day(now, str(wish["time_zone"]))
    return asdict(price_list.take_over(conn, articles, now, today))


def admin_code(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Keep a one-time code, of which only the digest is stored."""
    expires_at = roles.make_admin_code(conn, str(wish["code"]), now)
    return {"expires_at": expires_at.isoformat()}


def _article(facts: Mapping[str, Any]) -> Article:
    article = Article(**facts)
    for field in fields(Article):
        value = getattr(article, field.name)
        if type(value) is not field.type:
            raise TypeError(f"{field.name} of an article is a {type(value).__name__}")
    return article


TASKS: Final[Mapping[str, Task]] = {
    "import products": import_products,
    "admin code": admin_code,
    **close_month.TASKS,
    **import_list.TASKS,
    **import_steps.TASKS,
    **job_tasks.TASKS,
}

NEED_RIGHT_TIME: Final = frozenset(close_month.TASKS)
"""What cannot be taken back once it was done by a wrong clock."""
