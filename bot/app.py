"""The one place where the parts of a running bot are put together."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Self

from telegram import Bot
from telegram.error import InvalidToken
from telegram.ext import ApplicationBuilder, ContextTypes

from bot import handlers
from bot.company import Company
from bot.content import Content
from bot.conversation.late_rendering import fill, rendered, unseen
from bot.conversation.registry import FLOWS
from bot.handlers.context import BotApplication, BotContext, BotData, attach
from bot.monitoring.probes import ProbeServer
from bot.monitoring.snapshot import MetricsSnapshot
from bot.runtime.job_kinds import not_done_by_kind, work_by_kind
from bot.runtime.job_runner import JobRunner
from bot.runtime.maintenance import Maintenance, MaintenancePlan
from bot.runtime.outages import Gaps
from bot.runtime.poller import Poller
from bot.runtime.scheduler import Scheduler
from bot.runtime.send_metrics import SendMetrics
from bot.runtime.sender import Sender
from bot.runtime.update_worker import UpdateWorker
from bot.services.office.alerts import Stuck, tell_long_wait, tell_stuck
from bot.store.backup.erasure_file import ErasureBook, list_beside
from bot.store.backup.seal_file import key_beside
from bot.store.customers import customer_details
from bot.store.db import counters
from bot.store.db.database import Database, open_database, sqlite_file
from bot.store.queue import waits
from bot.store.queue.queue_stats import nothing_open
from bot.system.clock import Clock
from bot.system.clock_check import ClockCheck
from bot.system.number_keys import NumberKeys
from bot.telegram_api.bot_profile import Menus, publish_profile
from bot.telegram_api.downloads import download
from bot.telegram_api.gateway import Gateway
from bot.telegram_api.http import AiohttpRequest
from bot.telegram_api.rate_limits import RateLimiter, Rates
from bot.telegram_api.refusals import UnknownTokenError
from bot.telegram_api.retry_gates import Gates
from bot.telegram_api.webhook_check import wait_for_no_webhook
from bot.telemetry.health import Pulse
from bot.telemetry.metrics import Metrics
from bot.turn.runtime import BotRuntime

__all__ = ["App", "Parts"]

log = logging.getLogger(__name__)

CHANCE_BITS = 128
START_PAUSES = (0.5, 1, 2, 5)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a bot is made of.

    Attributes:
        token: of the bot.
        api_url: of the Bot API server, without `/bot`.
        database_url: of an existing database with the current schema.
        company: the company file.
        clock: the only clock.
        rates: the rate limits of sending.
        maintenance: the settings of maintenance; None for none.
        probe_port: of the probes; None for none.
        leased: whether the process still holds the write lease.
        met: called with the database and the bot's id once Telegram has told it.
    """

    token: str
    api_url: str
    database_url: str
    company: Company
    clock: Clock
    rates: Rates
    maintenance: MaintenancePlan | None = None
    probe_port: int | None = None
    leased: Callable[[], bool] = lambda: True
    met: Callable[[Database, int], Awaitable[None]] | None = None


