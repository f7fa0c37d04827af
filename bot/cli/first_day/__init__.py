"""`doctor --first-day`: tries the real Telegram with a throw-away bot and a phone."""

from pathlib import Path

import aiohttp

from bot.cli.faults import CommandError
from bot.cli.first_day.line import ProbeLine
from bot.cli.first_day.probe import Observation, Operator, Probe, Waits
from bot.cli.first_day.trials import STEPS, clear_away, meet
from bot.system.clock import Clock
from bot.system.settings import Settings

__all__ = ["first_day", "refuse_real_database", "report"]

CONFLICT = 409


async def refuse_real_database(settings: Settings, *, although_members: bool) -> None:
    """Refuse a bot that may be in use, because the probe changes menus and discards updates.

    Raises:
        CommandError: a bot uses this database, it has members, or another database here is
            this bot's.
    """
    from bot.runtime import control_socket
    from bot.store.db import read_only

    url = settings.database_url.get_secret_value()
    if control_socket.is_open(control_socket.socket_of(url)):
        raise CommandError(
            "A bot runs on this database, and two cannot fetch the same updates. Stop it."
        )
    file = settings.database_file
    if although_members:
        return
    _refuse_known_bot(settings)
    if file is not None and not file.exists():
        return
    if await read_only.look(url, read_only.holds_members):
        raise CommandError(
            f"The database {settings.database_shown} has members, so BOT_TOKEN may be the "
            "company's own bot.\nMake a throw-away bot at @BotFather and start again with its "
            "token and with another database, such as\n"
            "  BOT_TOKEN=… DATABASE_URL=sqlite+aiosqlite:///data/probe.db "
            "python -m bot doctor --first-day\nor add --although-members."
        )


async def first_day(
    settings: Settings, operator: Operator, clock: Clock, waits: Waits
) -> list[Observation]:
    """Run all steps; returns what was seen.

    Raises:
        CommandError: the bot cannot be reached or used, or the operator does not send /start.
    """
    timeout = aiohttp.ClientTimeout(total=waits.answer_seconds_max)
    async with aiohttp.ClientSession(timeout=timeout, trust_env=False) as http:
        line = ProbeLine(http, f"{settings.bot_api_url}/bot{settings.token}", clock)
        username = await _username(line, operator)
        probe = Probe(line, operator, clock, waits)
        await meet(probe, username)
        seen = []
        for number, step in enumerate(STEPS, 1):
            operator.tell(f"Step {number} of {len(STEPS)}: {step.__doc__}")
            for observation in await step(probe):
                seen.append(observation)
                operator.tell(observation.in_words())
        await clear_away(probe)
    return seen


def report(settings: Settings, clock: Clock, seen: list[Observation], file: Path) -> None:
    """Write what was seen to a file that names neither the bot nor a person."""
    begun = f"{clock.now():%Y-%m-%d %H:%M} UTC, {settings.bot_api_url}"
    blocks = [f"The first day with Telegram: {begun}", *(each.in_words() for each in seen)]
    file.write_text("\n\n".join(blocks) + "\n", "utf-8")


def _refuse_known_bot(settings: Settings) -> None:
    """Refuse a bot that works on a database here, as a seal file says."""
    from bot.cli.database.belonging import bot_of, folder_of
    from bot.store.backup import seal_file

    bot = bot_of(settings)
    folders = {folder_of(settings).parent.resolve(), seal_file.SERVER_FOLDER.resolve()}
    for file in sorted(file for folder in folders for file in folder.glob(f"*{seal_file.SUFFIX}")):
        beside = seal_file.read(file)
        if beside is not None and any(seal.bot == bot for seal in beside.seals):
            raise CommandError(
                f"{file} says that bot {bot} works on a database here, and BOT_TOKEN is of that "
                "bot. What people wrote to it would be discarded.\n"
                "Make a throw-away bot at @BotFather and start again with its token, or, if this "
                "is one, add --although-members."
            )


async def _username(line: ProbeLine, operator: Operator) -> str:
    """Check that the bot can be used, discard its updates, and return its username.

    Raises:
        CommandError: it cannot be reached or is used by another program, or the operator declines.
    """
    me = await line.call("getMe")
    if not me.ok:
        raise CommandError(f"Telegram refuses this token, or cannot be reached: {me.in_words()}.")
    hook = await line.call("getWebhookInfo")
    if hook.ok and hook.result.get("url"):
        raise CommandError(
            "A webhook is set for this bot, so another program uses it. Make a new bot."
        )
    username: str = me.result["username"]
    waiting = hook.result.get("pending_update_count", "?") if hook.ok else "?"
    question = (
        f"This is @{username}. {waiting} updates wait for it and will be discarded, with all that "
        "people wrote to it. Is it a bot that no one needs?"
    )
    if not await operator.agrees(question):
        raise CommandError("Nothing was discarded. Make a throw-away bot at @BotFather for this.")
    old = await line.forget_updates()
    if old.code == CONFLICT:
        raise CommandError(
            "Another program fetches the updates of this bot. Stop it, or make a new bot."
        )
    return username
