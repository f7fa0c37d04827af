"""`plan`: shows what a plan says and what it would pay, before it is used."""

import click

from bot.cli.plan.check import check
from bot.cli.plan.compare import compare
from bot.cli.plan.plan_run import plan_run
from bot.cli.plan.simulate import simulate

__all__ = ["plan"]


@click.group(
    help="Try a plan before members are paid by it. These commands never write to the database.",
    epilog="\b\nExamples:\n"
    "  python -m bot plan check plan.toml\n"
    "  python -m bot plan simulate plan.toml\n"
    "  python -m bot plan compare plan.toml plan-2027.toml",
)
def plan() -> None:
    """Group the commands about plans."""


# The modules of the commands are light; heavy imports wait until a command runs.
for command in (check, plan_run, simulate, compare):
    plan.add_command(command)
