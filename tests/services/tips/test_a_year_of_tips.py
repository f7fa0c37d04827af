"""A year of tips on a real database, with some ticks a day, compared with a model of the rules.

Three zones, hours that change in Ramadan, refusals, silences, holidays, and a bot that
is down now and then, once for more than two weeks.
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection

from bot.content.tips import TIPS
from bot.conversation.late_rendering import fill
from bot.core.input.clock_times import next_time
from bot.core.messaging.tips import AfterSilence, BeforeMonthEnd, MonthStart, OnDay, OnWeekday
from bot.services.tips.due import enqueue_due
from bot.store.members import profiles
from bot.store.queue import outcomes
from bot.store.queue.outbox_messages import SendResult, Stay
from bot.store.tips import consents
from bot.turn.runtime import BotRuntime
from tests.store.tips.tip_readers import TABLES, open_runtime, take

DAY = timedelta(days=1)
STEP = timedelta(hours=1)
LOOKS = {1, 2, 6, 8, 10, 11, 23}
"""The hours, in UTC, of the ticks: at or soon after each member's turn."""
BEGIN, END = datetime(2026, 11, 23, tzinfo=UTC), datetime(2027, 11, 23, tzinfo=UTC)
WAITS_MAX, LATE_MAX = 14, timedelta(hours=2)
RAMADAN = (date(2027, 2, 8), date(2027, 3, 9))
HOLIDAYS = {
    date(2026, 12, 25),
    *(date(2027, 1, day) for day in (1, 5)),
    date(2027, 2, 6),
    *(date(2027, 3, day) for day in (8, 10, 11, 26, 28)),
    *(date(2027, 5, day) for day in (1, 6, 17, 20)),
    *(date(2027, 6, day) for day in (1, 6)),
    *(date(2027, 8, day) for day in (15, 17)),
}
DAY_TIPS = {slug: tip.rule.day for slug, tip in TIPS.items() if isinstance(tip.rule, OnDay)}


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


DOWN = (
    (utc("2026-12-15 20:00"), utc("2026-12-18 03:30")),
    (utc("2027-02-01 01:30"), utc("2027-02-01 02:30")),
    (utc("2027-03-10 00:00"), utc("2027-03-11 12:00")),
    (utc("2027-04-02 00:00"), utc("2027-04-02 11:00")),
    (utc("2027-06-20 12:00"), utc("2027-07-09 04:00")),
)


@dataclass
class Life:
    """A member, their actions in the year, and the tips they got."""

    zone: str
    joined: str
    hours: dict[str, str]
    sold: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    got: list[tuple[str, datetime]] = field(default_factory=list)

    def local(self, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.zone))

    def hour_at(self, at: datetime) -> time:
        return time.fromisoformat([h for since, h in self.hours.items() if utc(since) <= at][-1])

    def wants(self, at: datetime) -> bool:
        return not any(utc(since) <= at < utc(until) for since, until in self.refused)

    def last_sale(self, at: datetime) -> date:
        """Returns the day on which the silence began."""
        days = [utc(each) for each in (self.joined, *self.sold) if utc(each) <= at]
        return self.local(days[-1]).date()

    def came(self) -> list[tuple[str, date]]:
        return [(slug, self.local(at).date()) for slug, at in self.got]


WEEKLY = tuple(f"{BEGIN.date() + 7 * each * DAY} 05:10" for each in range(1, 53))
LIVES = (
    Life("Asia/Jakarta", "2026-12-10 04:00", {BEGIN.isoformat()[:10]: "09:00"}, sold=WEEKLY),
    Life("Asia/Makassar", "2027-01-20 04:00", {"2026-11-23": "19:00"}),
    Life(
        "Asia/Jayapura",
        "2026-11-29 20:00",
        {"2026-11-23": "08:00"},
        refused=(("2026-12-04 12:00", "2026-12-12 12:00"),),
    ),
    Life(
        "Asia/Jakarta",
        "2025-01-01 04:00",
        {"2026-11-23": "12:15"},
        sold=("2026-11-20 04:00", "2027-01-10 04:00", "2027-05-05 04:00", "2027-05-15 04:00"),
    ),
    Life(
        "Asia/Makassar",
        "2027-03-01 04:00",
        {"2026-11-23": "09:00"},
        refused=(
            ("2027-03-06 12:00", "2027-03-27 12:00"),
            ("2027-06-01 00:00", "2027-06-20 00:00"),
        ),
    ),
    Life(
        "Asia/Jayapura",
        "2027-05-10 04:00",
        {"2026-11-23": "16:30", "2027-05-20 00:10": "10:00", "2027-08-01 05:10": "18:40"},
        sold=("2027-06-05 04:00",),
    ),
    Life("Asia/Makassar", "2027-06-10 04:00", {"2026-11-23": "07:00"}),
)


@pytest.fixture
async def runtime(tmp_path: Path) -> AsyncIterator[BotRuntime]:
    async with open_runtime(tmp_path) as opened:
        yield opened


async def test_a_year_of_tips_follows_the_rules_for_every_member(runtime: BotRuntime) -> None:
    await live_through_the_year(runtime)
    for life in LIVES:
        check_each_tip(life)
        assert [each for each in life.came() if each[0] in DAY_TIPS] == list(model(life))
    whole = [life for life in LIVES if DAY_TIPS.keys() <= {slug for slug, _ in life.got}]
    # The fourth joined long before; the fifth refused for three weeks, and for the seventh the
    # bot was down for almost three.
    assert whole == [LIVES[0], LIVES[1], LIVES[2], LIVES[5]]
    quiet = [[str(day) for slug, day in life.came() if slug == "a-quiet-while"] for life in LIVES]
    assert [len(days) for days in quiet] == [0, 1, 1, 3, 1, 1, 1]
    assert quiet[3] == ["2026-12-04", "2027-01-24", "2027-05-29"]
    assert {slug for life in LIVES for slug, _ in life.got} == TIPS.keys()


