"""A wrong clock deletes nothing, closes nothing and sends nothing unasked; answers go on."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.company import load_company
from bot.conversation import after_outage
from bot.runtime.control_socket import ControlSocket, TaskFailedError, ask
from bot.runtime.maintenance import Maintenance, MaintenancePlan
from bot.store.backup.copies import copies
from bot.store.queue import waits
from tests.faults.conftest import GIVEN
from tests.faults.looking import put, said, until
from tests.stage import SAMPLE, START, Stage, with_plan
from tests.wrong_clock import WrongClock

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
WRONG = [3 * DAY, -3 * DAY, 420 * DAY, timedelta(minutes=3)]


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A bot whose clock can be set wrong, that has heard Telegram's."""
    company = with_plan(load_company(SAMPLE))
    policy = replace(company.policy, approve_sales=False)
    stage = Stage(tmp_path, GIVEN, replace(company, policy=policy))
    stage.clock_by = WrongClock
    WrongClock.wrong = timedelta()
    async with stage:
        await stage.app.scheduler.settled()
        await handle(stage)
        yield stage
    WrongClock.wrong = timedelta()


async def handle(stage: Stage, times: int = 5) -> None:
    """Have Telegram date some answers."""
    for count in range(times):
        stage.telegram.phones.say(stage.user("Tuti"), f"halo {count}")
        await stage.settle()


async def say(stage: Stage, who: str, words: str, answer: str) -> None:
    """Say something and wait for the answer, which comes whatever the clock shows."""
    stage.telegram.phones.say(stage.user(who), words)
    await until(lambda: answer in "".join(said(stage, who)[-1:]))


async def tick(stage: Stage) -> None:
    """Let everything due happen; held messages would never let the stage settle."""
    await stage.app.scheduler.tick()
    await asyncio.sleep(0.1)


async def clock_notices(stage: Stage) -> list[str]:
    """Returns what the admin reads about the clock."""
    return [words.split(".")[0] for words in said(stage, "Budi") if words.startswith("Jam di")]


async def rows(stage: Stage, question: str) -> list[Any]:
    found = await stage.read(lambda conn: conn.exec_driver_sql(question).all())
    return [tuple(row) for row in found]


@pytest.mark.parametrize("wrong", WRONG)
async def test_nothing_that_cannot_be_taken_back_happens_while_the_clock_is_wrong(
    stage: Stage, wrong: timedelta
) -> None:
    await stage.write(age_everything)
    await stage.write(make_due)
    before = await standing(stage)
    WrongClock.wrong = wrong
    await put(stage, "Sari", "tip", "tip", not_before=stage.clock.now() - 4 * DAY)
    await stage.write(
        lambda conn: conn.exec_driver_sql(
            "UPDATE outbox SET expires_at = ? WHERE key = 'tip'", (micros(START + DAY),)
        )
    )
    for _ in range(3):
        await tick(stage)
    assert await standing(stage) == before
    assert said(stage, "Sari") == []
    await say(stage, "Sari", "J 2 SABUN @50rb Bu Ani", "Sudah benar?")
    await say(stage, "Sari", "ya", "S-1001")

    WrongClock.wrong = timedelta()
    await tick(stage)
    await until(lambda: "tip" in said(stage, "Sari"))
    await until(lambda: "Halo Sari" in said(stage, "Sari"))
    await tick(stage)
    after = await standing(stage)
    assert after["prices"] == before["prices"], "its day has not come"
    assert after["broadcasts"] == [("done",)]
    assert after["clocks"] != before["clocks"]
    await stage.move_clock(START + DAY)
    assert (await standing(stage))["updates"] < before["updates"]


