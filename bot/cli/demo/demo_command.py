"""`demo`: everything on this machine, one address to open."""

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
    from bot.cli.service.supervisor import Above
    from bot.company import Company
    from bot.system.clock import FollowedClock, SystemClock
    from bot.system.settings import Settings

__all__ = ["demo"]

FOLDER = Path("data/demo")
BOOKS = FOLDER / "jualdulu.db"
STATE = FOLDER / "telegram.json"
PEOPLE = FOLDER / "people.json"
MORE = ("-wal", "-shm", ".sock", ".seal")
LOOK_SECONDS = 0.5
LOST_SECONDS_MAX = 5.0
"""A demo that crashed leaves its Telegram behind for so long."""


@click.command(
    help="Play with a small living company, on a local Telegram in the browser.\n\n"
    "Nothing leaves this machine. The demo keeps to its own files in data/demo and heeds no "
    "settings but PORT, so it cannot touch the real books. Ctrl-C ends it; what was done is "
    "still there at the next start.",
    epilog="\b\nExamples:\n"
    "  python -m bot demo\n"
    "  python -m bot demo --port 8090\n"
    "  python -m bot demo --fresh          begin again from the start\n"
    "\b\nThe real bot makes its books with `run`, on PostgreSQL only with `run --new`.",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65_535),
    default=8080,
    envvar="PORT",
    show_default=True,
    show_envvar=True,
    help="Where the page is served.",
)
@click.option("--fresh", is_flag=True, help="Throw the demo's earlier files away first.")
@click.option("--still", is_flag=True, help="Nobody but you does anything.")
@click.option("--below", type=int, hidden=True, help="Started by the process above, after this.")
def demo(*, port: int, fresh: bool, still: bool, below: int | None) -> None:
    """Be the process above, or start the sandbox and a bot on it."""
    from bot.cli.service.supervisor import Above, stand_by

    if below is None:
        words = ("demo", f"--port={port}", *(["--still"] if still else []))
        raise SystemExit(stand_by(*words, first=("--fresh",) if fresh else ()))
    _start(Above(below), port, fresh=fresh, still=still)


def _start(above: "Above", port: int, *, fresh: bool, still: bool) -> None:
    from bot.cli.demo.cast import people_file
    from bot.cli.demo.company import sample_company
    from bot.cli.demo.telegram import PROJECT, LocalTelegram, refuse_busy_port
    from bot.system.process_lock import Lease

    FOLDER.mkdir(parents=True, exist_ok=True)
    with Lease(BOOKS):  # another demo is told so before anything of its own is touched
        if fresh:
            _throw_away()
    refuse_busy_port(port, seconds=LOST_SECONDS_MAX if above.last else 0.0)
    company = sample_company(PROJECT)
    PEOPLE.write_text(json.dumps(people_file(), ensure_ascii=False, indent=1), "utf-8")
    with LocalTelegram(port, PEOPLE, STATE, steady=still) as telegram:
        settings = _settings(telegram.url)
        asyncio.run(_play(telegram, settings, company, above, still=still))
        above.done()
        telegram.refuse_end()
    click.echo("The demo has stopped.", err=True)


def _throw_away() -> None:
    for file in (BOOKS, STATE, *(Path(f"{BOOKS}{more}") for more in MORE)):
        file.unlink(missing_ok=True)


def _settings(url: str) -> "Settings":
    """All of them, so that neither the environment nor a file has a say."""
    from bot.cli.demo.telegram import TOKEN
    from bot.system.settings import Settings
    from bot.telemetry import logs

    logs.setup("WARNING")
    return Settings.model_validate(
        {
            "bot_token": TOKEN,
            "bot_api_url": url,
            "database_url": f"sqlite+aiosqlite:///{BOOKS}",
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
    above: "Above",
    *,
    still: bool,
) -> None:
    from bot.cli.demo.life import live
    from bot.cli.service.serving import serve_bot

    if not BOOKS.exists():
        await _begin_by_day(telegram, settings, company)
    fresh = await _bring_to_life(settings, company, still=still)
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
        if fresh and not still:
            url = settings.database_url.get_secret_value()
            followers.add(loop.create_task(live(telegram, url)))
        above.ready()
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
    """Set the clock of the game to working hours, for at night the bot writes to nobody."""
    from bot.cli.demo.moments import good_hour
    from bot.cli.setup import now_by

    now = await now_by(settings)
    begin = good_hour(company, now)
    if begin != now:
        await telegram.tell("clock", set=begin.isoformat())


async def _bring_to_life(settings: "Settings", company: "Company", *, still: bool) -> bool:
    """Set up and fill the demo's books if they are empty; says whether they were."""
    from bot.cli.database.upgrade import bring_up_to_date
    from bot.cli.demo.seed import is_seeded, seed_demo, write_to_all
    from bot.cli.setup import now_by
    from bot.store.backup.traces import are_gone
    from bot.store.db.database import open_database
    from bot.store.db.write_lease import right_to_write

    url = settings.database_url.get_secret_value()
    async with right_to_write(url):
        now = await now_by(settings)
        # The demo is there to be thrown away: nobody misses what was there before.
        await bring_up_to_date(settings, now, new=are_gone(BOOKS))
        database = open_database(url)
        try:
            if await database.read(is_seeded):
                return False
            click.echo("Writing down the past of a small company …", err=True)
            await database.write(partial(seed_demo, company=company, now=now))
            if not still:
                await database.write(partial(write_to_all, now=now))
        finally:
            await database.close()
    return True


async def _offer_moments(
    telegram: "LocalTelegram", company: "Company", clock: "SystemClock | FollowedClock"
) -> None:
    """Tell the page where its clock may go; without an answer it keeps what it had."""
    import aiohttp

    from bot.cli.demo.moments import upcoming

    with contextlib.suppress(aiohttp.ClientError, TimeoutError):
        await telegram.tell("upcoming", moments=upcoming(company, clock.now()))


async def _greet(telegram: "LocalTelegram") -> None:
    """Everybody whose phone is on the page and who knows the bot opens it once."""
    from bot.cli.demo.cast import people_file

    for person in people_file():
        if person["show"] and person["started"]:
            await telegram.tell("start", person=person["id"])


async def _stop_with(telegram: "LocalTelegram") -> None:
    """A demo without its Telegram is over."""
    while not telegram.ended:  # noqa: ASYNC110 - a process tells nobody when it ends
        await asyncio.sleep(LOOK_SECONDS)
    signal.raise_signal(signal.SIGTERM)
