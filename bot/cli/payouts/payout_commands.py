"""`payouts list`: writes the files of a new list of all that can be paid."""

import asyncio
import secrets
from functools import partial
from pathlib import Path

import click

from bot.cli.faults import CommandError
from bot.cli.payouts.record_payouts import record_file
from bot.cli.setup import settings_from
from bot.core.input.checked_json import integer

__all__ = ["payouts"]

TOKEN_BYTES = 8


@click.group(
    help="Pay members by a list: `list` writes it, the office fills in day and reference, "
    "`record` records it. Works while the bot runs. Details: docs/payouts.md.",
    epilog="\b\nExamples:\n"
    "  python -m bot payouts list\n"
    "  python -m bot payouts record payouts-3.xlsx",
)
def payouts() -> None:
    """Hold the two commands."""


@payouts.command(
    "list",
    help="Make a list of all balances that can be paid now, and write it as CSV and XLSX.\n\n"
    "Nothing is paid or recorded. The list is numbered; its amounts stay as they are now.",
    epilog="\b\nExamples:\n"
    "  python -m bot payouts list\n"
    "  python -m bot payouts list --out /srv/bank\n"
    "\b\nExit codes: 0 written, 1 nothing to pay or not written, 2 wrong settings or arguments.",
)
@click.option(
    "--out",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The folder for the files; this one if left out.",
)
@click.pass_obj
def list_(env_file: Path, out: Path) -> None:
    """Make the list, write both files, and say where they are."""
    from bot.cli.service.remote import run_task
    from bot.company import load_company
    from bot.store.db import read_only
    from bot.store.payouts import list_files, payout_lists

    settings = settings_from(env_file)
    company = load_company(settings.company_file)
    reference = f"payout list:command:{secrets.token_hex(TOKEN_BYTES)}"
    wish = {"reference": reference, "time_zone": company.time_zone}
    made = run_task(settings, "payout list", wish)
    number = integer(made, "list")
    if not number:
        raise CommandError("No member has a balance to pay out now.")
    url = settings.database_url.get_secret_value()
    lines = asyncio.run(read_only.look(url, partial(payout_lists.lines_of, list_id=number)))
    language = company.languages[0]
    click.echo(f"List {number}: {len(lines)} members, Rp{sum(line.amount for line in lines):,}")
    for kind, body in (
        ("csv", list_files.csv_of(number, lines, language)),
        ("xlsx", list_files.xlsx_of(number, lines, language)),
    ):
        file = out / f"payouts-{number}.{kind}"
        try:
            with file.open("xb") as opened:
                opened.write(body)
        except OSError as error:
            raise CommandError(f"{file} cannot be written ({error.strerror})") from None
        click.echo(f"  {file}")


payouts.add_command(record_file)
