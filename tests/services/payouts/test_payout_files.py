"""A file of payments is fetched, read and recorded by jobs that may break off at any point."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, text

from bot.core.members.codes import make_code
from bot.services.payouts import payout_files
from bot.services.payouts.payout_files import PayoutFiles
from bot.store.jobs import jobs
from bot.store.jobs.jobs import TRIES_MAX, Job
from bot.store.ledger import posting_audit
from bot.store.payouts import list_files, payout_lists
from bot.system.child_process import JobCrashedError
from bot.turn.runtime import BotRuntime
from tests.services.bonus.test_announcing import NOON, close, enter, messages, runtime, text_of

__all__ = ["runtime"]

LATER = NOON + timedelta(days=40)
ADMIN = 9_001


async def _idle(_step: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


def _company(conn: Connection) -> None:
    """One admin, and two members below who have a bonus."""
    enter(conn, 1, None, 10, 10_000)
    enter(conn, 2, 1, 40, 40_000)
    enter(conn, 3, 2, 40, 40_000)
    enter(conn, 4, 3, 40, 40_000)
    for member_id in range(1, 5):
        code = {"code": make_code(member_id * 7_919), "id": member_id}
        conn.execute(text("UPDATE members SET code = :code WHERE id = :id"), code)
    conn.execute(text("INSERT INTO roles (user_id, role, granted_at) VALUES (9001, 'admin', 1)"))
    close(conn)


def _filled(conn: Connection) -> bytes:
    """The file of a new list with a day in each row."""
    made = payout_lists.make_list(conn, "list", LATER.date(), ADMIN, LATER)
    assert made is not None
    body = list_files.csv_of(made, payout_lists.lines_of(conn, made), "id").decode()
    return body.replace(";;", f";{LATER:%Y-%m-%d};").encode()


async def _job(runtime: BotRuntime, kind: str, **wish: object) -> Job:
    def unit(conn: Connection) -> Job:
        facts = {"by": ADMIN, "file": "F1", **wish}
        job = jobs.find(conn, jobs.ask(conn, kind, f"{kind}:1", facts, LATER))
        assert job is not None
        return job

    return await runtime.database.write(unit)


async def _news(runtime: BotRuntime, user_id: int = ADMIN) -> list[str]:
    """What a person was told."""
    return [text_of(one) for one in await messages(runtime.database) if one.chat_id == user_id]


async def _wallets(runtime: BotRuntime) -> list[int]:
    query = text("SELECT balance FROM accounts WHERE kind = 'wallet' ORDER BY member_id")
    return await runtime.database.read(lambda conn: list(conn.execute(query).scalars()))


async def test_a_file_is_recorded_once_whenever_the_job_breaks_off(runtime: BotRuntime) -> None:
    await runtime.database.write(_company)
    before = await _wallets(runtime)
    body = await runtime.database.write(_filled)

    async def fetch(_file: str, _most: int) -> bytes:
        return body

    files = PayoutFiles(runtime, lambda: LATER, fetch)
    read = await files.read_file(await _job(runtime, payout_files.READ), _idle)
    lines = list(range(2, 2 + len(before)))
    assert read == {"lines": lines, "before": 0, "before_amount": 0}
    job = await _job(runtime, payout_files.RECORD, **read)

    async def broken_off(_step: str, _done: int, _total: int) -> None:
        raise JobCrashedError("the bot was killed")

    with pytest.raises(JobCrashedError):
        await files.record_file(job, broken_off)
    done = await files.record_file(job, _idle)
    assert await files.record_file(job, _idle) == done
    assert done == {"recorded": len(before), "amount": sum(before), "left_out": 0}
    assert await _wallets(runtime) == [0] * len(before)
    assert await runtime.database.read(posting_faults) == []
    told = await _news(runtime, 9_002)
    assert sum("sudah membayar" in words for words in told) == 1
    assert (await _news(runtime))[-1].startswith("✅ Selesai.")


def posting_faults(conn: Connection) -> list[str]:
    return [fault for fault in posting_audit.faults(conn) if "payout" in fault]


async def test_only_what_was_shown_is_recorded(runtime: BotRuntime) -> None:
    """A row that was left out stays so, also if it could be recorded by now."""
    await runtime.database.write(_company)
    body = await runtime.database.write(_filled)

    async def fetch(_file: str, _most: int) -> bytes:
        return body

    files = PayoutFiles(runtime, lambda: LATER, fetch)
    wish = {"lines": [3], "before": 0, "before_amount": 0}
    before = await _wallets(runtime)
    done = await files.record_file(await _job(runtime, payout_files.RECORD, **wish), _idle)
    assert (done["recorded"], done["left_out"]) == (1, 0)
    left = await _wallets(runtime)
    assert sum(each == 0 for each in left) == 1
    assert sum(before) - sum(left) == done["amount"]


async def test_the_days_of_a_file_are_shown_before_it_is_recorded(runtime: BotRuntime) -> None:
    await runtime.database.write(_company)
    body = await runtime.database.write(_filled)

    async def shown(day: date) -> str:
        some = body.replace(b"2027-01-11", day.isoformat().encode(), 1)

        async def fetch(_file: str, _most: int) -> bytes:
            return some

        files = PayoutFiles(runtime, lambda: LATER + timedelta(days=30), fetch)
        job = await _job(runtime, payout_files.READ)
        await files.read_file(replace(job, reference=f"{day}"), _idle)
        return (await _news(runtime))[-1]

    assert "\nTanggal bayarnya 11 Januari 2027." in await shown(date(2027, 1, 11))
    assert "\nTanggal bayarnya 10–11 Januari 2027." in await shown(date(2027, 1, 10))
    assert "\nTanggal bayarnya 11 Jan–1 Februari 2027." in await shown(date(2027, 2, 1))
    assert "\nTanggal bayarnya 11 Desember 2026–11 Januari 2027." in await shown(
        date(2026, 12, 11)
    )


async def test_a_file_that_telegram_lost_is_asked_for_again(runtime: BotRuntime) -> None:
    await runtime.database.write(_company)

    async def gone(_file: str, _most: int) -> None:
        return None

    files = PayoutFiles(runtime, lambda: LATER, gone)
    assert await files.read_file(await _job(runtime, payout_files.READ), _idle) == {}
    assert (await _news(runtime))[-1].startswith("Berkasnya tidak bisa diambil dari Telegram.")


async def test_while_telegram_is_out_of_reach_it_is_tried_again(runtime: BotRuntime) -> None:
    await runtime.database.write(_company)

    async def unreachable(_file: str, _most: int) -> bytes:
        raise JobCrashedError("no connection")

    files = PayoutFiles(runtime, lambda: LATER, unreachable)
    job = await _job(runtime, payout_files.READ)
    with pytest.raises(JobCrashedError):
        await files.read_file(job, _idle)
    assert await _news(runtime) == []
    assert await files.read_file(replace(job, tries=TRIES_MAX), _idle) == {}
    assert (await _news(runtime))[-1].startswith("Berkasnya tidak bisa diambil dari Telegram.")


async def test_an_admin_no_longer_gets_what_only_admins_see(runtime: BotRuntime) -> None:
    await runtime.database.write(_company)
    body = await runtime.database.write(_filled)

    async def fetch(_file: str, _most: int) -> bytes:
        return body

    def revoke(conn: Connection) -> None:
        conn.execute(text("DELETE FROM roles"))

    job = await _job(runtime, payout_files.READ)
    await runtime.database.write(revoke)
    await PayoutFiles(runtime, lambda: LATER, fetch).read_file(job, _idle)
    assert await _news(runtime) == []
