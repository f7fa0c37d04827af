"""How many jobs there are, by kind and state."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from bot.store.jobs.jobs import State

__all__ = ["JobCount", "counts"]


@dataclass(frozen=True, slots=True)
class JobCount:
    """The number of jobs of one kind in one state."""

    kind: str
    state: State
    count: int


COUNTS = text("SELECT kind, state, count(*) AS number FROM jobs GROUP BY kind, state")


def counts(conn: Connection) -> tuple[JobCount, ...]:
    """Returns the number of jobs of each kind in each state."""
    return tuple(JobCount(row.kind, row.state, row.number) for row in conn.execute(COUNTS))
