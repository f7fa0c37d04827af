"""The photos of sales are fetched by a job, and none that can be had is ever left out."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import Connection, text

from bot.company.model import NO_PLAN
from bot.services.privacy.pruning import prune
from bot.services.sales import decision, photo_reading
from bot.services.sales.photo_reading import PhotoReading, catch_up
from bot.store.jobs import jobs
from bot.store.jobs.jobs import Job
from bot.system.child_process import JobCrashedError
from tests.services.harness import Harness
from tests.services.receipts.crowd import JOKO, enter_admin
from tests.services.sales.company import BUDI, SARI, harness

__all__ = ["harness"]

ONE, OTHER = b"one picture", b"another picture"


class Telegram:
    """The files that Telegram has, by their ids; None for those it has no more."""

    def __init__(self) -> None:
        self.files: dict[str, bytes | None] = {}
        self.down = False
        self.slow: set[str] = set()
        self.asked: list[str] = []

    async def fetch(self, file_id: str, bytes_max: int) -> bytes | None:
        assert bytes_max == 20 * 1024 * 1024
        self.asked.append(file_id)
        if self.down or file_id in self.slow:
            raise JobCrashedError("a file cannot be fetched: TimedOut")
        return self.files[file_id]


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


async def _idle(_step: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


async def _sold(harness: Harness, telegram: Telegram, key: str, body: bytes | None) -> None:
    """A sale of Sari's with a photo."""
    await harness.say(SARI, f"J 1 SABUN Bu {key}")
    await harness.photo(SARI, key)
    [row] = await harness.rows("SELECT max(id) AS id FROM inbox")
    telegram.files[f"{key}-{row.id}"] = body
    await harness.say(SARI, "ya")
    assert "Tercatat" in await harness.last(SARI)


async def _run(harness: Harness, telegram: Telegram) -> object:
    """Run the job that was asked for last; returns how many photos it has read."""

    def latest(conn: Connection) -> Job:
        return jobs.latest(conn, 1)[0]

    job = await harness.runtime.database.read(latest)
    assert job.kind == photo_reading.PHOTOS
    assert job.wish == {}, "nothing about a person stays with a job"
    reading = PhotoReading(harness.runtime, lambda: harness.at, telegram.fetch)
    return (await reading.read_due(job, _idle))["read"]


async def _digests(harness: Harness) -> list[str]:
    rows = await harness.rows("SELECT digest FROM photo_digests ORDER BY sale_id")
    return [row.digest for row in rows]


async def test_a_turn_asks_and_the_job_reads_and_a_sale_without_a_photo_asks_for_nothing(
    harness: Harness, telegram: Telegram
) -> None:
    await harness.say(SARI, "J 1 SABUN Bu Ani")
    await harness.say(SARI, "ya")
    assert await harness.rows("SELECT 1 FROM jobs") == []
    await _sold(harness, telegram, "a", ONE)
    assert await _digests(harness) == []
    assert await _run(harness, telegram) == 1
    assert await _digests(harness) == [hashlib.sha256(ONE).hexdigest()]
    assert await _run(harness, telegram) == 0
    assert len(telegram.asked) == 1


async def test_until_its_photo_was_compared_a_sale_is_left_out_with_the_reason(
    harness: Harness, telegram: Telegram
) -> None:
    await _sold(harness, telegram, "a", ONE)
    await harness.say(BUDI, "/setujui semua")
    assert "Foto notanya belum selesai dibandingkan" in await harness.last(BUDI)
    await _run(harness, telegram)
    await harness.say(BUDI, "/setujui semua")
    assert "<b>1</b> penjualan sekaligus" in await harness.last(BUDI)


async def test_a_photo_that_telegram_no_longer_has_is_not_called_compared(
    harness: Harness, telegram: Telegram
) -> None:
    await _sold(harness, telegram, "a", None)
    await _sold(harness, telegram, "b", None)
    assert await _run(harness, telegram) == 2
    assert await _digests(harness) == ["", ""]
    await harness.say(BUDI, "/setujui semua")
    shown = await harness.last(BUDI)
    assert shown.count("Foto notanya tidak bisa kami bandingkan") == 2
    assert "sama dengan" not in shown


