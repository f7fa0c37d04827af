"""`delete-webhook`: has Telegram give the updates to whoever asks for them."""

import asyncio
from pathlib import Path

import click

from bot.cli.setup import settings_from

__all__ = ["delete_webhook"]


@click.command(
    name="delete-webhook",
    help="Take away the webhook that some other program has set for this bot.\n\n"
    "While there is one, Telegram gives everything that people write to that program; without "
    "it, here again. What waits there is kept. Stop the program first, or it may set the webhook "
    "again.",
    epilog="\b\nExample:\n  python -m bot delete-webhook",
)
@click.pass_obj
def delete_webhook(env_file: Path) -> None:
    """Delete it, and say whether there was one."""
    from bot.cli.doctor.telegram_checks import without_webhook

    settings = settings_from(env_file, token_needed=True)
    deleted = asyncio.run(without_webhook(settings))
    click.echo("The webhook is deleted." if deleted else "No webhook was set.")
