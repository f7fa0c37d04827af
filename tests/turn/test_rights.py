"""A suspended account gets nothing: every notice and task, for each role and each status."""

import ast
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

import bot
from bot.company import load_company
from bot.content import Content
from bot.conversation.late_rendering import fill, rendered
from bot.conversation.registry import FLOWS
from bot.core.conversation.messages import Message
from bot.core.messaging.broadcasts import Audience
from bot.runtime.scheduler import Scheduler
from bot.services.broadcasts.sending import move_broadcasts_on
from bot.services.tips.due import enqueue_due
from bot.store.broadcasts import broadcasts, recipients
from bot.store.db.database import Database
from bot.store.members import cards, members, people, roles
from bot.store.queue import claiming, outcomes
from bot.store.queue.outbox_messages import WITHHELD, OutboxMessage, SendResult, Stay
from bot.store.team import sizes
from bot.turn.notice_list import NOTICES
from bot.turn.notices import send, send_to_admins
from bot.turn.runtime import BotRuntime
from tests.architecture.examples import MESSAGES, examples

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
JOINED = NOON - timedelta(days=1)
TICK = timedelta(seconds=15)
COMPANY = load_company(Path(__file__).parents[2] / "company.sample.toml")
ROOT = Path(bot.__path__[0])

ROLES = ("none", "trainer", "admin")
STATES = ("active", "suspended", "no member")

NOTIFIED = {
    "own": {(role, state) for role in ROLES for state in STATES},
    "team": {(role, "active") for role in ROLES},
    "work": {(role, state) for role in ("trainer", "admin") for state in ("active", "no member")},
    "office": {("admin", state) for state in ("active", "no member")},
}
ACTS = NOTIFIED["work"]
"""Whose broadcasts may leave."""


@dataclass(frozen=True)
class Person:
    """One account in each field of the matrix."""

    role: str
    state: str

    @property
    def user_id(self) -> int:
        return 100 + 10 * ROLES.index(self.role) + STATES.index(self.state)

    def __str__(self) -> str:
        return f"{self.role} {self.state}"


PEOPLE = [Person(role, state) for role, state in product(ROLES, STATES)]
ADMIN = Person("admin", "no member")
READER = 900
OFFICE = next(kind for kind, circle in NOTICES.items() if circle == "office")


@pytest.fixture
async def runtime(database: Database) -> BotRuntime:
    """Every person of the matrix, none suspended yet, and a reader without a role."""
    content = Content(FLOWS, company=COMPANY.name, office=COMPANY.office_contact, bot="bot")
    await database.write(_enter_all)
    return BotRuntime(database, content, COMPANY, "bot", lambda: 1)


def _enter_all(conn: Connection) -> None:
    for person in PEOPLE:
        people.meet(conn, person.user_id, "id", JOINED)
        if person.role != "none":
            roles.grant(conn, person.user_id, person.role, None, JOINED)
        if person.state != "no member":
            _join(conn, person.user_id)
    people.meet(conn, READER, "id", JOINED)
    _join(conn, READER)


def _join(conn: Connection, user_id: int) -> None:
    member_id = members.add(
        conn,
        consents=(),
        reference=f"join{user_id}",
        user_id=user_id,
        code=f"C{user_id:07d}",
        sponsor_id=None,
        name="Sari Dewi",
        title="Ibu",
        phone=f"+62811{user_id:08d}",
        phone_verified=True,
        province="bali",
        zone="Asia/Makassar",
        birth_year=1978,
        joined_at=JOINED,
    )
    sizes.joined(conn, member_id, None, "2026-11")
    members.start_tips(conn, member_id, "13:00", NOON)


async def suspend(runtime: BotRuntime, *, suspended: bool = True) -> None:
    """Suspend the people whose state says so, or activate them again."""

    def unit(conn: Connection) -> None:
        for person in PEOPLE:
            if person.state == "suspended":
                row: Any = members.by_user(conn, person.user_id)
                cards.set_active(conn, row.id, active=not suspended)

    await runtime.database.write(unit)


def notice(kind: type[Message]) -> Message:
    return next(iter(examples(kind)))


async def tell_all(runtime: BotRuntime, message: Message) -> None:
    def unit(conn: Connection) -> None:
        conn.execute(text("DELETE FROM outbox"))
        for person in PEOPLE:
            found = roles.reachable(conn, person.user_id, COMPANY.time_zone)
            assert found is not None
            key = f"told:{person.user_id}"
            send(conn, runtime.content, COMPANY, found, message, key=key, at=NOON)

    await runtime.database.write(unit)


