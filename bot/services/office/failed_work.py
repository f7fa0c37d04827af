"""Tells of long work that failed or was given up, and has the file of a month made again."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.core.conversation.messages import Message
from bot.flows.office.failed_work import AskMonthFile, MonthFileAsked, OfficeWork, WorkNotDone
from bot.jobs.job_names import IMPORT
from bot.services.bonus import month_file
from bot.services.mirror import mirror_reports
from bot.services.payouts import payout_files
from bot.store.jobs import jobs
from bot.store.jobs.jobs import Job
from bot.store.ledger import periods
from bot.store.members import roles
from bot.turn.notices import send, send_to_admins
from bot.turn.runtime import BotRuntime
from bot.turn.turn import Actions, Turn

__all__ = ["ACTIONS", "WORK", "tell_not_done"]

WORK: Final[Mapping[str, OfficeWork]] = {
    month_file.KIND: "month file",
    payout_files.MAKE: "payout list",
    payout_files.READ: "file",
    payout_files.RECORD: "payout recording",
    IMPORT: "list import",
    mirror_reports.MIRROR_FILE: "mirror file",
}
"""What each kind of job is to the person who waits for it."""


def tell_not_done(conn: Connection, job: Job, at: datetime, *, runtime: BotRuntime) -> None:
    """Tell who asked for this job that it is not done; all admins where nobody asked for it."""
    period = job.wish.get("period", "")
    news = WorkNotDone(WORK[job.kind], str(period))
    # The same job may be asked for again, and fail again.
    key = f"not done:{job.id}:{job.created_at.isoformat()}"
    content, company = runtime.content, runtime.company
    if job.asked_by is None:
        send_to_admins(conn, content, company, news, key, at)
        return
    person = roles.reachable(conn, job.asked_by, company.time_zone)
    if person is not None:
        send(conn, content, company, person, news, key=key, at=at, at_once=True)


def ask_month_file(turn: Turn, action: AskMonthFile) -> Iterable[Message]:
    """Ask for the file of a closed month once more; one that was sent is not made again."""
    assert "admin" in turn.caller.roles, "only admins reach this action"
    reference = f"{month_file.KIND}:{action.period}"
    month = periods.find(turn.conn, action.period)
    if month is None or month.state != "closed":
        return [MonthFileAsked(action.period, "unknown")]
    wish = {"period": action.period}
    job = jobs.find(turn.conn, jobs.ask(turn.conn, month_file.KIND, reference, wish, turn.now))
    assert job is not None, "it was asked for in this transaction"
    turn.job_asked = job.open
    return [MonthFileAsked(action.period, "begun" if job.open else "sent")]


ACTIONS: Actions = {AskMonthFile: ask_month_file}
