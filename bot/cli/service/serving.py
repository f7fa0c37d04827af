"""Runs the bot from its start to a clean stop."""

import asyncio
import contextlib
import faulthandler
import logging
import os
import signal
import threading
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from bot.app import App, Parts
from bot.cli.database.belonging import bot_of, folder_of
from bot.cli.database.sealing import seal_bot
from bot.cli.database.upgrade import upgrade_database
from bot.company import Company
from bot.runtime.control_socket import ControlSocket, socket_of
from bot.runtime.maintenance import MaintenancePlan
from bot.store.db.write_lease import hold_write_lease
from bot.system.clock import Clock, FollowedClock, SystemClock, clock_for
from bot.system.service_manager import ServiceManager
from bot.system.settings import Settings
from bot.system.watchdog import Watchdog
from bot.telegram_api.rate_limits import Rates

__all__ = ["Ready", "serve_bot"]

T = TypeVar("T")
Ready = Callable[[SystemClock | FollowedClock], Awaitable[None]]

STOP_SECONDS_MAX = 9.5
EXIT_SECONDS_MAX = 10.0
LAST_LOG_SECONDS = 0.2
SIGNALS = (signal.SIGINT, signal.SIGTERM)

log = logging.getLogger(__name__)


async def serve_bot(
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
        ready: called once Telegram has answered and the control socket takes requests.
        new: a new database may be created.
        other_bot: the database may be one on which another bot has worked.

    Raises:
        FileLeaseHeldError: another process writes to the database file.
        ServerLeaseHeldError: another program writes to the database on the server.
        UnknownTokenError: Telegram does not know the token.
        LeaseLostError: another program took the write lease.
        DatabaseReplacedError: a file of the database was deleted, emptied or replaced.
    """
    stop = asyncio.Event()
    manager = ServiceManager(os.environ)
    watchdog = Watchdog(manager.feed)
    url = settings.database_url.get_secret_value()
    async with watchdog, contextlib.AsyncExitStack() as stack:
        _obey_signals(stop, watchdog, manager)
        lease = await stack.enter_async_context(hold_write_lease(url))
        upgrade = partial(_upgrade, settings, new=new, other_bot=other_bot)
        bot = _work(settings, company, ready, lease.effective, upgrade, watchdog, manager)
        work = asyncio.create_task(bot, name="bot")
        signalled = asyncio.create_task(stop.wait(), name="signals")
        lost = asyncio.create_task(lease.watch(), name="lease")
        done, _ = await asyncio.wait({work, signalled, lost}, return_when=asyncio.FIRST_COMPLETED)
        for task in (work, signalled, lost):
            task.cancel()
        ended = await asyncio.gather(work, signalled, lost, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception):
            raise error
    if signalled in done:
        log.info("stopped")


async def _upgrade(settings: Settings, now: datetime, *, new: bool, other_bot: bool) -> None:
    bot = bot_of(settings)
    log.info(await upgrade_database(settings, now, new=new, bot=bot, other_bot=other_bot))


async def _work(
    settings: Settings,
    company: Company,
    ready: Ready | None,
    leased: Callable[[], bool],
    upgrade: Callable[[datetime], Coroutine[None, None, None]],
    watchdog: Watchdog,
    manager: ServiceManager,
) -> None:
    clock = clock_for(settings.clock_url)
    await clock.start()
    try:
        manager.notify("STATUS=Upgrading the database")
        await _in_own_loop(partial(upgrade, clock.now()))
        manager.notify("STATUS=Starting; waiting for Telegram's first answer")
        path = socket_of(settings.database_url.get_secret_value())
        app = App(_parts(settings, company, clock, leased))
        async with (
            app,
            ControlSocket(path, app.database, clock, app.clock_check.believed, app.jobs.wake),
        ):
            watchdog.deadline = app.database.deadline
            manager.notify("READY=1", "STATUS=Ready")
            if ready is not None:
                await ready(clock)
            await app.run()
    finally:
        await clock.close()


async def _in_own_loop(work: Callable[[], Coroutine[None, None, T]]) -> T:
    """Run `work` in a thread with its own event loop, so that this one goes on; always wait."""
    doing = asyncio.create_task(asyncio.to_thread(lambda: asyncio.run(work())))
    try:
        return await asyncio.shield(doing)
    except asyncio.CancelledError:
        await asyncio.gather(doing, return_exceptions=True)
        raise


def _parts(
    settings: Settings, company: Company, clock: Clock, leased: Callable[[], bool]
) -> Parts:
    sending = company.sending
    url = settings.database_url.get_secret_value()
    minutes = settings.backup_minutes
    maintenance = MaintenancePlan(
        url=url,
        file=settings.database_file,
        folder=folder_of(settings),
        every=timedelta(minutes=minutes) if minutes else None,
    )
    return Parts(
        token=settings.token,
        api_url=settings.bot_api_url,
        database_url=url,
        company=company,
        clock=clock,
        rates=Rates(sending.answers_burst, sending.answers_per_second, sending.bulk_per_second),
        maintenance=maintenance,
        probe_port=settings.metrics_port or None,
        leased=leased,
        met=partial(seal_bot, settings),
    )


def _obey_signals(stop: asyncio.Event, watchdog: Watchdog, manager: ServiceManager) -> None:
    """Stop at SIGINT and SIGTERM: cleanly, or at once if that takes too long.

    Unfinished work is taken up at the next start, as after a power cut. A blocked event loop
    sees no signal; that time is subtracted from what a clean stop may take.
    """
    loop = asyncio.get_running_loop()

    def on_signal(number: int) -> None:
        if not stop.is_set():
            log.info("%s: stopping", signal.Signals(number).name)
            left = EXIT_SECONDS_MAX - watchdog.late - LAST_LOG_SECONDS
            seconds = min(STOP_SECONDS_MAX, left)
            watchdog.exit_within(seconds + LAST_LOG_SECONDS)
            manager.notify("STOPPING=1", "STATUS=Stopping")
            timer = threading.Timer(seconds, _exit_now, [loop])
            timer.daemon = True
            timer.start()
        stop.set()

    for number in SIGNALS:
        loop.add_signal_handler(number, on_signal, number)


def _exit_now(loop: asyncio.AbstractEventLoop) -> None:
    log.error("stopping took longer than %s s; leaving at once", STOP_SECONDS_MAX)
    for task in asyncio.all_tasks(loop):
        where = [f"{frame.f_code.co_qualname}:{frame.f_lineno}" for frame in task.get_stack()]
        log.error("still at work: %s in %s", task.get_name(), where)
    logging.shutdown()
    faulthandler.dump_traceback()
    os._exit(1)