async def notified(runtime: BotRuntime) -> set[tuple[str, str]]:
    """Returns to whom a notice is written."""
    question = text("SELECT DISTINCT chat_id FROM outbox WHERE kind = 'notice'")
    found = await runtime.database.read(lambda conn: set(conn.execute(question).scalars()))
    return {(one.role, one.state) for one in PEOPLE if one.user_id in found}


async def claimed(runtime: BotRuntime) -> list[OutboxMessage]:
    """Returns all open messages, as they leave."""

    def unit(conn: Connection) -> list[OutboxMessage]:
        taken = claiming.claim(conn, NOON, 1, answers=99, bulk=99, excluded=()).outbox_messages
        return [rendered(runtime, now, conn, message) for message in taken]

    return await runtime.database.write(unit)


def now() -> datetime:
    return NOON


async def test_every_notice_goes_only_to_those_who_may_read_it(runtime: BotRuntime) -> None:
    await suspend(runtime)
    for kind, circle in NOTICES.items():
        await tell_all(runtime, notice(kind))
        assert await notified(runtime) == NOTIFIED[circle], kind.__name__


async def test_every_waiting_notice_is_checked_again_when_it_leaves(
    runtime: BotRuntime,
) -> None:
    for kind, circle in NOTICES.items():
        await suspend(runtime, suspended=False)
        await tell_all(runtime, notice(kind))
        written = await notified(runtime)
        await suspend(runtime)
        outbox_messages = {message.chat_id: message for message in await claimed(runtime)}
        left = set()
        for person in PEOPLE:
            message = outbox_messages.get(person.user_id)
            if message is None:
                continue
            if message.method == WITHHELD:
                assert message.payload == {}
                assert isinstance(await fill(runtime, now, message), Stay)
            else:
                left.add((person.role, person.state))
        assert left == NOTIFIED[circle], kind.__name__
        assert written >= left


async def test_a_role_that_is_taken_away_stops_its_waiting_notices(
    runtime: BotRuntime,
) -> None:
    await tell_all(runtime, notice(OFFICE))
    await runtime.database.write(lambda conn: roles.revoke(conn, ADMIN.user_id, "admin"))
    methods = {message.chat_id: message.method for message in await claimed(runtime)}
    assert methods[ADMIN.user_id] == WITHHELD


async def test_a_notice_for_admins_goes_only_to_active_admins(runtime: BotRuntime) -> None:
    await suspend(runtime)
    await runtime.database.write(
        lambda conn: send_to_admins(conn, runtime.content, COMPANY, notice(OFFICE), "k", NOON)
    )
    assert await notified(runtime) == NOTIFIED["office"]


def test_notices_are_written_in_one_place_which_checks_the_rights() -> None:
    """A notice missing from the list cannot be sent; the chats cover every message."""
    writers = {
        file.relative_to(ROOT).as_posix()
        for file in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "kind"
        for each in ast.walk(node.value)
        if isinstance(each, ast.Constant) and each.value == "notice"
    }
    assert writers - {"services/home/command_menu.py"} == {"turn/notices.py"}
    assert set(NOTICES) <= set(MESSAGES.values())


async def plan(runtime: BotRuntime) -> dict[int, Person]:
    """Plan a broadcast by each person; returns the authors by number."""

    def unit(conn: Connection) -> dict[int, Person]:
        return {
            broadcasts.add(
                conn,
                reference=str(person),
                author_id=person.user_id,
                body="Halo {nama}",
                file_id="",
                file_kind="",
                audience=Audience("all"),
                starts_at=NOON,
                at=NOON,
            ): person
            for person in PEOPLE
        }

    return await runtime.database.write(unit)


async def states(
    runtime: BotRuntime, planned: dict[int, Person]
) -> dict[str, set[tuple[str, str]]]:
    """Returns the status of each author's broadcast."""
    found: dict[str, set[tuple[str, str]]] = {}
    for number, person in planned.items():
        one = await runtime.database.read(partial(broadcasts.load, number=number))
        assert one is not None
        found.setdefault(one.state, set()).add((person.role, person.state))
    return found


async def asked(runtime: BotRuntime) -> int:
    """Returns how often an admin was asked what to do with a broadcast."""
    question = text("SELECT count(*) FROM outbox WHERE key LIKE '%:rests:%' AND chat_id = :id")
    found: int = await runtime.database.read(
        lambda conn: conn.execute(question, {"id": ADMIN.user_id}).scalar_one()
    )
    return found


