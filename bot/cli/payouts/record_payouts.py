"""`payouts record`: records the payments of a list that was filled in."""

import asyncio
import base64
import secrets
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from bot.cli.faults import CommandError
from bot.cli.setup import now_by, settings_from
from bot.core.input.checked_json import integer, mapping

if TYPE_CHECKING:
    from bot.cli.service.remote import TaskClient
    from bot.company import Company
    from bot.services.payouts.list_recording import CheckedSheet
    from bot.system.child_process import Facts
    from bot.system.settings import Settings

__all__ = ["record_file"]

PART_CHARACTERS: Final = 200_000
LOOK_SECONDS: Final = 0.3
TOKEN_BYTES: Final = 8
FAULTS: Final = {
    "list": "no list has this number",
    "code": "the member is not on that list",
    "amount": "the amount cannot be read",
    "changed": "the amount differs from the list",
    "too much": "more than the balance is now",
    "day": "the day cannot be read; write it as 2026-12-10",
    "future": "the day is in the future",
    "early": "the day is before the first bonus came in",
    "twice": "the row is there twice",
    "own": "another admin records it",
}
TROUBLES: Final = {
    "empty": "has no rows",
    "headings": "is not a list of payments: it needs the columns that `payouts list` writes",
    "rows": "has too many rows; split it",
}


@click.command(
    "record",
    help="Record the payments in FILE, a list that was filled in: CSV or XLSX.\n\n"
    "First it says what would be recorded and which rows are left out, and why; a row without a "
    "day counts as not paid. The running bot records the payments and tells the members; without "
    "one they wait for its next start. Each member of a list is paid once at most, so the same "
    "file again records nothing.",
    epilog="\b\nExamples:\n"
    "  python -m bot payouts record payouts-3.xlsx --dry-run\n"
    "  python -m bot payouts record payouts-3.xlsx\n"
    "\b\nExit codes: 0 recorded (or shown), 1 not recorded, 2 wrong settings or arguments.",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only print what would be recorded.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@click.pass_obj
def record_file(env_file: Path, file: Path, *, dry_run: bool, yes: bool) -> None:
    """Check the file, ask, and have the payments recorded."""
    from bot.cli.service.remote import TaskClient
    from bot.company import load_company

    settings = settings_from(env_file)
    company = load_company(settings.company_file)
    body = _body(file)
    checked = asyncio.run(_checked(settings, company, file, body))
    _show(checked)
    if dry_run or not checked.ready:
        return
    if sys.stdin.isatty() and not yes:
        click.confirm("Record these payments?", abort=True)
    with TaskClient(settings) as client:
        job = _ask(client, body, checked)
        if client.writes_here:
            click.echo("No bot is running. It records them at its next start.")
            return
        done = _watch(client, job)
    left_out = integer(done, "left_out")
    click.echo(
        f"{integer(done, 'recorded')} recorded, Rp{integer(done, 'amount'):,}"
        + (f"; {left_out} left out, because the balance is no longer enough" if left_out else "")
    )


def _body(file: Path) -> bytes:
    from bot.system.spreadsheets import FILE_BYTES_MAX

    with file.open("rb") as opened:
        body = opened.read(FILE_BYTES_MAX + 1)
    if len(body) > FILE_BYTES_MAX:
        raise CommandError(f"{file} is larger than {FILE_BYTES_MAX // 2**20} MiB; split it")
    return body


async def _checked(
    settings: "Settings", company: "Company", file: Path, body: bytes
) -> "CheckedSheet":
    from bot.core.calendar.hours import local_day
    from bot.core.payouts.payout_sheet import read_payout_sheet
    from bot.services.payouts import list_recording
    from bot.store.db import read_only
    from bot.system.spreadsheets import UnreadableSheetError, read_cells

    now = await now_by(settings)
    zone = company.time_zone
    try:
        table = await read_cells(body)
    except UnreadableSheetError as error:
        raise CommandError(f"{file} cannot be read as CSV or XLSX ({error})") from None
    sheet = read_payout_sheet(table, local_day(now, zone))
    if sheet.trouble:
        raise CommandError(f"{file} {TROUBLES[sheet.trouble]}")
    look = partial(list_recording.check, entries=sheet.entries, by=None, now=now, zone=zone)
    return await read_only.look(settings.database_url.get_secret_value(), look)


def _show(checked: "CheckedSheet") -> None:
    click.echo(f"{len(checked.ready)} to record, Rp{checked.amount:,}")
    if checked.ready:
        days = sorted(row.paid_on for row in checked.ready)
        click.echo(f"paid from {days[0]} to {days[-1]}")
    click.echo(f"{checked.unpaid} not paid yet (no day)")
    click.echo(f"{checked.before} already recorded")
    for row in checked.faulty:
        code = f" ({row.code})" if row.code else ""
        click.echo(f"row {row.line}{code}: {FAULTS[row.fault]}", err=True)


def _ask(client: "TaskClient", body: bytes, checked: "CheckedSheet") -> int:
    """Hand the file over in parts and ask for the job; returns its number."""
    from bot.services.payouts.payout_files import RECORD

    reference = f"{RECORD}:command:{secrets.token_hex(TOKEN_BYTES)}"
    text = base64.b64encode(body).decode("ascii")
    for number, start in enumerate(range(0, len(text), PART_CHARACTERS)):
        content = text[start : start + PART_CHARACTERS]
        part: Facts = {"reference": reference, "part": number, "content": content}
        client.do("payout file part", part)
    wish = {
        "by": 0,
        "lines": [row.line for row in checked.ready],
        "before": checked.before,
        "before_amount": checked.before_amount,
    }
    asked = client.do("job ask", {"kind": RECORD, "reference": reference, "wish": wish})
    return integer(asked, "job")


def _watch(client: "TaskClient", job: int) -> "Facts":
    while True:
        found = client.do("job look", {"job": job})
        if found["state"] == "done":
            return mapping(found, "result")
        if found["state"] in {"failed", "given_up"}:
            raise CommandError(f"Not all payments were recorded: {found['error']}. Run it again.")
        time.sleep(LOOK_SECONDS)
