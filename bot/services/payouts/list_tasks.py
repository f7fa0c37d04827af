"""What the command line asks for about lists of payments."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.core.calendar.hours import local_day
from bot.core.input.checked_json import integer, string
from bot.store.jobs import job_inputs
from bot.store.payouts import payout_lists

__all__ = ["TASKS"]


def make_list(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Freeze a list of all that can be paid; returns its number, 0 if there is nothing."""
    today = local_day(now, string(wish, "time_zone"))
    made = payout_lists.make_list(conn, string(wish, "reference"), today, None, now)
    return {"list": made or 0}


def keep_part(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Store a part of a file for the job with this reference."""
    reference, part = string(wish, "reference"), integer(wish, "part")
    job_inputs.keep(conn, reference, part, string(wish, "content"), now)
    return {}


TASKS: Final = {"payout list": make_list, "payout file part": keep_part}