async def test_a_planned_broadcast_leaves_only_while_its_author_may_send_it(
    runtime: BotRuntime,
) -> None:
    planned = await plan(runtime)
    await suspend(runtime)
    assert await move_broadcasts_on(runtime, NOON)
    out = set(product(ROLES, STATES)) - ACTS
    assert await states(runtime, planned) == {"running": ACTS, "paused": out}
    for number, person in planned.items():
        count = await runtime.database.read(partial(recipients.released, broadcast_id=number))
        assert (count > 0) is ((person.role, person.state) in ACTS)
    assert await asked(runtime) == len(out)
    await move_broadcasts_on(runtime, NOON + TICK)
    assert await asked(runtime) == len(out), "once for each"


async def test_messages_of_a_broadcast_are_withheld_when_its_author_is_suspended(
    runtime: BotRuntime,
) -> None:
    """Between two ticks some hundreds are on their way."""
    planned = await plan(runtime)
    await move_broadcasts_on(runtime, NOON)
    await suspend(runtime)
    left: set[tuple[str, str]] = set()
    stayed: set[tuple[str, str]] = set()
    for _ in planned:
        for message in await claimed(runtime):
            if message.kind == "broadcast" and message.chat_id == READER:
                author = planned[int(message.key.split(":")[1])]
                rest = left if message.method == "worded" else stayed
                rest.add((author.role, author.state))
            done = SendResult(message, "sent")
            await runtime.database.write(
                partial(outcomes.record_results, results=[done], now=NOON)
            )
    assert left == ACTS
    assert stayed == {("trainer", "suspended"), ("admin", "suspended")}, "the rest never went out"


async def test_a_broadcast_resumed_by_an_admin_goes_on_while_that_admin_is_active(
    runtime: BotRuntime,
) -> None:
    planned = await plan(runtime)
    await suspend(runtime)
    await move_broadcasts_on(runtime, NOON)
    number = next(n for n, one in planned.items() if str(one) == "trainer suspended")

    def go_on(conn: Connection) -> None:
        assert broadcasts.change_state(conn, number, "paused", "running")
        broadcasts.vouch(conn, number, ADMIN.user_id)

    await runtime.database.write(go_on)
    await move_broadcasts_on(runtime, NOON + TICK)
    assert ("trainer", "suspended") in (await states(runtime, planned))["running"]
    await runtime.database.write(lambda conn: roles.revoke(conn, ADMIN.user_id, "admin"))
    await move_broadcasts_on(runtime, NOON + 2 * TICK)
    assert ("trainer", "suspended") in (await states(runtime, planned))["paused"]


async def test_a_tip_is_for_members_who_are_not_suspended(runtime: BotRuntime) -> None:
    await suspend(runtime)
    await enqueue_due(runtime, NOON)
    question = text("SELECT chat_id FROM outbox WHERE kind = 'tip'")
    found = await runtime.database.read(lambda conn: set(conn.execute(question).scalars()))
    assert found == {READER} | {one.user_id for one in PEOPLE if one.state == "active"}


STEPS = {
    "_report_clock": "a notice",
    "_queue_menus": "by role and standing: tests/services/home/test_menus.py",
    "_begin_estimates": "figures",
    "_read_photos": "photos of sales that the office compares; nobody is told anything",
    "_apply_prices": "the company's, no matter who planned them",
    "_announce_closed": "a notice",
    "_remind_of_closing": "a notice",
    "_tell_office": "a notice",
    "_tell_given_ranks": "a notice",
    "_tell_deliveries": "tests/store/stock",
    "_send_lists": "tests/services/today/test_both_morning.py",
    "_send_tips": "the matrix above",
    "_deliver_relayed": "tests/services/team/test_relaying.py",
    "_send_broadcasts": "the matrix above",
    "_clear_import_leftovers": "the office's, which sent the list",
    "_erase": "who asked for it or has left: tests/store/privacy",
    "_prune": "concerns no person",
}
"""All that the bot does unasked, and what decides whether it may."""


def test_every_step_of_the_scheduler_is_judged(runtime: BotRuntime) -> None:
    class Stopped:
        def now(self) -> datetime:
            return NOON

        def monotonic(self) -> float:
            return 0.0

        def on_change(self, callback: object) -> None:
            pass

    scheduler = Scheduler(runtime, Stopped(), lambda: None)
    names = {step.__name__ for step in (*scheduler.unconditional_steps, *scheduler.clock_steps)}
    assert names == set(STEPS)
