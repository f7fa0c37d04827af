"""Long work in a child process: whatever dies, the bot goes on and the work is done in the end."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import JobError
from bot.runtime import job_runner
from bot.runtime.job_runner import JobRunner
from bot.store.db.database import Database, StoreUnavailableError, open_database
from bot.store.jobs import jobs
from bot.store.jobs.jobs import TRIES_MAX, Job
from bot.system.child_process import JobCrashedError, Limits, run_child
from bot.system.clock import SystemClock
from tests.blank import blank_file
from tests.cli.office import PROJECT
from tests.runtime import job_children
from tests.runtime.job_children import LIMITS, MODULE

SECONDS_MAX = 50
CLOCK = SystemClock()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{blank_file(tmp_path)}"


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    database = open_database(url)
    yield database
    await database.close()


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_runner, "RETRY_SECONDS", 0)


def runner(database: Database, epoch: int = 1, **kinds: Any) -> JobRunner:
    return JobRunner(database, CLOCK, epoch, kinds or {"test": job_children.work})


async def ask(database: Database, reference: str, **wish: Any) -> int:
    return await database.write(
        lambda conn: jobs.ask(conn, "test", reference, wish, CLOCK.now(), None)
    )


async def found(database: Database, job_id: int) -> Job:
    job = await database.read(lambda conn: jobs.find(conn, job_id))
    assert job is not None
    return job


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(SECONDS_MAX):
        while not true():
            await asyncio.sleep(0.01)


def is_alive(pid: int) -> bool:
    """Whether it runs; a process that ended but was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def number_in(file: Path) -> int | None:
    said = file.read_text("ascii") if file.exists() else ""
    return int(said) if said else None


async def test_a_child_reports_its_progress_and_its_result() -> None:
    steps = []

    async def progress(step: str, done: int, total: int) -> None:
        steps.append((step, done, total))

    result = await run_child(MODULE, {"task": "add up", "upto": 5}, LIMITS, progress)
    assert result["sum"] == 10
    assert result["pid"] != os.getpid()
    assert steps == [("step 0", 0, 5), ("step 1", 2, 5), ("step 2", 4, 5)]


async def test_the_parent_writes_what_a_child_wants_written() -> None:
    asked = []

    async def answer(task: str, wish: Mapping[str, Any]) -> dict[str, Any]:
        asked.append((task, wish))
        return {"word": "and back"}

    result = await run_child(MODULE, {"task": "say", "word": "there"}, LIMITS, answer=answer)
    assert asked == [("echo", {"word": "there"})]
    assert result == {"heard": {"word": "and back"}}


