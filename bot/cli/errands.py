"""Has something written: by the running bot, or here under the lease while there is none."""

import time
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.cli.faults import Fault

if TYPE_CHECKING:
    from bot.settings import Settings

__all__ = ["have_done"]

TRY_SECONDS_MAX = 5
PAUSE_SECONDS = 0.2
ANSWER_SECONDS_MAX = 60


def have_done(
    settings: "Settings", task: str, wish: Mapping[str, Any], seconds: float = ANSWER_SECONDS_MAX
) -> dict[str, Any]:
    """Do one of the office's tasks, which may take so many seconds; gives what it gives.

    A bot that is about to start or to stop holds the lease and does not listen; that passes.

    Raises:
        Fault: the running bot could not do it; nothing was written.
        LeaseHeld: another process writes to the books and does not listen.
        HeldElsewhere: the same on a server.
    """
    import asyncio

    from bot import desk
    from bot.lease import LeaseHeld
    from bot.store.lease import HeldElsewhere

    path = desk.socket_of(settings.database_url.get_secret_value())
    until = time.monotonic() + TRY_SECONDS_MAX
    while True:
        try:
            return desk.ask(path, task, wish, seconds)
        except desk.NotDone as refused:
            raise Fault(f"Nothing was written: {refused}") from None
        except desk.NobodyThere:
            try:
                return asyncio.run(_do_here(settings, task, wish))
            except (LeaseHeld, HeldElsewhere):
                if time.monotonic() > until:
                    raise
        time.sleep(PAUSE_SECONDS)


async def _do_here(settings: "Settings", task: str, wish: Mapping[str, Any]) -> dict[str, Any]:
    from bot.cli.books import refuse_unready
    from bot.cli.setup import now_by
    from bot.services.office_tasks import TASKS
    from bot.store.database import open_database
    from bot.store.lease import right_to_write

    url = settings.database_url.get_secret_value()
    async with right_to_write(url):
        await refuse_unready(settings)
        now = await now_by(settings)
        database = open_database(url)
        try:
            return await database.write(partial(TASKS[task], wish=wish, now=now))
        finally:
            await database.close()
