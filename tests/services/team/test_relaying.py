"""What is written at night, by whom, to whom, and what is left of it."""

import json
import logging
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.services.privacy.deleting_outdated import delete_outdated
from bot.services.team.relay_delivery import deliver_due
from bot.store.privacy.erasing import erase_member
from tests.services.harness import MORNING, Harness
from tests.services.team.line import BUDI, ERNI, SARI, TONO, code, do, harness, ids

__all__ = ["harness"]

WORDS = "rahasia sekali di pasar"
NIGHT = timedelta(hours=12)
"""From ten in the morning to ten at night."""

BROKEN_OFF = {
    "the sender is suspended": ("UPDATE members SET active = 0 WHERE user_id = :user", SARI),
    "the receiver is suspended": ("UPDATE members SET active = 0 WHERE user_id = :user", ERNI),
    "the receiver has blocked the bot": (
        "UPDATE people SET reach = 'blocked' WHERE user_id = :user",
        ERNI,
    ),
    "the line is another one": (
        "UPDATE members SET sponsor_id = NULL WHERE user_id = :user",
        ERNI,
    ),
}


async def write(harness: Harness, sender: int = SARI, words: str = WORDS) -> None:
    """Write to Erni and confirm it."""
    await harness.say(sender, f"/kirimpesan {code(ERNI)}")
    await harness.say(sender, words)
    await harness.say(sender, "ya")


async def got(harness: Harness, user: int) -> list[str]:
    """Returns the texts of all that a person was sent."""
    rows = await harness.rows("SELECT payload FROM outbox WHERE chat_id = :user", user=user)
    return [json.loads(row.payload).get("text", "") for row in rows]


async def states(harness: Harness) -> list[str]:
    return [row.state for row in await harness.rows("SELECT state FROM relayed_messages")]


async def test_a_message_of_the_night_is_delivered_once_in_the_morning(harness: Harness) -> None:
    harness.at += NIGHT
    await write(harness)
    assert await states(harness) == ["waiting"]
    assert not any(WORDS in each for each in await got(harness, ERNI))
    assert await deliver_due(harness.runtime, harness.at) == 0
    morning = MORNING + timedelta(days=1)
    assert await deliver_due(harness.runtime, morning) == 1
    assert await deliver_due(harness.runtime, morning) == 0
    assert sum(WORDS in each for each in await got(harness, ERNI)) == 1
    assert await states(harness) == ["sent"]


async def test_after_a_long_standstill_a_message_waits_for_the_next_morning(
    harness: Harness,
) -> None:
    harness.at += NIGHT
    await write(harness)
    assert await deliver_due(harness.runtime, MORNING + timedelta(days=1, hours=13)) == 0
    assert await states(harness) == ["waiting"]
    assert await deliver_due(harness.runtime, MORNING + timedelta(days=2)) == 1


@pytest.mark.parametrize("why", BROKEN_OFF)
async def test_what_may_not_pass_any_more_is_dropped_in_the_morning(
    harness: Harness, why: str
) -> None:
    harness.at += NIGHT
    await write(harness)
    statement, user = BROKEN_OFF[why]
    await do(harness, statement, user=user)
    assert await deliver_due(harness.runtime, MORNING + timedelta(days=1)) == 0
    assert await states(harness) == ["dropped"]
    assert not any(WORDS in each for each in await got(harness, ERNI))


async def test_a_suspended_member_neither_writes_nor_answers_nor_asks(harness: Harness) -> None:
    await write(harness)
    await do(harness, "UPDATE members SET active = 0 WHERE user_id = :user", user=ERNI)
    await harness.tap(ERNI, "✍️ Balas")
    assert "tidak aktif" in await harness.last(ERNI) or "dibekukan" in await harness.last(ERNI)
    await harness.say(SARI, f"/mintanomor {code(ERNI)}")
    assert "sedang tidak bisa dihubungi" in await harness.last(SARI)
    await do(harness, "UPDATE members SET active = 0 WHERE user_id = :user", user=SARI)
    await harness.say(SARI, f"/kirimpesan {code(ERNI)}")
    assert "sedang tidak bisa dihubungi" not in await harness.last(SARI)
    assert len(await states(harness)) == 1


