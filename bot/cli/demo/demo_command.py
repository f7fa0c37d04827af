"""`demo`: runs the bot and a local Telegram on this machine, for the browser."""

import asyncio
import contextlib
import json
import signal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.cli.demo.telegram import LocalTelegram
    from bot.cli.service.supervisor import SupervisorLink
    from bot.company import Company
    from bot.system.clock import FollowedClock, SystemClock
    from bot.system.settings import Settings

__all__ = ["demo"]

FOLDER = Path("data/demo")
DATABASE = FOLDER / "jualdulu.db"
STATE = FOLDER / "telegram.json"
PEOPLE = FOLDER / "people.json"
MORE = ("-wal", "-shm", ".sock", ".seal")
LOOK_SECONDS = 0.5
LOST_SECONDS_MAX = 5.0
"""How long the local Telegram of a demo that crashed may keep its port."""


@click.command(
    help="Try the bot of a small made-up company, on a local Telegram in the browser.\n\n"
    "Nothing leaves this machine. The demo uses only its own files in data/demo and no setting "
    "but PORT, so it cannot touch a real database. Ctrl-C ends it; the next start continues where "
    "it ended.",
    epilog="\b\nExamples:\n"
    "  python -m bot demo\n"
    "  python -m bot demo --port 8090\n"
    "  python -m bot demo --fresh          start over\n"
    "\b\nThe real bot creates its database with `run`, on PostgreSQL only with `run --new`.",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65_535),
    default=8080,
    envvar="PORT",
    show_default=True,
    show_envvar=True,
    help="The port of the page.",
)
@click.option("--fresh", is_flag=True, help="Delete the files of an earlier demo first.")
@click.option("--still", is_flag=True, help="Let the other people of the company do nothing.")
@click.option("--below", type=int, hidden=True, help="Exit code of the previous run.")
def demo(*, port: int, fresh: bool, still: bool, below: int | None) -> None:
    """Become the supervisor, or start the sandbox and a bot on it."""
    from bot.cli.service.supervisor import SupervisorLink, supervise

    if below is None:
        words = ("demo", f"--port={port}", *(["--still"] if still else []))
        raise SystemExit(supervise(*words, first=("--fresh",) if fresh else ()))
    _start(SupervisorLink(below), port, fresh=fresh, still=still)


def _start(link: "SupervisorLink", port: int, *, fresh: bool, still: bool) -> None:
    from bot.cli.demo.cast import people_file
    from bot.cli.demo.company import sample_company
    from bot.cli.demo.telegram import PROJECT, LocalTelegram, refuse_busy_port
    from bot.system.process_lock import ProcessLock

    FOLDER.mkdir(parents=True, exist_ok=True)
    with ProcessLock(DATABASE):  # a second demo is refused before it touches a file
        if fresh:
            _delete_files()
    refuse_busy_port(port, seconds=LOST_SECONDS_MAX if link.last else 0.0)
    company = sample_company(PROJECT)
    PEOPLE.write_text(json.dumps(people_file(), ensure_ascii=False, indent=1), "utf-8")
    with LocalTelegram(port, PEOPLE, STATE, steady=still) as telegram:
        settings = _settings(telegram.url)
        asyncio.run(_play(telegram, settings, company, link, still=still))
        link.done()
        telegram.refuse_end()
    click.echo("The demo has stopped.", err=True)


def _delete_files() -> None:
    for file in (DATABASE, STATE, *(Path(f"{DATABASE}{more}") for more in MORE)):
        file.unlink(missing_ok=True)


def _settings(url: str) -> "Settings":
    """Returns settings that neither the environment nor a file can change."""
    from bot.cli.demo.telegram import TOKEN
    from bot.system.settings import Settings
    from bot.telemetry import logs

    logs.setup("WARNING")
    return Settings.model_validate(
        {
            "bot_token": TOKEN,
            "bot_api_url": url,
            "database_url": f"sqlite+aiosqlite:///{DATABASE}",
            "company_file": "company.sample.toml",
            "log_level": "WARNING",
            "log_format": "text",
            "backup_minutes": 0,
            "metrics_port": 0,
            "clock_url": f"{url}/clock",
        }
    )


