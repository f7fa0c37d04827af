"""`admin-code`: the way in for the first admin, or for one who lost theirs."""

import secrets
from datetime import datetime
from pathlib import Path

import click

from bot.cli.setup import settings_from

__all__ = ["admin_code"]

CODE_BYTES = 16  # 128 bits


@click.command(
    name="admin-code",
    help="Print a code that makes whoever sends it to the bot an admin.\n\n"
    "It is sent as /kelola CODE, and works once, within 15 minutes. Only a digest of it is "
    "kept. Works while the bot runs.",
    epilog="\b\nExample:\n  python -m bot admin-code",
)
@click.pass_obj
def admin_code(env_file: Path) -> None:
    """Make a code and say what to do with it."""
    from bot.cli.service.remote import have_done
    from bot.core.input.checked_json import string

    settings = settings_from(env_file)
    code = secrets.token_hex(CODE_BYTES)
    done = have_done(settings, "admin code", {"code": code})
    until = datetime.fromisoformat(string(done, "expires_at"))
    click.echo(
        f"{code}\n\n"
        f"Send this to the bot, in a private chat, before {until.astimezone():%H:%M:%S}:\n\n"
        f"  /kelola {code}\n\n"
        "It makes the sender an admin, once. Keep it to yourself until then.",
    )