async def test_a_number_is_hidden_once_either_is_suspended(harness: Harness) -> None:
    await harness.say(SARI, f"/mintanomor {code(ERNI)}")
    await harness.say(SARI, "ya")
    await harness.tap(ERNI, "Beri")
    await harness.say(SARI, f"/tim {code(ERNI)}")
    assert "3333" in await harness.last(SARI)
    for user in (ERNI, SARI):
        await do(harness, "UPDATE members SET active = 0 WHERE user_id = :user", user=user)
        await harness.say(SARI, f"/tim {code(ERNI)}")
        assert "3333" not in await harness.last(SARI)
        await do(harness, "UPDATE members SET active = 1 WHERE user_id = :user", user=user)


async def test_a_number_is_not_given_to_who_is_above_no_more(harness: Harness) -> None:
    await harness.say(SARI, f"/mintanomor {code(ERNI)}")
    await harness.say(SARI, "ya")
    await do(harness, "UPDATE members SET sponsor_id = NULL WHERE user_id = :user", user=ERNI)
    await harness.tap(ERNI, "Beri")
    assert "tidak dibagikan" in await harness.last(ERNI)
    assert await harness.rows("SELECT 1 FROM pair_permissions") == []


async def test_who_is_not_asked_in_time_is_asked_again_and_who_refused_is_not(
    harness: Harness,
) -> None:
    await harness.say(SARI, f"/mintanomor {code(ERNI)}")
    await harness.say(SARI, "ya")
    harness.at += timedelta(days=31)
    await harness.tap(ERNI, "Beri")
    assert "tidak dibagikan" in await harness.last(ERNI), "a month is too long"
    await harness.say(SARI, f"/mintanomor {code(ERNI)}")
    await harness.say(SARI, "ya")
    await harness.tap(ERNI, "Jangan")
    for days, asked in ((31, False), (140, False), (10, True)):
        harness.at += timedelta(days=days)
        await harness.say(SARI, f"/mintanomor {code(ERNI)}")
        assert ("Minta nomor Bu" in await harness.last(SARI)) is asked


async def test_only_who_got_a_message_answers_stops_or_reports_it(harness: Harness) -> None:
    await write(harness)
    ((reference,),) = await harness.rows("SELECT reference FROM relayed_messages")
    for user in (SARI, TONO, BUDI):
        for line in ("/kirimpesan balas=", "/kirimpesan lapor=", "/izin stop="):
            await harness.say(user, f"{line}{reference}")
            assert WORDS not in await harness.last(user)
            assert "tidak kami simpan" in await harness.last(user)
    assert await harness.rows("SELECT 1 FROM pair_permissions") == []


async def test_words_are_deleted_in_time(harness: Harness) -> None:
    await write(harness)
    kept = harness.runtime.company.retention.relayed_messages_days
    await delete_outdated(harness.runtime, harness.at + timedelta(days=kept - 1))
    assert len(await states(harness)) == 1
    await delete_outdated(harness.runtime, harness.at + timedelta(days=kept + 1))
    assert await states(harness) == []


@pytest.mark.parametrize("user", [ERNI, SARI])
async def test_words_are_deleted_with_either_of_the_two(harness: Harness, user: int) -> None:
    await write(harness)
    await _erase(harness, user)
    assert await states(harness) == []


async def _erase(harness: Harness, user: int) -> None:
    member = (await ids(harness))[user]
    await do(
        harness,
        """INSERT INTO departures (member_id, left_at, period, suspended)
           VALUES (:member, 1, '2026-11', 0)""",
        member=member,
    )
    erase = harness.runtime.database.write
    assert await erase(lambda conn: erase_member(conn, member, "a", "b", harness.at))


async def test_no_word_of_a_message_is_in_a_log(
    harness: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.DEBUG, logger="bot")
    harness.at += NIGHT
    await write(harness)
    await deliver_due(harness.runtime, MORNING + timedelta(days=1))
    harness.at += NIGHT
    await harness.tap(ERNI, "✍️ Balas")
    await harness.say(ERNI, f"{WORDS} juga")
    await harness.tap(ERNI, "Laporkan")
    await harness.tap(ERNI, "✍️ Kirim ke kantor")
    assert WORDS not in caplog.text
    notes = await harness.runtime.database.read(
        lambda conn: conn.execute(text("SELECT * FROM audit")).all()
    )
    assert WORDS not in str(notes)
