"""Who waits for long work is told when it fails or is given up, and can have it done again."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from bot.core.errors import JobError
from bot.jobs.job_names import IMPORT_MEMBERS
from bot.runtime.job_kinds import not_done_by_kind, work_by_kind
from bot.services.sales import photo_reading
from bot.store.bonus import credits_file
from bot.store.jobs.jobs import TRIES_MAX
from bot.store.payouts import list_files
from tests.runtime.test_closing_jobs import december, rows, say
from tests.stage import Stage, moment

__all__ = ["december"]

STATES = "SELECT state FROM jobs WHERE reference = 'one'"
MADE = credits_file.make_in_child


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
    december: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credits_file, "make_in_child", _broken(2))
    await _close(december)
    # Nobody asked for it, so it waits for the sending hours of each.
    assert await _told(december, "Budi", "tidak jadi dibuat") == 1
    assert await _told(december, "Maya", "tidak jadi dibuat") == 1
    assert await _told(december, "Sari", "tidak jadi dibuat") == 0
    await december.move_clock(moment("2026-12-01 20:35 WIB"))
    await say(december, "Maya", "/kelola filebulan 2026-11")
    assert await _told(december, "Maya", "sedang dibuat") == 1
    assert await _told(december, "Budi", "tidak jadi dibuat") == 2
    await say(december, "Maya", "/kelola filebulan 2026-11")
    assert await _told(december, "Budi", "📎 Rincian bonus November 2026") == 1
    await say(december, "Maya", "/kelola filebulan 2026-11")
    assert await _told(december, "Maya", "sudah pernah dikirim") == 1
    assert await _told(december, "Budi", "📎 Rincian bonus November 2026") == 1


async def test_a_month_that_is_not_closed_has_no_file(december: Stage) -> None:
    wrong = ["2026-12", "2026-13", "bulan lalu", ""]
    for month in wrong:
        await say(december, "Budi", f"/kelola filebulan {month}")
    assert await _told(december, "Budi", "belum tutup buku") == len(wrong)
    assert await rows(december, "SELECT 1 FROM jobs WHERE kind = 'month file'") == []


async def test_a_list_that_fails_is_told_to_who_asked(
    december: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _close(december)
    await december.move_clock(moment("2026-12-20 09:00 WIB"))

    async def broken(*_: Any) -> Any:
        raise JobError("it broke")

    with monkeypatch.context() as patch:
        patch.setattr(list_files, "make_files", broken)
        await say(december, "Budi", "/kelola daftarbayar")
        await say(december, "Budi", "ya")
    assert await _told(december, "Budi", "Daftar pembayaran tidak jadi dibuat") == 1
    assert await _told(december, "Maya", "Daftar pembayaran tidak jadi dibuat") == 0


@pytest.mark.parametrize(
    ("kind", "words"),
    [("payout file", "tidak jadi dibaca"), ("payout recording", "Kirim lagi berkasnya")],
)
async def test_what_is_given_up_is_told_once(december: Stage, kind: str, words: str) -> None:
    """The bot was killed each time it had begun, as its next start finds out."""
    row = text(
        "INSERT INTO jobs (kind, reference, wish, state, tries, asked_by, created_at)"
        " VALUES (:kind, 'one', :wish, 'new', :tries, :by, 1)"
    )
    by = december.user("Budi")
    facts = {"kind": kind, "wish": json.dumps({"by": by, "file": "F"}), "by": by}
    await december.write(lambda conn: conn.execute(row, {**facts, "tries": TRIES_MAX}))
    december.app.jobs.wake()
    await december.settle()
    assert [one.state for one in await rows(december, STATES)] == ["given_up"]
    assert await _told(december, "Budi", words) == 1
    assert await _told(december, "Maya", words) == 0


async def test_each_kind_of_work_that_people_wait_for_tells_them(december: Stage) -> None:
    runtime, clock = december.app.runtime, december.app._parts.clock

    async def fetch(_file: str, _most: int) -> bytes | None:
        return None

    kinds = work_by_kind(runtime, clock, lambda: True, fetch).keys()
    # Who imports members on the command line looks at the job until it has ended; nobody waits
    # for photos to be read, and they are asked for again by the hour.
    assert not_done_by_kind(runtime).keys() == kinds - {IMPORT_MEMBERS, photo_reading.PHOTOS}
