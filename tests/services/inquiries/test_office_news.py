"""The notice of what waits at the office: one for all, in sending hours, at most one an hour."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.services.inquiries.office_news import NEWS_EVERY, news_due, tell_office
from bot.store.members import people, roles
from tests.services.harness import Harness, open_harness

WATI, JOKO, DINA, RUDI = 41, 42, 43, 44
NINE = datetime(2026, 11, 23, 2, tzinfo=UTC)
"""Nine in the morning in Jakarta."""

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    harness, database = await open_harness(f"sqlite:///{tmp_path / 'news.db'}")
    harness.at = NINE
    yield harness
    await database.close()


async def appoint(harness: Harness, *admins: int) -> None:
    def enter(conn: Connection) -> None:
        for user in admins:
            people.meet(conn, user, "id", harness.at)
            roles.grant(conn, user, "admin", None, harness.at)

    await harness.runtime.database.write(enter)


async def ask(harness: Harness, user: int, words: str) -> None:
    await harness.say(user, f"/tanya {words}")
    await harness.tap(user, "✍️ Kirim ke kantor")


async def tick(harness: Harness, at: datetime) -> bool:
    runtime = harness.runtime
    due = await runtime.database.read(lambda conn: news_due(conn, runtime=runtime, now=at))
    told = await runtime.database.write(lambda conn: tell_office(conn, runtime=runtime, now=at))
    assert told <= due
    return told


async def notices(harness: Harness, user: int) -> list[str]:
    return [
        str(payload["text"])
        for _, payload in await harness.read(user)
        if "menunggu di kantor" in str(payload["text"])
    ]


async def test_nothing_new_makes_no_notice(harness: Harness) -> None:
    await appoint(harness, WATI)
    assert not await tick(harness, NINE)


async def test_one_notice_holds_all_questions_and_reaches_each_admin_once(
    harness: Harness,
) -> None:
    await appoint(harness, WATI, JOKO)
    for number in range(5):
        await ask(harness, 100 + number, f"seragam nomor {number} ada?")
    assert await tick(harness, NINE + MINUTE)
    assert not await tick(harness, NINE + 2 * MINUTE)
    for admin in (WATI, JOKO):
        (text,) = await notices(harness, admin)
        assert "5 pertanyaan" in text
        assert text.count("P-") == 3


async def test_the_next_notice_waits_for_the_hour_and_names_only_what_is_new(
    harness: Harness,
) -> None:
    await appoint(harness, WATI)
    await ask(harness, DINA, "seragam ada?")
    assert await tick(harness, NINE + MINUTE)
    await ask(harness, RUDI, "parkir ada?")
    assert not await tick(harness, NINE + 30 * MINUTE)
    assert await tick(harness, NINE + MINUTE + NEWS_EVERY)
    _, second = await notices(harness, WATI)
    assert "2 pertanyaan" in second
    assert "parkir" in second
    assert "seragam" not in second


async def test_at_night_it_waits_for_the_morning(harness: Harness) -> None:
    await appoint(harness, WATI)
    await ask(harness, DINA, "seragam ada?")
    assert not await tick(harness, NINE + 12 * HOUR)
    assert not await tick(harness, NINE + 22 * HOUR)
    assert await tick(harness, NINE + 23 * HOUR)


async def test_a_clock_that_was_set_back_neither_silences_nor_repeats(harness: Harness) -> None:
    await appoint(harness, WATI)
    await ask(harness, DINA, "seragam ada?")
    assert await tick(harness, NINE + 9 * HOUR)
    assert not await tick(harness, NINE + MINUTE)
    await ask(harness, RUDI, "parkir ada?")
    assert await tick(harness, NINE + 2 * MINUTE)


async def test_without_an_admin_all_of_it_stays_new(harness: Harness) -> None:
    await ask(harness, DINA, "seragam ada?")
    assert not await tick(harness, NINE + MINUTE)
    await appoint(harness, WATI)
    assert await tick(harness, NINE + 2 * MINUTE)


async def test_an_answered_question_is_no_news(harness: Harness) -> None:
    await appoint(harness, WATI)
    await ask(harness, DINA, "seragam ada?")
    await harness.say(WATI, "/kelola tanyatutup 1")
    assert not await tick(harness, NINE + MINUTE)


async def test_a_person_sends_five_questions_an_hour_and_no_more(harness: Harness) -> None:
    for number in range(5):
        await ask(harness, DINA, f"seragam nomor {number} ada?")
        assert "Terkirim ke kantor" in await harness.last(DINA)
    await ask(harness, DINA, "satu lagi boleh?")
    assert "Sudah lima pertanyaan" in await harness.last(DINA)
    await ask(harness, RUDI, "saya boleh?")
    assert "Terkirim ke kantor" in await harness.last(RUDI)
    harness.at += HOUR
    await harness.tap(DINA, "✍️ Kirim ke kantor")
    assert "Terkirim ke kantor" in await harness.last(DINA)


async def test_nobody_sends_or_drops_another_persons_question(harness: Harness) -> None:
    await harness.say(DINA, "/tanya seragam ada?")
    (data,) = [
        button["callback_data"]
        for _, payload in await harness.read(DINA)
        for row in json.loads(payload["reply_markup"])["inline_keyboard"]
        for button in row
        if "kirim=" in button["callback_data"]
    ]
    await harness.say(RUDI, data.lstrip("+"))
    assert "tidak tersimpan lagi" in await harness.last(RUDI)
    await harness.say(RUDI, "/kelola tanyatutup 1")
    assert "admin kantor" in await harness.last(RUDI)
    await harness.tap(DINA, "✍️ Kirim ke kantor")
    assert "Terkirim ke kantor" in await harness.last(DINA)
