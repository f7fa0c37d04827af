"""A list of members is imported in steps, and at each step others see all of it or nothing.

The steps are those of the command, on SQLite and on PostgreSQL; between any two of them the
database is read as other users would read it.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice, pairwise
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.cli.imports import member_steps
from bot.core.plans import Rank, Unilevel, Version
from bot.services.members.import_leftovers import empty_lists
from bot.services.office.operator_tasks import TASKS
from bot.store.bonus import bonus_credits
from bot.store.db.database import Database
from bot.store.imports import arrival, counter_growth, leftovers, roster, roster_plan
from bot.store.imports.counter_growth import Grown
from bot.store.imports.roster import Entry
from bot.store.imports.roster_plan import ImportPlan
from bot.store.ledger import snapshots
from bot.store.members import cards, members, profiles, roles, staging
from bot.store.members import unclaimed as places
from bot.store.members.staging import Counts, Newcomer
from bot.store.proof.recount import audit_volumes
from bot.store.team import search, sizes, walk
from tests.store.both import ACCOUNT, DAY, MONTH, START, ZONE, in_transaction, join, sell, stock
from tests.store.imports import plain_import

OLD = [
    Entry(2, "A1", "Siti Aminah", "+628121", "", "2026-10-31"),
    Entry(3, "A2", "Budi Santoso", "+628122", "A1", "2026-10-31"),
]
LIST = [
    replace(OLD[0], name="Siti Nurhaliza", phone="+628129"),
    replace(OLD[1], phone="+628121"),
    Entry(4, "B1", "Siti Rohani", "+628131", "A2", "2026-11-01"),
    Entry(5, "B2", "Rina Marlina", "+628132", "B1", "2026-10-31"),
    Entry(6, "B3", "Joko Susilo", "+628122", "OLD-2", "2026-09-30"),
    Entry(7, "B4", "Siti Maryam", "+628134", "", "2026-11-01"),
    Entry(8, "B5", "Siti Fatimah", "+628135", "B4", "2026-11-01"),
]
"""Two changes, one with the other's number, and five newcomers; B3 has that of A2."""

PHONES = [f"+62812{last}" for last in (1, 2, 9)] + [f"+62813{last}" for last in (1, 2, 4, 5)]
NUMBERS = [entry.number for entry in LIST]
RANKED = Version("2026-01", (Unilevel("tim", (), (1_000,)),), (Rank("perak", group_points=20),))
"""A plan that looks at the months before as well."""

COUNTERS = text("""
    SELECT m.phone, v.period, v.team_joined
    FROM volumes AS v JOIN members AS m ON m.id = v.member_id
    WHERE v.team_joined <> 0 AND m.sponsor_id IS NULL AND m.user_id IS NOT NULL
    ORDER BY m.phone, v.period
""")
NOVEMBER, OCTOBER = 1_793_500_000_000_000, 1_793_000_000_000_000
CODES = text("SELECT code FROM members WHERE number IS NOT NULL ORDER BY id")


class Killed(Exception):  # noqa: N818
    """The command, or the bot, ended here."""


class Steps:
    """Does what the command asks of an open database, from the thread of the command."""

    def __init__(self, database: Database, between: Callable[[int, str], Awaitable[None]]) -> None:
        self._database = database
        self._between = between
        self._loop = asyncio.get_running_loop()
        self.done: list[str] = []

    def do(self, task: str, wish: dict[str, Any]) -> dict[str, Any]:
        """Take one step, and read the database before and after it."""
        return asyncio.run_coroutine_threadsafe(self._do(task, wish), self._loop).result()

    async def _do(self, task: str, wish: dict[str, Any]) -> dict[str, Any]:
        await self._between(len(self.done), task)
        self.done.append(task)
        sent = json.loads(json.dumps(wish))
        return await self._database.write(partial(TASKS[task], wish=sent, now=START))


async def look_on(_place: int, _task: str) -> None:
    """Nothing happens between two steps."""