async def test_a_sale_approved_before_its_photo_came_still_gives_a_later_one_away(
    harness: Harness, telegram: Telegram
) -> None:
    await _sold(harness, telegram, "a", ONE)
    await harness.say(BUDI, "/setujui S-1001")
    assert "belum selesai dibandingkan" in (await harness.last(BUDI))
    await harness.tap(BUDI, "✅ Setujui")
    await _sold(harness, telegram, "b", ONE)
    assert await _run(harness, telegram) == 2
    await harness.say(BUDI, "/setujui S-1002")
    assert "Foto notanya sama dengan foto S-1001" in await harness.last(BUDI)


async def test_one_slow_photo_keeps_no_other_one_waiting_and_is_tried_again(
    harness: Harness, telegram: Telegram
) -> None:
    for key in ("a", "b", "c"):
        await _sold(harness, telegram, key, key.encode())
    telegram.slow = {next(iter(telegram.files))}
    with pytest.raises(JobCrashedError, match=r"^1 photos cannot be fetched$"):
        await _run(harness, telegram)
    assert len(await _digests(harness)) == 2
    telegram.slow = set()
    assert await _run(harness, telegram) == 1


async def test_while_telegram_is_down_few_are_tried_and_the_hour_asks_again(
    harness: Harness, telegram: Telegram
) -> None:
    for key in ("ani", "rina", "nur", "wati", "yanti"):
        await _sold(harness, telegram, key, key.encode())
    telegram.down = True
    with pytest.raises(JobCrashedError):
        await _run(harness, telegram)
    assert len(telegram.asked) == 3
    before = len(await harness.rows("SELECT id FROM jobs"))
    for minutes in (0, 1, 61):
        await catch_up(harness.runtime, harness.at + timedelta(minutes=minutes))
    assert len(await harness.rows("SELECT id FROM jobs")) == before + 2
    telegram.down = False
    assert await _run(harness, telegram) == 5
    await catch_up(harness.runtime, harness.at + timedelta(hours=3))
    assert len(await harness.rows("SELECT id FROM jobs")) == before + 2


async def test_the_digest_of_a_decided_sale_goes_after_the_days_that_are_set(
    harness: Harness, telegram: Telegram
) -> None:
    await _sold(harness, telegram, "a", ONE)
    await _sold(harness, telegram, "b", OTHER)
    await _run(harness, telegram)

    def approve(conn: Connection) -> None:
        assert decision.decide(conn, 1, "waiting", "approved", BUDI, harness.at, plan=NO_PLAN)

    await harness.runtime.database.write(approve)
    days = timedelta(days=harness.runtime.company.retention.photo_digests_days + 1)
    await prune(harness.runtime, harness.at)
    assert len(await _digests(harness)) == 2
    await prune(harness.runtime, harness.at + days)
    assert await _digests(harness) == [hashlib.sha256(OTHER).hexdigest()]
    before = await harness.rows("SELECT id FROM jobs")
    await catch_up(harness.runtime, harness.at + days)
    assert await harness.rows("SELECT id FROM jobs") == before, "none is due any more"


async def test_a_digest_that_arrives_while_all_are_asked_about_is_asked_about_again(
    harness: Harness, telegram: Telegram
) -> None:
    await harness.runtime.database.write(lambda conn: enter_admin(conn, harness))
    await harness.say(SARI, "J 1 SABUN Bu Ani")
    await harness.say(SARI, "ya")
    await _sold(harness, telegram, "a", ONE)
    await harness.say(JOKO, "/setujui semua")
    assert "<b>1</b> penjualan sekaligus" in await harness.last(JOKO)
    await _run(harness, telegram)
    await harness.tap(JOKO, "✅ Ya, semua")
    assert "<b>2</b> penjualan sekaligus" in await harness.last(JOKO)
    waits = text("SELECT count(*) FROM sales WHERE status = 'waiting'")
    assert await harness.runtime.database.read(lambda conn: conn.execute(waits).scalar()) == 2


async def test_of_the_jobs_before_no_row_is_kept(harness: Harness, telegram: Telegram) -> None:
    await _sold(harness, telegram, "ani", ONE)
    await harness.runtime.database.write(
        lambda conn: conn.execute(text("UPDATE jobs SET state = 'done', ended_at = 1"))
    )
    await _sold(harness, telegram, "rina", OTHER)
    assert len(await harness.rows("SELECT id FROM jobs")) == 2
    assert await _run(harness, telegram) == 2
    assert [row.state for row in await harness.rows("SELECT state FROM jobs")] == ["new"]
