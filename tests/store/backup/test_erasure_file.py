"""The list of erasures beside a database, and a restore from a copy that is older than one."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.store.backup import erasure_file
from bot.store.backup.backup import back_up
from bot.store.backup.erasure_file import ErasedMember, ErasureBook, list_beside, name_hash
from bot.store.backup.restore import restore
from bot.store.db.database import open_database
from bot.store.db.migrations import migrate
from bot.store.privacy import departures, erasing
from tests.store.both import ACCOUNT, MONTH, START, join

NOW = datetime(2026, 11, 22, 1, 5, tzinfo=UTC)
ONE = ErasedMember(1, "hash", "2026-11", False, "account", "phone")
TWO = ErasedMember(2, "hash", "2026-11", True, "account", "phone")


def test_the_list_grows_and_keeps_its_key(tmp_path: Path) -> None:
    file = tmp_path / "data" / "books.db.erasures"
    assert erasure_file.read(file) is None
    first = erasure_file.add(file, members=frozenset({ONE}))
    assert len(first.key) == 32
    second = erasure_file.add(file, members=frozenset({TWO}), accounts=frozenset({("a", "b")}))
    assert second.members == {ONE, TWO}
    assert second.key == first.key
    assert erasure_file.read(file) == second
    assert erasure_file.add(file, members=frozenset({ONE})) == second
    assert file.stat().st_mode & 0o077 == 0
    assert [each.name for each in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"key": "00", "members": [[1]], "accounts": []}']
)
def test_a_damaged_list_is_an_error_and_no_empty_one(tmp_path: Path, text: str) -> None:
    file = tmp_path / "books.db.erasures"
    file.write_text(text)
    with pytest.raises(erasure_file.DamagedListError, match="Put back a copy"):
        erasure_file.read(file)


def test_the_running_bot_knows_the_key_once_there_is_one(tmp_path: Path) -> None:
    file = tmp_path / "books.db.erasures"
    book = ErasureBook(file)
    assert (book.is_new, book.key) == (True, b"")
    book.add(members=frozenset({ONE}))
    assert ErasureBook(file).key == book.key != b""
    nowhere = ErasureBook()
    nowhere.add(members=frozenset({ONE}))
    assert nowhere.is_new


def test_the_list_is_beside_the_database_on_both_engines() -> None:
    assert list_beside("sqlite+aiosqlite:////x/books.db") == Path("/x/books.db.erasures")
    server = list_beside("postgresql+asyncpg://a:b@c/company")
    assert server == Path("data/company.erasures")


def _names(file: Path) -> list[str]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as books:
        return [row[0] for row in books.execute("SELECT name FROM members ORDER BY id")]


def test_what_was_erased_after_a_copy_is_erased_again_when_it_is_restored(tmp_path: Path) -> None:
    file, folder = tmp_path / "books.db", tmp_path / "backups"
    url = f"sqlite+aiosqlite:///{file}"
    asyncio.run(migrate(url))

    async def fill() -> None:
        database = open_database(url)
        await database.write(partial(join, sponsors=[None, 1, 2]))
        await database.close()

    async def erase() -> None:
        database = open_database(url)
        await database.write(partial(departures.leave, member_id=2, period=MONTH, at=START))
        gone = ErasedMember(2, name_hash("join2"), MONTH, False, "account", "phone")
        erasure_file.add(list_beside(url), members=frozenset({gone}))
        await database.write(
            partial(
                erasing.erase_member,
                member_id=2,
                account_key="account",
                phone_key="phone",
                at=NOW,
            )
        )
        await database.close()

    asyncio.run(fill())
    copy = back_up(file, folder, NOW)
    asyncio.run(erase())
    erased = ["Mitra Ke-1", erasing.pseudonym(2), "Mitra Ke-3"]
    assert _names(file) == erased
    assert _names(copy) == ["Mitra Ke-1", "Mitra Ke-2", "Mitra Ke-3"]
    done = asyncio.run(restore(file, copy, folder, NOW + timedelta(hours=1)))
    assert done.settled.erased_again == 1
    assert _names(file) == erased
    with closing(sqlite3.connect(file)) as books:
        left = "SELECT count(*) FROM people WHERE user_id = ?"
        assert books.execute(left, (ACCOUNT + 2,)).fetchone() == (0,)
        assert books.execute(left, (ACCOUNT + 3,)).fetchone() == (1,)