async def taken_over(
    database: Database,
    entries: Sequence[Entry] = LIST,
    between: Callable[[int, str], Awaitable[None]] = look_on,
) -> tuple[bool, Steps]:
    """Whether the list was taken over, as the command does it, and the steps."""
    plan: ImportPlan = await database.read(
        partial(roster_plan.make_plan, entries=entries, time_zone=ZONE, seed="s", now=START)
    )
    assert not plan.found.clashes
    steps = Steps(database, between)
    done = await asyncio.to_thread(member_steps.import_plan, steps, plan, ZONE, language="id")  # type: ignore[arg-type]
    return done, steps


@pytest.fixture(autouse=True)
def _one_row_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Returns the largest possible number of steps."""
    for name in ("ROWS_FIRST", "ROWS_MIN", "ROWS_MAX", "EMPTIED_PER_STEP"):
        monkeypatch.setattr(member_steps, name, 1)


async def begin(database: Database) -> None:
    """Enter three members with accounts, one below the other, and two unclaimed ones."""

    def unit(conn: Connection) -> None:
        join(conn, [None, 1, 2])
        conn.exec_driver_sql("UPDATE members SET number = 'OLD-2' WHERE id = 2")
        sell(conn, 2, stock(conn)[0])
        plain_import.take_over(conn, OLD, ZONE, seed="old", now=START)

    await database.write(unit)


def seen(conn: Connection) -> dict[str, Any]:
    """Returns all that others can see of members, by every query they have."""
    found: dict[str, Any] = {
        "audit": audit_volumes(conn, ZONE),
        "counters": [tuple(row) for row in conn.execute(COUNTERS)],
        "closing": list(snapshots.of_company(conn, MONTH, RANKED).sponsors),
        "large": bonus_credits.large_teams(conn, 0),
        "sizes": [walk.size(conn, member_id) for member_id in (1, 2, 3)],
        "names": cards.named(conn, ["siti"], 20),
        "team": search.named(conn, 1, ["s"], rows=9, skip=0),
        "booked": len(roster.MemberIndex(conn, ZONE).by_id),
    }
    for phone in PHONES:
        found[phone] = (
            members.phone_holder(conn, phone),
            places.waiting(conn, phone),
            cards.by_number(conn, phone, ""),
        )
    for number in NUMBERS:
        found[number] = cards.by_number(conn, "", number)
    for code in conn.execute(CODES).scalars():
        found[code] = (
            members.by_code(conn, code),
            cards.by_code(conn, code),
            roles.by_code(conn, code),
        )
    return {key: value for key, value in found.items() if value != (None, None, None)}


def state(conn: Connection) -> list[list[tuple[Any, ...]]]:
    """Returns counters and search words of the visible members, by their phone numbers."""
    unseen = staging.hidden(conn)
    queries = (
        """SELECT m.id, m.phone, s.phone, m.name, m.number, m.joined_at FROM members AS m
           LEFT JOIN members AS s ON s.id = m.sponsor_id""",
        """SELECT m.id, m.phone, t.size, t.legs FROM teams AS t
           JOIN members AS m ON m.id = t.member_id""",
        """SELECT m.id, m.phone, v.period, v.team_joined FROM volumes AS v
           JOIN members AS m ON m.id = v.member_id WHERE v.team_joined <> 0""",
        """SELECT m.id, m.phone, w.word FROM member_words AS w
           JOIN members AS m ON m.id = w.member_id""",
    )
    return [
        sorted(tuple(row[1:]) for row in conn.execute(text(query)) if row[0] not in unseen)
        for query in queries
    ]


async def wanted(database: Database) -> list[list[tuple[Any, ...]]]:
    """Returns the result of one unit that does all of it, rolled back afterwards."""

    class Enough(Exception):  # noqa: N818
        """Rolls the unit back."""

    found: list[Any] = []

    def unit(conn: Connection) -> None:
        plain_import.take_over(conn, LIST, ZONE, seed="other", now=START)
        found.extend(state(conn))
        raise Enough

    with pytest.raises(Enough):
        await database.write(unit)
    return found


async def left(database: Database) -> int:
    """Returns how many rows of unseen members still hold personal data."""
    query = text("SELECT id FROM members WHERE name <> '' OR number <> '' OR sponsor_id > 0")
    filled = await database.read(lambda conn: conn.execute(query).scalars().all())
    named = len(set(filled) & await database.read(staging.hidden))
    kept = text(
        "SELECT (SELECT count(*) FROM import_teams) + (SELECT count(*) FROM import_months)"
    )
    rows: int = await database.read(lambda conn: conn.execute(kept).scalar_one())
    return named + rows


async def test_at_every_step_others_see_all_of_the_list_or_nothing(database: Database) -> None:
    await begin(database)
    ought = await wanted(database)
    looks: list[dict[str, Any]] = []

    async def look(_place: int, _task: str) -> None:
        looks.append(await database.read(seen))

    before = await database.read(seen)
    done, steps = await taken_over(database, between=look)
    assert done
    last = steps.done.index("import members finish") + 1
    assert len(looks) > 15
    assert all(look == before for look in looks[:last])
    after = await database.read(seen)
    assert all({key: look.get(key) for key in after} == after for look in looks[last:])
    assert after != before
    assert (before["audit"], after["audit"]) == ([], [])
    assert await database.read(state) == ought
    assert await left(database) == 0


async def test_an_import_killed_at_any_step_and_run_again_has_the_same_result(
    database: Database,
) -> None:
    await begin(database)
    ought, before = await wanted(database), await database.read(seen)
    ended = False
    places = 0
    while not ended:

        async def killed(place: int, _task: str, at: int = places) -> None:
            if place == at:
                raise Killed

        try:
            ended, _ = await taken_over(database, between=killed)
        except Killed:
            found = await database.read(seen)
            if found != before:  # killed during the clean-up
                assert await database.read(state) == ought
                return
        places += 1
    assert places > 15
    assert await database.read(state) == ought
    assert await database.read(partial(audit_volumes, time_zone=ZONE)) == []
    assert await left(database) == 0
    again = await database.read(partial(plain_import.compare, entries=LIST, time_zone=ZONE))
    assert (again.added, again.changed, again.same) == ([], {}, len(LIST))


async def test_a_step_that_is_repeated_changes_nothing(database: Database) -> None:
    await begin(database)
    ought = await wanted(database)

    class Twice(Steps):
        async def _do(self, task: str, wish: dict[str, Any]) -> dict[str, Any]:
            first = await super()._do(task, wish)
            if task.endswith(("rows", "counts", "growth")):
                assert await super()._do(task, wish) == first
            return first

    plan = await database.read(
        partial(roster_plan.make_plan, entries=LIST, time_zone=ZONE, seed="s", now=START)
    )
    steps: Any = Twice(database, look_on)
    assert await asyncio.to_thread(member_steps.import_plan, steps, plan, ZONE, language="id")
    assert await database.read(state) == ought


def registers(conn: Connection) -> None:
    """A newcomer comes with the number of B5."""
    join_as(conn, 9, "+628135")


def changes_phone(conn: Connection) -> None:
    """A member takes the number of B1."""
    profiles.set_phone(conn, 3, "+628131", verified=True)


def takes_the_freed_number(conn: Connection) -> None:
    """A newcomer comes with the number that A1 would get."""
    join_as(conn, 9, "+628129")


def claims(conn: Connection) -> None:
    """A1 takes the place, and looks after the name from then on."""
    place = places.waiting(conn, "+628121")
    assert place is not None
    places.claim(
        conn, place.id, user_id=ACCOUNT + 9, phone="+628121", title="Ibu", province="bali",
        zone=ZONE, birth_year=1978,
    )  # fmt: skip


def moves(conn: Connection) -> None:
    """The sponsor of the list's sponsor is moved below another member."""
    conn.exec_driver_sql("UPDATE members SET sponsor_id = NULL WHERE id = 2")
    conn.exec_driver_sql("UPDATE teams SET size = 0, legs = 0 WHERE member_id = 1")


