"""What a tip says when it leaves, and when it does not leave."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.services.conversation import Ear
from bot.services.letters import fill
from bot.services.tips import enqueue_due
from bot.store import people
from tests.store.tip_readers import (
    DAY,
    FIRST_TURN,
    HOUR,
    JOINED,
    add_sale,
    change,
    join,
    open_ear,
    take,
    worded,
)


@pytest.fixture
async def ear(tmp_path: Path) -> AsyncIterator[Ear]:
    async with open_ear(tmp_path) as opened:
        yield opened


async def test_a_newcomers_tip_speaks_of_nothing_sold(ear: Ear) -> None:
    await join(ear)
    await enqueue_due(ear, FIRST_TURN)
    payload = await worded(ear, FIRST_TURN)
    assert payload is not None
    assert payload["text"].startswith("📚 <b>Pakai dulu, baru cerita</b>\n\nIbu Sari, ")
    assert "lihat satu barang dari dekat" in payload["text"]
    assert payload["parse_mode"] == "HTML"
    (row,) = json.loads(payload["reply_markup"])["inline_keyboard"]
    assert row == [{"text": "⏸ Jeda tips", "callback_data": "+/tips"}]


async def test_a_tip_speaks_of_the_readers_own_figures_when_it_leaves(ear: Ear) -> None:
    await join(ear, joined_at=JOINED - 3 * DAY)
    await enqueue_due(ear, FIRST_TURN)
    await add_sale(ear)
    await change(ear, "people", language="en")
    payload = await worded(ear, FIRST_TURN)
    assert payload is not None
    assert "you have 1 approved sale, with a retail profit of Rp20,000" in payload["text"]
    assert "take Sabun &lt;Sereh&gt;" in payload["text"]


async def test_a_sale_that_waits_counts_as_the_last_one_but_not_in_the_months_figures(
    ear: Ear,
) -> None:
    await join(ear, joined_at=JOINED - 9 * DAY)
    await enqueue_due(ear, FIRST_TURN)
    await add_sale(ear, status="waiting", day="2026-11-04")
    payload = await worded(ear, FIRST_TURN)
    assert payload is not None
    assert "Penjualan terakhir Anda kemarin." in payload["text"]


async def test_last_months_sale_is_not_this_months(ear: Ear) -> None:
    await join(ear, joined_at=JOINED - 3 * DAY)
    await enqueue_due(ear, FIRST_TURN)
    await add_sale(ear, day="2026-10-30")
    payload = await worded(ear, FIRST_TURN)
    assert payload is not None
    assert "belum ada penjualan yang disetujui" in payload["text"]
    assert "ambil Sabun" in payload["text"]


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("tip_clocks", {"paused": True}),
        ("people", {"reach": "blocked"}),
        ("members", {"active": False}),
        ("members", {"user_id": None}),
    ],
)
async def test_a_tip_stays_here_when_its_reader_changed_since(
    ear: Ear, table: str, values: dict[str, object]
) -> None:
    await join(ear)
    await enqueue_due(ear, FIRST_TURN)
    (letter,) = await take(ear, FIRST_TURN)
    await change(ear, table, **values)
    assert await fill(ear, lambda: FIRST_TURN, letter) is None


async def test_a_tip_stays_here_once_the_sending_hours_are_over(ear: Ear) -> None:
    await join(ear)
    await enqueue_due(ear, FIRST_TURN)
    (letter,) = await take(ear, FIRST_TURN)
    night = FIRST_TURN + 11 * HOUR
    assert await fill(ear, lambda: night, letter) is None
    assert await fill(ear, lambda: night - timedelta(seconds=1), letter) is not None


async def test_a_tip_whose_file_was_taken_away_stays_here(ear: Ear) -> None:
    await join(ear)
    await enqueue_due(ear, FIRST_TURN)
    (letter,) = await take(ear, FIRST_TURN)
    letter.payload["tip"] = "no-such-tip"
    assert await fill(ear, lambda: FIRST_TURN, letter) is None


async def test_blocking_the_bot_stops_the_tip_that_waits(ear: Ear) -> None:
    await join(ear)
    await enqueue_due(ear, FIRST_TURN)
    await ear.database.write(lambda conn: people.reached(conn, 101, "blocked"))
    assert await take(ear, FIRST_TURN) == []
