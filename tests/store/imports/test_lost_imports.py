"""An import on a server, where others write between its check and its change."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.cli.imports import member_steps
from bot.core.input.checked_json import integer
from bot.services.office.operator_tasks import TASKS
from bot.store.db.database import Database, open_database
from bot.store.imports import arrival
from bot.store.members import staging
from bot.store.proof.recount import audit_volumes
from tests.store.both import START, ZONE
from tests.store.imports.test_both_imports import (
    LIST,
    begin,
    claims,
    left,
    registers,
    seen,
    taken_over,
    takes_the_freed_number,
)

ON_A_SERVER = pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
SECONDS_MAX = 30
WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
SITI = text("SELECT name, phone, user_id FROM members WHERE number = 'A1'")


async def elsewhere(url: str, unit: Callable[[Connection], None]) -> None:
    """Run a unit on a separate connection."""
    database = open_database(url)
    try:
        await database.write(unit)
    finally:
        await database.close()


@ON_A_SERVER
async def test_a_place_that_is_taken_while_the_list_arrives_is_not_written_over(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begin(database)
    change = arrival._change
    claim: list[Future[None]] = []

    def overtaken(conn: Connection, ending: arrival.Ending) -> None:
        claim.append(apart.submit(asyncio.run, elsewhere(database_url, claims)))
        until = time.monotonic() + SECONDS_MAX
        while not claim[0].done() and not conn.execute(WAITING).scalar_one():
            assert time.monotonic() < until
        change(conn, ending)

    monkeypatch.setattr(arrival, "_change", overtaken)
    with ThreadPoolExecutor(1) as apart:
        done, _ = await taken_over(database)
        lost = await asyncio.to_thread(claim[0].exception, SECONDS_MAX)
    row = await database.read(lambda conn: conn.execute(SITI).one())
    if done:  # the list came first, and the claim finds another number in the place
        assert isinstance(lost, AssertionError)
        assert tuple(row) == (LIST[0].name, LIST[0].phone, None)
    else:
        assert (row.name, row.phone) == ("Siti Aminah", "+628121")
        assert row.user_id is not None
    assert await database.read(partial(audit_volumes, time_zone=ZONE)) == []


@ON_A_SERVER
@pytest.mark.parametrize(
    ("where", "look", "meanwhile"),
    [(staging, "_taken", registers), (arrival, "_stands", takes_the_freed_number)],
)
async def test_a_phone_number_taken_right_after_the_check_is_seen_by_the_second_check(
    database: Database,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    where: Any,
    look: str,
    meanwhile: Callable[[Connection], None],
) -> None:
    await begin(database)
    found = getattr(where, look)
    moment: list[dict[str, Any]] = []

    def overtaken(conn: Connection, *others: Any) -> object:
        answer = found(conn, *others)
        if not moment:
            with ThreadPoolExecutor(1) as apart:
                apart.submit(asyncio.run, elsewhere(database_url, meanwhile)).result(SECONDS_MAX)
            moment.append({})
        return answer

    monkeypatch.setattr(where, look, overtaken)
    monkeypatch.setattr(member_steps, "ROWS_FIRST", 100)  # B5 is among the first
    done, _ = await taken_over(database)
    assert moment
    assert not done
    assert await left(database) == 0
    assert await database.read(partial(audit_volumes, time_zone=ZONE)) == []


async def test_giving_up_keeps_a_list_that_another_command_has_begun(database: Database) -> None:
    await begin(database)
    others: list[int] = []

    async def between(_place: int, task: str) -> None:
        if task == "import members rows" and not others:
            last = await database.read(staging.last_done)
            wish = {"last": last}
            unit = partial(TASKS["import members begin"], wish=wish, now=START)
            others.append(integer(await database.write(unit), "import"))

    before = await database.read(seen)
    done, steps = await taken_over(database, between=between)
    assert not done
    assert "import members give up" in steps.done
    assert await database.write(lambda conn: staging.hold(conn, others[0], START))
    assert await database.read(seen) == before
