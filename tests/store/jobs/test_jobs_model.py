"""Jobs through requests, runs of the bot and crashes: a plain model compared with the SQL."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import make_url

from bot.store.db.database import sqlite_engine
from bot.store.jobs import jobs
from bot.store.jobs.jobs import TRIES_MAX, Job
from tests.blank import blank_file
from tests.store.both import START


@dataclass
class Known:
    """A job as the model knows it."""

    state: str = "new"
    tries: int = 0
    epoch: int = 0
    ends: int = 0


class Life(RuleBasedStateMachine):
    """Jobs are requested, runs begin and crash, work is done, fails or is put back."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        url = make_url(f"sqlite:///{blank_file(Path(self.folder.name))}")
        self.engine = sqlite_engine(url)
        self.epoch = 1
        self.known: dict[str, Known] = {}
        self.held: dict[str, Job] = {}
        """The jobs that this run and earlier ones believe to hold."""

    def teardown(self) -> None:
        if hasattr(self, "engine"):
            self.engine.dispose()
            self.folder.cleanup()

    def write(self, work: Any, **facts: Any) -> Any:
        with self.engine.begin() as conn:
            return work(conn, **facts)

    @rule(reference=st.sampled_from("abc"))
    def wish(self, reference: str) -> None:
        self.write(jobs.ask, kind="k", reference=reference, wish={}, at=START)
        known = self.known.setdefault(reference, Known())
        if known.state in {"failed", "given_up"}:
            self.known[reference] = Known(ends=known.ends)

    @rule()
    def die_and_start(self) -> None:
        self.epoch += 1

    @rule()
    def take(self) -> None:
        job_id = self.write(jobs.next_of, kind="k", epoch=self.epoch)
        free = [
            reference
            for reference, known in self.known.items()
            if known.state == "new" or (known.state == "running" and known.epoch < self.epoch)
        ]
        if job_id is None:
            assert not free
            return
        job = self.write(jobs.take, job_id=job_id, epoch=self.epoch, at=START)
        found = self.write(jobs.find, job_id=job_id)
        known = self.known[found.reference]
        assert found.reference in free
        if known.tries >= TRIES_MAX:
            assert job is None
            known.state = "given_up"
            return
        assert job is not None
        known.state, known.tries, known.epoch = "running", known.tries + 1, self.epoch
        self.held[job.reference] = job

    def mine(self, job: Job) -> Known | None:
        known = self.known[job.reference]
        return known if known.state == "running" and known.epoch == job.epoch else None

    @precondition(lambda self: self.held)
    @rule(data=st.data(), how=st.sampled_from(["finish", "fail", "back", "stop", "progress"]))
    def end(self, data: st.DataObject, how: str) -> None:
        """Also by an earlier run that still works."""
        job = self.held[data.draw(st.sampled_from(sorted(self.held)))]
        known = self.mine(job)
        match how:
            case "finish":
                kept = self.write(jobs.finish, job=job, result={}, at=START)
            case "fail":
                kept = self.write(jobs.fail, job=job, error="no", at=START)
            case "progress":
                kept = self.write(jobs.progress, job=job, step="s", done=1, total=2)
            case _:
                kept = self.write(jobs.put_back, job=job, counted=how == "back")
        assert kept is (known is not None)
        if known is None or how == "progress":
            return
        known.state = {"finish": "done", "fail": "failed"}.get(how, "new")
        known.tries -= how == "stop"
        known.ends += how == "finish"

    @invariant()
    def the_rows_are_as_the_model_knows_them(self) -> None:
        if not hasattr(self, "engine"):
            return
        rows = self.write(lambda conn: jobs.latest(conn, 9))
        assert {row.reference: (row.state, row.tries) for row in rows} == {
            reference: (known.state, known.tries) for reference, known in self.known.items()
        }
        assert all(known.ends <= 1 for known in self.known.values()), "done twice"
        assert all(row.tries <= TRIES_MAX for row in rows)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
