"""The work of each kind of job that the running bot takes from its queue."""

from collections.abc import Callable, Mapping
from functools import partial

from bot.runtime.job_runner import JobWork
from bot.runtime.operator_jobs import CLOSE, IMPORT_MEMBERS, OperatorJobs
from bot.services.bonus import month_file
from bot.system.clock import Clock
from bot.turn.runtime import BotRuntime

__all__ = ["work_by_kind"]


def work_by_kind(
    runtime: BotRuntime, clock: Clock, believed: Callable[[], bool]
) -> Mapping[str, JobWork]:
    """Returns the work of each kind of job; `believed` is whether the clock is right."""
    operator = OperatorJobs(runtime.database, clock.now, believed)
    return {
        month_file.KIND: partial(month_file.send_month_file, runtime=runtime, now=clock.now),
        CLOSE: operator.close_month,
        IMPORT_MEMBERS: operator.import_members,
    }
