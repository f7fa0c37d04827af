"""`doctor`: is everything in place, and are the books sound?"""

import asyncio
from pathlib import Path

import click

__all__ = ["doctor"]

COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}


@click.command(
    help="Look at the settings, the books, the machine and Telegram, also while the bot runs.\n\n"
    "Each line says ok, warn or fail, and what to do. The exit code is 1 if anything fails. "
    "Nothing is changed.",
    epilog="\b\nExamples:\n  python -m bot doctor\n  python -m bot doctor --no-network",
)
@click.option("--no-network", is_flag=True, help="Leave Telegram out.")
@click.pass_context
def doctor(ctx: click.Context, *, no_network: bool) -> None:
    """Print all findings."""
    from bot import logs
    from bot.cli.examination import examine

    env_file: Path = ctx.obj
    logs.setup("CRITICAL")
    findings = asyncio.run(examine(env_file, network=not no_network))
    for finding in findings:
        mark = click.style(f"{finding.mark:4}", fg=COLOURS[finding.mark])
        click.echo(f"{mark}  {finding.what}")
        if finding.remedy:
            click.echo(f"      {finding.remedy}")
    if any(finding.mark == "fail" for finding in findings):
        ctx.exit(1)
