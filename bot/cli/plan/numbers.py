"""A month to try plans on: from two tables, or from the database, which is only read."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.cli.faults import WrongSetupError
from bot.cli.file_reports import one_sentence, said_lines
from bot.cli.imports.reports import no_table, report_lines
from bot.cli.plan.sales_file import MemberSales, SalesFile, read_sales
from bot.cli.plan.tree_file import Tree, read_tree
from bot.cli.plan.words import rupiah
from bot.cli.progress_bars import counted
from bot.core.calendar.periods import next_period
from bot.core.file_faults import Said
from bot.core.plans import Snapshot, Version
from bot.core.sheets.sheet_faults import SheetFault, SheetFaultsError

if TYPE_CHECKING:
    from bot.system.settings import Settings

__all__ = ["Numbers", "from_database", "from_files"]

CODES_SHOWN_MAX: Final = 5


@dataclass(frozen=True, slots=True)
class Numbers:
    """What members sold in a month.

    Attributes:
        months: a snapshot for each plan version that is tried.
        sales: the count of sales.
        codes: returns the codes of the given members, by id.
        language: in which its figures are told.
        notes: what was left out or read differently.
    """

    period: str
    months: tuple[Snapshot, ...]
    sales: int
    codes: Callable[[Collection[int]], Mapping[int, str]]
    language: str
    notes: tuple[str, ...] = ()


def from_files(
    tree_file: Path, sales_file: Path, period: str, versions: Sequence[Version], language: str
) -> Numbers:
    """Returns the month in two tables; their faults are told in this language.

    Raises:
        WrongSetupError: the tables have faults; the message names each line.
    """
    first = date.fromisoformat(f"{period}-01")
    last = date.fromisoformat(f"{next_period(period)}-01") - timedelta(days=1)
    ranks = {slug for version in versions for slug in version.rank_numbers}
    with _a_table(tree_file, language):
        label = one_sentence(language, "reading members")
        tree = read_tree(tree_file, last, ranks, partial(counted, label=label))
    with _a_table(sales_file, language):
        label = one_sentence(language, "reading sales")
        sales = read_sales(sales_file, tree, (first, last), partial(counted, label=label))
    _refuse_faults({tree_file: tree.faults, sales_file: sales.faults}, language)
    there = sorted(key for key, person in tree.people.items() if person.joined <= last)
    codes = {number: tree.people[key].code for number, key in enumerate(there, start=1)}
    return Numbers(
        period=period,
        months=tuple(_snapshot(tree, there, sales, version) for version in versions),
        sales=sales.counted,
        codes=lambda wanted: {each: codes[each] for each in wanted},
        language=language,
        notes=tuple(said_lines([*_notes(tree, there, sales, versions)], language)),
    )


@contextmanager
def _a_table(file: Path, language: str) -> Iterator[None]:
    """Report why a file is no table of the wanted kind."""
    try:
        yield
    except SheetFaultsError as error:
        raise WrongSetupError(no_table(file, error, language).message) from None


def _refuse_faults(faults: Mapping[Path, list[SheetFault]], language: str) -> None:
    reports = (report_lines(file, found, language) for file, found in faults.items())
    lines = [line for report in reports for line in report]
    if lines:
        from bot.content.sheet_words import sheet_words

        heading = sheet_words(language)["heading plan"]
        raise WrongSetupError("\n".join([heading, *lines]))


def _snapshot(tree: Tree, there: Sequence[str], sales: SalesFile, version: Version) -> Snapshot:
    """Returns the month with all members of that time, in the order of their codes."""
    ids = {key: number for number, key in enumerate(there, start=1)}
    nothing = MemberSales()

    def row(key: str) -> tuple[int | None, ...]:
        person, sold = tree.people[key], sales.sold.get(key, nothing)
        return (
            ids[key],
            ids.get(person.sponsor),
            int(person.active),
            max(sold.points, 0),
            max(sold.bonus, 0),
            sold.different,
            max(sold.amount, 0),
            person.accumulated,
            version.rank_numbers.get(person.rank, 0),
            min(max(sold.sold, 0), max(sold.points, 0)),
        )

    return Snapshot.of(row(key) for key in there)


def _notes(
    tree: Tree, there: Sequence[str], sales: SalesFile, versions: Sequence[Version]
) -> Iterable[Said]:
    if sales.signups:
        amount = rupiah(sales.signups_amount)
        yield Said.of("note signups", number=sales.signups, sum=amount)
    if sales.outside:
        yield Said.of("note other months", number=sales.outside)
    later = len(tree.people) - len(there)
    if later:
        yield Said.of("note later members", number=later)
    if sales.returned:
        yield Said.of("note returns", number=sales.returned)
    below = [
        tree.people[key].code
        for key, sold in sorted(sales.sold.items())
        if min(sold.points, sold.bonus, sold.amount) < 0
    ]
    if below:
        named = ", ".join(below[:CODES_SHOWN_MAX]) + (" …" if below[CODES_SHOWN_MAX:] else "")
        yield Said.of("note below zero", codes=named)
    if not sales.named and any(version.needs_customers for version in versions):
        yield Said("note customers")
    held = {tree.people[key].rank for key in there} - {""}
    for name, version in zip(("A", "B") if len(versions) > 1 else ("",), versions, strict=True):
        which = Said.of("plan named", name=name) if name else Said("this plan")
        unknown = sorted(held - version.rank_numbers.keys())
        if unknown:
            yield Said.of("note unknown ranks", plan=which, ranks=unknown)
        elif held and not version.ranks_kept:
            yield Said.of("note ranks not kept", plan=which)


def from_database(
    settings: "Settings", period: str, versions: Sequence[Version], language: str
) -> Numbers:
    """Returns the month in the database.

    Raises:
        CommandError: the database has to be upgraded first.
    """
    from sqlalchemy import Connection

    from bot.cli.database.upgrade import refuse_unready
    from bot.store.db import read_only
    from bot.store.ledger import periods, snapshots
    from bot.store.members import members

    url = settings.database_url.get_secret_value()

    def look(conn: Connection) -> tuple[tuple[Snapshot, ...], int]:
        months = tuple(snapshots.of_company(conn, period, version) for version in versions)
        return months, periods.sales_of(conn, period).number

    def codes(wanted: Collection[int]) -> Mapping[int, str]:
        def find(conn: Connection) -> Mapping[int, str]:
            return {each: members.by_id(conn, each).code for each in wanted}

        return asyncio.run(read_only.look(url, find))

    asyncio.run(refuse_unready(settings))
    months, sales = asyncio.run(read_only.look(url, look))
    return Numbers(period, months, sales, codes, language)
