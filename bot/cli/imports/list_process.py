"""The child process that reads a list which an admin has sent, and imports it.

The file may be made to do harm, so it is opened here, with limits, and never written to the disk.
"""

import asyncio
import base64
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Final

from bot.cli import progress_bars
from bot.cli.faults import CommandError
from bot.cli.file_reports import UNKNOWN
from bot.cli.imports import member_file, price_file
from bot.cli.imports.deliveries import delivery_file
from bot.cli.imports.deliveries.delivery_plan import DeliveryRules, delivery_plan
from bot.cli.imports.member_file import MemberFile, read_member_list
from bot.cli.imports.member_job import BusyImportError, outcome, run_import
from bot.cli.imports.member_plan import SEED_BYTES, clash_fault, work_fault
from bot.cli.imports.price_file import read_price_list
from bot.cli.imports.products import doubtful_faults
from bot.cli.imports.spreadsheet import Columns, Sheet, SheetRow, sheet_of
from bot.cli.service.task_runner import ParentTaskRunner
from bot.core.calendar.hours import local_day
from bot.core.input.checked_json import array, integer, mapping, string
from bot.core.sheets.csv_table import csv_rows, decoded
from bot.core.sheets.sheet_faults import SheetFault, SheetFaultsError
from bot.jobs.job_names import CHECK, COUNTS, IMPORT
from bot.store.db import read_only
from bot.store.imports import roster_plan
from bot.store.imports.roster_plan import ImportPlan
from bot.store.products import price_list
from bot.system.child_process import Facts, Parent, serve
from bot.system.workbooks import UnreadableWorkbookError, is_workbook, open_workbook

KINDS: Final = {
    "members": member_file.MEMBER_COLUMNS,
    "products": price_file.PRICE_COLUMNS,
    "deliveries": delivery_file.DELIVERY_COLUMNS,
}
TOP_ROWS: Final = 10
HEADINGS_MIN: Final = 3
"""A table with fewer known headings is no list at all."""
FAULTS_MAX: Final = 5_000


def _check(wish: Facts, parent: Parent) -> Facts:
    """Returns what the file is, what it would change, and its faults."""
    progress_bars.listen(parent.progress)
    of, sheet, faults = _sheet(_body(wish))
    if sheet is None:
        return _result(of, faults=faults)
    return BY_KIND[of](wish, sheet)


def _sheet(body: bytes) -> tuple[str, Sheet | None, Sequence[SheetFault]]:
    """Returns of what a file is a list, and its table or why it has none; or nothing at all."""
    try:
        rows = list(_rows(body))
    except (SheetFaultsError, UnreadableWorkbookError):
        return "", None, ()
    top = [cells for _, cells in rows[:TOP_ROWS]]
    best = max(KINDS, key=lambda kind: _likeness(KINDS[kind], top))
    if _likeness(KINDS[best], top) < HEADINGS_MIN:
        return "", None, ()
    try:
        return best, sheet_of(iter(rows), KINDS[best]), ()
    except SheetFaultsError as error:
        return best, None, error.faults


def _likeness(columns: Columns, top: Sequence[Sequence[str]]) -> int:
    """Returns how many headings of a kind of list a row has at most."""
    return max((columns.known(row) for row in top), default=0)


def _rows(body: bytes) -> Iterable[SheetRow]:
    if is_workbook(body):
        return enumerate(open_workbook(body), start=1)
    fits = [columns.fits for columns in KINDS.values()]
    return csv_rows(decoded(body), lambda cells: any(each(cells) for each in fits))


def _of_members(wish: Facts, sheet: Sheet) -> Facts:
    reading = _members(wish, sheet)
    plan = _plan(wish, reading)
    clashes = [clash_fault(clash, reading) for clash in plan.found.clashes]
    faults = [*reading.faults, *clashes] or [*filter(None, [work_fault(plan)])]
    return _result("members", outcome(plan.found), faults)


def _of_products(wish: Facts, sheet: Sheet) -> Facts:
    reading = read_price_list(sheet)
    look = partial(price_list.compare, products=reading.products)
    changes = asyncio.run(read_only.look(string(wish, "url"), look))
    faults = [*reading.faults, *doubtful_faults(reading, changes.doubtful)]
    counts = {
        name: len(getattr(changes, name)) for name in ("added", "changed", "same", "missing")
    }
    articles = [asdict(product) for product in reading.products]
    return {**_result("products", counts, faults), "articles": [] if faults else articles}


def _of_deliveries(wish: Facts, sheet: Sheet) -> Facts:
    today = local_day(_now(wish), string(wish, "time_zone"))
    reading = delivery_file.read_delivery_list(sheet, today)
    zone = string(wish, "time_zone")
    rules = DeliveryRules.of(mapping(wish, "stock"), array(wish, "bought"), zone)
    look = partial(delivery_plan, reading=reading, rules=rules, today=today)
    plan = asyncio.run(read_only.look(string(wish, "url"), look))
    goods = [] if plan.faults else [asdict(each) for each in plan.goods]
    return {**_result("deliveries", plan.counts, plan.faults), "goods": goods}


BY_KIND: Final = {
    "members": _of_members,
    "products": _of_products,
    "deliveries": _of_deliveries,
}


def _import(wish: Facts, parent: Parent) -> Facts:
    """Import a list of members that was confirmed; returns its counts, or why not in a word."""
    progress_bars.listen(parent.progress)
    _, sheet, _ = _sheet(_body(wish))
    reading = None if sheet is None else _members(wish, sheet)
    if reading is None or reading.faults:
        return {"fault": "changed"}
    runner, by = ParentTaskRunner(parent), integer(wish, "by")
    make = partial(_plan, wish, reading)
    zone, signed = string(wish, "time_zone"), integer(wish, "signed")
    try:
        done = run_import(runner, make, zone, signed, by, language=UNKNOWN)
    except BusyImportError:
        return {"fault": "busy"}
    except CommandError:
        return {"fault": "changed"}
    return {"fault": "", **_counts(done)}


def _members(wish: Facts, sheet: Sheet) -> MemberFile:
    today = local_day(_now(wish), string(wish, "time_zone"))
    ranks = {name: str(slug) for name, slug in mapping(wish, "ranks").items()}
    return read_member_list(sheet, today, string(wish, "root_code"), ranks)


def _plan(wish: Facts, reading: MemberFile) -> ImportPlan:
    work = partial(
        roster_plan.make_plan,
        entries=reading.entries,
        time_zone=string(wish, "time_zone"),
        listed=reading.numbers.keys(),
        seed=secrets.token_hex(SEED_BYTES),
        now=_now(wish),
    )
    return asyncio.run(read_only.look(string(wish, "url"), work))


def _body(wish: Facts) -> bytes:
    return base64.b64decode(string(wish, "body"))


def _now(wish: Facts) -> datetime:
    return datetime.fromisoformat(string(wish, "now"))


def _counts(found: Mapping[str, object]) -> dict[str, object]:
    return dict.fromkeys(COUNTS, 0) | {key: found[key] for key in COUNTS if key in found}


def _result(
    of: str, counts: Mapping[str, object] | None = None, faults: Iterable[SheetFault] = ()
) -> Facts:
    ordered = sorted(faults, key=lambda fault: fault.line)
    packed = [{**asdict(fault), "facts": dict(fault.facts)} for fault in ordered[:FAULTS_MAX]]
    return {"of": of, **_counts(counts or {}), "faults": packed, "articles": [], "goods": []}


if __name__ == "__main__":
    serve({CHECK: _check, IMPORT: _import})
