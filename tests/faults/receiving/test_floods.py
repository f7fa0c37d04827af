"""A person writes faster than the bot can answer; nothing fills the database or is lost."""

import asyncio
import json

from sqlalchemy import text

from bot.conversation.flood_control import ANSWERS_OPEN_MAX, WORKED_MAX
from bot.store.queue import inbox
from tests.faults.looking import advance, messages_to, pass_time, put, requests, said, until
from tests.stage import Stage

OPEN = text("""
    SELECT count(*) FROM outbox
    WHERE chat_id = :chat_id AND state IN ('new', 'sending') AND method <> 'setMyCommands'
""")
ROOM = 6
"""More than the limit may be open: the notices, and a second message of the update that met it."""


async def _open(stage: Stage, chat: int) -> int:
    found: int = await stage.read(lambda conn: conn.execute(OPEN, {"chat_id": chat}).scalar_one())
    return found


async def _waiting(stage: Stage) -> int:
    return len(await stage.read(lambda conn: inbox.waiting(conn, 0, 10_000)))


async def _let_all_out(stage: Stage) -> None:
    """Open the chats and wait until everything is handled and answered."""
    await pass_time(stage, 3_601)
    stage.app.sender.wake()
    async with asyncio.timeout(60):
        while await _waiting(stage) or await _open_anywhere(stage):
            await asyncio.sleep(0.05)


async def _hushed(stage: Stage, who: str) -> None:
    """Wait until the chat has as many answers open as it may."""
    async with asyncio.timeout(20):
        while await _open(stage, stage.user(who)) < ANSWERS_OPEN_MAX:
            await asyncio.sleep(0.02)


async def _open_anywhere(stage: Stage) -> int:
    found: int = await stage.read(
        lambda conn: conn.exec_driver_sql(
            "SELECT count(*) FROM outbox WHERE state IN ('new', 'sending')"
        ).scalar_one()
    )
    return found


async def _hold(stage: Stage, who: str) -> None:
    """Telegram takes nothing more for this chat for an hour."""
    stage.telegram.disturb("retry_after", seconds=3_600)
    await put(stage, who, "answer", f"first {who}")
    await until(lambda: len(requests(stage)) > 0)


async def test_five_thousand_commands_leave_few_answers_open_and_others_are_served(
    stage: Stage,
) -> None:
    await _hold(stage, "Sari")
    await stage.bring("Sari", ["/menu", "/saldo", "apa saja"] * 1_667)
    await _hushed(stage, "Sari")
    await asyncio.sleep(0.5)
    assert await _open(stage, stage.user("Sari")) <= ANSWERS_OPEN_MAX + ROOM
    assert await _waiting(stage) > 4_900
    stage.telegram.phones.say(stage.user("Tuti"), "/saldo")
    await until(lambda: any("Saldo" in words for words in said(stage, "Tuti")))
    lanes = stage.app.worker._lanes
    assert max(len(lane) for lane in lanes.values()) <= 100


async def test_what_was_written_during_a_flood_is_answered_in_order(stage: Stage) -> None:
    await _hold(stage, "Sari")
    await stage.bring("Sari", [f"/jual 1 SABUN Bu Ani {place}" for place in range(40)])
    await _hushed(stage, "Sari")
    assert await _waiting(stage) > 0
    await _let_all_out(stage)
    slow = [words for words in said(stage, "Sari") if words.startswith("Pelan-pelan, ya.")]
    assert len(slow) == 1
    found = [json.loads(row.payload) for row in await messages_to(stage, "Sari")]
    assert len(found) >= 42
    left = await stage.read(
        lambda conn: conn.exec_driver_sql("SELECT count(*) FROM floods").scalar_one()
    )
    assert left == 0


async def test_unread_messages_are_reported_with_their_number_and_first_words(
    stage: Stage,
) -> None:
    await _hold(stage, "Sari")
    lines = [f"/menu {place}" for place in range(ANSWERS_OPEN_MAX + WORKED_MAX + 300)]
    await stage.bring("Sari", lines)
    await _hushed(stage, "Sari")
    await _let_all_out(stage)
    texts = [words for words in said(stage, "Sari") if "pesan tidak kami baca" in words]
    assert len(texts) == 1
    left_out = await stage.read(
        lambda conn: conn.exec_driver_sql(
            "SELECT body FROM inbox WHERE error = 'left out' ORDER BY id"
        ).scalars().all()
    )  # fmt: skip
    assert 300 <= len(left_out) <= 302
    assert texts[0].startswith(f"{len(left_out)} pesan tidak kami baca")
    first = json.loads(left_out[0])["message"]["text"]
    assert f"mulai dari “{first}”" in texts[0]


