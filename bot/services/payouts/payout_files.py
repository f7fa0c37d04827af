"""Makes lists of all that can be paid, and reads and records the files that come back.

A turn asks for a job; the job fetches, reads and writes, and sends its news as a notice. The
payments of a file are read again before they are recorded, so nothing has to be kept between.
In the request of a job `by` is the account of the admin, 0 for the command line.
"""

import base64
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Final, TypeAlias

from sqlalchemy import Connection

from bot.core.calendar.hours import local_day
from bot.core.conversation.messages import Message
from bot.core.input.checked_json import array, integer, string
from bot.core.payouts.payout_sheet import read_payout_sheet
from bot.flows.payouts.payout_list_messages import (
    MakePayoutList,
    NothingPayable,
    PayoutFileGone,
    PayoutFileRead,
    PayoutFileReceived,
    PayoutFileRecorded,
    PayoutFileUnread,
    PayoutListFile,
    PayoutListRequested,
    ReadPayoutFile,
    RecordingBegun,
    RecordPayoutFile,
    WhyUnread,
)
from bot.services.payouts import list_recording
from bot.services.payouts.list_recording import CheckedSheet
from bot.store.jobs import job_inputs, jobs
from bot.store.jobs.jobs import TRIES_MAX, Job
from bot.store.members import roles
from bot.store.payouts import list_files, payout_lists
from bot.store.queue import attachments
from bot.system import spreadsheets
from bot.system.child_process import Facts, JobCrashedError, Progress
from bot.system.spreadsheets import FILE_BYTES_MAX, UnreadableSheetError
from bot.turn.notices import send
from bot.turn.runtime import BotRuntime
from bot.turn.turn import Actions, Turn

__all__ = ["ACTIONS", "MAKE", "READ", "RECORD", "Fetch", "PayoutFiles"]

MAKE: Final = "payout list"
READ: Final = "payout file"
"""The kind of job that reads any file of the office; its name is older than other lists."""
RECORD: Final = "payout recording"
FAULTS_SHOWN_MAX: Final = 15
ROWS_AT_ONCE: Final = 100
RECORDED: Final = ("recorded", "amount", "left_out")

Fetch: TypeAlias = Callable[[str, int], Awaitable[bytes | None]]
"""Returns the file with this id, up to this many bytes; None if it cannot be had."""

ReadOther: TypeAlias = Callable[[Job, bytes, Progress], Awaitable[Facts | None]]


async def _no_other_list(_job: Job, _body: bytes, _progress: Progress) -> Facts | None:
    """Returns None: a file that is no list of payments is nothing."""
    return None


def make_payout_list(turn: Turn, _action: MakePayoutList) -> Iterable[Message]:
    """Ask for the list, once; its files are sent when they are made."""
    assert "admin" in turn.caller.roles, "only admins reach this action"
    _ask(turn, MAKE, {}, turn.reference)
    return [PayoutListRequested()]


def read_payout_file(turn: Turn, action: ReadPayoutFile) -> Iterable[Message]:
    """Ask for the file to be read; what it holds is sent when it is."""
    assert "admin" in turn.caller.roles, "only admins reach this action"
    if action.large:
        return [PayoutFileUnread("large")]
    _ask(turn, READ, {"file": action.file_id}, str(turn.incoming.row))
    return [PayoutFileReceived()]


def record_payout_file(turn: Turn, action: RecordPayoutFile) -> Iterable[Message]:
    """Ask for the payments of a file to be recorded, once for each file that was read."""
    assert "admin" in turn.caller.roles, "only admins reach this action"
    read = jobs.find(turn.conn, action.job)
    by = turn.caller.user_id
    if read is None or read.kind != READ or not read.result or read.wish["by"] != by:
        return [PayoutFileGone()]
    wish = {"file": string(read.wish, "file"), **read.result}
    job = jobs.find(turn.conn, _ask(turn, RECORD, wish, str(read.id)))
    if job is not None and job.result is not None:
        return [PayoutFileRecorded(*(integer(job.result, key) for key in RECORDED))]
    return [RecordingBegun()]


def _ask(turn: Turn, kind: str, wish: Facts, name: str) -> int:
    """Ask for a job that begins at once; returns its number."""
    by = turn.caller.user_id
    turn.job_asked = True
    return jobs.ask(turn.conn, kind, f"{kind}:{name}", {**wish, "by": by}, turn.now, asked_by=by)


