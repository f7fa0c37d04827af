"""The child process in which the office's file of a month is made: a workbook of sums.

A row is a member who served a customer; the last row is the whole company. No customer is named.
"""

import asyncio
import base64
import io
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime
from functools import partial
from typing import Final

import xlsxwriter
from sqlalchemy import Connection

from bot.core.input.checked_json import integer, string
from bot.core.mirror.mirror_figures import CustomerFigures, MonthDays
from bot.store.db import read_only
from bot.store.mirror import customer_figures
from bot.store.mirror.customer_figures import SellerFigures
from bot.system.child_process import Facts, Limits, Parent, Progress, run_child, serve

__all__ = ["FIGURES", "MirrorReport", "make_in_child", "report_of", "workbook_of"]

TASK: Final = "mirror file"
LIMITS: Final = Limits(600, memory_mib=2048)
FIGURES: Final = ("customers", "sales", "again", "repeat_orders", "new")
"""The figures of a row, in the order of `CustomerFigures`."""

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": (
        "Kode mitra",
        "Nama",
        "Pelanggan dilayani",
        "Penjualan ke pelanggan",
        "Pelanggan beli lagi",
        "Pesanan ulang",
        "Pelanggan baru",
    ),
    "en": (
        "Member code",
        "Name",
        "Customers served",
        "Sales to customers",
        "Customers who bought again",
        "Repeat orders",
        "New customers",
    ),
}
COMPANY: Final = {"id": "Seluruh perusahaan", "en": "Whole company"}
JOINED: Final = {"id": "Mitra baru bulan ini", "en": "New members this month"}
WIDTHS: Final = (12, 32, 18, 22, 24, 15, 15)
"""Of the columns, in characters."""
WORKBOOK: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True, slots=True)
class MirrorReport:
    """A month of all members.

    Attributes:
        rows: one for each member who served a customer.
        new_members: how many joined the company in the month.
    """

    rows: tuple[SellerFigures, ...]
    new_members: int

    @property
    def company(self) -> CustomerFigures:
        """The figures of all rows together."""
        return sum((row.figures for row in self.rows), CustomerFigures())


@dataclass(frozen=True, slots=True)
class MirrorFileMade:
    """The workbook, and what its caption says."""

    body: bytes
    sellers: int
    figures: CustomerFigures
    new_members: int


def report_of(
    conn: Connection, first: date, after: date, since: datetime, until: datetime
) -> MirrorReport:
    """Returns the figures of all members in these days, and how many joined.

    Args:
        conn: the database.
        first: the first day of the month.
        after: the day after the last one.
        since: the first moment of these days, by the company's zone.
        until: the first moment after them.
    """
    rows = customer_figures.of_all_sellers(conn, first, after)
    return MirrorReport(tuple(rows), customer_figures.joined_between(conn, since, until))


def workbook_of(report: MirrorReport, language: str) -> bytes:
    """Returns the report as a workbook; codes and names are text, whatever they look like."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, WORKBOOK) as book:
        sheet = book.add_worksheet()
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        sheet.freeze_panes(1, 0)
        for place, (heading, width) in enumerate(zip(HEADINGS[language], WIDTHS, strict=True)):
            sheet.write_string(0, place, heading, bold)
            sheet.set_column(place, place, width)
        for at, row in enumerate(report.rows, start=1):
            sheet.write_string(at, 0, row.code, text)
            sheet.write_string(at, 1, row.name, text)
            _numbers(sheet, at, astuple(row.figures))
        last = len(report.rows) + 1
        sheet.write_string(last, 1, COMPANY[language], bold)
        _numbers(sheet, last, astuple(report.company), bold)
        sheet.write_string(last + 2, 1, JOINED[language])
        sheet.write_number(last + 2, 2, report.new_members)
    return written.getvalue()


def _numbers(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, figures: Sequence[int], *bold: object
) -> None:
    for place, figure in enumerate(figures, start=2):
        sheet.write_number(row, place, figure, *bold)


async def make_in_child(
    url: str,
    days: MonthDays,
    moments: tuple[datetime, datetime],
    language: str,
    progress: Progress,
) -> MirrorFileMade:
    """Returns the file of some days, with headings in this language.

    Args:
        url: of the database.
        days: the days that are looked at.
        moments: the first moment of these days by the company's zone, and the first after them.
        language: of the headings.
        progress: told how far it is.

    Raises:
        JobError: the child process failed or reached one of its limits.
    """
    wish = {
        "task": TASK,
        "url": url,
        "first": days.first.isoformat(),
        "after": days.after.isoformat(),
        "since": moments[0].isoformat(),
        "until": moments[1].isoformat(),
        "language": language,
    }
    made = await run_child("bot.store.mirror.mirror_file", wish, LIMITS, progress)
    figures = CustomerFigures(*(integer(made, name) for name in FIGURES))
    body = base64.b64decode(string(made, "body"))
    return MirrorFileMade(body, integer(made, "sellers"), figures, integer(made, "new_members"))


def _make(wish: Facts, _: Parent) -> Facts:
    first, after = (date.fromisoformat(string(wish, key)) for key in ("first", "after"))
    since, until = (datetime.fromisoformat(string(wish, key)) for key in ("since", "until"))
    seen = partial(report_of, first=first, after=after, since=since, until=until)
    report = asyncio.run(read_only.look(string(wish, "url"), seen))
    body = base64.b64encode(workbook_of(report, string(wish, "language"))).decode("ascii")
    figures = dict(zip(FIGURES, astuple(report.company), strict=True))
    return {
        "body": body,
        "sellers": len(report.rows),
        "new_members": report.new_members,
        **figures,
    }


if __name__ == "__main__":
    serve({TASK: _make})
