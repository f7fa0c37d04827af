"""All commands of the operator, and the one place where errors become messages."""

import os
import sys
from pathlib import Path

import click

from bot.cli.database.backup import backup
from bot.cli.database.migrate import migrate
from bot.cli.database.restore import restore
from bot.cli.demo.demo_command import demo
from bot.cli.doctor.doctor_command import doctor
from bot.cli.faults import operator_error
from bot.cli.imports.deliveries.import_deliveries import deliveries
from bot.cli.imports.members import members
from bot.cli.imports.products import import_
from bot.cli.months.close import close
from bot.cli.months.give_rank import give_rank
from bot.cli.months.mirror_command import mirror
from bot.cli.months.pools import pools
from bot.cli.payouts.payout_commands import payouts
from bot.cli.plan import plan
from bot.cli.seed import seed
from bot.cli.service.admin_code import admin_code
from bot.cli.service.delete_webhook import delete_webhook
from bot.cli.service.jobs import jobs
from bot.cli.service.run import run
from bot.cli.service.unclear_command import unclear

__all__ = ["command_line"]


class CommandLine(click.Group):
    """A group of commands that end with a message instead of a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command.

        Raises:
            click.ClickException: an expected error, as a message for the operator.
        """
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            fault = operator_error(error)
            if fault is None:
                raise
        raise fault


@click.group(
    cls=CommandLine,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 99},
    help="The bot of a direct-selling company: commands for the operator.",
    epilog="\b\nBegin with:\n"
    "  python -m bot demo          try a made-up company, on this machine only\n"
    "  python -m bot doctor        check that everything is ready for the real bot\n"
    "  python -m bot run           run the real bot",
)
@click.option(
    "--env-file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path(".env"),
    show_default=True,
    help="The file with settings; the environment overrides it.",
)
@click.pass_context
def command_line(ctx: click.Context, env_file: Path) -> None:
    """Note where the settings are, and let no other user read the files that are written."""
    os.umask(0o077)
    _open_closed_streams()
    ctx.obj = env_file


def _open_closed_streams() -> None:
    """Open the standard streams that are closed, so that no file or socket gets their numbers.

    The program that started the bot may have closed them. What is written to them is discarded.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            os.set_inheritable(number, True)
            stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - it stays
            setattr(sys, name, stream)


import_.add_command(members)
import_.add_command(deliveries)
for command in (
    run,
    demo,
    migrate,
    backup,
    restore,
    close,
    pools,
    mirror,
    give_rank,
    payouts,
    plan,
    import_,
    seed,
    admin_code,
    delete_webhook,
    jobs,
    unclear,
    doctor,
):
    command_line.add_command(command)