async def live_through_the_year(runtime: BotRuntime) -> None:
    await runtime.database.write(settle_in)
    deeds = sorted(deeds_of_all(), key=lambda deed: deed[0])
    now = BEGIN
    while now < END:
        while deeds and deeds[0][0] <= now:
            at, number, what = deeds.pop(0)
            await runtime.database.write(partial(do, number=number, what=what, at=at))
        if runs(now) and await enqueue_due(runtime, now):
            await deliver(runtime, now)
        now += STEP


def deeds_of_all() -> Iterator[tuple[datetime, int, str]]:
    for number, life in enumerate(LIVES):
        yield from ((utc(at), number, "tell") for at in life.sold)
        yield from ((utc(at), number, f"hour {hour}") for at, hour in life.hours.items())
        for since, until in life.refused:
            yield utc(since), number, "refuse"
            yield utc(until), number, "allow"


def settle_in(conn: Connection) -> None:
    for number, life in enumerate(LIVES):
        person = {"user_id": number + 100, "first_seen": BEGIN}
        person |= {"language": ("id", "en")[number % 2]}
        conn.execute(TABLES["people"].insert(), person)
        member = {"id": number, "reference": f"r{number}", "user_id": number + 100}
        member |= {
            "code": f"C{number}",
            "name": "Sari Dewi",
            "title": "Ibu",
            "phone": f"+{number}",
        }
        member |= {"phone_verified": True, "province": "bali", "zone": life.zone}
        member |= {"birth_year": 1978, "joined_at": utc(life.joined)}
        conn.execute(TABLES["members"].insert(), member)


def do(conn: Connection, number: int, what: str, at: datetime) -> None:
    life = LIVES[number]
    if what == "tell":
        count = conn.execute(TABLES["sales"].select()).all()
        day = life.local(at).date().isoformat()
        sale = {"reference": f"s{len(count)}", "seller_id": number, "sold_on": day}
        sale |= {"period": day[:7], "status": "waiting", "total": 1, "goods": 1, "points": 0}
        conn.execute(TABLES["sales"].insert(), sale | {"bonus_value": 0, "logged_at": at})
    elif what.startswith("hour "):
        hour = what.removeprefix("hour ")
        profiles.set_tip_hour(
            conn, number, hour, next_time(at, time.fromisoformat(hour), life.zone)
        )
    else:
        consents.note(conn, number, "tips", given=what == "allow", at=at)


async def deliver(runtime: BotRuntime, now: datetime) -> None:
    messages = await take(runtime, now)
    for message in messages:
        filled = await fill(runtime, lambda: now, message)
        assert not isinstance(filled, Stay)
        LIVES[message.number("member")].got.append((message.text("tip"), now))
    marks = [SendResult(message, "sent", message_id=1) for message in messages]
    await runtime.database.write(lambda conn: outcomes.record_results(conn, marks, now))


def runs(at: datetime) -> bool:
    """Whether the bot ticks at this moment."""
    return at.hour in LOOKS and not any(since <= at < until for since, until in DOWN)


def window_on(day: date) -> tuple[time, time]:
    return (time(9, 30), time(17)) if RAMADAN[0] <= day <= RAMADAN[1] else (time(8), time(20))


def check_each_tip(life: Life) -> None:
    """Assert what holds for each tip by itself, regardless of other tips."""
    came = life.came()
    assert max(Counter(day for _, day in came).values()) == 1, "at most one a day"
    for (slug, at), (_, day) in zip(life.got, came, strict=True):
        opens, closes = window_on(day)
        assert opens <= life.local(at).time() < closes
        assert day not in HOLIDAYS
        assert runs(at)
        assert life.wants(at)
        match TIPS[slug].rule:
            case OnDay():
                assert [each for each, _ in came].count(slug) == 1
            case OnWeekday(weekday):
                assert day.weekday() == weekday
            case MonthStart():
                assert day.day == 1
            case BeforeMonthEnd(left):
                assert (day + (left + 1) * DAY).day == 1
            case AfterSilence(days):
                began = life.last_sale(at)
                assert (day - began).days >= days
                assert [on > began for each, on in came if each == slug and on < day].count(
                    True
                ) == 0


def model(life: Life) -> Iterator[tuple[str, date]]:
    """Returns when each tip of the first weeks comes: each day the oldest waiting, if any can."""
    joined_on = life.local(utc(life.joined)).date()
    had = set()
    for age in range(1, 60):
        waiting = [
            slug
            for slug, day in DAY_TIPS.items()
            if slug not in had and 0 <= age - day <= WAITS_MAX
        ]
        today = joined_on + age * DAY
        if waiting and BEGIN.date() < today < END.date() and can_come(life, today):
            had.add(waiting[0])
            yield waiting[0], today


def can_come(life: Life, day: date) -> bool:
    """Whether the bot ticks, and may write, within two hours of the member's turn."""
    opens, closes = window_on(day)
    wanted = life.hour_at(datetime.combine(day, time(12), UTC))
    turn = max(wanted, opens)
    if turn >= closes:
        turn = time(closes.hour - 1, closes.minute)
    begin = datetime.combine(day, turn, ZoneInfo(life.zone))
    end = min(begin + LATE_MAX, datetime.combine(day, closes, ZoneInfo(life.zone)))
    first = BEGIN + (begin - BEGIN) // STEP * STEP
    looks = (first + each * STEP for each in range(4))
    return day not in HOLIDAYS and any(
        begin <= at < end and runs(at) and life.wants(at) for at in looks
    )