class App:
    """A running bot: `async with App(parts) as app: await app.run()`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.pulse = Pulse()
        self._metrics = Metrics()
        self._tasks: list[asyncio.Task[None]] = []
        self._stack = contextlib.AsyncExitStack()

    async def __aenter__(self) -> Self:
        parts = self._parts
        self.database = open_database(parts.database_url, self._observe)
        self._stack.push_async_callback(self.database.close)
        try:
            await self._start()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def _start(self) -> None:
        parts = self._parts
        await self._start_probes()
        application = _application(parts, self.clock_check)
        # Before it is initialized, the application closes nothing, so the bot is closed as well.
        self._stack.push_async_callback(application.bot.shutdown)
        me = await _meet(application)
        await wait_for_no_webhook(me)
        if parts.met is not None:
            await parts.met(self.database, me.id)
        self._stack.push_async_callback(application.shutdown)
        handlers.register(application)
        content = Content(
            FLOWS, company=parts.company.name, office=parts.company.office_contact, bot=me.username
        )
        chance = partial(secrets.randbits, CHANCE_BITS)
        hooks = (self._wake_worker, self._metrics.unclear_text, self._wake_jobs)
        beside = (
            ErasureBook(list_beside(parts.database_url)),
            NumberKeys(key_beside(parts.database_url)),
        )
        runtime = self.runtime = BotRuntime(
            self.database, content, parts.company, me.username, chance, *hooks, *beside
        )
        trouble = await self.database.read(
            partial(customer_details.key_trouble, keys=runtime.number_keys)
        )
        if trouble:
            log.warning("the key of customers' numbers is %s: see `doctor`", trouble)
        attach(application, runtime, parts.clock.now)
        epoch = await self.database.write(partial(counters.increment, name="epoch"))
        self._make_senders(application.bot, epoch)
        wake, clock, clock_check = self.sender.wake, parts.clock, self.clock_check
        self.worker = UpdateWorker(runtime, application, wake, clock.now, self._metrics, epoch)
        self._make_poller(me.id)
        fetch = partial(download, application.bot)
        kinds = work_by_kind(runtime, clock, clock_check.believed, fetch)
        not_done = not_done_by_kind(runtime)
        self.jobs = JobRunner(self.database, clock, epoch, kinds, wake, not_done)
        self.scheduler = Scheduler(runtime, clock, wake, clock_check, self.jobs.run_scheduled)
        self.maintenance: Maintenance | None = None
        if parts.maintenance is not None:
            plan, state = parts.maintenance, self.pulse.backups
            believed = clock_check.believed
            self.maintenance = Maintenance(runtime, plan, clock, believed, state, self.jobs)
        self._publish_profile = partial(publish_profile, me, runtime, self.menus.close)
        log.info("ready as @%s", me.username)

    async def _start_probes(self) -> None:
        """Start the probes, and the check of the clock."""
        parts = self._parts
        self.clock_check = ClockCheck(parts.clock)
        self.clock_check.note_latest(await self.database.read(waits.latest_known))
        file = sqlite_file(parts.database_url)
        self.snapshot = MetricsSnapshot(
            self.database, file, parts.clock, self.pulse, parts.leased, self.clock_check
        )
        self.probes: ProbeServer | None = None
        if parts.probe_port is not None:
            probes = ProbeServer(parts.probe_port, self.snapshot, self._metrics, parts.clock)
            self.probes = await self._stack.enter_async_context(probes)

    def _make_senders(self, bot: Bot, epoch: int) -> None:
        """Make the sender, and the setter of command lists."""
        clock, believed = self._parts.clock, self.clock_check.believed
        gates = Gates(clock)
        alarm = partial(tell_long_wait, self.runtime, clock.now)
        fills, unshown = partial(fill, self.runtime, clock.now), partial(unseen, self.runtime)
        gateway = Gateway(bot, self.database, gates, fills, unshown, alarm)
        send = SendMetrics(gateway.send, self._metrics, clock).send
        render = partial(rendered, self.runtime, clock.now)
        limiter = RateLimiter(self._parts.rates)
        self.sender = Sender(self.database, send, clock, limiter, gates, epoch, render, believed)
        self.menus = Menus(bot, self.runtime, clock, gates, alarm)

    def _make_poller(self, bot_id: int) -> None:
        parts = self._parts
        wake, believed = self.sender.wake, self.clock_check.believed
        self.gaps = Gaps(self.runtime, bot_id, parts.clock, wake, believed)
        self.poller = Poller(
            f"{parts.api_url}/bot{parts.token}",
            bot_id,
            self.database,
            parts.clock,
            self.worker.wake,
            self.clock_check,
            self.gaps,
            self._tell_stuck,
            self.pulse,
        )

    async def run(self) -> None:
        """Run all parts until cancelled, or until one of them fails."""
        self.scheduler.start()
        parts = [
            self.poller.run(),
            self.worker.run(),
            self.sender.run(),
            self.menus.run(),
            self.gaps.run(),
            self.jobs.run(),
            self._publish_profile(),
        ]
        if self.maintenance is not None:
            parts.append(self.maintenance.run())
        self._tasks = [asyncio.create_task(part) for part in parts]
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_EXCEPTION)
        for task in done:
            task.result()

    def _wake_worker(self) -> None:
        """Wake the worker, after a dead letter was put back into the inbox."""
        self.worker.wake()

    def _wake_jobs(self) -> None:
        """Wake the job runner, after a turn has asked for a job."""
        self.jobs.wake()

    async def _tell_stuck(self, stuck: Stuck) -> None:
        """Notify the admins of what keeps the poller from fetching updates."""
        at = self._parts.clock.now()
        await self.database.write(partial(tell_stuck, runtime=self.runtime, stuck=stuck, at=at))
        self.sender.wake()

    async def idle(self) -> bool:
        """Whether every update is handled and every answer sent."""
        return await self.database.read(partial(nothing_open, now=self._parts.clock.now()))

    def _observe(self, seconds: float, units: int, kept: bool) -> None:
        """Note a transaction that has ended; called from the writer thread."""
        self._metrics.committed(seconds, units, kept=kept)
        moment = self._parts.clock.monotonic()
        if kept:
            self.pulse.committed_at = moment
        else:
            self.pulse.broken_at = moment

    async def __aexit__(self, *_: object) -> None:
        self.pulse.stopping = True
        self.scheduler.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            await self.scheduler.settled()
            await self.sender.stop()
        finally:
            await self._stack.aclose()


def _application(parts: Parts, clock_check: ClockCheck) -> BotApplication:
    return (
        ApplicationBuilder()
        .token(parts.token)
        .base_url(f"{parts.api_url}/bot")
        .base_file_url(f"{parts.api_url}/file/bot")
        .request(AiohttpRequest(traces=[clock_check.trace()]))
        .get_updates_request(AiohttpRequest(traces=[clock_check.trace()]))
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=BotContext, bot_data=BotData))
        .build()
    )


async def _meet(application: BotApplication) -> Bot:
    """Ask Telegram who the bot is, again and again until it answers; returns the bot."""
    tries = 0
    while True:
        try:
            await application.initialize()
        except InvalidToken:
            raise UnknownTokenError(["Telegram does not know this BOT_TOKEN"]) from None
        except Exception as error:  # noqa: BLE001 - a proxy may answer anything
            pause = START_PAUSES[min(tries, len(START_PAUSES) - 1)]
            tries += 1
            log.warning(
                "Telegram is out of reach (%s); again in %s s", type(error).__name__, pause
            )
            await asyncio.sleep(pause)
        else:
            bot: Bot = application.bot
            return bot
