"""The input of a job is stored until the job ends, and no longer; on both engines."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection

from bot.jobs.import_list import entries_of, keep_part
from bot.store.db.database import Database
from bot.store.imports.roster import Entry
from bot.store.jobs import job_inputs, jobs
from bot.store.jobs.jobs import TRIES_MAX
from tests.store.both import DAY, START, in_transaction

HOUR = timedelta(hours=1)
SITI = ("A1", "Siti", "+628121111111", "", "2024-03-01")
BUDI = ("A2", "Budi", "+628122222222", "A1", "2024-03-02")


@in_transaction
def test_parts_come_back_in_their_order_and_the_same_part_again_replaces_it(
    conn: Connection,
) -> None:
    for part in (1, 0, 10, 2):
        job_inputs.keep(conn, "a", part, f"part {part}", START)
    job_inputs.keep(conn, "a", 2, "part two", START)
    job_inputs.keep(conn, "b", 0, "another's", START)
    assert job_inputs.parts(conn, "a") == ["part 0", "part 1", "part two", "part 10"]
    job_inputs.drop(conn, "a")
    assert (job_inputs.parts(conn, "a"), job_inputs.parts(conn, "b")) == ([], ["another's"])


def done(conn: Connection) -> None:
    job = jobs.take(conn, 1, 1, START)
    assert job is not None
    jobs.finish(conn, job, {}, START)


def failed(conn: Connection) -> None:
    job = jobs.take(conn, 1, 1, START)
    assert job is not None
    jobs.fail(conn, job, "no", START)


def given_up(conn: Connection) -> None:
    for epoch in range(1, TRIES_MAX + 2):
        jobs.take(conn, 1, epoch, START)


@pytest.mark.parametrize("ends", [done, failed, given_up])
async def test_with_the_job_its_input_is_gone(
    database: Database, ends: Callable[[Connection], None]
) -> None:
    def unit(conn: Connection) -> None:
        for reference in ("a", "b"):
            job_inputs.keep(conn, reference, 0, "x", START)
            jobs.ask(conn, "test", reference, {}, START)
        taken = jobs.take(conn, 2, 1, START)
        assert taken is not None
        jobs.put_back(conn, taken, counted=True)
        ends(conn)
        assert not job_inputs.parts(conn, "a")
        assert job_inputs.parts(conn, "b") == ["x"], "what waits keeps its own"

    await database.write(unit)


@in_transaction
def test_unused_input_is_deleted_after_a_while(conn: Connection) -> None:
    for reference in ("waits", "done", "unasked"):
        job_inputs.keep(conn, reference, 0, "x", START)
    job_inputs.keep(conn, "new", 0, "x", START + DAY)
    jobs.ask(conn, "test", "done", {}, START)
    done(conn)
    jobs.ask(conn, "test", "waits", {}, START)
    job_inputs.keep(conn, "done", 0, "once more", START)
    assert not job_inputs.any_unasked(conn, START - HOUR)
    assert job_inputs.any_unasked(conn, START + HOUR)
    assert job_inputs.drop_unasked(conn, START + HOUR) == 2
    assert not job_inputs.any_unasked(conn, START + HOUR)
    left = {each for each in ("waits", "done", "unasked", "new") if job_inputs.parts(conn, each)}
    assert left == {"waits", "new"}


@in_transaction
def test_a_list_comes_back_as_it_was_handed_over(conn: Connection) -> None:
    for part, rows in enumerate(([[2, *SITI]], [[3, *BUDI]])):
        keep_part(conn, {"reference": "a", "part": part, "rows": rows}, START)
    assert entries_of(conn, "a") == [Entry(2, *SITI), Entry(3, *BUDI)]


@pytest.mark.parametrize("row", [[], [2], [2, *SITI, "x"], [2, *SITI[:4], None], ["2", *SITI]])
async def test_a_line_of_another_form_is_refused(database: Database, row: list[object]) -> None:
    wish = {"reference": "a", "part": 0, "rows": [row]}
    with pytest.raises(TypeError):
        await database.write(partial(keep_part, wish=wish, now=START))
    assert await database.read(partial(job_inputs.parts, reference="a")) == []
