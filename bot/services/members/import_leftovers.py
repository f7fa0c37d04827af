"""Lists of members that were broken off leave nothing behind that tells of anybody."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.store.db.database import Database
from bot.store.imports import counter_growth, leftovers
from bot.store.jobs import job_inputs

__all__ = ["empty_lists"]

SILENCE_MAX: Final = timedelta(minutes=15)
"""A list for which nothing came in so long is given up: its command is dead."""

MEMBERS_AT_ONCE: Final = 200
COUNTERS_AT_ONCE: Final = 2_000


async def empty_lists(database: Database, now: datetime) -> int:
    """Returns how many members were emptied, in short units between which others have a turn.

    A list that was handed over and never asked for is deleted too.
    """
    if await database.read(partial(job_inputs.any_unasked, before=now - SILENCE_MAX)):
        await database.write(partial(job_inputs.drop_unasked, before=now - SILENCE_MAX))
    if not await database.read(partial(leftovers.waits, before=now - SILENCE_MAX)):
        return 0
    await database.write(partial(leftovers.forsake, before=now - SILENCE_MAX))
    emptied = 0
    while found := await database.write(partial(leftovers.empty_some, limit=MEMBERS_AT_ONCE)):
        emptied += found
    while await database.write(partial(counter_growth.forget_some, limit=COUNTERS_AT_ONCE)):
        pass
    return emptied
