"""`plan check`: checks the file of a plan and prints what it says."""

from pathlib import Path

import click

from bot.cli.faults import WrongSetupError, listed
from bot.cli.file_reports import first_language, one_sentence, refused_plan, said_lines

__all__ = ["check"]

LANGUAGES = ("id", "en")


@click.command(
    help="Read the plan in FILE and print what it pays, to whom and on which conditions: ranks, "
    "rules with their rates, caps, and the most that one rupiah of bonus value can pay in all.\n\n"
    "Every mistake is shown with its line. Warnings do not stop the bot; decide about them "
    "yourself. Needs no settings and no company file; if there is one, all of it "
    "comes in the company's first language. The format is described in docs/plans.md.\n\n"
    "The plan is compared with a price list: that of --products FILE (as for `import products`), "
    "or of the database if there is one here. So it warns of articles whose bonuses could exceed "
    "their price.",
    epilog="\b\nExamples:\n"
    "  python -m bot plan check plan.toml\n"
    "  python -m bot plan check examples/plans/differential.toml\n"
    "  python -m bot plan check plan.toml --language id\n"
    "  python -m bot plan check plan.toml --products price-list.csv\n"
    "\b\nExit codes: 0 it can be used (warnings or not), 2 it cannot, or has to say more first.",
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
@click.option(
    "--products",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A price list to compare with, instead of that of the database.",
)
@click.pass_obj
def check(env_file: Path, file: Path, languages: tuple[str, ...], products: Path | None) -> None:
    """Read the plan, and print its faults or its summary."""
    from bot.cli.imports.listed_prices import prices_in_database, prices_in_file
    from bot.cli.plan.summary import summary
    from bot.company.plan_file import open_questions, read_plan, surprises_of, warnings_of
    from bot.system.clock import SystemClock

    plan, faults = read_plan(file, tuple(dict.fromkeys(languages)))
    spoken = first_language(env_file)
    if faults:
        raise refused_plan(faults, spoken)
    prices = prices_in_file(products, spoken) if products else prices_in_database(env_file)
    for line in summary(plan, spoken):
        click.echo(line)
    compared = bool(prices.articles)
    if compared:
        click.echo(one_sentence(spoken, "prices compared", source=prices.source))
    else:
        click.echo(one_sentence(spoken, "prices not compared", why=prices.source))
    period = f"{SystemClock().now():%Y-%m}"
    warnings = warnings_of(plan, compared=compared)
    warnings += surprises_of(plan, period, prices.articles, prices.most_points)
    mark = click.style(one_sentence(spoken, "warning"), fg="yellow")
    for warning in said_lines(warnings, spoken):
        click.echo(f"{mark}  {warning}")
    questions = open_questions(*plan.versions)
    if questions:
        heading = one_sentence(spoken, "heading questions")
        raise WrongSetupError(listed(heading, said_lines(questions, spoken)))
