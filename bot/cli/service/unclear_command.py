"""`unclear`: the shapes of the texts that the bot did not understand, the most frequent first."""

import asyncio
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.setup import now_by, settings_from

if TYPE_CHECKING:
    from bot.store.conversation.unclear_texts import UnclearText
    from bot.system.settings import Settings

__all__ = ["unclear"]

SHOWN = 20
DAYS = 30
REASONS = {
    "not-understood": "not understood",
    "asked-which": "asked which",
    "asked-if-sale": "asked if a sale",
}


@click.command(
    help="List the texts that the bot did not understand, or had to ask about, by their shape: "
    "how often, since when, until when, why, and the words.\n\n"
    "Only words of the bot's own list are stored. Names, goods and numbers are stored as kinds "
    "of words, and everything else as …, so that no line says who or what was named. This command "
    "changes nothing.",
    epilog="\b\nExamples:\n  python -m bot unclear\n  python -m bot unclear --all > unclear.txt",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help=f"Show more than the {SHOWN} most frequent of the last {DAYS} days.",
)
@click.pass_obj
def unclear(env_file: Path, *, everything: bool) -> None:
    """Print one line for each shape and reason."""
    settings = settings_from(env_file)
    found = asyncio.run(_most_frequent(settings, everything=everything))
    for each in found:
        days = f"{each.first_day} to {each.last_day}"
        click.echo(f"{each.times:>6}  {days}  {REASONS[each.why]:<15}  {each.shape}")
    if not found:
        click.echo("No unclear texts.")


async def _most_frequent(settings: "Settings", *, everything: bool) -> "list[UnclearText]":
    from bot.company import load_company
    from bot.core.calendar.hours import local_day
    from bot.store.conversation.unclear_texts import SHAPES_MAX, most_frequent
    from bot.store.db import read_only

    since, limit = "", SHAPES_MAX
    if not everything:
        zone = load_company(settings.company_file).time_zone
        first = local_day(await now_by(settings), zone) - timedelta(days=DAYS - 1)
        since, limit = first.isoformat(), SHOWN
    look = partial(most_frequent, since=since, limit=limit)
    return await read_only.look(settings.database_url.get_secret_value(), look)
