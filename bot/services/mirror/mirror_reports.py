"""Makes the office's file of a month and sends it to the admin who asked for it.

A turn asks for the job; the job makes the file in a child process and sends it as a notice.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection

from bot.core.calendar.hours import local_day
from bot.core.calendar.periods import period_bounds
from bot.core.conversation.messages import Message
from bot.core.input.checked_json import integer, string
from bot.core.mirror.mirror_figures import month_days
from bot.flows.mirror.mirror_office import MakeMirrorFile, MirrorFile, MirrorFileRequested
from bot.store.jobs import jobs
from bot.store.jobs.jobs import Job
from bot.store.members import roles
from bot.store.mirror import mirror_file
from bot.store.queue import attachments
from bot.system.child_process import Facts, Progress
from bot.turn.notices import send
from bot.turn.runtime import BotRuntime
from bot.turn.turn import Actions, Turn

__all__ = ["ACTIONS", "MIRROR_FILE", "send_mirror_file"]

MIRROR_FILE: Final = "mirror file"


def make_mirror_file(turn: Turn, action: MakeMirrorFile) -> Iterable[Message]:
    """Ask for the file, once; it is sent when it is made."""
    assert "admin" in turn.caller.roles, "only admins reach this action"
    by = turn.caller.user_id
    wish = {"period": action.period, "by": by}
    turn.job_asked = True
    jobs.ask(
        turn.conn, MIRROR_FILE, f"{MIRROR_FILE}:{turn.reference}", wish, turn.now, asked_by=by
    )
    return [MirrorFileRequested(action.period)]


async def send_mirror_file(
    job: Job, progress: Progress, *, runtime: BotRuntime, now: Callable[[], datetime]
) -> Facts:
    """Make the file and queue it for the admin who asked, once; returns how many members it has.

    Raises:
        JobError: the file could not be made.
    """
    company, period = runtime.company, string(job.wish, "period")
    days = month_days(period, local_day(now(), company.time_zone))
    bounds = period_bounds(period, company.time_zone)
    language = company.languages[0]
    url = runtime.database.url
    made = await mirror_file.make_in_child(url, days, bounds, language, progress)
    news = MirrorFile(period, made.sellers, made.figures, made.new_members)
    name = f"{'cermin' if language == 'id' else 'mirror'}-{period}.xlsx"

    def unit(conn: Connection) -> None:
        person = roles.reachable(conn, integer(job.wish, "by"), company.time_zone)
        if person is None:
            return
        digest = attachments.keep(conn, name, made.body)
        told = partial(send, conn, runtime.content, company, person, news)
        told(key=job.reference, at=now(), at_once=True, document=digest)

    await runtime.database.write(unit)
    return {"members": made.sellers}


ACTIONS: Actions = {MakeMirrorFile: make_mirror_file}
