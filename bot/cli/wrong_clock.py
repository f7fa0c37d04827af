"""Checks this machine's clock before an action that cannot be undone."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import aiohttp

from bot.cli.faults import CommandError
from bot.cli.setup import now_by
from bot.core.calendar.timekeeping import CLOCK_DOUBT_SECONDS
from bot.system.clock_check import date_of

if TYPE_CHECKING:
    from bot.system.settings import Settings

__all__ = ["agrees_with_telegram", "refuse_wrong_clock"]

ANSWER_SECONDS_MAX = 5
BOUND = timedelta(seconds=CLOCK_DOUBT_SECONDS)


async def refuse_wrong_clock(settings: "Settings") -> None:
    """Compare the clock with Telegram's, or with the database where Telegram cannot be reached.

    Raises:
        CommandError: the clock is wrong.
    """
    if await agrees_with_telegram(settings):
        return
    if ahead := await _behind_the_database(settings, await now_by(settings)):
        raise CommandError(_wrong(ahead, "the newest row of the database"))


async def agrees_with_telegram(settings: "Settings") -> bool:
    """Returns whether the clock agrees with Telegram's; False where Telegram cannot be reached.

    Raises:
        CommandError: the two differ by more than the bound.
    """
    before = await now_by(settings)
    date = await _telegram_date(settings)
    after = await now_by(settings)
    if date is None:
        return False
    ahead = max(before - date - timedelta(seconds=1), timedelta()) + min(after - date, timedelta())
    if abs(ahead) > BOUND:
        raise CommandError(_wrong(ahead, "Telegram's"))
    return True


async def _behind_the_database(settings: "Settings", now: datetime) -> timedelta:
    """Returns how far `now` is behind the latest time in the database; zero within the bound."""
    from bot.store.db import read_only
    from bot.store.queue import waits

    latest = await read_only.look(settings.database_url.get_secret_value(), waits.latest_known)
    ahead = timedelta() if latest is None else min(now - latest, timedelta())
    return ahead if -ahead > BOUND else timedelta()


async def _telegram_date(settings: "Settings") -> datetime | None:
    if settings.bot_token is None:
        return None
    timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS_MAX)
    address = f"{settings.bot_api_url}/bot{settings.token}/getMe"
    try:
        async with aiohttp.ClientSession(timeout=timeout) as http, http.get(address) as answer:
            return date_of(answer)
    except (aiohttp.ClientError, TimeoutError):
        return None


def _wrong(ahead: timedelta, whose: str) -> str:
    which = "ahead of" if ahead > timedelta() else "behind"
    seconds = round(abs(ahead).total_seconds())
    return (
        f"This machine's clock is {timedelta(seconds=seconds)} {which} {whose}. "
        "Nothing was written. Set the clock right and run this again."
    )