async def test_nobody_is_asked_an_open_question_again_by_a_clock_in_doubt(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await say(stage, "Sari", "J 2 SABUN @50rb Bu Ani", "Sudah benar?")
    await stage.move_clock(START + 600 * SECOND)
    await handle(stage)
    WrongClock.wrong = timedelta(minutes=-3)
    gaps, looks = stage.app.gaps, list[bool]()
    believed = gaps._believed

    def witness() -> bool:
        looks.append(believed())
        return looks[-1]

    monkeypatch.setattr(gaps, "_believed", witness)
    now = stage.clock.now()
    note = partial(after_outage.note_gap, bot_id=1, since=now - 300 * SECOND, until=now - SECOND)
    assert await stage.write(note)
    for count in (1, 2):
        gaps._wake_up.set()
        await until(lambda count=count: len(looks) == count)  # type: ignore[misc]
    assert looks == [False, False]
    assert await rows(stage, "SELECT chat_id FROM outbox WHERE key LIKE 'gap:%'") == []

    WrongClock.wrong = timedelta()
    gaps._wake_up.set()
    await until(lambda: any("kami sempat putus" in words for words in said(stage, "Sari")))


def micros(moment: datetime) -> int:
    return int(moment.timestamp() * 1e6)


def age_everything(conn: Connection) -> None:
    """What came in came long ago, but for the newest."""
    conn.exec_driver_sql(
        "UPDATE inbox SET received_at = received_at - 40 * 86400000000 "
        "WHERE id < (SELECT max(id) FROM inbox)"
    )


def make_due(conn: Connection) -> None:
    """A tip and a broadcast are due, a new price tomorrow."""
    conn.exec_driver_sql("UPDATE tip_clocks SET due_at = 0")
    conn.exec_driver_sql(
        "INSERT INTO broadcasts (reference, author_id, body, audience, state,"
        " starts_at, created_at) SELECT 'r', 5001, 'Halo {nama}', 'all', 'running',"
        " received_at - 8 * 3600000000, received_at FROM inbox"
        " WHERE inbox.id = (SELECT max(id) FROM inbox)"
    )
    conn.exec_driver_sql(
        "INSERT INTO prices (product_id, from_day, member_price, retail_price, points,"
        " bonus_value, decided_at) SELECT id, '2026-11-24', 1, 2, 1, 1, 0"
        " FROM products WHERE sku = 'TEH'"
    )


async def standing(stage: Stage) -> dict[str, Any]:
    """All that the schedule could change."""
    questions = {
        "updates": "SELECT count(*) FROM inbox",
        "prices": "SELECT sku FROM products WHERE member_price = 1",
        "broadcasts": "SELECT state FROM broadcasts",
        "letters": "SELECT count(*) FROM outbox WHERE kind = 'broadcast'",
        "clocks": "SELECT member_id, due_at FROM tip_clocks ORDER BY member_id",
    }
    return {name: await rows(stage, question) for name, question in questions.items()}


@pytest.mark.parametrize("wrong", [3 * DAY, -3 * DAY])
async def test_admins_are_notified_once_and_again_when_the_clock_is_right(
    stage: Stage, wrong: timedelta
) -> None:
    WrongClock.wrong = wrong
    await tick(stage)
    assert about_the_clock(stage, "Budi") == [], "no answer has said yet that it is wrong"
    await handle(stage, 3)
    for _ in range(3):
        await tick(stage)
    which = "cepat" if wrong > timedelta() else "lambat"
    words = f"kira-kira 3 hari lebih {which} dari waktu sebenarnya"
    await until(lambda: about_the_clock(stage, "Budi") == [words])
    (reason,) = stage.app.snapshot.condition().why_not_ready()
    assert reason.startswith("this machine's clock is ")
    assert abs(stage.app.snapshot.condition().clock_ahead - wrong / SECOND) < 5

    await stage.stop()
    await stage.start()
    await handle(stage, 3)
    await tick(stage)
    assert len(about_the_clock(stage, "Budi")) == 1, "not again after a restart"

    await stage.stop()
    WrongClock.wrong = timedelta()
    await stage.start()
    await handle(stage, 3)
    await tick(stage)
    await until(lambda: about_the_clock(stage, "Budi")[1:] == ["sudah benar lagi"])
    for _ in range(2):
        await tick(stage)
    assert len(about_the_clock(stage, "Budi")) == 2
    assert about_the_clock(stage, "Sari") == []


def about_the_clock(stage: Stage, who: str) -> list[str]:
    start = "Jam di komputer bot "
    found = [words for words in said(stage, who) if words.startswith(start)]
    return [words.removeprefix(start).split(".")[0] for words in found]


async def test_at_night_no_admin_is_notified(stage: Stage) -> None:
    await stage.move_clock(START + DAY / 2)
    await handle(stage)
    WrongClock.wrong = DAY / 2
    await handle(stage)
    await tick(stage)
    assert about_the_clock(stage, "Budi") == []


async def test_a_clock_that_is_moved_with_telegrams_is_never_in_doubt(stage: Stage) -> None:
    """The demo and the tests move it by days at once."""
    for days in (1, 40, -20, 400):
        asked = asyncio.create_task(stage.app.database.read(lambda _: None))
        await stage.move_clock(stage.clock.now() + days * DAY)
        await asked
        assert stage.app.clock_check.doubt() is None
        await handle(stage)
        assert stage.app.clock_check.doubt() is None
        assert stage.app.clock_check.has_answers
    assert about_the_clock(stage, "Budi") == []


async def test_a_notice_that_a_wrong_clock_put_off_leaves_when_the_right_one_lets_it(
    stage: Stage,
) -> None:
    later = stage.clock.now() + 3 * DAY
    await put(stage, "Sari", "notice", "kabar", not_before=later)
    await put(stage, "Tuti", "answer", "jawaban", not_before=later)
    await tick(stage)
    assert said(stage, "Sari") == []
    WrongClock.wrong = DAY
    await tick(stage)
    WrongClock.wrong = timedelta()
    await tick(stage)
    await until(lambda: "kabar" in said(stage, "Sari"))
    await until(lambda: "jawaban" in said(stage, "Tuti"))


async def test_no_copy_is_let_go_while_the_clock_is_wrong(stage: Stage) -> None:
    books, folder = stage.folder / "books.db", stage.folder / "backups"
    upkeep = MaintenancePlan(stage.url, books, folder, timedelta(minutes=15))
    keeper = Maintenance(stage.app.runtime, upkeep, stage.clock, stage.app.clock_check.believed)
    assert await keeper.copy(books)
    (first,) = copies(books, folder)
    for days in range(1, 4):
        for hours in (0, 1):
            at = first.at - days * DAY - timedelta(hours=hours)
            (folder / f"books-{at:%Y%m%d-%H%M%S}-auto.db").write_bytes(first.file.read_bytes())
    WrongClock.wrong = 420 * DAY
    assert await keeper.copy(books)
    assert len(copies(books, folder)) == 8
    WrongClock.wrong = timedelta(seconds=1)
    assert await keeper.copy(books)
    assert len(copies(books, folder)) < 9


async def test_no_month_is_closed_by_a_running_bot_whose_clock_is_wrong(stage: Stage) -> None:
    path = stage.folder / "desk.sock"
    desk = ControlSocket(path, stage.app.database, stage.clock, stage.app.clock_check.believed)
    wish = {
        "period": "2026-10",
        "plan": "2026-01",
        "since": "2026-01",
        "digest": "d",
        "point_value": 0,
        "ready_on": "2026-11-05",
        "figures": ["d", 0, 0, 0, 0, 0],
    }
    async with desk:
        WrongClock.wrong = 40 * DAY
        with pytest.raises(TaskFailedError, match="clock of its machine is wrong"):
            await asyncio.to_thread(ask, path, "closing begin", wish)
        WrongClock.wrong = timedelta()
        assert await asyncio.to_thread(ask, path, "closing begin", wish) != {}


async def test_a_single_answer_with_an_old_date_stops_nothing(stage: Stage) -> None:
    stage.telegram.tell_date(shift=-DAY / SECOND)
    await put(stage, "Tuti", "answer", "kabar")
    await until(lambda: "kabar" in said(stage, "Tuti"))
    stage.telegram.tell_date()
    assert stage.app.clock_check.believed()


async def test_a_telegram_with_another_time_fails_the_clock_check(stage: Stage) -> None:
    stage.telegram.tell_date(shift=180)
    await handle(stage)
    doubt = stage.app.clock_check.doubt()
    assert doubt is not None
    assert doubt.sure
    assert -182 <= doubt.seconds <= -178
    stage.telegram.tell_date()
    await handle(stage)
    assert stage.app.clock_check.believed()


async def test_the_database_alone_proves_a_clock_that_is_behind_until_telegram_disagrees(
    stage: Stage,
) -> None:
    await stage.stop()
    stage.telegram.tell_date(absent=True)
    WrongClock.wrong = -3 * DAY
    await stage.start()
    doubt = stage.app.clock_check.doubt()
    assert doubt is not None
    assert doubt.witness == "database"
    stage.telegram.tell_date()
    WrongClock.wrong = timedelta()
    await handle(stage, 1)
    assert stage.app.clock_check.believed()


async def test_a_database_that_a_wrong_clock_wrote_does_not_outweigh_telegram(
    stage: Stage,
) -> None:
    WrongClock.wrong = 3 * DAY
    await handle(stage, 1)
    await stage.stop()
    WrongClock.wrong = timedelta()
    await stage.start()
    await handle(stage, 1)
    assert stage.app.clock_check.believed()


async def test_an_update_from_the_future_proves_a_clock_that_is_behind(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing else dates what Telegram says."""
    await stage.stop()
    stage.telegram.tell_date(absent=True)
    monkeypatch.setattr(waits, "latest_known", lambda _: None)
    WrongClock.wrong = -3 * DAY
    await stage.start()
    assert stage.app.clock_check.believed()
    await handle(stage, 1)
    assert not stage.app.clock_check.believed()


async def test_an_answer_dated_by_the_clock_that_was_just_set_back_goes_at_once(
    stage: Stage,
) -> None:
    """Its turn began before, and is kept after the sender has put right what waits."""
    WrongClock.wrong = timedelta(hours=2)
    await put(stage, "Tuti", "answer", "sebelum")
    await until(lambda: "sebelum" in said(stage, "Tuti"))
    turn_began = stage.clock.now()
    WrongClock.wrong = timedelta()
    await put(stage, "Tuti", "answer", "sesudah")
    await until(lambda: "sesudah" in said(stage, "Tuti"))
    await put(stage, "Sari", "answer", "jawaban", at=turn_began)
    await until(lambda: "jawaban" in said(stage, "Sari"))