def join_as(conn: Connection, place: int, phone: str) -> None:
    members.add(
        conn, consents=(), reference=f"r{place}", user_id=ACCOUNT + place, code=f"C{place:07d}",
        sponsor_id=None, name="Mitra", title="Ibu", phone=phone, phone_verified=True,
        province="bali", zone=ZONE, birth_year=1978, joined_at=START,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("meanwhile", "clashes"),
    [
        (registers, ["phone"]),
        (changes_phone, ["phone"]),
        (takes_the_freed_number, ["phone"]),
        (claims, ["phone"]),
        (moves, []),
    ],
)
@pytest.mark.parametrize("task", ["rows", "finish"])
async def test_a_conflicting_change_meanwhile_stops_the_whole_import_with_a_reason(
    database: Database, task: str, meanwhile: Callable[[Connection], None], clashes: list[str]
) -> None:
    await begin(database)
    moment: list[dict[str, Any]] = []

    async def between(_place: int, name: str) -> None:
        if name == f"import members {task}" and not moment:
            await database.write(meanwhile)
            moment.append(await database.read(seen))

    done, _ = await taken_over(database, between=between)
    assert not done
    assert await database.read(seen) == moment[0]
    assert await left(database) == 0
    found = await database.read(partial(plain_import.compare, entries=LIST, time_zone=ZONE))
    assert [clash.what for clash in found.clashes] == clashes


