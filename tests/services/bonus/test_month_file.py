"""After the close of a month the office gets one file of its credits."""

import csv
import io
from functools import partial
from typing import Any

from sqlalchemy import Connection, text

from bot.runtime.job_runner import JobRunner
from bot.services.bonus import month_file
from bot.services.bonus.close_month import TASKS
from bot.services.bonus.month_file import send_month_file
from bot.store.bonus import closing
from bot.store.db.database import Database
from bot.store.jobs import jobs
from bot.store.jobs.jobs import Job
from bot.store.queue import attachments
from bot.system.clock import SystemClock
from bot.turn.runtime import BotRuntime
from tests.services.bonus.test_announcing import MONTH, NOON, close, enter, messages, runtime
from tests.store.seeding import unguard

__all__ = ["runtime"]


def company(conn: Connection) -> None:
    enter(conn, 1, None, 10, 10_000)
    enter(conn, 2, 1, 4, 40_000)
    conn.execute(text("INSERT INTO roles (user_id, role, granted_at) VALUES (9001, 'admin', 1)"))


async def asked(database: Database) -> Job:
    [job] = await database.read(lambda conn: jobs.latest(conn, 9))
    return job


async def test_the_commit_that_closes_the_month_asks_for_its_file(runtime: BotRuntime) -> None:
    await runtime.database.write(company)
    await runtime.database.write(close_by_steps)
    job = await asked(runtime.database)
    assert (job.kind, job.state, job.wish) == (month_file.KIND, "new", {"period": MONTH})


def close_by_steps(conn: Connection) -> None:
    """Undo the last step of a closing, and take it as the command line does."""
    close(conn)
    unguard(conn, "periods")
    conn.execute(text("UPDATE periods SET state = 'closing', closed_at = NULL"))
    sums = closing.sums(conn, MONTH)
    wish = {"period": MONTH, "credits": sums.credits, "payees": sums.payees, "paid": sums.paid}
    more = {"proved_upto": closing.written_upto(conn, MONTH), "cut": 0}
    done = TASKS["closing finish"](conn, wish | more, NOON)
    assert done == {"fault": None}


async def test_a_month_without_bonuses_has_no_file(runtime: BotRuntime) -> None:
    def idle(conn: Connection) -> None:
        enter(conn, 1, None, 10, 0)
        conn.execute(
            text("INSERT INTO roles (user_id, role, granted_at) VALUES (9001, 'admin', 1)")
        )

    await runtime.database.write(idle)
    await runtime.database.write(close_by_steps)
    work = partial(send_month_file, runtime=runtime, now=lambda: NOON)
    runner = JobRunner(runtime.database, SystemClock(), 1, {month_file.KIND: work})
    assert await runner.next(month_file.KIND)
    assert (await asked(runtime.database)).result == {"lines": 0, "bytes": 0}
    assert await messages(runtime.database) == []


async def test_every_admin_gets_the_file_once_however_often_it_is_made(
    runtime: BotRuntime,
) -> None:
    await runtime.database.write(company)
    await runtime.database.write(close_by_steps)

    async def work(job: Job, progress: Any) -> Any:
        made = await send_month_file(job, progress, runtime=runtime, now=lambda: NOON)
        # Killed after the messages are written and before the row is, the job runs once more.
        assert await send_month_file(job, progress, runtime=runtime, now=lambda: NOON) == made
        return made

    runner = JobRunner(runtime.database, SystemClock(), 1, {month_file.KIND: work})
    assert await runner.next(month_file.KIND)
    job = await asked(runtime.database)
    assert job.state == "done", job.error
    assert (job.result or {})["lines"] == 1
    [message] = [each for each in await messages(runtime.database) if "attachment" in each.payload]
    assert message.chat_id == 9001
    query = text("SELECT digest FROM attachments")
    digest = await runtime.database.read(lambda conn: conn.execute(query).scalar_one())
    name, body = await runtime.database.read(lambda conn: attachments.load(conn, digest))
    assert name == f"bonus-{MONTH}.csv"
    assert list(csv.DictReader(io.StringIO(body.decode()))) == [
        {
            "member": "C0000001",
            "rule": "tim",
            "level": "1",
            "from": "C0000002",
            "bonus_value": "40000",
            "rate_bp": "1000",
            "share": "",
            "amount": "4000",
        }
    ]