async def test_a_child_that_takes_too_much_time_is_killed(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    with pytest.raises(JobError, match="more than 3 s"):
        await run_child(MODULE, {"task": "sleep", "begun": str(begun)}, Limits(3))
    pid = number_in(begun)
    assert pid is None or not is_alive(pid)


async def test_a_child_that_takes_too_much_memory_fails_in_words() -> None:
    with pytest.raises(JobError, match="more memory") as failed:
        await run_child(MODULE, {"task": "eat"}, Limits(SECONDS_MAX, memory_mib=256))
    assert not isinstance(failed.value, JobCrashedError)


async def test_a_child_that_refuses_is_distinguished_from_one_that_dies(tmp_path: Path) -> None:
    with pytest.raises(JobError, match=r"^ValueError: there is nothing to add up$") as refused:
        await run_child(MODULE, {"task": "refuse"}, LIMITS)
    assert not isinstance(refused.value, JobCrashedError)
    wish = {"task": "die", "times": 9, "tries": str(tmp_path / "tries")}
    with pytest.raises(JobCrashedError, match="ended with 9"):
        await run_child(MODULE, wish, LIMITS)
    with pytest.raises(JobCrashedError, match="ended with -9"):
        await run_child(MODULE, {"task": "babble"}, LIMITS)


async def test_a_job_is_done_once_however_often_it_is_asked_for(database: Database) -> None:
    first = await ask(database, "a", task="add up", upto=4)
    assert await ask(database, "a", task="add up", upto=4) == first
    running = runner(database)
    assert await running.next("test")
    assert not await running.next("test")
    job = await found(database, first)
    assert (job.state, job.result and job.result["sum"], job.tries) == ("done", 6, 1)
    assert await ask(database, "a", task="add up", upto=4) == first
    assert not await running.next("test")


async def test_a_child_that_dies_is_retried_and_abandoned_in_the_end(
    database: Database, tmp_path: Path
) -> None:
    twice, always = tmp_path / "twice", tmp_path / "always"
    first = await ask(database, "a", task="die", times=2, tries=str(twice))
    second = await ask(database, "b", task="die", times=99, tries=str(always))
    running = runner(database)
    while await running.next("test"):
        pass
    done, failed = await found(database, first), await found(database, second)
    assert (done.state, done.result) == ("done", {"tries": 3})
    assert (failed.state, failed.tries) == ("failed", TRIES_MAX)
    assert failed.error == "its process ended with 9"
    assert len(always.read_text("ascii")) == TRIES_MAX


async def test_a_job_that_refuses_is_not_retried(database: Database) -> None:
    job_id = await ask(database, "a", task="refuse")
    running = runner(database)
    assert await running.next("test")
    assert not await running.next("test")
    job = await found(database, job_id)
    assert (job.state, job.tries) == ("failed", 1)
    assert "nothing to add up" in str(job.error)


async def test_jobs_of_one_kind_run_in_sequence_and_kinds_run_in_parallel(
    database: Database, tmp_path: Path
) -> None:
    begun, other, until_file = tmp_path / "1", tmp_path / "2", tmp_path / "go"
    slow = await ask(database, "a", task="sleep", begun=str(begun), until=str(until_file))
    after = await ask(database, "b", task="sleep", begun=str(other), until=str(until_file))
    running = runner(database, test=job_children.work, quick=job_children.work)
    task = asyncio.create_task(running.run())
    await until(lambda: number_in(begun) is not None)
    quick = await database.write(
        lambda conn: jobs.ask(conn, "quick", "c", {"task": "add up", "upto": 3}, CLOCK.now())
    )
    running.wake()
    while (await found(database, quick)).open:
        await asyncio.sleep(0.01)
    assert (await found(database, after)).state == "new"
    assert (await found(database, slow)).state == "running"
    until_file.touch()
    while (await found(database, after)).open:
        await asyncio.sleep(0.01)
    assert (await found(database, slow)).done == 1, "its progress is in the row"
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_bot_that_is_stopped_puts_its_job_back(database: Database, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    job_id = await ask(database, "a", task="sleep", begun=str(begun))
    task = asyncio.create_task(runner(database).run())
    await until(lambda: number_in(begun) is not None)
    began = time.monotonic()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert time.monotonic() - began < 5
    job = await found(database, job_id)
    assert (job.state, job.tries) == ("new", 0)
    pid = number_in(begun)
    assert pid is not None
    assert not is_alive(pid)


async def test_a_stop_waits_for_the_work_of_one_kind_while_others_have_none(
    database: Database,
) -> None:
    begun = asyncio.Event()

    async def slow(_job: Job, _progress: object) -> Mapping[str, object]:
        begun.set()
        try:
            await asyncio.sleep(SECONDS_MAX)
        finally:
            await asyncio.sleep(0.05)  # as a child takes a moment to end
        return {}

    job_id = await ask(database, "a")
    task = asyncio.create_task(runner(database, idle=slow, test=slow, other=slow).run())
    async with asyncio.timeout(SECONDS_MAX):
        await begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    job = await found(database, job_id)
    assert (job.state, job.tries) == ("new", 0)


def bots(url: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Runs a bot that only does jobs, one run after the other."""
    epoch = 0
    while True:
        epoch += 1
        yield subprocess.Popen(
            [sys.executable, "-m", MODULE, url, str(epoch)],
            cwd=PROJECT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


@pytest.mark.long
async def test_a_killed_bot_takes_its_job_again_and_abandons_it_in_the_end(
    url: str, database: Database, tmp_path: Path
) -> None:
    begun, go = tmp_path / "begun", tmp_path / "go"
    lasting = await ask(database, "a", task="sleep", begun=str(begun), until=str(go))
    started = bots(url)
    for _ in range(TRIES_MAX):
        begun.unlink(missing_ok=True)
        bot = next(started)
        await until(lambda: number_in(begun) is not None)
        bot.kill()
        bot.wait()
        pid = number_in(begun)
        assert pid is not None
        await until(lambda pid=pid: not is_alive(pid))  # type: ignore[misc]
        assert (await found(database, lasting)).state == "running"
    other = await ask(database, "b", task="add up", upto=3)
    bot = next(started)
    while (await found(database, other)).open:
        await asyncio.sleep(0.02)
    bot.kill()
    bot.wait()
    given_up = await found(database, lasting)
    assert (given_up.state, given_up.tries) == ("given_up", TRIES_MAX)


@pytest.mark.long
async def test_a_job_whose_bot_was_killed_is_done_by_the_next(
    url: str, database: Database, tmp_path: Path
) -> None:
    begun, go = tmp_path / "begun", tmp_path / "go"
    job_id = await ask(database, "a", task="sleep", begun=str(begun), until=str(go))
    started = bots(url)
    bot = next(started)
    await until(lambda: number_in(begun) is not None)
    bot.kill()
    bot.wait()
    go.touch()
    bot = next(started)
    while (await found(database, job_id)).open:
        await asyncio.sleep(0.02)
    bot.kill()
    bot.wait()
    job = await found(database, job_id)
    assert (job.state, job.tries, job.epoch) == ("done", 2, 2)


async def test_scheduled_work_is_done_even_where_no_row_can_be_written(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work() -> Mapping[str, Any]:
        return {"made": True}

    assert await runner(database).run_scheduled("copy", {}, work) == {"made": True}
    [job] = await database.read(lambda conn: jobs.latest(conn, 9))
    assert (job.kind, job.state, job.result) == ("copy", "done", {"made": True})

    async def broken(*_: object, **__: object) -> None:
        raise StoreUnavailableError("the disk is full")

    monkeypatch.setattr(database, "write", broken)
    assert await runner(database).run_scheduled("copy", {}, work) == {"made": True}
