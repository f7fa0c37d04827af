"""Checks that ask Telegram: the token, the clock, the webhook."""

from collections.abc import Iterator
from datetime import datetime

import aiohttp

from bot.cli.doctor.finding import Finding
from bot.cli.faults import WrongSetupError
from bot.cli.first_day.line import Json
from bot.cli.setup import now_by
from bot.core.calendar.timekeeping import CLOCK_DOUBT_SECONDS
from bot.system.clock_check import date_of
from bot.system.settings import Settings

__all__ = ["examine_telegram", "without_webhook"]

ANSWER_SECONDS_MAX = 10
SKEW_SECONDS_GOOD = 10
UNKNOWN = {401, 404}


async def examine_telegram(settings: Settings) -> list[Finding]:
    """Returns findings about the token, the clock and the webhook."""
    timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS_MAX)
    server = settings.bot_api_url
    try:
        async with aiohttp.ClientSession(timeout=timeout) as http:
            me, date = await _ask(http, settings, "getMe")
            hook, _ = await _ask(http, settings, "getWebhookInfo")
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        what = f"{server} cannot be reached ({type(error).__name__})."
        return [Finding("fail", what, "Check the network, a proxy, and BOT_API_URL.")]
    if not me.get("ok"):
        what = f"{server} does not accept BOT_TOKEN ({me.get('error_code')})."
        return [Finding("fail", what, "Copy the token again from @BotFather.")]
    findings = [Finding("ok", f"Telegram knows the bot as @{me['result']['username']}.")]
    if date is not None:
        findings += _clock(await now_by(settings), date)
    return [*findings, *_webhook(hook)]


async def without_webhook(settings: Settings) -> bool:
    """Delete the bot's webhook; returns whether there was one.

    Raises:
        WrongSetupError: Telegram cannot be reached, or refuses the token.
    """
    timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS_MAX)
    server = settings.bot_api_url
    try:
        async with aiohttp.ClientSession(timeout=timeout) as http:
            hook, _ = await _ask(http, settings, "getWebhookInfo")
            done, _ = await _ask(http, settings, "deleteWebhook")
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise WrongSetupError(f"{server} cannot be reached ({type(error).__name__})") from None
    for answer in (hook, done):
        if not answer.get("ok"):
            raise WrongSetupError(f"{server} refused ({answer.get('error_code')})")
    return bool(_hooked_to(hook))


async def _ask(
    http: aiohttp.ClientSession, settings: Settings, method: str
) -> tuple[dict[str, Json], datetime | None]:
    address = f"{settings.bot_api_url}/bot{settings.token}/{method}"
    async with http.get(address) as answer:
        reply = await answer.json(content_type=None)
        date = date_of(answer)
    if not isinstance(reply, dict) or not isinstance(reply.get("ok"), bool):
        raise ValueError("not the Bot API")  # noqa: TRY004 - a fault of the server
    return reply, date


def _clock(now: datetime, date: datetime) -> Iterator[Finding]:
    skew = abs(round((now - date).total_seconds()))
    what = f"This machine's clock and Telegram's differ by {skew} s."
    if skew > CLOCK_DOUBT_SECONDS:
        what += " Until it is right, nothing is deleted, closed or sent unasked."
        yield Finding("fail", what, "Set the clock; let the machine follow a time server.")
    elif skew > SKEW_SECONDS_GOOD:
        yield Finding("warn", what, "Let the machine follow a time server.")
    else:
        yield Finding("ok", "This machine's clock agrees with Telegram's.")


def _webhook(hook: dict[str, Json]) -> Iterator[Finding]:
    if _hooked_to(hook):
        what = "A webhook is set for this bot, so Telegram refuses to hand out its updates."
        yield Finding(
            "fail", what, "Stop the program that uses this token, then run `delete-webhook`."
        )
    elif hook.get("ok"):
        yield Finding("ok", "No webhook is set.")


def _hooked_to(hook: dict[str, Json]) -> object:
    result = hook.get("result")
    return result.get("url") if isinstance(result, dict) else None
