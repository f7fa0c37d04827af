"""Tips from the clock that runs out to the words that leave, on real books."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.company import load_company
from bot.content import Content
from bot.services.conversation import Ear
from bot.services.letters import fill
from bot.services.tips import CLOCKS_PER_UNIT_MAX, enqueue_due
from bot.store import inbox, outbox, people
from bot.store.database import open_database
from bot.store.migrations import migrate
from bot.store.tables import metadata

TABLES = metadata.tables
SAMPLE = Path(__file__).parents[2] / "company.sample.toml"
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
JOINED = datetime(2026, 11, 4, 2, tzinfo=UTC)
# Nine o'clock in Jakarta on the first day after joining.
FIRST_TURN = datetime(2026, 11, 5, 2, tzinfo=UTC)


@pytest.fixture
async def ear(tmp_path: Path) -> AsyncIterator[Ear]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'books.db'}"
    await migrate(url)
    database = open_database(url)
    company = load_company(SAMPLE)
    content = Content(company=company.name, office=company.office_contact)
    yield Ear(database, content, company, "jualdulu_bot", lambda: 1)
    await database.close()


async def join(ear: Ear, count: int = 1, **differing: object) -> None:
    """Members 1, 2, 3 …, each with an open chat and a clock for nine o'clock."""
    numbers = range(1, count + 1)

    def unit(conn: Connection) -> None:
        conn.execute(
            TABLES["people"].insert(),
            [{"user_id": 100 + n, "language": "id", "first_seen": JOINED} for n in numbers],
        )
        facts = {
            "sponsor_id": None,
            "name": "Sari Dewi",
            "title": "Ibu",
            "phone_verified": True,
            "province": "dki-jakarta",
            "zone": "Asia/Jakarta",
            "birth_year": 1978,
            "joined_at": JOINED,
        }
        own = [
            {"id": n, "reference": f"r{n}", "user_id": 100 + n, "code": f"C{n}", "phone": f"+{n}"}
            for n in numbers
        ]
        conn.execute(TABLES["members"].insert(), [facts | each | differing for each in own])
        clocks = [{"member_id": n, "hour": "09:00", "due_at": FIRST_TURN} for n in numbers]
        conn.execute(TABLES["tip_clocks"].insert(), clocks)

    await ear.database.write(unit)


async def rows(ear: Ear, table: str) -> list[dict[str, Any]]:
    chosen = TABLES[table].select()
    return await ear.database.read(
        lambda conn: [dict(row._mapping) for row in conn.execute(chosen)]
    )


async def change(ear: Ear, table: str, **values: object) -> None:
    """Set columns in all rows."""

    def unit(conn: Connection) -> None:
        conn.execute(TABLES[table].update().values(**values))

    await ear.database.write(unit)


async def take(ear: Ear, now: datetime) -> list[outbox.Letter]:
    """What the sender would take."""
    return await ear.database.write(
        lambda conn: outbox.claim(conn, now, 1, answers=16, tips=16, paced=())
    )


async def worded(ear: Ear, now: datetime) -> dict[str, Any] | None:
    """The only letter, filled."""
    (letter,) = await take(ear, now)
    return await fill(ear, lambda: now, letter)


async def add_sale(ear: Ear, *, status: str = "approved", day: str = "2026-11-05") -> None:
    """Two Sabun Sereh for a customer, worth a profit of 20,000."""

    def unit(conn: Connection) -> None:
        product = {
            "id": 1,
            "sku": "SABUN",
            "name": "Sabun <Sereh>",
            "member_price": 40_000,
            "retail_price": 50_000,
            "points": 5,
            "bonus_value": 40_000,
        }
        conn.execute(TABLES["products"].insert(), product)
        customer = {"id": 1, "member_id": 1, "name": "Bu Ani", "name_key": "ani"}
        conn.execute(TABLES["customers"].insert(), {**customer, "created_at": JOINED})
        sale = {
            "id": 1,
            "reference": "s1",
            "seller_id": 1,
            "customer_id": 1,
            "sold_on": day,
            "period": day[:7],
            "status": status,
            "total": 100_000,
            "goods": 80_000,
            "points": 10,
            "bonus_value": 80_000,
            "logged_at": FIRST_TURN,
        }
        conn.execute(TABLES["sales"].insert(), sale)
        line = {"sale_id": 1, "product_id": 1, "quantity": 2, "amount": 100_000}
        frozen = {"member_price": 40_000, "points": 5, "bonus_value": 40_000}
        conn.execute(TABLES["sale_lines"].insert(), line | frozen)
        if status == "approved":
            month = {"member_id": 1, "period": day[:7], "own_count": 1, "own_profit": 20_000}
            conn.execute(TABLES["volumes"].insert(), month)

    await ear.database.write(unit)


