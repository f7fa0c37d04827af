"""A made-up company: sound like any other, the same each time, and never among real members."""

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli.command_line import command_line
from bot.cli.seed.company_spec import CompanySpec
from bot.cli.seed.fill import fill_database
from bot.core.calendar.periods import period_bounds
from bot.core.members.codes import is_code
from bot.store.db import read_only
from bot.store.proof import integrity
from bot.system.process_lock import ProcessLock
from tests.blank import lay_out
from tests.cli.office import Office

ZONE = "Asia/Jakarta"
MONTHS = ("2026-09", "2026-10")
SPEC = CompanySpec(
    members=400,
    lines=2_001,
    seed=7,
    periods=MONTHS,
    until=period_bounds("2026-10", ZONE)[1],
    time_zone=ZONE,
    chain=60,
)
SEED = ("seed", "--members", "300", "--sales", "900")
DEPTHS = """
    WITH RECURSIVE down (id, depth) AS (
      SELECT id, 0 FROM members WHERE sponsor_id IS NULL
      UNION ALL
      SELECT m.id, depth + 1 FROM down JOIN members AS m ON m.sponsor_id = down.id
    )
    SELECT max(depth) FROM down
"""


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("blank") / "books.db"
    asyncio.run(lay_out(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture
def books(tmp_path: Path, blank: Path) -> Path:
    return Path(shutil.copy(blank, tmp_path / "books.db"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, blank: Path) -> Path:
    file = Path(shutil.copy(blank, tmp_path_factory.mktemp("filled") / "books.db"))
    fill_database(file, SPEC)
    return file


def ask(file: Path, statement: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as conn:
        return conn.execute(statement).fetchall()


def one(file: Path, statement: str) -> Any:
    return ask(file, statement)[0][0]


def faults(file: Path) -> list[str]:
    url = f"sqlite+aiosqlite:///{file}"
    return asyncio.run(read_only.look(url, lambda conn: integrity.prove(conn, ZONE)))


def everything(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows but the version of the price list, which is random."""
    tables = ask(file, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    rows = {name: ask(file, f'SELECT * FROM "{name}" ORDER BY rowid') for (name,) in tables}
    return {**rows, "marks": [row for row in rows["marks"] if row[0] != "price list"]}


class Here:
    """An operator's folder, for commands that can run in this process."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        office = Office(folder)
        self.books = office.books
        self.books.parent.mkdir()
        monkeypatch.chdir(folder)
        for name in ("DATABASE_URL", "COMPANY_FILE", "CLOCK_URL"):
            monkeypatch.delenv(name, raising=False)
        for name, value in office.settings.items():
            monkeypatch.setenv(name, value)

    def run(self, *words: str) -> tuple[int, str]:
        result = CliRunner().invoke(command_line, words)
        return result.exit_code, result.output


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Here:
    return Here(tmp_path, monkeypatch)


def test_the_doctor_finds_nothing_in_it(here: Here) -> None:
    code, output = here.run(*SEED, "--months", "2", "--chain", "100")
    assert code == 0, output
    assert "300 members with 900 lines of sales in" in output
    code, seen = here.run("doctor", "--no-network")
    assert code == 0, seen
    assert "fail" not in seen
    assert "Team sizes and volumes agree" in seen
    assert list(here.books.parent.glob("*.seeding*")) == []


@pytest.mark.parametrize(
    "spec",
    [
        replace(SPEC, members=1, chain=0, lines=0),
        replace(SPEC, members=1, chain=0, lines=50, periods=("2026-10",)),
        replace(SPEC, members=90, chain=89, lines=20, periods=("2026-10",)),
        replace(SPEC, members=700, chain=0, lines=9_000, first_user=5_000_000),
    ],
    ids=["nothing sold", "one member", "one line", "many sales"],
)
def test_the_database_passes_the_integrity_check(books: Path, spec: CompanySpec) -> None:
    fill_database(books, spec)
    assert faults(books) == []
    assert one(books, "SELECT count(*) FROM members") == spec.members
    assert one(books, "SELECT count(*) FROM sale_lines") == spec.lines
    assert one(books, "SELECT count(*) FROM people") == (spec.members if spec.first_user else 0)
    assert one(books, DEPTHS) >= spec.chain


def test_the_tables_are_those_that_the_migrations_make(filled: Path, blank: Path) -> None:
    shape = """SELECT type, name, sql FROM sqlite_master
               WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name"""
    assert ask(filled, shape) == ask(blank, shape)
    assert one(filled, "PRAGMA journal_mode") == "wal"


def test_the_sales_look_like_those_of_a_real_company(filled: Path) -> None:
    assert faults(filled) == []
    shares = ask(filled, """
        SELECT s.period, count(*) FROM sale_lines AS l JOIN sales AS s ON s.id = l.sale_id
        GROUP BY s.period ORDER BY s.period
    """)  # fmt: skip
    assert shares == [("2026-09", 1_000), ("2026-10", 1_001)]
    sizes = ask(
        filled, "SELECT DISTINCT count(*) AS n FROM sale_lines GROUP BY sale_id ORDER BY n"
    )
    assert sizes == [(1,), (2,), (3,)]
    for period in MONTHS:
        sellers, most, sales = ask(filled, f"""
            SELECT count(*), max(own_count), sum(own_count) FROM volumes
            WHERE period = '{period}' AND own_count > 0
        """)[0]  # fmt: skip
        assert 120 < sellers < 200
        assert most > 3 * sales // sellers
    assert one(filled, "SELECT count(*) FROM sales WHERE substr(sold_on, 1, 7) <> period") == 0
    assert one(filled, """
        SELECT count(*) FROM sales AS s JOIN members AS m ON m.id = s.seller_id
        WHERE s.logged_at < m.joined_at
    """) == 0  # fmt: skip
    days = [day for (day,) in ask(filled, "SELECT sold_on FROM sales ORDER BY id")]
    assert days == sorted(days)
    assert one(filled, "SELECT count(*) FROM customers") < len(days)
    assert one(filled, """
        SELECT count(*) FROM sales AS s JOIN customers AS c ON c.id = s.customer_id
        WHERE c.member_id <> s.seller_id
    """) == 0  # fmt: skip


def test_there_is_one_long_line_and_every_member_has_a_code(filled: Path) -> None:
    line = [sponsor for (sponsor,) in ask(filled, "SELECT sponsor_id FROM members WHERE id < 62")]
    assert line == [None, *range(1, 61)]
    assert one(filled, "SELECT count(*) FROM members WHERE sponsor_id BETWEEN 2 AND 61") == 59
    joined = [at for (at,) in ask(filled, "SELECT joined_at FROM members ORDER BY id")]
    assert all(before <= after for before, after in pairwise(joined))
    assert all(is_code(code) for (code,) in ask(filled, "SELECT code FROM members"))


def test_the_same_seed_makes_the_same_rows_and_another_seed_others(
    filled: Path, books: Path, tmp_path: Path, blank: Path
) -> None:
    fill_database(books, SPEC)
    first = everything(filled)
    assert everything(books) == first
    other = Path(shutil.copy(blank, tmp_path / "other.db"))
    fill_database(other, replace(SPEC, seed=8))
    second = everything(other)
    for table in ("members", "sales", "sale_lines", "postings", "volumes"):
        assert second[table] != first[table]


def test_columns_with_a_default_may_be_added_to_the_tables(books: Path) -> None:
    with closing(sqlite3.connect(books)) as conn:
        for table in ("members", "sales", "postings", "volumes"):
            conn.execute(f"ALTER TABLE {table} ADD COLUMN more INTEGER NOT NULL DEFAULT 7")
    fill_database(books, replace(SPEC, members=50, chain=0, lines=100))
    assert one(books, "SELECT sum(more) FROM members") == 50 * 7


def test_the_existing_products_are_sold(books: Path) -> None:
    with closing(sqlite3.connect(books)) as conn, conn:
        conn.execute("""
            INSERT INTO products (sku, name, member_price, retail_price, points, bonus_value)
            VALUES ('A', 'Abon', 30000, 40000, 4, 30000)
        """)
    fill_database(books, replace(SPEC, members=50, chain=0, lines=100))
    assert ask(books, "SELECT DISTINCT product_id, member_price FROM sale_lines") == [(1, 30_000)]
    assert one(books, "SELECT count(*) FROM products") == 1
    assert faults(books) == []


def test_an_interrupted_seed_leaves_the_database_as_it_was(books: Path) -> None:
    def breaking(things: Sequence[Any], label: str) -> Iterator[Any]:
        if label == "Building indexes":
            raise KeyboardInterrupt
        yield from things

    before = books.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        fill_database(books, SPEC, breaking)
    assert books.read_bytes() == before
    assert list(books.parent.glob("*.seeding*")) == []


def test_a_database_with_members_is_refused_and_unchanged(here: Here, filled: Path) -> None:
    shutil.copy(filled, here.books)
    before = here.books.read_bytes()
    code, output = here.run(*SEED)
    assert code == 1
    assert "has members or months already" in output
    assert here.books.read_bytes() == before


def test_a_database_with_a_closed_month_is_refused(here: Here, books: Path) -> None:
    with closing(sqlite3.connect(books)) as conn, conn:
        conn.execute("""
            INSERT INTO periods (period, state, plan, plan_digest, ready_on, began_at)
            VALUES ('2026-10', 'closing', '2026-01', 'x', '2026-11-08', 1)
        """)
    shutil.copy(books, here.books)
    code, output = here.run(*SEED)
    assert code == 1
    assert "has members or months already" in output


def test_a_database_on_which_a_bot_runs_is_refused(here: Here, blank: Path) -> None:
    shutil.copy(blank, here.books)
    with ProcessLock(here.books):
        code, output = here.run(*SEED)
    assert code == 1
    assert "already in use" in output
    assert one(here.books, "SELECT count(*) FROM members") == 0


def test_a_database_that_is_not_the_bots_is_refused(here: Here) -> None:
    with closing(sqlite3.connect(here.books)) as conn:
        conn.execute("CREATE TABLE recipes (name TEXT)")
    code, output = here.run(*SEED)
    assert code == 1
    assert "not the bot's" in output


def test_a_server_is_refused_in_a_clear_sentence(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://somebody:secret@localhost/books")
    code, output = here.run(*SEED)
    assert code == 1
    assert "seed writes a SQLite file" in output
    assert "secret" not in output


@pytest.mark.parametrize(
    "words",
    [
        ("seed",),
        ("seed", "--members", "10"),
        ("seed", "--members", "0", "--sales", "5"),
        ("seed", "--members", "ten", "--sales", "5"),
        ("seed", "--members", "10", "--sales", "-1"),
        ("seed", "--members", "10", "--sales", "5", "--months", "0"),
        ("seed", "--members", "10", "--sales", "5", "--chain", "10"),
    ],
    ids=" ".join,
)
def test_wrong_numbers_are_wrong_usage(here: Here, words: tuple[str, ...]) -> None:
    code, output = here.run(*words)
    assert code == 2
    assert "--help" in output
    assert not here.books.exists()
