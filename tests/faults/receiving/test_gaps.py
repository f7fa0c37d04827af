"""What is asked again after an outage longer than Telegram keeps a press of a button."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.conversation import after_outage
from bot.runtime.outages import GAP_SECONDS, Gaps
from bot.store.conversation import sessions
from bot.store.db import counters
from bot.store.db.database import StoreUnavailableError
from tests.faults.looking import advance, said, sell, until
from tests.stage import START, Stage

AGAIN = "kami sempat putus"
LONG_ENOUGH = GAP_SECONDS + 30

COPY = text("""
    INSERT INTO sessions (chat_id, flow, version, reference, args, answers, kept, asked, waiting,
                          started_at, asked_at)
    SELECT :chat_id, flow, version, :reference, args, answers, kept, asked, waiting, started_at,
           asked_at
    FROM sessions WHERE chat_id = :like
""")
MEET = text("INSERT INTO people (user_id, language, first_seen) VALUES (:user_id, 'id', 0)")
LETTERS = text("SELECT chat_id FROM outbox WHERE key LIKE 'gap:%'")


async def asked_again(stage: Stage) -> int:
    count = await after_outage.ask_again(stage.app.runtime, stage.clock.now())
    stage.app.sender.wake()
    await stage.settle()
    return count


def times(stage: Stage, who: str) -> int:
    return sum(AGAIN in words for words in said(stage, who))


async def open_question(stage: Stage, who: str) -> None:
    stage.telegram.phones.say(stage.user(who), "J 2 SABUN Bu Ani")
    await stage.settle()


async def one_who_joins(stage: Stage) -> int:
    """A new person who is at the first question of joining."""
    dewi = stage.newcomer("Dewi")
    stage.telegram.phones.start(dewi)
    stage.telegram.phones.say(dewi, "/daftar")
    await stage.settle()
    return dewi


async def be_away(stage: Stage, seconds: float = LONG_ENOUGH) -> None:
    """Stop, let time pass, and start again."""
    await stage.stop()
    await stage.telegram.move_clock(stage.clock.now() + timedelta(seconds=seconds))
    await stage.start()
    async with asyncio.timeout(30):
        while stage.app.gaps.catching_up:
            await asyncio.sleep(0.01)
    await stage.settle()


def crowd(conn: Connection, like: int, count: int) -> list[int]:
    """Give a number of other people the question that one person has open."""
    people = list(range(700_001, 700_001 + count))
    for person in people:
        conn.execute(MEET, {"user_id": person})
        conn.execute(COPY, {"chat_id": person, "reference": f"c{person}", "like": like})
    return people


async def written_to(stage: Stage) -> list[int]:
    found: list[int] = await stage.read(lambda conn: list(conn.execute(LETTERS).scalars()))
    return found


async def test_a_line_that_was_cut_for_minutes_brings_the_question_again_once(
    stage: Stage,
) -> None:
    await open_question(stage, "Sari")
    stage.telegram.disturb("cut_before", method="getUpdates", lasts=1)
    stage.telegram.phones.say(stage.user("Tuti"), "/saldo")
    await asyncio.sleep(0.3)
    await stage.telegram.move_clock(stage.clock.now() + timedelta(seconds=LONG_ENOUGH))
    await until(lambda: times(stage, "Sari") == 1)
    await stage.settle()
    await asked_again(stage)
    await be_away(stage, 1)
    assert await asked_again(stage) == 0
    assert times(stage, "Sari") == 1
    assert times(stage, "Tuti") == 0
    assert await sell(stage, "Tuti", "Rina") == "S-1001"


async def test_moving_the_clock_while_telegram_answers_is_no_gap(stage: Stage) -> None:
    await open_question(stage, "Sari")
    await advance(stage, 600)
    stage.telegram.phones.say(stage.user("Tuti"), "/saldo")
    await stage.settle()
    assert await asked_again(stage) == 0
    assert times(stage, "Sari") == 0


async def test_a_clock_that_was_set_back_while_the_bot_was_away_is_no_gap(stage: Stage) -> None:
    await open_question(stage, "Sari")
    await be_away(stage, -86_400)
    assert await asked_again(stage) == 0
    assert times(stage, "Sari") == 0


async def test_a_bot_that_starts_for_the_first_time_has_missed_nothing(stage: Stage) -> None:
    await open_question(stage, "Sari")
    gaps = Gaps(stage.app.runtime, 77, ByHand(), lambda: None, lambda: True)
    await gaps.begin()
    await gaps.answered(gaps.now(), 0, 100)
    assert await stage.read(partial(counters.moment, name=after_outage.UNTIL)) is None


async def test_received_updates_are_handled_before_questions_are_asked_again(
    stage: Stage,
) -> None:
    await open_question(stage, "Sari")
    await stage.stop()
    for number in range(140):
        stage.telegram.phones.say(stage.user("Tuti"), f"/saldo {number}")
    stage.telegram.phones.say(stage.user("Sari"), "ya")
    await stage.telegram.move_clock(stage.clock.now() + timedelta(seconds=LONG_ENOUGH))
    await stage.start()
    await until(lambda: not stage.app.gaps.catching_up)
    await stage.settle()
    await asked_again(stage)
    assert times(stage, "Sari") == 0
    assert "S-1001" in said(stage, "Sari")[-1]


async def test_a_chat_whose_message_waits_is_asked_after_it(stage: Stage) -> None:
    await open_question(stage, "Sari")
    await be_away(stage)
    await asked_again(stage)
    before = times(stage, "Sari")
    assert before == 1
    gap = (START - timedelta(hours=1), stage.clock.now() + timedelta(hours=1))
    look = partial(
        sessions.left_open, since=gap[0], until=gap[1], zones=["Asia/Makassar"], home="", limit=5
    )
    assert await stage.read(look) == [stage.user("Sari")]
    waits = text("UPDATE inbox SET state = 'new' WHERE id = (SELECT MAX(id) FROM inbox)")
    await stage.write(lambda conn: conn.execute(waits))
    assert await stage.read(look) == []


async def test_a_bot_that_dies_in_the_middle_asks_each_person_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    dewi = await one_who_joins(stage)
    people = await stage.write(partial(crowd, like=dewi, count=60))
    write, units = stage.app.database.write, 0

    async def dies(work: Any, **how: Any) -> Any:
        nonlocal units
        if getattr(work, "func", None) is after_outage._put:
            units += 1
            if units > 30:
                raise StoreUnavailableError("killed")
        return await write(work, **how)

    await note_gap(stage)
    monkeypatch.setattr(stage.app.database, "write", dies)
    with pytest.raises(StoreUnavailableError):
        await after_outage.ask_again(stage.app.runtime, stage.clock.now())
    monkeypatch.undo()
    assert 0 < len(await written_to(stage)) < 61
    assert await after_outage.ask_again(stage.app.runtime, stage.clock.now()) > 0
    assert sorted(await written_to(stage)) == sorted([*people, dewi])
    assert await after_outage.ask_again(stage.app.runtime, stage.clock.now()) == 0


async def note_gap(stage: Stage) -> None:
    """A gap from the opening of the question until a moment ago, still without a repeat."""
    stage.app.gaps._wake_up.clear()
    await stage.telegram.move_clock(stage.clock.now() + timedelta(seconds=LONG_ENOUGH))
    since, now = stage.clock.now() - timedelta(seconds=LONG_ENOUGH - 1), stage.clock.now()
    await stage.write(partial(after_outage.note_gap, bot_id=1, since=since, until=now))


async def test_a_question_that_cannot_be_asked_does_not_stop_the_others(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    dewi = await one_who_joins(stage)
    people = await stage.write(partial(crowd, like=dewi, count=3))
    broken = text(f"UPDATE sessions SET answers = 'torn' WHERE chat_id = {people[1]}")
    await stage.write(lambda conn: conn.execute(broken))
    await note_gap(stage)
    assert await after_outage.ask_again(stage.app.runtime, stage.clock.now()) == 3
    assert sorted(await written_to(stage)) == sorted([dewi, people[0], people[2]])
    assert "cannot be asked again" in caplog.text
    assert await after_outage.ask_again(stage.app.runtime, stage.clock.now()) == 0


async def test_many_people_are_asked_in_batches(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(after_outage, "CHATS_PER_LOOK_MAX", 50)
    await stage.write(partial(crowd, like=await one_who_joins(stage), count=119))
    await note_gap(stage)
    counts = [await after_outage.ask_again(stage.app.runtime, stage.clock.now()) for _ in range(4)]
    assert counts == [50, 50, 20, 0]


async def test_a_person_who_cannot_be_reached_is_not_asked(stage: Stage) -> None:
    await open_question(stage, "Sari")
    stage.telegram.phones.block(stage.user("Sari"))
    await stage.settle()
    await note_gap(stage)
    assert await after_outage.ask_again(stage.app.runtime, stage.clock.now()) == 0
    assert await stage.read(partial(counters.moment, name=after_outage.UNTIL)) is None


async def test_a_member_who_was_suspended_meanwhile_is_not_asked(stage: Stage) -> None:
    await open_question(stage, "Sari")
    suspend = text(f"UPDATE members SET active = 0 WHERE user_id = {stage.user('Sari')}")
    await stage.write(lambda conn: conn.execute(suspend))
    await note_gap(stage)
    assert await after_outage.ask_again(stage.app.runtime, stage.clock.now()) == 1
    assert await written_to(stage) == []
    assert await stage.read(partial(counters.moment, name=after_outage.UNTIL)) is None


class ByHand:
    """A clock whose two hands are set by the test."""

    def __init__(self) -> None:
        self.wall, self.stopwatch = datetime(2026, 11, 23, 2, 0, tzinfo=UTC), 1_000.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.stopwatch

    def on_change(self, callback: Any) -> None:
        """No listener is called."""

    def passes(self, stopwatch: float, wall: float | None = None) -> None:
        self.stopwatch += stopwatch
        self.wall += timedelta(seconds=stopwatch if wall is None else wall)


@pytest.mark.parametrize(
    ("stopwatch", "wall", "fails", "gap"),
    [
        (25, 25, False, False),
        (140, 140, True, False),
        (160, 160, True, True),
        (160, 160, False, True),  # the process stood still
        (20, 160, True, True),  # the machine slept, and the stopwatch with it
        (20, 160, False, False),  # the clock was set by hand
        (20, -160, True, False),
        (160, -600, True, True),
    ],
)
async def test_a_gap_is_what_both_clocks_leave_possible(
    stage: Stage, stopwatch: float, wall: float, *, fails: bool, gap: bool
) -> None:
    clock = ByHand()
    gaps = Gaps(stage.app.runtime, 77, clock, lambda: None, lambda: True)
    await gaps.begin()
    await gaps.answered(gaps.now(), 1, 100)
    clock.passes(stopwatch, wall)
    if fails:
        gaps.failed()
    await gaps.answered(gaps.now(), 0, 100)
    assert (await stage.read(partial(counters.moment, name=after_outage.UNTIL)) is not None) is gap


async def test_a_delayed_answer_is_dated_by_the_time_of_its_request(
    stage: Stage,
) -> None:
    """A process that stood still for minutes takes up an answer that is as old."""
    clock = ByHand()
    gaps = Gaps(stage.app.runtime, 77, clock, lambda: None, lambda: True)
    await gaps.begin()
    await gaps.answered(gaps.now(), 1, 100)
    asked = gaps.now()
    clock.passes(170)
    await gaps.answered(asked, 0, 100)
    assert await stage.read(partial(counters.moment, name=after_outage.UNTIL)) is None
    await gaps.answered(gaps.now(), 0, 100)
    assert await stage.read(partial(counters.moment, name=after_outage.UNTIL)) == clock.now()


async def test_a_backlog_in_parts_is_waited_for_but_not_for_ever(stage: Stage) -> None:
    clock = ByHand()
    gaps = Gaps(stage.app.runtime, 77, clock, lambda: None, lambda: True)
    await gaps.begin()
    await gaps.answered(gaps.now(), 1, 100)
    clock.passes(200)
    noted: list[bool] = []
    for brought in (100, 100, 40, 1, 1):
        await gaps.answered(gaps.now(), brought, 100)
        assert gaps.catching_up is (len(noted) < 4)
        noted.append(
            await stage.read(partial(counters.moment, name=after_outage.UNTIL)) is not None
        )
    assert noted == [False, False, False, False, True]


async def test_an_idle_bot_writes_nothing(stage: Stage) -> None:
    clock = ByHand()
    gaps = Gaps(stage.app.runtime, 77, clock, lambda: None, lambda: True)
    await gaps.begin()
    for _ in range(10):
        await gaps.answered(gaps.now(), 0, 100)
        clock.passes(60)
    await gaps.end()
    assert await stage.read(partial(after_outage.last_answer, bot_id=77)) is None
    await open_question(stage, "Sari")
    clock.passes(60)
    await gaps.answered(gaps.now(), 0, 100)
    assert await stage.read(partial(after_outage.last_answer, bot_id=77)) == clock.now()


async def test_a_bot_that_was_never_away_while_it_mattered_asks_nobody_after_a_restart(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """A question is noted for until it is too old to be asked; later, nothing is lost with it."""
    await open_question(stage, "Sari")
    clock = ByHand()
    gaps = Gaps(stage.app.runtime, 77, clock, lambda: None, lambda: True)
    await gaps.begin()
    await gaps.answered(gaps.now(), 1, 100)
    # The stopwatch tells that nothing is missing; the day is only shortened.
    clock.passes(40, (after_outage.QUESTION_AGE_MAX - timedelta(minutes=2)).total_seconds())
    for _ in range(20):
        await gaps.answered(gaps.now(), 0, 100)
        clock.passes(40)
    await gaps.end()
    clock.passes(3 * 3_600)
    gaps = Gaps(stage.app.runtime, 77, clock, lambda: None, lambda: True)
    await gaps.begin()
    with caplog.at_level(logging.WARNING, "bot.runtime.outages"):
        await gaps.answered(gaps.now(), 0, 100)
    assert await after_outage.ask_again(stage.app.runtime, clock.now()) == 0
    assert await written_to(stage) == []
    assert "not heard" not in caplog.text


async def test_an_outage_that_concerns_people_is_logged(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await open_question(stage, "Sari")
    with caplog.at_level(logging.WARNING, "bot.runtime.outages"):
        await be_away(stage)
    assert "no answer from Telegram for" in caplog.text