async def _play(
    telegram: "LocalTelegram",
    settings: "Settings",
    company: "Company",
    link: "SupervisorLink",
    *,
    still: bool,
) -> None:
    from bot.cli.demo.guide import follow_steps
    from bot.cli.demo.life import live
    from bot.cli.service.serving import serve_bot

    if not DATABASE.exists():
        await _begin_by_day(telegram, settings, company)
    fresh = await _prepare_database(settings, company, still=still)
    followers: set[asyncio.Task[None]] = set()

    async def ready(clock: "SystemClock | FollowedClock") -> None:
        await _offer_moments(telegram, company, clock)
        loop = asyncio.get_running_loop()

        def moved() -> None:
            task = loop.create_task(_offer_moments(telegram, company, clock))
            followers.add(task)
            task.add_done_callback(followers.discard)

        clock.on_change(moved)
        followers.add(loop.create_task(_stop_with(telegram)))
        if fresh:
            await _greet(telegram)
        url = settings.database_url.get_secret_value()
        followers.add(loop.create_task(follow_steps(telegram, url)))
        if fresh and not still:
            followers.add(loop.create_task(live(telegram, url)))
        link.ready()
        click.echo(f"Open {telegram.url} in a browser. Ctrl-C ends the demo.")

    try:
        await serve_bot(settings, company, ready)
    finally:
        for task in followers:
            task.cancel()
        await asyncio.gather(*followers, return_exceptions=True)


async def _begin_by_day(
    telegram: "LocalTelegram", settings: "Settings", company: "Company"
) -> None:
    """Set the demo's clock to working hours, because the bot sends nothing unasked at night."""
    from bot.cli.demo.moments import good_hour
    from bot.cli.setup import now_by

    now = await now_by(settings)
    begin = good_hour(company, now)
    if begin != now:
        await telegram.tell("clock", set=begin.isoformat())


async def _prepare_database(settings: "Settings", company: "Company", *, still: bool) -> bool:
    """Create and fill the demo's database where it is missing; returns whether it was."""
    from bot.cli.database.upgrade import upgrade_database
    from bot.cli.demo.seed import is_seeded, seed_demo, write_to_all
    from bot.cli.setup import now_by
    from bot.store.backup.traces import has_no_data
    from bot.store.db.database import open_database
    from bot.store.db.write_lease import hold_write_lease

    url = settings.database_url.get_secret_value()
    async with hold_write_lease(url):
        now = await now_by(settings)
        # A missing database of the demo is no loss.
        await upgrade_database(settings, now, new=has_no_data(DATABASE))
        database = open_database(url)
        try:
            if await database.read(is_seeded):
                return False
            click.echo("Writing the past sales of a small company …", err=True)
            await database.write(partial(seed_demo, company=company, now=now))
            if not still:
                await database.write(partial(write_to_all, now=now))
        finally:
            await database.close()
    return True


async def _offer_moments(
    telegram: "LocalTelegram", company: "Company", clock: "SystemClock | FollowedClock"
) -> None:
    """Send the page the moments to which its clock can move; ignore its failures."""
    import aiohttp

    from bot.cli.demo.moments import upcoming

    with contextlib.suppress(aiohttp.ClientError, TimeoutError):
        await telegram.tell("upcoming", moments=upcoming(company, clock.now()))


async def _greet(telegram: "LocalTelegram") -> None:
    """Open the bot once on each phone of the page whose person knows the bot."""
    from bot.cli.demo.cast import people_file

    for person in people_file():
        if person["show"] and person["started"]:
            await telegram.tell("start", person=person["id"])


async def _stop_with(telegram: "LocalTelegram") -> None:
    """Stop the demo when its Telegram has ended."""
    while not telegram.ended:  # noqa: ASYNC110 - a process sends no event when it ends
        await asyncio.sleep(LOOK_SECONDS)
    signal.raise_signal(signal.SIGTERM)
