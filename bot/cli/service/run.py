"""`run`: the bot itself."""

import asyncio
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.faults import WrongSetupError

if TYPE_CHECKING:
    from bot.cli.service.supervisor import Above
    from bot.system.clock import FollowedClock, SystemClock

__all__ = ["run"]

log = logging.getLogger(__name__)


@click.command(
    help="Run the bot until Ctrl-C or SIGTERM.\n\n"
    "New books are set up where nothing says that there were any; where a seal, copies or a lock "
    "say so, and on PostgreSQL always, only with --new. Books of an older version are copied, the "
    "copy is proved, and only then are they changed. A second bot on the same books is "
    "refused.\n\n"
    "A bot that crashes or stands still is started again by a small process above it, unless "
    "systemd (Type=notify) is there to do it.",
    epilog="\b\nExamples:\n"
    "  python -m bot run\n"
    "  python -m bot run --new                once, to begin with empty books\n"
    "  LOG_FORMAT=json python -m bot run\n"
    "  python -m bot run --once            where something else starts it again\n"
    "  python -m bot --env-file /etc/jualdulu.env run",
)
@click.option("--new", is_flag=True, help="Make new, empty books, though others may be lost.")
@click.option("--other-bot", is_flag=True, help="Go on with the books of another bot.")
@click.option(
    "--once", is_flag=True, help="Be the bot itself, and leave it to others to start it again."
)
@click.option("--below", type=int, hidden=True, help="Started by the process above, after this.")
@click.pass_obj
def run(env_file: Path, *, new: bool, other_bot: bool, once: bool, below: int | None) -> None:
    """Be the process above, or read what the bot needs and let it work."""
    from bot.cli.service.supervisor import Above, stand_by

    if below is None and not once and "NOTIFY_SOCKET" not in os.environ:
        words = ["--env-file", str(env_file), "run", *(["--other-bot"] if other_bot else [])]
        raise SystemExit(stand_by(*words, first=("--new",) if new else ()))
    _work(env_file, Above(below), new=new, other_bot=other_bot)


def _work(env_file: Path, above: "Above", *, new: bool, other_bot: bool) -> None:
    from bot.cli.service.serving import serve_bot
    from bot.company import load_company
    from bot.system.settings import load
    from bot.telegram_api.refusals import UnknownTokenError
    from bot.telemetry import logs

    settings = load(env_file)
    company = load_company(settings.company_file)
    logs.setup(settings.log_level, settings.log_format, secrets=settings.secrets)
    if above.last:
        log.warning("the bot ended by itself and was started again", extra={"code": above.last})

    async def ready(_clock: "SystemClock | FollowedClock") -> None:
        above.ready()

    try:
        asyncio.run(serve_bot(settings, company, ready, new=new, other_bot=other_bot))
        above.done()
    except UnknownTokenError:
        raise WrongSetupError(
            f"{settings.bot_api_url} does not know this BOT_TOKEN; copy it again from @BotFather"
        ) from None
