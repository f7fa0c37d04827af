"""`run`: the bot itself."""

import asyncio
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.faults import WrongSetup

if TYPE_CHECKING:
    from bot.cli.standing_by import Above
    from bot.clock import FollowedClock, SystemClock

__all__ = ["run"]

log = logging.getLogger(__name__)


@click.command(
    help="Run the bot until Ctrl-C or SIGTERM.\n\n"
    "New books are set up by themselves. Books of an older version are copied, the copy is "
    "proved, and only then are they changed. A second bot on the same books is refused.\n\n"
    "A bot that crashes or stands still is started again by a small process above it, unless "
    "systemd (Type=notify) is there to do it.",
    epilog="\b\nExamples:\n"
    "  python -m bot run\n"
    "  LOG_FORMAT=json python -m bot run\n"
    "  python -m bot run --once            where something else starts it again\n"
    "  python -m bot --env-file /etc/jualdulu.env run",
)
@click.option("--once", is_flag=True, help="Be the bot itself, and end when it ends.")
@click.option("--below", type=int, hidden=True, help="Started by the process above, after this.")
@click.pass_obj
def run(env_file: Path, *, once: bool, below: int | None) -> None:
    """Be the process above, or read what the bot needs and let it work."""
    from bot.cli.standing_by import Above, stand_by

    if below is None and not once and "NOTIFY_SOCKET" not in os.environ:
        raise SystemExit(stand_by("--env-file", str(env_file), "run"))
    _work(env_file, Above(below))


def _work(env_file: Path, above: "Above") -> None:
    from bot import logs
    from bot.app import WrongToken
    from bot.cli.serving import serve
    from bot.company import load_company
    from bot.settings import load

    settings = load(env_file)
    company = load_company(settings.company_file)
    logs.setup(settings.log_level, settings.log_format, secrets=settings.secrets)
    if above.last:
        log.warning("the bot ended by itself and was started again", extra={"code": above.last})

    async def ready(_clock: "SystemClock | FollowedClock") -> None:
        above.ready()

    try:
        asyncio.run(serve(settings, company, ready))
        above.done()
    except WrongToken:
        raise WrongSetup(
            f"{settings.bot_api_url} does not know this BOT_TOKEN; copy it again from @BotFather"
        ) from None
