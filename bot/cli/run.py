"""`run`: the bot itself."""

import asyncio
from pathlib import Path

import click

from bot.cli.faults import WrongSetup

__all__ = ["run"]


@click.command(
    help="Run the bot until Ctrl-C or SIGTERM.\n\n"
    "New books are set up where nothing says that there were any; where a seal, copies or a lock "
    "say so, and on PostgreSQL always, only with --new. Books of an older version are copied, the "
    "copy is proved, and only then are they changed. A second bot on the same books is refused.",
    epilog="\b\nExamples:\n"
    "  python -m bot run\n"
    "  python -m bot run --new                once, to begin with empty books\n"
    "  LOG_FORMAT=json python -m bot run\n"
    "  python -m bot --env-file /etc/jualdulu.env run",
)
@click.option("--new", is_flag=True, help="Make new, empty books, though others may be lost.")
@click.option("--other-bot", is_flag=True, help="Go on with the books of another bot.")
@click.pass_obj
def run(env_file: Path, *, new: bool, other_bot: bool) -> None:
    """Read what the bot needs and let it work."""
    from bot import logs
    from bot.app import WrongToken
    from bot.cli.serving import serve
    from bot.company import load_company
    from bot.settings import load

    settings = load(env_file)
    company = load_company(settings.company_file)
    logs.setup(settings.log_level, settings.log_format, secrets=settings.secrets)
    try:
        asyncio.run(serve(settings, company, new=new, other_bot=other_bot))
    except WrongToken:
        raise WrongSetup(
            f"{settings.bot_api_url} does not know this BOT_TOKEN; copy it again from @BotFather"
        ) from None
