"""The operator lists what was not understood."""

import asyncio
from pathlib import Path
from typing import get_args

from sqlalchemy import Connection

from bot.cli.service.unclear_command import REASONS
from bot.core.understanding.text_shapes import Unclear
from bot.store.conversation import unclear_texts
from bot.store.db.database import open_database
from bot.telemetry.metrics import WHY_UNCLEAR
from tests.cli.forks import ForkedOffice
from tests.cli.office import Office


def test_every_reason_has_words_and_a_counter() -> None:
    assert tuple(REASONS) == WHY_UNCLEAR == get_args(Unclear)


def test_the_most_frequent_of_the_last_days_are_listed_and_all_of_them_on_request(
    tmp_path: Path,
) -> None:
    office = ForkedOffice(tmp_path)
    assert office.run("migrate").returncode == 0
    empty = office.run("unclear")
    assert (empty.returncode, empty.stdout) == (0, "No unclear texts.\n")
    asyncio.run(_count(office))
    lately, everything = office.run("unclear"), office.run("unclear", "--all")
    assert lately.returncode == 0, lately.stderr
    assert lately.stdout.splitlines() == [
        "     2  2999-01-01 to 2999-01-02  asked which      harga <goods> …"
    ]
    assert everything.stdout.splitlines() == [
        "     3  2026-01-01 to 2026-01-01  not understood   stok …",
        *lately.stdout.splitlines(),
    ]


async def _count(office: Office) -> None:
    def unit(conn: Connection) -> None:
        for _ in range(3):
            unclear_texts.count(conn, "stok …", "not-understood", "2026-01-01")
        for day in ("2999-01-01", "2999-01-02"):
            unclear_texts.count(conn, "harga <goods> …", "asked-which", day)

    database = open_database(office.url)
    try:
        await database.write(unit)
    finally:
        await database.close()
