"""The edit of a broadcast that Telegram refuses, delays, or answers with what it already has."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.core.messaging.text_corrections import CorrectionProgress
from bot.store.broadcasts import broadcast_corrections
from tests.faults.looking import of_chats, requests
from tests.stage import Given, Stage, moment

GIVEN = [
    Given("Budi Wijaya", "Bapak", "PUSAT", roles=("trainer",)),
    Given("Sari Dewi", sponsor="Budi"),
    Given("Tuti Rahayu", sponsor="Budi"),
]
BEGIN = moment("2026-11-23 09:00 WIB")
OLD, NEW = "Halo {nama}, jma 9.", "Halo {nama}, jam 9."


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage(tmp_path, GIVEN) as stage:
        await stage.move_clock(BEGIN)
        await stage.app.scheduler.settled()
        await stage.settle()
        yield stage


async def _later(stage: Stage, minutes: int = 1) -> None:
    await stage.move_clock(stage.clock.now() + timedelta(minutes=minutes))
    await stage.settle()


async def _says(stage: Stage, *words: str) -> None:
    """What the trainer types; a word in brackets is a button of the last message."""
    budi = stage.user("Budi")
    for each in words:
        if each == "(photo)":
            stage.telegram.phones.photo(budi)
        elif each.startswith("["):
            chat = stage.telegram.views.chat(budi)["messages"]
            stage.telegram.phones.tap(budi, chat[-1]["message_id"], label=each[1:-1])
        else:
            stage.telegram.phones.say(budi, each)
        await stage.settle()


async def _sent(stage: Stage, file: str = "[Tanpa lampiran]") -> None:
    await _says(stage, "/siaran baru", OLD, file, "[Tim saya]", "[Sekarang]", "[Ya, kirim]")
    await _later(stage)


async def _corrected(stage: Stage, minutes: int = 3) -> CorrectionProgress:
    await _says(stage, "/betulkan", NEW, "ya")
    for _ in range(minutes):
        await _later(stage)

    def unit(conn: Connection) -> CorrectionProgress:
        found = broadcast_corrections.load(conn, 1)
        assert found is not None
        assert found.finished_at is not None
        return found.progress

    progress: CorrectionProgress = await stage.read(unit)
    return progress


def _has(stage: Stage, who: str) -> list[str]:
    """The broadcasts on a phone."""
    chat = stage.telegram.views.chat(stage.user(who))["messages"]
    words = [each.get("text") or each.get("caption") or "" for each in chat]
    return [each for each in words if each.startswith("Halo")]


@pytest.mark.parametrize(
    ("code", "words", "counted"),
    [
        (400, "Bad Request: message to edit not found", {"deleted": 1}),
        (400, "Bad Request: message can't be edited", {"deleted": 1}),
        (400, "Bad Request: MESSAGE_ID_INVALID", {"deleted": 1}),
        (403, "Forbidden: bot was blocked by the user", {"blocked": 1}),
        (403, "Forbidden: user is deactivated", {"failed": 1}),
        (400, "Bad Request: something new", {"failed": 1}),
    ],
)
async def test_an_edit_that_is_refused_is_counted_and_never_becomes_a_new_message(
    stage: Stage, code: int, words: str, counted: dict[str, int]
) -> None:
    await _sent(stage)
    before = len(of_chats(stage, "sendMessage"))
    stage.telegram.disturb(
        "error", method="editMessageText", person=stage.user("Tuti"), code=code, words=words
    )
    assert await _corrected(stage) == CorrectionProgress(2, corrected=1, **counted)
    assert _has(stage, "Sari") == ["Halo Sari, jam 9."]
    assert _has(stage, "Tuti") == ["Halo Tuti, jma 9."]
    told = [each["params"]["chat_id"] for each in requests(stage)[before:]]
    assert stage.user("Tuti") not in told


async def test_an_edit_whose_answer_is_lost_is_repeated_and_then_changes_nothing(
    stage: Stage,
) -> None:
    await _sent(stage)
    stage.telegram.disturb(
        "cut_after", method="editMessageText", person=stage.user("Tuti"), times=1
    )
    assert await _corrected(stage) == CorrectionProgress(2, corrected=2)
    outcomes = [
        str(each["outcome"])
        for each in requests(stage, "editMessageText")
        if each["person"] == stage.user("Tuti")
    ]
    assert outcomes[0].startswith("cut_after")
    assert any("not modified" in each for each in outcomes[1:])
    assert _has(stage, "Tuti") == ["Halo Tuti, jam 9."]


async def test_an_edit_that_telegram_puts_off_is_made_later(stage: Stage) -> None:
    await _sent(stage)
    stage.telegram.disturb("retry_after", method="editMessageText", times=1, seconds=1)
    await _says(stage, "/betulkan", NEW, "ya")
    for _ in range(40):
        await _later(stage)
        if (
            _has(stage, "Sari")
            == ["Halo Sari, jam 9."]
            == [each.replace("Tuti", "Sari") for each in _has(stage, "Tuti")]
        ):
            return
        await asyncio.sleep(0.1)
    raise AssertionError("an edit that was put off was never made")


async def test_words_that_came_without_their_picture_are_corrected_where_they_are(
    stage: Stage,
) -> None:
    wrong = "Bad Request: wrong file identifier/HTTP URL specified"
    await _says(stage, "/siaran baru", OLD, "(photo)", "[Tim saya]", "[Sekarang]", "[Ya, kirim]")
    stage.telegram.disturb("error", method="sendPhoto", person=stage.user("Tuti"), words=wrong)
    await _later(stage)
    assert _has(stage, "Sari") == ["Halo Sari, jma 9."]
    assert _has(stage, "Tuti")[0].startswith("Halo Tuti, jma 9.\n\n")
    note = _has(stage, "Tuti")[0].partition("\n\n")[2]
    assert await _corrected(stage) == CorrectionProgress(2, corrected=2)
    assert _has(stage, "Sari") == ["Halo Sari, jam 9."]
    assert _has(stage, "Tuti") == [f"Halo Tuti, jam 9.\n\n{note}"]


async def test_a_button_below_a_broadcast_works_after_its_correction(stage: Stage) -> None:
    await _sent(stage)
    sari = stage.user("Sari")
    chat = stage.telegram.views.chat(sari)["messages"]
    number = next(each["message_id"] for each in chat if each.get("text", "").startswith("Halo"))
    stage.telegram.phones.tap(sari, number, label="Atur pesan")
    await stage.settle()
    opened = stage.telegram.views.chat(sari)["messages"][-1]
    assert await _corrected(stage) == CorrectionProgress(2, corrected=2)
    after = {each["message_id"]: each for each in stage.telegram.views.chat(sari)["messages"]}
    assert after[number]["text"] == "Halo Sari, jam 9."
    assert after[opened["message_id"]]["text"] == opened["text"], "what she opened is untouched"
    stage.telegram.phones.tap(sari, number, label="Atur pesan")
    await stage.settle()
    assert stage.telegram.views.chat(sari)["messages"][-1]["text"] == opened["text"]


async def test_a_restart_in_the_middle_leaves_nobody_with_the_old_text(stage: Stage) -> None:
    await _sent(stage)
    stage.telegram.disturb("cut_after", method="editMessageText", times=1)
    await _says(stage, "/betulkan", NEW, "ya")
    await stage.stop()
    await stage.start()
    for _ in range(3):
        await _later(stage)
    assert _has(stage, "Sari") == ["Halo Sari, jam 9."]
    assert _has(stage, "Tuti") == ["Halo Tuti, jam 9."]
