"""`plan check`: checks the file of a plan and prints what it says."""

from pathlib import Path

import click

from bot.cli.faults import WrongSetupError, listed

__all__ = ["check"]

LANGUAGES = ("id", "en")


@click.command(
    help="Read the plan in FILE and print what it pays, to whom and on which conditions: ranks, "
    "rules with their rates, caps, and the most that one rupiah of bonus value can pay in all.\n\n"
    "Every mistake is shown with its line. Warnings do not stop the bot; decide about them "
    "yourself. Needs no settings, no company file and no database. The format is described in "
    "docs/plans.md.",
    epilog="\b\nExamples:\n"
    "  python -m bot plan check plan.toml\n"
    "  python -m bot plan check examples/plans/differential.toml\n"
    "  python -m bot plan check plan.toml --language id\n"
    "\b\nExit codes: 0 the plan can be used (warnings or not), 2 it cannot.",
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--language",
    "languages",
    type=click.Choice(LANGUAGES),
    multiple=True,
    default=LANGUAGES,
    show_default=True,
    help="A language of the bot; the plan needs names in it. May be given twice.",
)
def check(file: Path, languages: tuple[str, ...]) -> None:
    """Read the plan, and print its faults or its summary."""
    from bot.cli.plan.summary import summary
    from bot.company.plan_file import read_plan, warnings_of

    plan, faults = read_plan(file, tuple(dict.fromkeys(languages)))
    if faults:
        raise WrongSetupError(listed("The plan cannot be used:", faults))
    for line in summary(plan):
        click.echo(line)
    for warning in warnings_of(plan):
        click.echo(f"{click.style('warn', fg='yellow')}  {warning}")
