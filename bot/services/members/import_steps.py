"""The steps of importing members, which the command line asks for one by one.

The command reads, compares and computes; the bot writes, each step in one short transaction.
The members stay hidden until the last step, which does nothing if the database has changed.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.core.input.checked_json import array, integer, record, record_by_name, string
from bot.store.imports import arrival, counter_growth, leftovers
from bot.store.imports.arrival import Ending
from bot.store.imports.counter_growth import Grown
from bot.store.members import staging
from bot.store.members.staging import Counts, Newcomer

__all__ = ["TASKS"]


def begin(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Returns the id of a new import; None if another one was done since the command looked."""
    return {"import": staging.begin(conn, integer(wish, "last"), now)}


def add_members(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Write some of the members; returns whether they could be written."""
    rows = [record(Newcomer, row) for row in array(wish, "rows")]
    import_id, zone = integer(wish, "import"), string(wish, "time_zone")
    return {"written": staging.add_members(conn, import_id, rows, zone, now)}


def add_counts(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Write the counters of some of the members; returns whether they could be written."""
    counts = [record(Counts, row) for row in array(wish, "rows")]
    return {"written": staging.add_counts(conn, integer(wish, "import"), counts, now)}


def keep_growth(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Store what the import will add to counters of existing members; returns whether it could."""
    rows = [record(Grown, row) for row in array(wish, "rows")]
    return {"written": counter_growth.keep(conn, integer(wish, "import"), rows, now)}


def finish(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Make the imported members visible; returns False if the database has changed."""
    ending = record_by_name(Ending, wish["ending"])
    if ending.work > arrival.WORK_MAX:
        raise ValueError("more than one commit may hold")
    by = integer(wish, "by") if "by" in wish else None
    return {"written": arrival.arrive(conn, integer(wish, "import"), ending, now, by)}


def give_up(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Mark the import that the command began as lost."""
    del now
    staging.give_up(conn, integer(wish, "import"))
    return {}


def empty(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Empty some members of lost imports; returns the number of rows changed."""
    del now
    rows = integer(wish, "rows")
    return {
        "emptied": leftovers.empty_some(conn, rows) or counter_growth.forget_some(conn, 10 * rows)
    }


TASKS: Final = {
    "import members begin": begin,
    "import members rows": add_members,
    "import members counts": add_counts,
    "import members growth": keep_growth,
    "import members finish": finish,
    "import members give up": give_up,
    "import members empty": empty,
}
