"""The steps of taking a list of members over, as the command line asks for them one by one.

The command reads, compares and works out, the bot writes: each step is one short transaction.
Nobody sees anything of it before the last one, which does nothing if the books have changed.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from bot.store import arrival, growth, leftovers, staging
from bot.store.arrival import Ending
from bot.store.growth import Grown
from bot.store.staging import Counts, Newcomer

__all__ = ["TASKS"]


def begin(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Returns the number of a new import; None where another list was taken over meanwhile."""
    return {"import": staging.begin(conn, int(wish["last"]), now)}


def add_members(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Write some of the members."""
    rows = [Newcomer(*row) for row in wish["rows"]]
    written = staging.add_members(conn, int(wish["import"]), rows, str(wish["time_zone"]), now)
    return {"written": written}


def add_counts(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Write the counters of some of the members."""
    counts = [Counts(*row) for row in wish["rows"]]
    return {"written": staging.add_counts(conn, int(wish["import"]), counts, now)}


def keep_growth(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Keep ready what the list adds to the counters of some members in the books."""
    rows = [Grown(*row) for row in wish["rows"]]
    return {"written": growth.keep(conn, int(wish["import"]), rows, now)}


def finish(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Let everybody see the list, unless the books have changed meanwhile."""
    ending = Ending(**wish["ending"])
    if ending.work > arrival.WORK_MAX:
        raise ValueError("more than one commit may hold")
    return {"written": arrival.arrive(conn, int(wish["import"]), ending, now)}


def give_up(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Lose the import that the command began."""
    del now
    staging.give_up(conn, int(wish["import"]))
    return {}


def empty(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Empty some of the members of lists that were lost; gives how many rows that were."""
    del now
    rows = int(wish["rows"])
    return {"emptied": leftovers.empty_some(conn, rows) or growth.forget_some(conn, 10 * rows)}


TASKS: Final = {
    "import members begin": begin,
    "import members rows": add_members,
    "import members counts": add_counts,
    "import members growth": keep_growth,
    "import members finish": finish,
    "import members give up": give_up,
    "import members empty": empty,
}
