"""`doctor`: prints the findings, or tries the real Telegram with a throw-away bot."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.cli.first_day.probe import Observation
    from bot.system.settings import Settings

__all__ = ["doctor"]

COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}
REPORT = Path("first-day.txt")


@click.command(
    help="Check settings, company file, database, clock and Telegram, also while the bot runs.\n\n"
    "Each line says ok, warn or fail, and what to do. The exit code is 1 if anything fails. "
    "Nothing is changed.\n\n"
    "With --first-day, ten minutes with a throw-away bot and a phone in your hand: messages, "
    "menus, late taps, an album and more are tried on the real Telegram, and the results are "
    "shown beside what is expected. The exit code is 1 if anything differs. Details: "
    "docs/telegram.md.",
    epilog="\b\nExamples:\n  python -m bot doctor\n  python -m bot doctor --no-network\n"
    "  python -m bot doctor --first-day",
)
@click.option("--no-network", is_flag=True, help="Do not ask Telegram.")
@click.option("--first-day", is_flag=True, help="Try the real Telegram with a throw-away bot.")
@click.option(
    "--although-members",
    is_flag=True,
    help="With --first-day: even with a database that has members.",
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    default=REPORT,
    show_default=True,
    help="With --first-day: the file for the report.",
)
@click.pass_context
def doctor(
    ctx: click.Context, *, no_network: bool, first_day: bool, although_members: bool, report: Path
) -> None:
    """Print all findings."""
    env_file: Path = ctx.obj
    if first_day:
        seen = _try_telegram(env_file, report, although_members=although_members)
        if not all(observation.as_expected for observation in seen):
            ctx.exit(1)
        return

    from bot.cli.doctor.checks import run_checks
    from bot.telemetry import logs

    logs.setup("CRITICAL")
    findings = asyncio.run(run_checks(env_file, network=not no_network))
    for finding in findings:
        mark = click.style(f"{finding.mark:4}", fg=COLOURS[finding.mark])
        click.echo(f"{mark}  {finding.what}")
        if finding.remedy:
            click.echo(f"      {finding.remedy}")
    if any(finding.mark == "fail" for finding in findings):
        ctx.exit(1)


def _try_telegram(env_file: Path, file: Path, *, although_members: bool) -> "list[Observation]":
    from bot.cli.first_day import report
    from bot.cli.setup import settings_from
    from bot.system.clock import SystemClock

    settings = settings_from(env_file, token_needed=True)
    seen = asyncio.run(_probe(settings, although_members=although_members))
    report(settings, SystemClock(), seen, file)
    click.echo(f"The report is in {file}.")
    return seen


async def _probe(settings: "Settings", *, although_members: bool) -> "list[Observation]":
    from bot.cli.first_day import first_day, refuse_real_database
    from bot.cli.first_day.probe import Waits
    from bot.system.clock import SystemClock

    await refuse_real_database(settings, although_members=although_members)
    return await first_day(settings, Terminal(), SystemClock(), Waits())


class Terminal:
    """The operator at this terminal, with a phone in hand."""

    def tell(self, words: str) -> None:
        """Show a line."""
        click.echo(words)

    async def until_done(self, words: str) -> None:
        """Ask the operator to do something, and wait for Enter."""
        click.echo(f"{words} Then press Enter here.")
        await asyncio.to_thread(sys.stdin.readline)

    async def agrees(self, words: str) -> bool:
        """Ask a question; only `yes` counts as agreement."""
        click.echo(f"{words} Type yes to continue: ", nl=False)
        answer: str = await asyncio.to_thread(sys.stdin.readline)
        return answer.strip().lower() == "yes"
