"""A bot from its start to its clean end."""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bot.app import App, Parts
from bot.caretaker import Upkeep
from bot.cli.belonging import bot_of
from bot.cli.books import BACKUPS, bring_up_to_date, seal_bot
from bot.clock import Clock, FollowedClock, SystemClock, clock_for
from bot.company import Company
from bot.desk import Desk, socket_of
from bot.pace import Rates
from bot.settings import Settings
from bot.store.lease import right_to_write

__all__ = ["Ready", "serve"]

Ready = Callable[[SystemClock | FollowedClock], Awaitable[None]]

STOP_SECONDS_MAX = 9.5
SIGNALS = (signal.SIGINT, signal.SIGTERM)

log = logging.getLogger(__name__)


async def serve(
    settings: Settings,
    company: Company,
    ready: Ready | None = None,
    *,
    new: bool = False,
    other_bot: bool = False,
) -> None:
    """Run until SIGINT or SIGTERM.

    Args:
        settings: of this machine, with a token.
        company: its rules.
        ready: called once Telegram has been met and requests are taken.
        new: new books are to be made.
        other_bot: it may go on with the books of another bot.

    Raises:
        LeaseHeld: another process writes to these books.
        WrongToken: Telegram does not know the token.
        LeaseLost: the right to write went to somebody else.
    """
    stop = asyncio.Event()
    _obey_signals(stop)
    url = settings.database_url.get_secret_value()
    async with right_to_write(url) as right:
        opened = partial(_open_books, settings, new=new, other_bot=other_bot)
        bot = _work(settings, company, ready, right.stands, opened)
        work = asyncio.create_task(bot, name="bot")
        told = asyncio.create_task(stop.wait(), name="signals")
        lost = asyncio.create_task(right.watch(), name="lease")
        done, _ = await asyncio.wait({work, told, lost}, return_when=asyncio.FIRST_COMPLETED)
        for task in (work, told, lost):
            task.cancel()
        ended = await asyncio.gather(work, told, lost, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception):
            raise error
    if told in done:
        log.info("stopped")


async def _open_books(settings: Settings, now: datetime, *, new: bool, other_bot: bool) -> None:
    bot = bot_of(settings)
    log.info(await bring_up_to_date(settings, now, new=new, bot=bot, other_bot=other_bot))


async def _work(
    settings: Settings,
    company: Company,
    ready: Ready | None,
    leased: Callable[[], bool],
    opened: Callable[[datetime], Awaitable[None]],
) -> None:
    clock = clock_for(settings.clock_url)
    await clock.start()
    try:
        await opened(clock.now())
        path = socket_of(settings.database_url.get_secret_value())
        async with (
            App(_parts(settings, company, clock, leased)) as app,
            Desk(path, app.database, clock),
        ):
            if ready is not None:
                await ready(clock)
            await app.run()
    finally:
        await clock.close()


def _parts(
    settings: Settings, company: Company, clock: Clock, leased: Callable[[], bool]
) -> Parts:
    sending = company.sending
    url, file = settings.database_url.get_secret_value(), settings.database_file
    minutes = settings.backup_minutes
    upkeep = Upkeep(
        url=url,
        books=file,
        folder=(file.parent if file is not None else Path("data")) / BACKUPS,
        every=timedelta(minutes=minutes) if minutes else None,
    )
    return Parts(
        token=settings.token,
        api_url=settings.bot_api_url,
        database_url=url,
        company=company,
        clock=clock,
        rates=Rates(sending.answers_burst, sending.answers_per_second, sending.bulk_per_second),
        upkeep=upkeep,
        watch_port=settings.metrics_port or None,
        leased=leased,
        met=partial(seal_bot, settings),
    )


def _obey_signals(stop: asyncio.Event) -> None:
    """Stop at SIGINT and SIGTERM: cleanly, and if that takes too long, all the same.

    Whatever was not finished then is taken up at the next start, as after a power cut.
    """
    loop = asyncio.get_running_loop()

    def told(number: int) -> None:
        if not stop.is_set():
            log.info("%s: stopping", signal.Signals(number).name)
            impatient = threading.Timer(STOP_SECONDS_MAX, _leave, [loop])
            impatient.daemon = True
            impatient.start()
        stop.set()

    for number in SIGNALS:
        loop.add_signal_handler(number, told, number)


def _leave(loop: asyncio.AbstractEventLoop) -> None:
    log.error("stopping took longer than %s s; leaving at once", STOP_SECONDS_MAX)
    for task in asyncio.all_tasks(loop):
        where = [f"{frame.f_code.co_qualname}:{frame.f_lineno}" for frame in task.get_stack()]
        log.error("still at work: %s in %s", task.get_name(), where)
    logging.shutdown()
    os._exit(1)
