"""Tables of a run of the bot: its seal, stored numbers, jobs and the audit log."""

from sqlalchemy import CheckConstraint, Column

from bot.store.db.schema.definitions import check_one_of, id_column, partial_index, table
from bot.store.db.types import Big, Instant, Words

__all__ = ["audit", "job_inputs", "jobs", "marks", "seal"]

seal = table(
    "seal",
    Column("id", Big, primary_key=True, autoincrement=False),
    Column("token", Words, nullable=False),
    Column("bot_id", Big),
    Column("sealed_at", Instant),
    CheckConstraint("id = 1", name="one_row"),
)

marks = table(
    "marks",
    Column("name", Words, primary_key=True),
    Column("value", Big, nullable=False),
)

# Long work: its request (`wish`), its progress and its result.
jobs = table(
    "jobs",
    id_column(),
    Column("kind", Words, nullable=False),
    Column("reference", Words, nullable=False, unique=True),
    Column("wish", Words, nullable=False),
    Column("state", Words, nullable=False, server_default="new"),
    Column("step", Words, nullable=False, server_default=""),
    Column("done", Big, nullable=False, server_default="0"),
    Column("total", Big, nullable=False, server_default="0"),
    Column("result", Words),
    Column("error", Words),
    Column("asked_by", Big),
    Column("epoch", Big, nullable=False, server_default="0"),
    Column("tries", Big, nullable=False, server_default="0"),
    Column("created_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("ended_at", Instant),
    check_one_of("state", "new", "running", "done", "failed", "given_up"),
)
partial_index("ix_jobs_open", "state IN ('new', 'running')", jobs.c.kind, jobs.c.id)

# The input of a job, where it is long or holds personal data; deleted when the job ends.
job_inputs = table(
    "job_inputs",
    Column("reference", Words, primary_key=True),
    Column("part", Big, primary_key=True, autoincrement=False),
    Column("content", Words, nullable=False),
    Column("sent_at", Instant, nullable=False),
)

audit = table(
    "audit",
    id_column(),
    Column("at", Instant, nullable=False),
    Column("actor", Big),
    Column("action", Words, nullable=False),
    Column("object", Words, nullable=False),
)