async def test_another_list_imported_meanwhile_stops_this_one(
    database: Database,
) -> None:
    await begin(database)
    other = [Entry(2, "B4", "Siti Maryam", "+628134", "", "2026-11-01")]
    for task in ("begin", "rows", "finish"):
        found: list[bool] = []

        async def between(
            _place: int, name: str, at: str = f"import members {task}", found: list[bool] = found
        ) -> None:
            if name == at and not found:
                found.append(True)
                entry = replace(other[0], number=f"{at}", phone=f"+62899{len(at)}")
                assert (await taken_over(database, [entry]))[0]

        done, _ = await taken_over(database, between=between)
        assert not done
        assert await left(database) == 0
        assert await database.read(partial(audit_volumes, time_zone=ZONE)) == []
    assert (await taken_over(database))[0]


async def test_an_abandoned_list_is_emptied_bit_by_bit(database: Database) -> None:
    await begin(database)

    async def killed(_place: int, task: str) -> None:
        if task == "import members finish":
            raise Killed

    with pytest.raises(Killed):
        await taken_over(database, between=killed)
    assert await empty_lists(database, START) == 0
    assert not await database.read(lambda conn: leftovers.any_left(conn, START - DAY))
    assert not await database.write(lambda conn: leftovers.mark_abandoned(conn, START - DAY))
    assert await database.write(lambda conn: leftovers.empty_some(conn, 9)) == 0
    assert await empty_lists(database, START + DAY) == 5
    assert await empty_lists(database, START + DAY) == 0
    assert await left(database) == 0
    hidden = await database.read(staging.hidden)
    assert (await taken_over(database))[0]
    assert len(hidden) == 5
    assert await database.read(staging.hidden) == frozenset()  # the empty ones were used again