async def test_a_clock_that_runs_out_sends_one_tip_and_is_wound_for_tomorrow(ear: Ear) -> None:
    await join(ear)
    assert await enqueue_due(ear, FIRST_TURN - timedelta(seconds=1)) == 0
    assert await enqueue_due(ear, FIRST_TURN) == 1
    assert await enqueue_due(ear, FIRST_TURN) == 0
    (letter,) = await rows(ear, "outbox")
    assert letter["key"] == "tip:use-it-first:2026-11-05:1"
    assert (letter["kind"], letter["chat_id"]) == ("tip", 101)
    assert letter["expires_at"] == FIRST_TURN + 2 * HOUR
    (clock,) = await rows(ear, "tip_clocks")
    assert clock["due_at"] == FIRST_TURN + DAY


async def test_an_afternoon_tip_expires_with_the_sending_hours(ear: Ear) -> None:
    await join(ear)
    evening = FIRST_TURN + 10 * HOUR
    await change(ear, "tip_clocks", hour="19:00", due_at=evening)
    assert await enqueue_due(ear, evening) == 1
    (letter,) = await rows(ear, "outbox")
    assert letter["expires_at"] == evening + HOUR


async def test_after_a_long_silence_only_the_newest_turn_counts(ear: Ear) -> None:
    await join(ear)
    assert await enqueue_due(ear, FIRST_TURN + 2 * DAY + HOUR) == 1
    assert [row["schedule"] for row in await rows(ear, "deliveries")] == ["ask-before-offering"]


async def test_a_turn_that_is_too_late_is_written_down_as_missed(ear: Ear) -> None:
    await join(ear)
    assert await enqueue_due(ear, FIRST_TURN + 3 * HOUR) == 0
    (missed,) = await rows(ear, "deliveries")
    assert (missed["schedule"], missed["state"]) == ("use-it-first", "missed")
    assert await rows(ear, "outbox") == []


async def test_a_missed_turn_is_made_up_for_when_the_member_moves_the_hour_the_same_day(
    ear: Ear,
) -> None:
    await join(ear)
    await enqueue_due(ear, FIRST_TURN + 3 * HOUR)
    afternoon = FIRST_TURN + 6 * HOUR
    await change(ear, "tip_clocks", hour="15:00", due_at=afternoon)
    assert await enqueue_due(ear, afternoon) == 1
    assert [row["state"] for row in await rows(ear, "deliveries")] == ["queued"]


async def test_who_moves_the_hour_after_todays_tip_gets_no_second_one_today(ear: Ear) -> None:
    await join(ear)
    assert await enqueue_due(ear, FIRST_TURN) == 1
    afternoon = FIRST_TURN + 6 * HOUR
    await change(ear, "tip_clocks", hour="15:00", due_at=afternoon)
    assert await enqueue_due(ear, afternoon) == 0
    assert await enqueue_due(ear, afternoon + DAY) == 1
    slugs = [row["schedule"] for row in await rows(ear, "deliveries")]
    assert slugs == ["use-it-first", "what-the-label-says"]


async def test_a_tip_that_expired_unsent_is_given_another_day(ear: Ear) -> None:
    await join(ear)
    await enqueue_due(ear, FIRST_TURN)
    assert await take(ear, FIRST_TURN + 3 * HOUR) == []
    assert [row["state"] for row in await rows(ear, "outbox")] == ["expired"]
    await change(ear, "members", joined_at=JOINED - 7 * DAY)
    assert await enqueue_due(ear, FIRST_TURN + DAY) == 1
    slugs = [row["schedule"] for row in await rows(ear, "deliveries")]
    assert slugs == ["use-it-first", "what-the-label-says"]


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("tip_clocks", {"paused": True}),
        ("people", {"reach": "blocked"}),
        ("people", {"reach": "gone"}),
        ("members", {"active": False}),
        ("members", {"user_id": None}),
    ],
)
async def test_who_wants_no_tips_or_cannot_be_reached_gets_none(
    ear: Ear, table: str, values: dict[str, object]
) -> None:
    await join(ear)
    await change(ear, table, **values)
    assert await enqueue_due(ear, FIRST_TURN) == 0
    assert await rows(ear, "deliveries") == []


