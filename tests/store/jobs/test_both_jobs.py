"""Long work and its rows, on both engines."""

from datetime import timedelta

from sqlalchemy import Connection

from bot.store.jobs import job_counts, jobs
from bot.store.jobs.job_counts import JobCount
from bot.store.jobs.jobs import TRIES_MAX, Job
from tests.store.both import DAY, START, in_transaction, of_one_kind

LATER = START + timedelta(hours=1)


def taken(conn: Connection, epoch: int, kind: str = "copy") -> Job:
    job_id = jobs.next_of(conn, kind, epoch)
    assert job_id is not None
    job = jobs.take(conn, job_id, epoch, START)
    assert job is not None
    return job


@in_transaction
def test_a_job_goes_from_a_request_to_its_result(conn: Connection) -> None:
    job_id = jobs.ask(conn, "copy", "a", {"to": "folder"}, START, asked_by=7_000_000_001)
    waiting = jobs.find(conn, job_id)
    assert waiting is not None
    assert (waiting.state, waiting.open, waiting.wish) == ("new", True, {"to": "folder"})
    assert jobs.next_of(conn, "proof", 1) is None
    job = taken(conn, 1)
    assert (job.id, job.state, job.tries, job.epoch) == (job_id, "running", 1, 1)
    assert jobs.next_of(conn, "copy", 1) is None, "it is under way"
    assert jobs.progress(conn, job, "pages", 3, 9)
    assert jobs.finish(conn, job, {"file": "x"}, LATER)
    [done] = jobs.latest(conn, 9)
    assert (done.state, done.open, done.step, done.done, done.total) == (
        "done",
        False,
        "pages",
        3,
        9,
    )
    assert (done.result, done.error, done.ended_at) == ({"file": "x"}, None, LATER)
    of_one_kind(done, job_counts.counts(conn))
    assert not jobs.progress(conn, job, "pages", 4, 9)
    assert not jobs.fail(conn, job, "late", LATER)


@in_transaction
def test_asking_twice_makes_one_job_and_a_failed_job_starts_again(conn: Connection) -> None:
    first = jobs.ask(conn, "close", "close:2026-10", {"n": 1}, START)
    assert jobs.ask(conn, "close", "close:2026-10", {"n": 2}, START) == first
    job = taken(conn, 1, "close")
    assert job.wish == {"n": 1}
    assert jobs.fail(conn, job, "an earlier month", LATER)
    assert jobs.ask(conn, "close", "close:2026-10", {"n": 3}, LATER) == first
    job = taken(conn, 1, "close")
    assert (job.wish, job.error, job.ended_at, job.tries) == ({"n": 3}, None, None, 1)
    jobs.finish(conn, job, {}, LATER)
    jobs.ask(conn, "close", "close:2026-10", {"n": 4}, LATER)
    assert jobs.next_of(conn, "close", 1) is None, "what is done stays done"


@in_transaction
def test_an_unfinished_job_is_taken_by_the_next_run_and_abandoned_in_the_end(
    conn: Connection,
) -> None:
    jobs.ask(conn, "copy", "a", {}, START)
    before = taken(conn, 1)
    for epoch in range(2, TRIES_MAX + 1):
        job = taken(conn, epoch)
        assert job.tries == epoch
        assert not jobs.finish(conn, before, {}, LATER), "it is another run's"
        assert jobs.take(conn, job.id, epoch, LATER) is None
        before = job
    assert jobs.next_of(conn, "copy", TRIES_MAX + 1) == before.id
    assert jobs.take(conn, before.id, TRIES_MAX + 1, LATER) is None
    given_up = jobs.find(conn, before.id)
    assert given_up is not None
    assert (given_up.state, given_up.tries) == ("given_up", TRIES_MAX)
    assert "3 times" in str(given_up.error)
    assert job_counts.counts(conn) == (JobCount("copy", "given_up", 1),)


@in_transaction
def test_a_job_that_was_put_back_waits_and_its_attempt_counts_or_not(conn: Connection) -> None:
    jobs.ask(conn, "copy", "a", {}, START)
    assert jobs.put_back(conn, taken(conn, 1), counted=False)
    job = taken(conn, 1)
    assert job.tries == 1
    assert jobs.put_back(conn, job, counted=True)
    assert not jobs.put_back(conn, job, counted=True)
    assert taken(conn, 1).tries == 2


@in_transaction
def test_old_jobs_are_deleted_once_they_have_ended(conn: Connection) -> None:
    assert not jobs.any_open(conn)
    for reference, kind in (("a", "copy"), ("b", "close"), ("c", "close")):
        jobs.ask(conn, kind, reference, {}, START)
    assert jobs.any_open(conn)
    jobs.finish(conn, taken(conn, 1, "close"), {}, START)
    jobs.finish(conn, taken(conn, 1), {}, START)
    assert jobs.forget(conn, ["copy"], START) == 0
    assert jobs.forget(conn, ["copy"], START + DAY) == 1
    assert [job.reference for job in jobs.latest(conn, 9)] == ["c", "b"]


@in_transaction
def test_a_scheduled_job_takes_over_what_another_run_left(conn: Connection) -> None:
    first = jobs.begin(conn, "copy", {}, 1, START)
    assert first is not None
    assert jobs.begin(conn, "copy", {}, 1, START) is None, "the same moment is the same job"
    second = jobs.begin(conn, "copy", {}, 2, LATER)
    assert second is not None
    assert (second.id, second.tries) == (first.id, 2)
    assert jobs.finish(conn, second, {}, LATER)
    third = jobs.begin(conn, "copy", {}, 2, LATER)
    assert third is not None
    assert third.id != first.id
