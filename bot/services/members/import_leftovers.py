"""Removes the personal data of imports that were broken off."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.store.db.database import Database
from bot.store.imports import counter_growth, leftovers
from bot.store.jobs import job_inputs

__all__ = ["empty_lists"]

SILENCE_MAX: Final = timedelta(minutes=15)
"""An import that gets no step for this long is lost: its command is dead."""

MEMBERS_AT_ONCE: Final = 200
COUNTERS_AT_ONCE: Final = 2_000


async def empty_lists(database: Database, now: datetime) -> int:
    """Returns the number of members emptied, in short transactions that let others in between.

    Lists that were uploaded but never imported are deleted too.
    """
    if await database.read(partial(job_inputs.any_unasked, before=now - SILENCE_MAX)):
        await database.write(partial(job_inputs.drop_unasked, before=now - SILENCE_MAX))
    if not await database.read(partial(leftovers.any_left, before=now - SILENCE_MAX)):
        return 0
    await database.write(partial(leftovers.mark_abandoned, before=now - SILENCE_MAX))
    emptied = 0
    while found := await database.write(partial(leftovers.empty_some, limit=MEMBERS_AT_ONCE)):
        emptied += found
    while await database.write(partial(counter_growth.forget_some, limit=COUNTERS_AT_ONCE)):
        pass
    return emptied
