"""`run`: the bot itself."""

import asyncio
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.faults import WrongSetupError

if TYPE_CHECKING:
    from bot.cli.service.supervisor import SupervisorLink
    from bot.system.clock import FollowedClock, SystemClock

__all__ = ["run"]

log = logging.getLogger(__name__)


@click.command(
    help="Run the bot until Ctrl-C or SIGTERM.\n\n"
    "The first start creates the database. Where a seal, copies or a lock file show that there "
    "was one before, and on PostgreSQL always, this needs --new. A database of an older version "
    "is copied and the copy checked before it is upgraded. A second bot on the same database is "
    "refused.\n\n"
    "A small supervisor process starts a bot that crashed or hangs again, unless systemd "
    "(Type=notify) does it.",
    epilog="\b\nExamples:\n"
    "  python -m bot run\n"
    "  python -m bot run --new             once, to create an empty database\n"
    "  LOG_FORMAT=json python -m bot run\n"
    "  python -m bot run --once            where another program restarts the bot\n"
    "  python -m bot --env-file /etc/jualdulu.env run",
)
@click.option(
    "--new", is_flag=True, help="Create an empty database, even if an earlier one is missing."
)
@click.option("--other-bot", is_flag=True, help="Use a database on which another bot has worked.")
@click.option(
    "--once", is_flag=True, help="Run without the supervisor; another program restarts the bot."
)
@click.option("--below", type=int, hidden=True, help="Exit code of the previous run.")
@click.pass_obj
def run(env_file: Path, *, new: bool, other_bot: bool, once: bool, below: int | None) -> None:
    """Become the supervisor, or load settings and company and run the bot."""
    from bot.cli.service.supervisor import SupervisorLink, supervise

    if below is None and not once and "NOTIFY_SOCKET" not in os.environ:
        words = ["--env-file", str(env_file), "run", *(["--other-bot"] if other_bot else [])]
        raise SystemExit(supervise(*words, first=("--new",) if new else ()))
    _work(env_file, SupervisorLink(below), new=new, other_bot=other_bot)


def _work(env_file: Path, link: "SupervisorLink", *, new: bool, other_bot: bool) -> None:
    from bot.cli.service.serving import serve_bot
    from bot.company import load_company
    from bot.system.settings import load
    from bot.telegram_api.refusals import UnknownTokenError
    from bot.telemetry import logs

    settings = load(env_file)
    company = load_company(settings.company_file)
    logs.setup(settings.log_level, settings.log_format, secrets=settings.secrets)
    if link.last:
        log.warning("the bot ended by itself and was started again", extra={"code": link.last})

    async def ready(_clock: "SystemClock | FollowedClock") -> None:
        link.ready()

    try:
        asyncio.run(serve_bot(settings, company, ready, new=new, other_bot=other_bot))
        link.done()
    except UnknownTokenError:
        raise WrongSetupError(
            f"{settings.bot_api_url} does not know this BOT_TOKEN; copy it again from @BotFather"
        ) from None
