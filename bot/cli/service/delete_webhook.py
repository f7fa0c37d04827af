"""`delete-webhook`: lets the bot fetch its updates again after another program set a webhook."""

import asyncio
from pathlib import Path

import click

from bot.cli.setup import settings_from

__all__ = ["delete_webhook"]


@click.command(
    name="delete-webhook",
    help="Delete the webhook that another program has set for this bot.\n\n"
    "While a webhook is set, Telegram delivers all updates to that program; without it, this bot "
    "fetches them again. Updates that wait at Telegram are kept. Stop the other program first, or "
    "it may set the webhook again.",
    epilog="\b\nExample:\n  python -m bot delete-webhook",
)
@click.pass_obj
def delete_webhook(env_file: Path) -> None:
    """Delete the webhook and print whether there was one."""
    from bot.cli.doctor.telegram_checks import without_webhook

    settings = settings_from(env_file, token_needed=True)
    deleted = asyncio.run(without_webhook(settings))
    click.echo("The webhook is deleted." if deleted else "No webhook was set.")
