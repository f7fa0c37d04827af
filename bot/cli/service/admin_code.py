"""`admin-code`: makes the first admin, or one who has lost the role."""

import secrets
from datetime import datetime
from pathlib import Path

import click

from bot.cli.setup import settings_from

__all__ = ["admin_code"]

CODE_BYTES = 16  # 128 bits


@click.command(
    name="admin-code",
    help="Print a code that makes the person who sends it to the bot an admin.\n\n"
    "Send it as /kelola CODE. It works once, within 15 minutes. Only a digest of it is stored. "
    "This command also works while the bot runs.",
    epilog="\b\nExample:\n  python -m bot admin-code",
)
@click.pass_obj
def admin_code(env_file: Path) -> None:
    """Make a code and print it with instructions."""
    from bot.cli.service.remote import run_task
    from bot.core.input.checked_json import string

    settings = settings_from(env_file)
    code = secrets.token_hex(CODE_BYTES)
    done = run_task(settings, "admin code", {"code": code})
    until = datetime.fromisoformat(string(done, "expires_at"))
    click.echo(
        f"{code}\n\n"
        f"Send this to the bot, in a private chat, before {until.astimezone():%H:%M:%S}:\n\n"
        f"  /kelola {code}\n\n"
        "It makes the sender an admin, once. Don't share it.",
    )
