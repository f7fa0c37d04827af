"""A company that exists already: its list of members, with every fault, all or nothing."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from bot.cli.imports.member_file import MemberFile, read_member_file
from bot.cli.imports.spreadsheet_dates import DayOrder, find_order, read_sheet_day
from bot.content.sheet_words import fault_words
from bot.core.sheets.sheet_faults import BadCellError, SheetFaultsError
from tests.cli.imports.lists import HEADINGS, member_rows, put
from tests.cli.imports.messy import MEMBERS, mended, messy, text_of
from tests.cli.office import PROJECT, Office

pytestmark = pytest.mark.long

TODAY = date(2026, 11, 20)


def read(tmp_path: Path, *rows: str, headings: str = HEADINGS) -> MemberFile:
    file = tmp_path / "members.csv"
    file.write_text("\n".join([headings, *rows]), "utf-8-sig")
    return read_member_file(file, TODAY, "PUSAT")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    assert office.run("migrate").returncode == 0
    return office


def said_of(told: str) -> list[tuple[int, str]]:
    """The faults of a report, by line."""
    found = []
    for row in told.splitlines():
        name, line, words = (*row.split(":", 2), "", "")[:3]
        if name == "list.csv" and line.isdigit():
            found.append((int(line), words.strip()))
    return found


def test_a_messy_list_is_reported_line_by_line_and_imported_once_when_corrected(
    office: Office,
) -> None:
    lines, expected = messy()
    put(office, text_of(lines))
    for words in (("--dry-run",), ()):
        result = office.run("import", "members", "list.csv", *words)
        assert result.returncode == 1
        assert said_of(result.stderr) == expected
        assert "No member was imported" in result.stderr
    assert member_rows(office) == [(0,)]

    put(office, text_of(mended()))
    dry = office.run("import", "members", "list.csv", "--dry-run")
    assert dry.stdout.startswith(f"{MEMBERS} would be added\n")
    assert "day first" in dry.stderr
    assert member_rows(office) == [(0,)]
    assert f"{MEMBERS} added" in office.run("import", "members", "list.csv").stdout
    before = member_rows(office, "SELECT * FROM members ORDER BY id")
    again = office.run("import", "members", "list.csv")
    assert (again.returncode, again.stdout) == (
        0, f"0 added\n0 changed\n{MEMBERS} unchanged\n"
    )  # fmt: skip
    assert member_rows(office, "SELECT * FROM members ORDER BY id") == before
    assert member_rows(office, "SELECT count(*) FROM audit") == [(1,)]
    doctor = office.run("doctor").stdout
    assert "ok    Team sizes and volumes agree with a recount." in doctor
    assert "ok    The file is intact" in doctor


def test_a_new_name_or_phone_is_imported_and_a_new_sponsor_or_day_is_refused(
    office: Office,
) -> None:
    rows = ["A1,Siti,08121111111,,2024-03-01", "A2,Budi,08122222222,A1,2024-03-02"]
    put(office, "\n".join([HEADINGS, *rows]))
    assert "2 added" in office.run("import", "members", "list.csv").stdout
    # The two have each other's numbers now.
    rows = ["A1,Siti Aminah,08122222222,,2024-03-01", "A2,Budi,08121111111,A1,2024-03-02"]
    put(office, "\n".join([HEADINGS, *rows]))
    assert (
        "2 would be changed: A1, A2"
        in office.run("import", "members", "list.csv", "--dry-run").stdout
    )
    assert "2 changed: A1, A2" in office.run("import", "members", "list.csv").stdout
    wanted = [("Siti Aminah", "+628122222222"), ("Budi", "+628121111111")]
    assert member_rows(office, "SELECT name, phone FROM members ORDER BY id") == wanted
    words = "SELECT word FROM member_words WHERE member_id = 1 ORDER BY word"
    assert member_rows(office, words) == [("aminah",), ("siti",)]
    moved = ["A1,Siti,08123333333,A2,2024-03-01", "A2,Budi,08121111111,,2024-03-05"]
    put(office, "\n".join([HEADINGS, *moved]))
    result = office.run("import", "members", "list.csv")
    assert said_of(result.stderr) == [
        (2, "sponsor is A2 here and the company in the database; imports cannot change sponsors"),
        (3, "sponsor is the company here and A1 in the database; imports cannot change sponsors"),
        (3, "joined 2024-03-05 here and 2024-03-02 in the database; that day stays"),
    ]


def test_a_sponsor_may_be_a_member_already_by_number_or_by_code(office: Office) -> None:
    put(office, f"{HEADINGS}\nA1,Siti,08121111111,,2024-03-01\n")
    office.run("import", "members", "list.csv")
    ((code,),) = member_rows(office, "SELECT code FROM members")
    rows = ["B1,Budi,08122222222,a1,2024-03-02", f"B2,Rina,08123333333,{code},2024-03-02"]
    put(office, "\n".join([HEADINGS, *rows]))
    assert "2 added" in office.run("import", "members", "list.csv").stdout
    assert member_rows(office, "SELECT sponsor_id FROM members ORDER BY id")[1:] == [(1,), (1,)]
    put(office, f"{HEADINGS}\nC1,Tuti,0812 1111 111,A1,2024-03-02\n")
    output = office.run("import", "members", "list.csv").stderr
    assert "phone +628121111111 belongs to the member A1 in the database" in output


def test_a_member_who_has_claimed_the_place_keeps_their_name_and_phone(office: Office) -> None:
    put(office, f"{HEADINGS}\nA1,Siti,08121111111,,2024-03-01\n")
    office.run("import", "members", "list.csv")
    books = sqlite3.connect(office.books)
    books.execute("UPDATE members SET user_id = 5, name = 'Siti Aminah', phone = '+628129'")
    books.commit()
    books.close()
    result = office.run("import", "members", "list.csv")
    assert result.returncode == 0
    assert "1 have claimed their place" in result.stdout
    assert member_rows(office, "SELECT name, phone FROM members") == [("Siti Aminah", "+628129")]


def test_without_a_database_the_next_step_is_named(tmp_path: Path) -> None:
    office = Office(tmp_path)
    put(office, f"{HEADINGS}\nA1,Siti,08121111111,,2024-03-01\n")
    result = office.run("import", "members", "list.csv", "--dry-run")
    assert result.returncode == 1
    assert "python -m bot migrate" in result.stderr
    put(office, f"{HEADINGS}\nA1,,08121111111,,2024-03-01\n")
    assert "list.csv:2: name is empty" in office.run("import", "members", "list.csv").stderr


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-03-01", date(2024, 3, 1)),
        ("2024/3/1", date(2024, 3, 1)),
        ("2024-03-01T07:30:00", date(2024, 3, 1)),
        ("13/03/2024", date(2024, 3, 13)),
        ("13.3.2024", date(2024, 3, 13)),
        ("03-13-2024", date(2024, 3, 13)),
        ("05/05/2024", date(2024, 5, 5)),
        ("1 Mar 2024", date(2024, 3, 1)),
        ("1-Maret-2024", date(2024, 3, 1)),
        ("17 Agustus 1999 10.15", date(1999, 8, 17)),
        ("March 1, 2024", date(2024, 3, 1)),
    ],
)
def test_a_day_is_read_as_spreadsheets_write_it(cell: str, day: date) -> None:
    assert read_sheet_day(cell, DayOrder()) == day


def test_whether_day_or_month_comes_first_is_learnt_from_the_column_and_never_guessed() -> None:
    cells = [(2, "03/04/2024"), (3, "25/04/2024"), (4, "2024-04-30")]
    order = find_order(cells)
    assert order == DayOrder(day_first=3)
    assert read_sheet_day("03/04/2024", order) == date(2024, 4, 3)
    american = find_order([(2, "03/04/2024"), (9, "04/25/2024")])
    assert read_sheet_day("03/04/2024", american) == date(2024, 3, 4)
    for others, why in (([], "no other line shows"), ([(9, "04/25/2024")], "line 3 has the day")):
        unsure = find_order([*(cells if others else cells[:1]), *others])
        with pytest.raises(BadCellError) as caught:
            read_sheet_day("03/04/2024", unsure)
        words = fault_words(caught.value.at(2, "joined"), "en")
        assert "could be 2024-04-03 or 2024-03-04" in words
        assert why in words


@pytest.mark.parametrize(
    "headings",
    [
        "number,name,phone,sponsor,joined",
        "Nomor,Nama,HP,Sponsor,Bergabung",
        "No. Anggota,Nama Lengkap,No. WA,Upline,Tgl Gabung",
        "Member ID,Full Name,Mobile,Sponsor ID,Join Date",
    ],
)
def test_headings_are_known_in_both_languages(tmp_path: Path, headings: str) -> None:
    reading = read(tmp_path, "a1,Siti,0812 1111 111,pusat,2024-03-01", headings=headings)
    assert not reading.faults
    (entry,) = reading.entries
    assert (entry.number, entry.phone, entry.sponsor) == ("A1", "+628121111111", "")


def test_a_column_too_many_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetFaultsError) as caught:
        read(tmp_path, "A1,Siti,08121111111,,2024-03-01,7371", headings=f"{HEADINGS},NIK")
    assert "“NIK” is not known" in fault_words(caught.value.faults[0], "en")


def test_a_long_circle_is_shown_by_its_ends(tmp_path: Path) -> None:
    rows = [f"A{place},Siti,0812{place:08d},A{(place + 1) % 50},2024-03-01" for place in range(50)]
    reading = read(tmp_path, *rows)
    (fault,) = reading.faults
    words = fault_words(fault, "en")
    assert fault.line == 2
    assert "A0 (line 2) → A1 (line 3)" in words
    assert "… 38 more … → A49 (line 51) → A0;" in words


def test_the_example_of_the_docs_is_sound(tmp_path: Path) -> None:
    page = (PROJECT / "docs" / "import.md").read_text("utf-8")
    example = page.split("```\n")[1]
    headings, *rows = example.splitlines()
    reading = read(tmp_path, *rows, headings=headings)
    assert not reading.faults
    assert [entry.phone for entry in reading.entries][-1] == "+6281233333333"


def test_too_many_changes_at_once_are_refused_with_the_number_of_parts(
    office: Office,
) -> None:
    lines = [f"A{each},Siti,0812{each:08d},,2024-03-01" for each in range(3_000)]
    put(office, "\n".join([HEADINGS, *lines]))
    assert "3000 added" in office.run("import", "members", "list.csv").stdout
    put(office, "\n".join([HEADINGS, *lines]).replace("Siti", "Siti Aminah"))
    for words in ((), ("--dry-run",)):
        result = office.run("import", "members", "list.csv", *words)
        assert result.returncode == 1
        assert "The file changes 3000 names or phones" in result.stderr
        assert "Split it into 2 files or more" in result.stderr
    parts = lines[:1_500], lines[1_500:]
    for part in parts:
        put(office, "\n".join([HEADINGS, *part]).replace("Siti", "Siti Aminah"))
        assert "1500 changed" in office.run("import", "members", "list.csv").stdout
    assert "ok    Team sizes" in office.run("doctor").stdout


def test_opening_balances_are_imported_only_under_their_signed_sum(office: Office) -> None:
    rows = ["A1,Siti,08121111111,,2024-03-01,150.000", "A2,Budi,08122222222,A1,2024-03-02,"]
    put(office, "\n".join([f"{HEADINGS},saldo_awal", *rows]))
    dry = office.run("import", "members", "list.csv", "--dry-run").stdout
    assert "1 with opening balances, Rp150,000 in all" in dry
    for words in ((), ("--opening-total", "150001")):
        result = office.run("import", "members", "list.csv", *words)
        assert result.returncode == 1
        assert "--opening-total 150000" in result.stderr
    assert member_rows(office) == [(0,)]
    done = office.run("import", "members", "list.csv", "--opening-total", "150000")
    assert "2 added\n1 with opening balances" in done.stdout
    balances = "SELECT balance FROM accounts WHERE kind = 'wallet'"
    assert member_rows(office, balances) == [(150_000,)]
    assert "ok    Team sizes" in office.run("doctor").stdout
    assert "2 unchanged" in office.run("import", "members", "list.csv").stdout


def test_a_rank_that_the_plan_does_not_have_is_refused(office: Office) -> None:
    put(office, f"{HEADINGS},peringkat\nA1,Siti,08121111111,,2024-03-01,Permata\n")
    result = office.run("import", "members", "list.csv")
    assert "list.csv:2: rank “Permata” is no rank of the plan" in result.stderr
