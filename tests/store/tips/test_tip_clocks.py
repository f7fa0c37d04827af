"""Which messages are written when tip clocks run out, and what is deleted with time."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.services.tips.due import CLOCKS_PER_UNIT_MAX, enqueue_due
from bot.store.queue import inbox
from bot.turn.runtime import BotRuntime
from tests.store.tips.tip_readers import (
    DAY,
    FIRST_TURN,
    HOUR,
    TABLES,
    add_sale,
    change,
    decide,
    join,
    open_runtime,
    rows,
    take,
)

# Nine o'clock in Jakarta on a public holiday.
CHRISTMAS = datetime(2026, 12, 25, 2, tzinfo=UTC)


@pytest.fixture
async def runtime(tmp_path: Path) -> AsyncIterator[BotRuntime]:
    async with open_runtime(tmp_path) as opened:
        yield opened


async def test_a_clock_that_runs_out_sends_one_tip_and_is_wound_for_tomorrow(
    runtime: BotRuntime,
) -> None:
    await join(runtime)
    assert await enqueue_due(runtime, FIRST_TURN - timedelta(seconds=1)) == 0
    assert await enqueue_due(runtime, FIRST_TURN) == 1
    assert await enqueue_due(runtime, FIRST_TURN) == 0
    (message,) = await rows(runtime, "outbox")
    assert message["key"] == "tip:use-it-first:2026-11-05:1"
    assert (message["kind"], message["chat_id"]) == ("tip", 101)
    assert message["expires_at"] == FIRST_TURN + 2 * HOUR
    (clock,) = await rows(runtime, "tip_clocks")
    assert clock["due_at"] == FIRST_TURN + DAY


async def test_an_afternoon_tip_expires_with_the_sending_hours(runtime: BotRuntime) -> None:
    await join(runtime)
    evening = FIRST_TURN + 10 * HOUR
    await change(runtime, "tip_clocks", hour="19:00", due_at=evening)
    assert await enqueue_due(runtime, evening) == 1
    (message,) = await rows(runtime, "outbox")
    assert message["expires_at"] == evening + HOUR


async def test_after_days_of_downtime_one_turn_counts_and_the_oldest_tip_goes_first(
    runtime: BotRuntime,
) -> None:
    await join(runtime)
    assert await enqueue_due(runtime, FIRST_TURN + 2 * DAY + HOUR) == 1
    (given,) = await rows(runtime, "deliveries")
    assert (given["schedule"], given["slot"]) == ("use-it-first", "2026-11-07")


async def test_a_turn_that_is_too_late_is_written_down_as_missed(runtime: BotRuntime) -> None:
    await join(runtime)
    assert await enqueue_due(runtime, FIRST_TURN + 3 * HOUR) == 0
    (missed,) = await rows(runtime, "deliveries")
    assert (missed["schedule"], missed["state"]) == ("use-it-first", "missed")
    assert await rows(runtime, "outbox") == []


async def test_a_missed_turn_is_made_up_when_the_member_moves_the_hour_the_same_day(
    runtime: BotRuntime,
) -> None:
    await join(runtime)
    await enqueue_due(runtime, FIRST_TURN + 3 * HOUR)
    afternoon = FIRST_TURN + 6 * HOUR
    await change(runtime, "tip_clocks", hour="15:00", due_at=afternoon)
    assert await enqueue_due(runtime, afternoon) == 1
    assert [row["state"] for row in await rows(runtime, "deliveries")] == ["queued"]


async def test_a_member_who_moves_the_hour_after_todays_tip_gets_no_second_one(
    runtime: BotRuntime,
) -> None:
    await join(runtime)
    assert await enqueue_due(runtime, FIRST_TURN) == 1
    afternoon = FIRST_TURN + 6 * HOUR
    await change(runtime, "tip_clocks", hour="15:00", due_at=afternoon)
    assert await enqueue_due(runtime, afternoon) == 0
    assert await enqueue_due(runtime, afternoon + DAY) == 1
    slugs = [row["schedule"] for row in await rows(runtime, "deliveries")]
    assert slugs == ["use-it-first", "what-the-label-says"]


@pytest.mark.parametrize(
    ("asked", "second"),
    [(3 * HOUR, "use-it-first"), (HOUR, "what-the-label-says")],
    ids=["expired", "taken by the sender"],
)
async def test_only_a_tip_that_certainly_never_left_is_given_again(
    runtime: BotRuntime, asked: timedelta, second: str
) -> None:
    await join(runtime)
    await enqueue_due(runtime, FIRST_TURN)
    await take(runtime, FIRST_TURN + asked)
    assert await enqueue_due(runtime, FIRST_TURN + 7 * DAY) == 1
    slugs = [row["schedule"] for row in await rows(runtime, "deliveries")]
    assert slugs == ["use-it-first", second]


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("people", {"reach": "blocked"}),
        ("people", {"reach": "gone"}),
        ("members", {"active": False}),
        ("members", {"user_id": None}),
    ],
)
async def test_a_member_who_wants_no_tips_or_cannot_be_reached_gets_none(
    runtime: BotRuntime, table: str, values: dict[str, object]
) -> None:
    await join(runtime)
    await change(runtime, table, **values)
    assert await enqueue_due(runtime, FIRST_TURN) == 0
    assert await rows(runtime, "deliveries") == []


async def test_a_member_who_refused_tips_gets_none_until_they_allow_them_again(
    runtime: BotRuntime,
) -> None:
    await join(runtime)
    await decide(runtime, given=False)
    assert await enqueue_due(runtime, FIRST_TURN) == 0
    assert await rows(runtime, "deliveries") == []
    await decide(runtime, given=True)
    assert await enqueue_due(runtime, FIRST_TURN + DAY) == 1


async def test_a_public_holiday_has_no_tip_and_its_turn_comes_the_next_day(
    runtime: BotRuntime,
) -> None:
    await join(runtime, joined_at=CHRISTMAS - DAY)
    await change(runtime, "tip_clocks", due_at=CHRISTMAS)
    assert await enqueue_due(runtime, CHRISTMAS) == 0
    assert await rows(runtime, "deliveries") == []
    assert await enqueue_due(runtime, CHRISTMAS + DAY) == 1
    (given,) = await rows(runtime, "deliveries")
    assert (given["schedule"], given["slot"]) == ("use-it-first", "2026-12-26")


async def test_after_two_weeks_without_a_sale_there_is_one_tip_about_it(
    runtime: BotRuntime,
) -> None:
    long_ago = FIRST_TURN - 400 * DAY
    await join(runtime, joined_at=long_ago)
    await add_sale(runtime, status="rejected")
    await change(runtime, "sales", logged_at=FIRST_TURN)
    assert await slugs_of_days(runtime, 1, 40) == {14: "a-quiet-while"}
    await change(runtime, "sales", logged_at=FIRST_TURN + 41 * DAY)
    assert await slugs_of_days(runtime, 42, 70) == {55: "a-quiet-while"}


async def slugs_of_days(runtime: BotRuntime, first: int, last: int) -> dict[int, str]:
    """The tips about silence, by the day after the first turn on which each was given."""
    for day in range(first, last + 1):
        await enqueue_due(runtime, FIRST_TURN + day * DAY)
    quiet = [
        row for row in await rows(runtime, "deliveries") if row["schedule"] == "a-quiet-while"
    ]
    days = {(date.fromisoformat(row["slot"]) - FIRST_TURN.date()).days: row for row in quiet}
    return {day: row["schedule"] for day, row in days.items() if first <= day <= last}


async def test_more_members_than_fit_one_transaction_each_get_theirs(runtime: BotRuntime) -> None:
    count = 2 * CLOCKS_PER_UNIT_MAX + 1
    await join(runtime, count)
    assert await enqueue_due(runtime, FIRST_TURN) == count
    assert len({row["chat_id"] for row in await rows(runtime, "outbox")}) == count


async def test_texts_are_blanked_after_a_week_and_deleted_after_a_month(
    runtime: BotRuntime,
) -> None:
    ages = {1: 40, 2: 31, 3: 30, 4: 8, 5: 7, 6: 0}
    states = dict.fromkeys(ages, "done") | {2: "dead"}

    def unit(conn: Connection) -> None:
        entries = [
            {
                "bot_id": 1,
                "update_id": number,
                "lane": "c1",
                "body": "words",
                "received_at": FIRST_TURN - age * DAY,
                "state": states[number],
            }
            for number, age in ages.items()
        ]
        conn.execute(TABLES["inbox"].insert(), entries)

    await runtime.database.write(unit)
    assert not await runtime.database.write(lambda conn: inbox.prune(conn, FIRST_TURN))
    left = {row["update_id"]: row["body"] for row in await rows(runtime, "inbox")}
    assert left == {2: "words", 3: "", 4: "", 5: "words", 6: "words"}
