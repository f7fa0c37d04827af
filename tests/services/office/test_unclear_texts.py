"""Unclear texts are counted with their answer, once, and without a word of the person."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.conversation.router import handle
from bot.store.conversation import unclear_texts
from bot.store.members import people, roles
from bot.store.queue import inbox
from bot.turn.incoming import Incoming
from tests.services.harness import Harness, open_harness

WATI, SARI = 11, 22
PRIVATE = ("rahasiawati", "pramudita", "08777", "khusus", "991", "larasati")


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    opened, database = await open_harness(f"sqlite+aiosqlite:///{tmp_path}/books.db")
    yield opened
    await database.close()


async def counted(harness: Harness) -> list[tuple[str, str, int]]:
    rows = await harness.rows("SELECT shape, why, times FROM unclear_texts ORDER BY shape, why")
    return [tuple(row) for row in rows]


async def test_a_text_that_is_not_understood_is_counted_by_its_shape(harness: Harness) -> None:
    for name in ("Rahasiawati", "Pramudita"):
        await harness.say(SARI, f"/kirim {name}")
    assert await counted(harness) == [("kirim …", "not-understood", 2)]


async def test_nothing_that_a_person_typed_is_stored(harness: Harness) -> None:
    for words in (
        "Rahasiawati Pramudita 08777123987",
        "KHUSUS-991",
        "<rahasiawati> <b>pramudita</b>",
        "Jalan Larasati 991 RT 08777",
        "bu Rahasiawati",
    ):
        await harness.say(SARI, words)
    found = await harness.rows("SELECT * FROM unclear_texts")
    assert len(found) > 2
    for row in found:
        assert not any(word in str(tuple(row)[:2]).casefold() for word in PRIVATE)
        assert not any(sign.isdigit() for sign in row.shape)


async def test_an_update_that_comes_twice_counts_once(harness: Harness) -> None:
    told: list[str] = []
    runtime = replace(harness.runtime, on_unclear=told.append)
    await runtime.database.write(
        lambda conn: inbox.store(conn, 1, [(1, str(SARI), "{}")], 2, harness.at)
    )
    incoming = Incoming(
        1,
        "text",
        SARI,
        SARI,
        private=True,
        text="/kirim",
        at=harness.at,
        message_id=1,
        tap_id="t",
        own=False,
    )
    assert await handle(runtime, incoming)
    assert not await handle(runtime, incoming)
    assert await counted(harness) == [("kirim", "not-understood", 1)]
    assert told == ["not-understood"]


async def test_without_its_answer_a_text_is_not_counted(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("no answer")

    monkeypatch.setattr("bot.conversation.sent.texts.NotUnderstood", broken)
    with pytest.raises(ValueError, match="no answer"):
        await harness.say(SARI, "/kirim")
    assert await counted(harness) == []


async def test_noise_that_is_not_answered_is_not_counted(harness: Harness) -> None:
    for _ in range(15):
        harness.at -= timedelta(seconds=4)  # each message comes a second after the one before
        await harness.say(SARI, "/kirim")
    ((_, _, times),) = await counted(harness)
    assert times == 9, "the tenth gets the request to slow down"


async def test_what_a_question_refuses_is_not_counted(harness: Harness) -> None:
    await harness.say(SARI, "/daftar")
    await harness.say(SARI, "Rahasiawati Pramudita")
    assert await counted(harness) == []


async def test_the_list_has_the_last_thirty_days_and_the_most_frequent(harness: Harness) -> None:
    def unit(conn: Connection) -> None:
        people.meet(conn, WATI, "id", harness.at)
        roles.grant(conn, WATI, "admin", None, harness.at)
        for number in range(20):
            for _ in range(number + 1):
                unclear_texts.count(
                    conn, f"bentuk{chr(97 + number)}", "not-understood", "2026-11-20"
                )

    await harness.runtime.database.write(unit)
    await harness.say(WATI, "/kelola paham")
    shown = (await harness.last(WATI)).splitlines()
    lines = [line for line in shown if "×" in line]
    assert len(lines) == 15
    assert lines[0] == "20× sejak 20 Nov: bentukt"
    harness.at += timedelta(days=27)
    await harness.say(WATI, "/kelola paham")
    assert "bentukt" in await harness.last(WATI), "the thirtieth day"
    harness.at += timedelta(days=1)
    await harness.say(WATI, "/kelola paham")
    assert "semua pesan dipahami bot" in await harness.last(WATI)
    await harness.say(SARI, "/kelola paham")
    assert "untuk admin" in await harness.last(SARI)
