"""A backup is what can be restored, or it is not kept."""

import hashlib
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store.backup.backup import back_up
from tests.cli.forks import ForkedOffice
from tests.cli.office import Office, fill


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("filled") / "jualdulu.db"
    fill(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture
def office(tmp_path: Path, filled: Path) -> Office:
    office = ForkedOffice(tmp_path)
    office.books.parent.mkdir()
    shutil.copy(filled, office.books)
    return office


def content(file: Path) -> str:
    with closing(sqlite3.connect(file)) as books:
        return hashlib.sha256("\n".join(sorted(books.iterdump())).encode()).hexdigest()


def test_a_backup_holds_the_same_data_and_can_replace_the_database(office: Office) -> None:
    result = office.run("backup")
    assert result.returncode == 0, result.stderr
    [copy] = (office.books.parent / "backups").iterdir()
    assert str(copy.relative_to(office.folder)) in result.stdout
    assert content(copy) == content(office.books)
    assert copy.stat().st_mode & 0o077 == 0

    for file in office.books.parent.glob("jualdulu.db*"):
        file.unlink()
    result = office.run("restore", str(copy))
    assert result.returncode == 0, result.stderr
    sound = office.run("doctor", "--no-network")
    assert sound.returncode == 0, sound.stdout


def test_a_backup_is_written_to_the_path_that_is_named(office: Office) -> None:
    result = office.run("backup", "--to", "else/where")
    assert result.returncode == 0, result.stderr
    assert [file.suffix for file in (office.folder / "else" / "where").iterdir()] == [".db"]


def test_a_backup_is_made_while_another_process_writes(office: Office) -> None:
    before = content(office.books)
    with closing(sqlite3.connect(office.books, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO marks (name, value) VALUES ('half', 1)")
        assert office.run("backup").returncode == 0
        writer.execute("ROLLBACK")
    [copy] = (office.books.parent / "backups").iterdir()
    assert content(copy) == before


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("UPDATE accounts SET balance = balance + 1 WHERE kind = 'trade'", "account member:"),
        ("PRAGMA foreign_keys=OFF; DELETE FROM products WHERE id = 1", "points to a row of"),
    ],
)
def test_a_backup_of_an_unsound_database_is_not_kept(
    office: Office, damage: str, expected: str
) -> None:
    with closing(sqlite3.connect(office.books)) as books:
        books.executescript(damage)
    refused = office.run("backup")
    assert refused.returncode == 1
    assert expected in refused.stderr
    assert "Traceback" not in refused.stderr
    assert list((office.books.parent / "backups").iterdir()) == []


def test_two_backups_of_one_second_do_not_overwrite_each_other(
    tmp_path: Path, filled: Path
) -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    first = back_up(filled, tmp_path, now)
    assert first.name == "jualdulu-20261122-000000.db"
    with pytest.raises(FileExistsError):
        back_up(filled, tmp_path, now)


def test_there_is_nothing_to_back_up_before_the_first_start(tmp_path: Path) -> None:
    result = ForkedOffice(tmp_path).run("backup")
    assert (result.returncode, "There is no database" in result.stderr) == (1, True)


def test_on_postgresql_the_command_to_use_is_shown_without_the_password(tmp_path: Path) -> None:
    office = ForkedOffice(tmp_path)
    office.settings["DATABASE_URL"] = "postgresql+asyncpg://sari:s3cr3tWord@db.example:5433/jual"
    result = office.run("backup")
    assert result.returncode == 1
    assert "pg_dump --format=custom --host=db.example --port=5433 --username=sari" in result.stderr
    assert "s3cr3tWord" not in result.stderr + result.stdout