async def test_more_members_than_fit_one_transaction_each_get_theirs(ear: Ear) -> None:
    count = 2 * CLOCKS_PER_UNIT_MAX + 1
    await join(ear, count)
    assert await enqueue_due(ear, FIRST_TURN) == count
    assert len({row["chat_id"] for row in await rows(ear, "outbox")}) == count


async def test_a_newcomers_tip_speaks_of_nothing_sold(ear: Ear) -> None:
    await join(ear)
    await enqueue_due(ear, FIRST_TURN)
    payload = await worded(ear, FIRST_TURN)
    assert payload is not None
    assert payload["text"].startswith("📚 <b>Pakai dulu, baru cerita</b>\n\nIbu Sari, ")
    assert "lihat satu barang dari dekat" in payload["text"]
    assert payload["parse_mode"] == "HTML"
    (row,) = json.loads(payload["reply_markup"])["inline_keyboard"]
    assert row == [{"text": "⏸ Jeda tips", "callback_data": "/tips"}]


async def test_a_tip_speaks_of_the_readers_own_figures_when_it_leaves(ear: Ear) -> None:
    await join(ear, joined_at=JOINED - 3 * DAY)
    await enqueue_due(ear, FIRST_TURN)
    await add_sale(ear)
    await change(ear, "people", language="en")
    payload = await worded(ear, FIRST_TURN)
    assert payload is not None
    assert "you have 1 approved sale, with a retail profit of Rp20,000" in payload["text"]
    assert "take Sabun &lt;Sereh&gt;" in payload["text"]


async def test_a_sale_that_waits_counts_as_the_last_one_but_not_in_the_months_figures(
    ear: Ear,
) -> None:
    await join(ear, joined_at=JOINED - 9 * DAY)
    await enqueue_due(ear, FIRST_TURN)
    await add_sale(ear, status="waiting", day="2026-11-04")
    payload = await worded(ear, FIRST_TURN)
    assert payload is not None
    assert "Penjualan terakhir Anda kemarin." in payload["text"]


async def test_last_months_sale_is_not_this_months(ear: Ear) -> None:
    await join(ear, joined_at=JOINED - 3 * DAY)
    await enqueue_due(ear, FIRST_TURN)
    await add_sale(ear, day="2026-10-30")
    payload = await worded(ear, FIRST_TURN)
    assert payload is not None
    assert "belum ada penjualan yang disetujui" in payload["text"]
    assert "ambil Sabun" in payload["text"]


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("tip_clocks", {"paused": True}),
        ("people", {"reach": "blocked"}),
        ("members", {"active": False}),
        ("members", {"user_id": None}),
    ],
)
async def test_a_tip_stays_here_when_its_reader_changed_since(
    ear: Ear, table: str, values: dict[str, object]
) -> None:
    await join(ear)
    await enqueue_due(ear, FIRST_TURN)
    (letter,) = await take(ear, FIRST_TURN)
    await change(ear, table, **values)
    assert await fill(ear, lambda: FIRST_TURN, letter) is None


async def test_a_tip_stays_here_once_the_sending_hours_are_over(ear: Ear) -> None:
    await join(ear)
    await enqueue_due(ear, FIRST_TURN)
    (letter,) = await take(ear, FIRST_TURN)
    night = FIRST_TURN + 11 * HOUR
    assert await fill(ear, lambda: night, letter) is None
    assert await fill(ear, lambda: night - timedelta(seconds=1), letter) is not None


async def test_a_tip_whose_file_was_taken_away_stays_here(ear: Ear) -> None:
    await join(ear)
    await enqueue_due(ear, FIRST_TURN)
    (letter,) = await take(ear, FIRST_TURN)
    letter.payload["tip"] = "no-such-tip"
    assert await fill(ear, lambda: FIRST_TURN, letter) is None


async def test_blocking_the_bot_stops_the_tip_that_waits(ear: Ear) -> None:
    await join(ear)
    await enqueue_due(ear, FIRST_TURN)
    await ear.database.write(lambda conn: people.reached(conn, 101, "blocked"))
    assert await take(ear, FIRST_TURN) == []


async def test_what_people_wrote_is_blanked_after_a_week_and_forgotten_after_a_month(
    ear: Ear,
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

    await ear.database.write(unit)
    assert not await ear.database.write(lambda conn: inbox.prune(conn, FIRST_TURN))
    left = {row["update_id"]: row["body"] for row in await rows(ear, "inbox")}
    assert left == {2: "words", 3: "", 4: "", 5: "words", 6: "words"}
