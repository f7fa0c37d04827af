"""`mirror` shows what customers did in a month, and its workbook has the same sums."""

import re
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.months.test_cli_close import LAST_MONTH, office
from tests.cli.office import Office

__all__ = ["office"]

pytestmark = pytest.mark.long


def whole_number(cell: object) -> int:
    """Returns the number in a cell, which a workbook keeps with a fraction."""
    return int(float(str(cell)))


def test_the_month_is_shown_and_its_workbook_has_the_same_sums(
    office: Office, tmp_path: Path
) -> None:
    file = tmp_path / "month.xlsx"
    shown = office.run("mirror", LAST_MONTH, "--out", str(file), "--top", "3")
    assert shown.returncode == 0, shown.stderr
    found = re.search(
        rf"{LAST_MONTH}: (\d+) members served ([\d,]+) customers\n"
        r"  bought again ([\d,]+), new ([\d,]+)\n"
        r"  sales ([\d,]+), of which repeat orders ([\d,]+)\n"
        r"  new members ([\d,]+)\n",
        shown.stdout,
    )
    assert found is not None, shown.stdout
    members, customers, again, new, sales, repeats, joined = (
        int(each.replace(",", "")) for each in found.groups()
    )
    assert sales == new + repeats > 0
    assert len(re.findall(r"\d again", shown.stdout)) == min(members, 3)
    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    figures = [[whole_number(cell) for cell in row[2:7]] for row in rows[1 : members + 1]]
    whole = [whole_number(cell) for cell in rows[members + 1][2:7]]
    assert whole == [customers, sales, again, repeats, new]
    assert whole == [sum(column) for column in zip(*figures, strict=True)]
    assert whole_number(rows[members + 3][2]) == joined
    assert office.run("mirror", LAST_MONTH, "--out", str(file)).returncode == 1
    assert office.run("mirror", "2098-01").returncode == 1
    assert office.run("mirror", "October").returncode == 2
