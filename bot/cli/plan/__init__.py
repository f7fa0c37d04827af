"""`plan`: what a plan says and what it would pay, before anybody is paid by it."""

import click

from bot.cli.plan.check import check
from bot.cli.plan.compare import compare
from bot.cli.plan.plan_run import plan_run
from bot.cli.plan.simulate import simulate

__all__ = ["plan"]


@click.group(
    help="Look at a plan before anybody is paid by it. Nothing here writes to the books.",
    epilog="\b\nExamples:\n"
    "  python -m bot plan check plan.toml\n"
    "  python -m bot plan simulate plan.toml\n"
    "  python -m bot plan compare plan.toml plan-2027.toml",
)
def plan() -> None:
    """Nothing of its own."""


# Each command's module is light; what is heavy is imported when the command runs.
for command in (check, plan_run, simulate, compare):
    plan.add_command(command)