async def test_a_stranger_is_limited_as_a_member_is(stage: Stage) -> None:
    stage.newcomer("Wati")
    stage.telegram.phones.start(stage.user("Wati"))
    await stage.settle()
    await _hold(stage, "Wati")
    await stage.bring("Wati", ["/menu"] * 300)
    await _hushed(stage, "Wati")
    assert await _open(stage, stage.user("Wati")) <= ANSWERS_OPEN_MAX + ROOM
    assert await _waiting(stage) > 250


async def test_a_pressed_button_is_worked_though_what_was_typed_around_it_is_left_out(
    stage: Stage,
) -> None:
    sari = stage.user("Sari")
    stage.telegram.phones.say(sari, "J 2 SABUN @50rb Bu Ani")
    await stage.settle()
    card = stage.telegram.views.chat(sari)["messages"][-1]
    await _hold(stage, "Sari")
    await stage.bring("Sari", ["/menu"] * (WORKED_MAX + 100))
    label = card["reply_markup"]["inline_keyboard"][0][0]["text"]
    assert "catat" in label
    stage.telegram.phones.tap(sari, card["message_id"], label=label)
    await asyncio.sleep(0.5)
    await stage.bring("Sari", ["ya"] * 100)
    await _let_all_out(stage)
    sales = await stage.read(
        lambda conn: conn.exec_driver_sql("SELECT count(*) FROM sales").scalar_one()
    )
    assert sales == 1
    assert any("S-1001" in words for words in said(stage, "Sari"))


async def test_what_is_typed_after_a_gap_confirms_nothing_that_was_asked_before_it(
    stage: Stage,
) -> None:
    stage.telegram.phones.say(stage.user("Sari"), "J 2 SABUN @50rb Bu Ani")
    await stage.settle()
    await _hold(stage, "Sari")
    await stage.bring("Sari", ["/menu"] * (ANSWERS_OPEN_MAX + WORKED_MAX + 100))
    await _hushed(stage, "Sari")
    await _let_all_out(stage)
    assert any("pesan tidak kami baca" in words for words in said(stage, "Sari"))
    await stage.bring("Sari", ["ya"])
    await stage.settle()
    count = "SELECT count(*) FROM sales"
    assert await stage.read(lambda conn: conn.exec_driver_sql(count).scalar_one()) == 0
    assert "Bu Ani" in said(stage, "Sari")[-1]
    stage.telegram.phones.say(stage.user("Sari"), "ya")
    await stage.settle()
    assert await stage.read(lambda conn: conn.exec_driver_sql(count).scalar_one()) == 1


async def test_of_several_screens_that_wait_only_the_newest_goes_out_and_receipts_all_do(
    stage: Stage,
) -> None:
    sari = stage.user("Sari")
    await _hold(stage, "Sari")
    for words in ("/saldo", "J 2 SABUN @50rb Bu Ani", "ya", "/saldo", "/tim", "/menu", "/saldo"):
        stage.telegram.phones.say(sari, words)
    async with asyncio.timeout(30):
        while await _waiting(stage) or await _open(stage, sari) < 8:
            await asyncio.sleep(0.02)
    await _let_all_out(stage)
    texts = said(stage, "Sari")
    assert sum(words.startswith("Saldo") for words in texts) == 1
    assert texts[-1].startswith("Saldo")
    assert any("S-1001" in words for words in texts)
    states = {row.error for row in await messages_to(stage, "Sari") if row.state == "expired"}
    assert states == {"replaced"}


async def test_a_flood_in_the_middle_of_a_restart_loses_nothing(stage: Stage) -> None:
    await _hold(stage, "Sari")
    await stage.bring("Sari", ["/menu"] * 60)
    await _hushed(stage, "Sari")
    before = await _waiting(stage)
    assert before > 0
    await stage.stop()
    await stage.start()
    assert await _waiting(stage) > 0
    await advance(stage, 1)
    await _let_all_out(stage)
    assert await _waiting(stage) == 0
