"""What a tip says when it leaves, and when it does not leave."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.late_rendering import fill
from bot.services.tips.due import enqueue_due
from bot.store.members import people
from bot.store.queue.outbox_messages import Stay
from bot.turn.runtime import BotRuntime
from tests.store.tips.tip_readers import (
    DAY,
    FIRST_TURN,
    HOUR,
    JOINED,
    add_sale,
    change,
    decide,
    had_tips_before,
    join,
    open_runtime,
    take,
    worded,
)


@pytest.fixture
async def runtime(tmp_path: Path) -> AsyncIterator[BotRuntime]:
    async with open_runtime(tmp_path) as opened:
        yield opened


def stays(payload: dict[str, Any] | Stay) -> bool:
    """Whether a message will never be sent."""
    return isinstance(payload, Stay) and payload.wait is None


async def test_a_newcomers_tip_mentions_no_sales(runtime: BotRuntime) -> None:
    await join(runtime)
    await enqueue_due(runtime, FIRST_TURN)
    payload = await worded(runtime, FIRST_TURN)
    assert not isinstance(payload, Stay)
    assert payload["text"].startswith("📚 <b>Pakai dulu, baru cerita</b>\n\nBu Sari, ")
    assert "lihat satu barang dari dekat" in payload["text"]
    assert payload["parse_mode"] == "HTML"
    (row,) = json.loads(payload["reply_markup"])["inline_keyboard"]
    assert row == [{"text": "Atur pesan", "callback_data": "+/tips"}]


async def test_a_tip_shows_the_readers_figures_at_the_time_it_leaves(runtime: BotRuntime) -> None:
    await join(runtime, joined_at=JOINED - 3 * DAY)
    await had_tips_before(runtime, 4)
    await enqueue_due(runtime, FIRST_TURN)
    await add_sale(runtime)
    await change(runtime, "people", language="en")
    payload = await worded(runtime, FIRST_TURN)
    assert not isinstance(payload, Stay)
    assert "you have 1 approved sale, with a retail profit of Rp20,000" in payload["text"]
    assert "take Sabun &lt;Sereh&gt;" in payload["text"]


async def test_a_waiting_sale_counts_as_the_latest_but_not_in_the_months_figures(
    runtime: BotRuntime,
) -> None:
    await join(runtime, joined_at=JOINED - 9 * DAY)
    await had_tips_before(runtime, 10)
    await enqueue_due(runtime, FIRST_TURN)
    await add_sale(runtime, status="waiting", day="2026-11-04")
    payload = await worded(runtime, FIRST_TURN)
    assert not isinstance(payload, Stay)
    assert "Penjualan terakhir Ibu kemarin." in payload["text"]


async def test_last_months_sale_is_not_this_months(runtime: BotRuntime) -> None:
    await join(runtime, joined_at=JOINED - 3 * DAY)
    await had_tips_before(runtime, 4)
    await enqueue_due(runtime, FIRST_TURN)
    await add_sale(runtime, day="2026-10-30")
    payload = await worded(runtime, FIRST_TURN)
    assert not isinstance(payload, Stay)
    assert "belum ada penjualan yang disetujui" in payload["text"]
    assert "ambil Sabun" in payload["text"]


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("people", {"reach": "blocked"}),
        ("members", {"active": False}),
        ("members", {"user_id": None}),
    ],
)
async def test_a_tip_is_not_sent_when_its_reader_changed_since(
    runtime: BotRuntime, table: str, values: dict[str, object]
) -> None:
    await join(runtime)
    await enqueue_due(runtime, FIRST_TURN)
    (message,) = await take(runtime, FIRST_TURN)
    await change(runtime, table, **values)
    assert stays(await fill(runtime, lambda: FIRST_TURN, message))


async def test_refusing_tips_stops_the_waiting_one(runtime: BotRuntime) -> None:
    await join(runtime)
    await enqueue_due(runtime, FIRST_TURN)
    (message,) = await take(runtime, FIRST_TURN)
    await decide(runtime, given=False)
    assert stays(await fill(runtime, lambda: FIRST_TURN, message))
    await decide(runtime, given=True)
    assert not stays(await fill(runtime, lambda: FIRST_TURN, message))


async def test_a_tip_about_silence_is_not_sent_when_a_sale_was_entered_meanwhile(
    runtime: BotRuntime,
) -> None:
    await join(runtime, joined_at=FIRST_TURN - 400 * DAY)
    await enqueue_due(runtime, FIRST_TURN)
    (message,) = await take(runtime, FIRST_TURN)
    assert message.payload["tip"] == "a-quiet-while"
    assert not stays(await fill(runtime, lambda: FIRST_TURN, message))
    await add_sale(runtime, status="waiting")
    assert stays(await fill(runtime, lambda: FIRST_TURN, message))


async def test_a_tip_is_not_sent_once_the_sending_hours_are_over(runtime: BotRuntime) -> None:
    await join(runtime)
    await enqueue_due(runtime, FIRST_TURN)
    (message,) = await take(runtime, FIRST_TURN)
    night = FIRST_TURN + 11 * HOUR
    assert stays(await fill(runtime, lambda: night, message))
    assert not stays(await fill(runtime, lambda: night - timedelta(seconds=1), message))


async def test_a_tip_whose_file_was_removed_is_not_sent(runtime: BotRuntime) -> None:
    await join(runtime)
    await enqueue_due(runtime, FIRST_TURN)
    (message,) = await take(runtime, FIRST_TURN)
    message.payload["tip"] = "no-such-tip"
    assert stays(await fill(runtime, lambda: FIRST_TURN, message))


async def test_blocking_the_bot_stops_the_tip_that_waits(runtime: BotRuntime) -> None:
    await join(runtime)
    await enqueue_due(runtime, FIRST_TURN)
    await runtime.database.write(lambda conn: people.set_reach(conn, 101, "blocked"))
    assert await take(runtime, FIRST_TURN) == []