class PayoutFiles:
    """The jobs.

    Args:
        runtime: the running bot.
        now: the current time.
        fetch: returns a file that a person has sent.
        other: reads a file that is no list of payments; returns None if it is of no known kind.
    """

    def __init__(
        self,
        runtime: BotRuntime,
        now: Callable[[], datetime],
        fetch: Fetch,
        other: ReadOther = _no_other_list,
    ) -> None:
        self._runtime = runtime
        self._now = now
        self._fetch = fetch
        self._other = other

    async def make_list(self, job: Job, progress: Progress) -> Facts:
        """Freeze what can be paid and send both files; returns the number and size of the list.

        Raises:
            JobError: the files could not be made.
        """
        runtime, by = self._runtime, integer(job.wish, "by")
        today = local_day(self._now(), runtime.company.time_zone)
        made = await runtime.database.write(
            partial(
                payout_lists.make_list,
                reference=job.reference,
                today=today,
                by=by,
                at=self._now(),
            )
        )
        if made is None:
            await self._news(job, NothingPayable())
            return {"list": 0, "lines": 0}
        language = runtime.company.languages[0]
        url = runtime.database.url
        files = await list_files.make_files(url, made, language, progress)

        def unit(conn: Connection) -> int:
            total = payout_lists.total_of(conn, made)
            for kind, body in (("xlsx", files.xlsx), ("csv", files.csv)):
                news = PayoutListFile(made, total.count, total.amount, short=kind == "csv")
                name = f"{'pembayaran' if language == 'id' else 'payouts'}-{made}.{kind}"
                digest = attachments.keep(conn, name, body)
                self._tell(conn, by, news, f"payout list:{made}:{kind}", document=digest)
            return total.count

        lines = await runtime.database.write(unit)
        return {"list": made, "lines": lines}

    async def read_file(self, job: Job, progress: Progress) -> Facts:
        """Read and check a file, and send what would be recorded; returns the counts.

        A file that is no list of payments may be another list of the office.

        Raises:
            JobCrashedError: Telegram cannot be reached; it is tried again.
        """
        body = await self._had(job)
        found = "gone" if body is None else await self._checked(job, body)
        if body is not None and found == "headings":
            other = await self._other(job, body, progress)
            if other is not None:
                return other
        if isinstance(found, str):
            await self._news(job, PayoutFileUnread(found))
            return {}
        await self._news(job, _shown(job, found))
        return {
            "lines": [row.line for row in found.ready],
            "before": found.before,
            "before_amount": found.before_amount,
        }

    async def record_file(self, job: Job, progress: Progress) -> Facts:
        """Record the payments of a file that were shown, and send how many; returns the counts.

        Raises:
            JobCrashedError: Telegram cannot be reached; it is tried again.
        """
        runtime, by = self._runtime, integer(job.wish, "by") or None
        body = await self._had(job)
        found = "gone" if body is None else await self._checked(job, body)
        if isinstance(found, str):
            await self._news(job, PayoutFileUnread(found))
            return dict.fromkeys(RECORDED, 0)
        shown = frozenset(array(job.wish, "lines"))
        ready = [row for row in found.ready if row.line in shown]
        count, amount = found.before, found.before_amount
        for start in range(0, len(ready), ROWS_AT_ONCE):
            await progress("recording", start, len(ready))
            unit = partial(
                list_recording.record_rows,
                rows=ready[start : start + ROWS_AT_ONCE],
                by=by,
                now=self._now(),
                content=runtime.content,
                company=runtime.company,
            )
            recorded = await runtime.database.write(unit)
            count, amount = count + len(recorded), amount + sum(row.amount for row in recorded)
        # Compared with what the admin was shown, so that it is right for a job that began twice.
        count -= integer(job.wish, "before")
        amount -= integer(job.wish, "before_amount")
        left_out = max(len(shown) - count, 0)
        await self._news(job, PayoutFileRecorded(count, amount, left_out))
        return dict(zip(RECORDED, (count, amount, left_out), strict=True))

    async def _had(self, job: Job) -> bytes | None:
        """Returns the file of a job; None if it cannot be had."""
        try:
            return await self._body(job)
        except JobCrashedError:
            if job.tries < TRIES_MAX:
                raise
            return None

    async def _checked(self, job: Job, body: bytes) -> CheckedSheet | WhyUnread:
        """Returns what the file of a job holds, or why it cannot be read."""
        try:
            table = await spreadsheets.read_cells(body)
        except UnreadableSheetError:
            return "broken"
        zone, now = self._runtime.company.time_zone, self._now()
        sheet = read_payout_sheet(table, local_day(now, zone))
        if sheet.trouble:
            return sheet.trouble
        by = integer(job.wish, "by") or None
        look = partial(list_recording.check, entries=sheet.entries, by=by, now=now, zone=zone)
        return await self._runtime.database.read(look)

    async def _body(self, job: Job) -> bytes | None:
        """Returns the file of a job, from Telegram or as the command line has handed it over."""
        if "file" in job.wish:
            return await self._fetch(string(job.wish, "file"), FILE_BYTES_MAX)
        parts = await self._runtime.database.read(
            partial(job_inputs.parts, reference=job.reference)
        )
        return base64.b64decode("".join(parts)) or None

    async def _news(self, job: Job, news: Message) -> None:
        """Send the news of a job to the admin who asked for it, once."""
        tell = partial(self._tell, by=integer(job.wish, "by"), news=news, key=job.reference)
        await self._runtime.database.write(tell)

    def _tell(
        self, conn: Connection, by: int, news: Message, key: str, *, document: str = ""
    ) -> None:
        runtime = self._runtime
        person = roles.reachable(conn, by, runtime.company.time_zone)
        if person is not None:
            send(
                conn,
                runtime.content,
                runtime.company,
                person,
                news,
                key=key,
                at=self._now(),
                at_once=True,
                document=document,
            )


def _shown(job: Job, found: CheckedSheet) -> PayoutFileRead:
    days = [row.paid_on for row in found.ready]
    return PayoutFileRead(
        job=job.id if found.ready else 0,
        count=len(found.ready),
        amount=found.amount,
        first=min(days, default=None),
        last=max(days, default=None),
        unpaid=found.unpaid,
        before=found.before,
        lines=found.faulty[:FAULTS_SHOWN_MAX],
        more=max(len(found.faulty) - FAULTS_SHOWN_MAX, 0),
    )


ACTIONS: Actions = {
    MakePayoutList: make_payout_list,
    ReadPayoutFile: read_payout_file,
    RecordPayoutFile: record_payout_file,
}
