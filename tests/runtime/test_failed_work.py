"""Who waits for long work is told when it fails or is given up, and can have it done again."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.company import load_company
from bot.core.errors import JobError
from bot.runtime.job_kinds import not_done_by_kind, work_by_kind
from bot.runtime.operator_jobs import IMPORT_MEMBERS
from bot.services.sales import photo_reading
from bot.store.bonus import credits_file
from bot.store.jobs.jobs import TRIES_MAX
from bot.store.payouts import list_files
from tests.runtime.test_closing_jobs import GIVEN, rows, say
from tests.stage import SAMPLE, Stage, moment, with_plan

STATES = "SELECT state FROM jobs WHERE reference = 'one'"
MADE = credits_file.make_in_child


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Rina's sales of November bring Sari Rp37.500, and December has begun."""
    company = with_plan(load_company(SAMPLE))
    policy = replace(company.policy, approve_sales=False)
    async with Stage(tmp_path, GIVEN, replace(company, policy=policy)) as stage:
        await stage.app.scheduler.settled()
        for who, line in (("Rina", "J 3 MADU500 Bu Ani"), ("Sari", "J 10 SABUN Bu Tini")):
            await say(stage, who, line)
            await say(stage, who, "ya")
        await stage.move_clock(moment("2026-12-01 20:30 WIB"))
        yield stage


async def _told(stage: Stage, who: str, words: str) -> int:
    """How many messages to this person have these words."""
    query = f"SELECT payload FROM outbox WHERE chat_id = {stage.user(who)}"
    payloads = [json.loads(row.payload) for row in await rows(stage, query)]
    said = [str(each.get("text") or each.get("caption")) for each in payloads]
    return sum(words in each for each in said)


async def _close(stage: Stage) -> None:
    for words in ("/kelola tutup", "/kelola tutupya 1", "37500"):
        await say(stage, "Budi", words)


def _broken(times: int) -> Callable[..., Any]:
    """Fails so often, and then makes the file."""
    left = times

    async def make(*args: Any) -> Any:
        nonlocal left
        left -= 1
        if left >= 0:
            raise JobError("it broke")
        return await MADE(*args)

    return make


async def test_a_month_without_its_file_is_told_to_all_and_made_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credits_file, "make_in_child", _broken(2))
    await _close(stage)
    # Nobody asked for it, so it waits for the sending hours of each.
    assert await _told(stage, "Budi", "tidak jadi dibuat") == 1
    assert await _told(stage, "Maya", "tidak jadi dibuat") == 1
    assert await _told(stage, "Sari", "tidak jadi dibuat") == 0
    await stage.move_clock(moment("2026-12-01 20:35 WIB"))
    await say(stage, "Maya", "/kelola filebulan 2026-11")
    assert await _told(stage, "Maya", "sedang dibuat") == 1
    assert await _told(stage, "Budi", "tidak jadi dibuat") == 2
    await say(stage, "Maya", "/kelola filebulan 2026-11")
    assert await _told(stage, "Budi", "📎 Rincian bonus November 2026") == 1
    await say(stage, "Maya", "/kelola filebulan 2026-11")
    assert await _told(stage, "Maya", "sudah pernah dikirim") == 1
    assert await _told(stage, "Budi", "📎 Rincian bonus November 2026") == 1


async def test_a_month_that_is_not_closed_has_no_file(stage: Stage) -> None:
    wrong = ["2026-12", "2026-13", "bulan lalu", ""]
    for month in wrong:
        await say(stage, "Budi", f"/kelola filebulan {month}")
    assert await _told(stage, "Budi", "belum tutup buku") == len(wrong)
    assert await rows(stage, "SELECT 1 FROM jobs WHERE kind = 'month file'") == []


async def test_a_list_that_fails_is_told_to_who_asked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _close(stage)
    await stage.move_clock(moment("2026-12-20 09:00 WIB"))

    async def broken(*_: Any) -> Any:
        raise JobError("it broke")

    with monkeypatch.context() as patch:
        patch.setattr(list_files, "make_files", broken)
        await say(stage, "Budi", "/kelola daftarbayar")
        await say(stage, "Budi", "ya")
    assert await _told(stage, "Budi", "Daftar pembayaran tidak jadi dibuat") == 1
    assert await _told(stage, "Maya", "Daftar pembayaran tidak jadi dibuat") == 0


@pytest.mark.parametrize(
    ("kind", "words"),
    [("payout file", "tidak jadi dibaca"), ("payout recording", "Kirim lagi berkasnya")],
)
async def test_what_is_given_up_is_told_once(stage: Stage, kind: str, words: str) -> None:
    """The bot was killed each time it had begun, as its next start finds out."""
    row = text(
        "INSERT INTO jobs (kind, reference, wish, state, tries, asked_by, created_at)"
        " VALUES (:kind, 'one', :wish, 'new', :tries, :by, 1)"
    )
    by = stage.user("Budi")
    facts = {"kind": kind, "wish": json.dumps({"by": by, "file": "F"}), "by": by}
    await stage.write(lambda conn: conn.execute(row, {**facts, "tries": TRIES_MAX}))
    stage.app.jobs.wake()
    await stage.settle()
    assert [one.state for one in await rows(stage, STATES)] == ["given_up"]
    assert await _told(stage, "Budi", words) == 1
    assert await _told(stage, "Maya", words) == 0


async def test_each_kind_of_work_that_people_wait_for_tells_them(stage: Stage) -> None:
    runtime, clock = stage.app.runtime, stage.app._parts.clock

    async def fetch(_file: str, _most: int) -> bytes | None:
        return None

    kinds = work_by_kind(runtime, clock, lambda: True, fetch).keys()
    # Who imports members on the command line looks at the job until it has ended; nobody waits
    # for photos to be read, and they are asked for again by the hour.
    assert not_done_by_kind(runtime).keys() == kinds - {IMPORT_MEMBERS, photo_reading.PHOTOS}