async def test_each_step_is_small_and_others_get_a_turn_between_any_two(
    database_url: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not database_url.startswith("sqlite"):
        return  # on a server no unit waits for another
    for name in ("ROWS_FIRST", "ROWS_MIN", "ROWS_MAX", "EMPTIED_PER_STEP"):
        monkeypatch.setattr(member_steps, name, 50)
    await begin(database)
    chain = [
        Entry(each, f"M{each}", "Siti Aminah", f"+62877{each}", f"M{each - 1}" if each > 2 else
              "A2", f"20{10 + each % 16}-{1 + each % 12:02d}-01")
        for each in range(2, 600)
    ]  # fmt: skip
    written: list[int] = []

    async def between(_place: int, _task: str) -> None:
        written.append(await database.write(changes))

    done, steps = await taken_over(database, chain, between)
    written.append(await database.write(changes))
    assert done
    work = [after - before for before, after in pairwise(written)]
    assert len(steps.done) > 100
    assert max(work) <= 50 * 4
    end = steps.done.index("import members finish")
    assert work[end] < 50 * 4


def changes(conn: Connection) -> int:
    """Returns how many rows were ever written; a small unit."""
    driver: Any = conn.connection.driver_connection
    conn.exec_driver_sql("UPDATE members SET title = title WHERE id = 1")
    found: int = driver.total_changes
    return found


async def test_a_list_too_large_for_one_step_is_known_beforehand(database: Database) -> None:
    await begin(database)
    plan = await database.read(
        partial(roster_plan.make_plan, entries=LIST, time_zone=ZONE, seed="s", now=START)
    )
    assert plan.ending.work == plan.ending.grown + 3 * 8 + 2 * 12
    await database.write(lambda conn: staging.begin(conn, 0, START))
    refused = arrival.Ending(total=0, grown=1)
    assert not await database.write(lambda conn: arrival.arrive(conn, 1, refused, START))
    assert await database.write(
        lambda conn: arrival.arrive(conn, 1, replace(refused, grown=0), START)
    )


@in_transaction
def test_the_steps_by_themselves(conn: Connection) -> None:
    join(conn, [None])
    database = roster.MemberIndex(conn, ZONE)
    entries = [replace(LIST[2], sponsor=""), LIST[3]]
    assert roster.compare_with(database, entries).added == entries
    codes = list(islice(roster.codes("s", set(database.by_code)), 2))
    number = staging.begin(conn, staging.last_done(conn), START)
    assert number is not None
    assert staging.hold(conn, number, START)
    top, below = (
        Newcomer(each.number, code, each.sponsor, each.name, each.phone, joined)
        for each, code, joined in zip(entries, codes, (NOVEMBER, OCTOBER), strict=True)
    )
    assert staging.add_members(conn, number, [top, below], ZONE, START)
    sponsors: dict[int | str, int | str | None] = {"B1": 1, "B2": "B1", 1: None}
    months: dict[int | str, str] = {"B1": MONTH, "B2": "2026-10"}
    grown = list(sizes.counted(sponsors, months))
    assert [(key, each.size, each.legs) for key, each, _ in grown] == [
        ("B2", 0, 0), ("B1", 1, 1), (1, 2, 1),
    ]  # fmt: skip
    counts = [Counts(str(key), each.size, each.legs, team) for key, each, team in grown[:2]]
    assert staging.add_counts(conn, number, counts, START)
    more = grown[2][1]
    assert counter_growth.keep(
        conn, number, [Grown(1, 0, more.size, more.legs, grown[2][2])], START
    )
    assert staging.hidden(conn) == {2, 3}
    assert audit_volumes(conn, ZONE) == []
    assert not counter_growth.stands(conn, number, 2)
    assert counter_growth.stands(conn, number, 3)
    ending = arrival.Ending(total=2, grown=3, links=[("B1", 1)])
    assert arrival.arrive(conn, number, ending, START)
    assert audit_volumes(conn, ZONE) == []
    assert counter_growth.forget_some(conn, 9) == 3
    counter_growth.add_up(conn, number)
    assert audit_volumes(conn, ZONE) == []
    staging.yield_phone(conn, LIST[2].phone)
    assert members.phone_holder(conn, LIST[2].phone) is not None
    second = staging.begin(conn, number, START)
    assert second is not None
    assert staging.begin(conn, second, START) is None
    staging.give_up(conn, number)
    assert staging.hold(conn, second, START)
    staging.give_up(conn, second)
    assert not staging.hold(conn, second, START)
