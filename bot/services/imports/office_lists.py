"""Reads the lists that admins send, and imports those that they confirm.

A turn asks for a job; its child process opens the file, checks it against the database, and, for
an import, asks for each step. The file is fetched and read again before it is imported, so nothing
of it has to be kept between; its digest shows that it is still the one that was confirmed.
"""

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection

from bot.content.sheet_words import line_words
from bot.core.calendar.hours import local_day
from bot.core.calendar.periods import period_of
from bot.core.conversation.messages import Message
from bot.core.errors import JobError
from bot.core.input.checked_json import array, integer, record_by_name, string
from bot.core.plans.ranks_by_name import ranks_by_name
from bot.core.sheets.sheet_faults import SheetFault
from bot.flows.imports.list_import_messages import (
    ImportBegun,
    ImportList,
    ListFaulty,
    ListGone,
    ListImported,
    ListNotImported,
    ListOf,
    ListRead,
    ListTerms,
    ListTermsOf,
    WhyNotImported,
)
from bot.jobs.job_names import CHECK, COUNTS, IMPORT
from bot.services.members import import_steps
from bot.services.payouts.payout_files import READ, Fetch
from bot.services.stock.delivery_lists import store_deliveries
from bot.store.jobs import jobs
from bot.store.jobs.jobs import TRIES_MAX, Job
from bot.store.members import roles
from bot.store.products import price_list
from bot.store.products.price_list import ListedProduct
from bot.system.child_process import Facts, JobCrashedError, Limits, Progress, run_child
from bot.system.spreadsheets import FILE_BYTES_MAX
from bot.turn.notices import send
from bot.turn.runtime import BotRuntime
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS", "OfficeLists"]

MODULE: Final = "bot.cli.imports.list_process"
LIMITS: Final = Limits(900, memory_mib=2048)
FAULTS_SHOWN_MAX: Final = 20


def terms_of(turn: Turn, lookup: ListTermsOf) -> ListTerms | None:
    """Returns what was shown of a list to the caller; None for any other job."""
    found = _read_by(turn, lookup.job)
    if found is None:
        return None
    shown = found.result or {}
    return ListTerms(_of(shown), integer(shown, "openings"), integer(shown, "opening"))


def import_list(turn: Turn, action: ImportList) -> Iterable[Message]:
    """Ask for a list to be imported, once for each file that was read."""
    assert "admin" in turn.caller.roles, "only admins reach this action"
    read = _read_by(turn, action.job)
    if read is None or read.result is None:
        return [ListGone()]
    by = turn.caller.user_id
    facts = {key: read.result[key] for key in ("of", "digest", "opening")}
    wish = {"file": string(read.wish, "file"), "by": by, **facts}
    turn.job_asked = True
    asked = jobs.ask(turn.conn, IMPORT, f"{IMPORT}:{read.id}", wish, turn.now, asked_by=by)
    job = jobs.find(turn.conn, asked)
    if job is not None and job.state == "done" and job.result:
        return [_imported(_of(wish), job.result)]
    return [ImportBegun()]


def _read_by(turn: Turn, number: int) -> Job | None:
    """Returns the job that has read a list for the caller."""
    read = jobs.find(turn.conn, number)
    if read is None or read.kind != READ or not read.result or "digest" not in read.result:
        return None
    return read if read.wish["by"] == turn.caller.user_id else None


class OfficeLists:
    """The jobs.

    Args:
        runtime: the running bot.
        now: the current time.
        fetch: returns a file that a person has sent.
    """

    def __init__(self, runtime: BotRuntime, now: Callable[[], datetime], fetch: Fetch) -> None:
        self._runtime = runtime
        self._now = now
        self._fetch = fetch

    async def read_list(self, job: Job, body: bytes, progress: Progress) -> Facts | None:
        """Show what a file would change, or its faults; returns None if it is no list.

        A file that takes more than the limits counts as none.

        Raises:
            JobCrashedError: its process ended; it is tried again.
        """
        try:
            found = await self._checked(body, progress)
        except JobCrashedError:
            if job.tries < TRIES_MAX:
                raise
            return None
        except JobError:
            return None
        if not found["of"]:
            return None
        of = _of(found)
        if faults := array(found, "faults"):
            await self._news(job, self._faulty(of, faults))
            return {}
        counts = {key: integer(found, key) for key in COUNTS}
        changes = counts["added"] or counts["changed"]
        await self._news(job, ListRead(job=job.id if changes else 0, of=of, **counts))
        digest = hashlib.sha256(body).hexdigest()
        return {"of": of, "digest": digest, **counts} if changes else {}

    async def import_list(self, job: Job, progress: Progress) -> Facts:
        """Import a list that was confirmed, and tell the admin; returns the counts.

        Raises:
            JobCrashedError: the process ended or Telegram cannot be reached; it is tried again.
        """
        of = _of(job.wish)
        try:
            found = await self._import(job, of, progress)
        except JobCrashedError:
            if job.tries < TRIES_MAX:
                raise
            found = "failed"
        except JobError:
            found = "failed"
        if isinstance(found, str):
            await self._news(job, ListNotImported(of, found))
            return {}
        await self._news(job, _imported(of, found))
        return found

    async def _import(self, job: Job, of: ListOf, progress: Progress) -> Facts | WhyNotImported:
        body = await self._fetch(string(job.wish, "file"), FILE_BYTES_MAX)
        if body is None:
            return "gone"
        if hashlib.sha256(body).hexdigest() != string(job.wish, "digest"):
            return "changed"
        if of != "members":
            return await self._import_whole(job, of, body, progress)
        wish = {
            "task": IMPORT,
            "signed": integer(job.wish, "opening"),
            "by": integer(job.wish, "by"),
            **self._request(body),
        }
        done = await run_child(MODULE, wish, LIMITS, progress, self._answer)
        match string(done, "fault"):
            case "":
                return {key: integer(done, key) for key in COUNTS}
            case "busy":
                return "busy"
            case _:
                return "changed"

    async def _import_whole(
        self, job: Job, of: ListOf, body: bytes, progress: Progress
    ) -> Facts | WhyNotImported:
        """Import a list of products or of deliveries, in one transaction."""
        found = await self._checked(body, progress)
        if array(found, "faults") or _of(found) != of:
            return "changed"
        by = integer(job.wish, "by")
        if of == "deliveries":
            work = partial(store_deliveries, wish=found, now=self._now(), by=by)
            done = await self._runtime.database.write(work)
            kept = {name: integer(found, name) for name in ("much", "late")}
            return dict.fromkeys(COUNTS, 0) | {key: integer(done, key) for key in done} | kept
        listed = [record_by_name(ListedProduct, each) for each in array(found, "articles")]
        now = self._now()
        unit = partial(
            price_list.apply_list,
            products=listed,
            at=now,
            today=local_day(now, self._runtime.company.time_zone),
            by=by,
        )
        changes = await self._runtime.database.write(unit)
        if changes.doubtful:
            return "changed"
        counts = {"added": changes.added, "changed": changes.changed, "same": changes.same}
        return dict.fromkeys(COUNTS, 0) | {key: len(each) for key, each in counts.items()}

    async def _checked(self, body: bytes, progress: Progress) -> Facts:
        """Returns what the child process found in a file.

        Raises:
            JobError: the file takes more than the limits.
        """
        wish = {"task": CHECK, **self._request(body)}
        return await run_child(MODULE, wish, LIMITS, progress)

    def _request(self, body: bytes) -> Facts:
        company, now = self._runtime.company, self._now()
        versions = company.plan.versions
        return {
            "body": base64.b64encode(body).decode("ascii"),
            "url": self._runtime.database.url,
            "time_zone": company.time_zone,
            "root_code": company.root_code,
            "now": now.isoformat(),
            "ranks": ranks_by_name(company.plan, period_of(now, company.time_zone)),
            "stock": asdict(company.stock),
            "bought": [[each.since, each.qualify_by == "bought"] for each in versions],
        }

    async def _answer(self, task: str, wish: Facts) -> Facts:
        """Do a step that the child asks for, in a short transaction."""
        step = import_steps.TASKS[task]
        return await self._runtime.database.write(partial(step, wish=wish, now=self._now()))

    def _faulty(self, of: ListOf, faults: Iterable[object]) -> ListFaulty:
        language = self._runtime.company.languages[0]
        ordered = sorted(map(_fault, faults), key=lambda fault: fault.line)
        lines = tuple(line_words(fault, language) for fault in ordered[:FAULTS_SHOWN_MAX])
        return ListFaulty(of, lines, len(ordered) - len(lines))

    async def _news(self, job: Job, news: Message) -> None:
        """Send the news of a job to the admin who asked for it, once."""
        await self._runtime.database.write(partial(self._tell, job=job, news=news))

    def _tell(self, conn: Connection, job: Job, news: Message) -> None:
        runtime = self._runtime
        person = roles.reachable(conn, integer(job.wish, "by"), runtime.company.time_zone)
        if person is not None:
            send(
                conn,
                runtime.content,
                runtime.company,
                person,
                news,
                key=job.reference,
                at=self._now(),
                at_once=True,
            )


def _of(facts: Facts) -> ListOf:
    match facts["of"]:
        case "products":
            return "products"
        case "deliveries":
            return "deliveries"
        case _:
            return "members"


def _fault(packed: object) -> SheetFault:
    """Returns a fault as the child has packed it."""
    assert isinstance(packed, Mapping), "as the child packs it"
    facts = [(str(name), str(each)) for name, each in dict(packed["facts"]).items()]
    line, column = integer(packed, "line"), string(packed, "column")
    return SheetFault(string(packed, "what"), tuple(facts), line, column)


def _imported(of: ListOf, counts: Facts) -> ListImported:
    names = ("added", "changed", "same", "openings", "opening", "much", "late")
    return ListImported(of, *(integer(counts, name) for name in names))


LOOKUPS: Lookups = {ListTermsOf: terms_of}
ACTIONS: Actions = {ImportList: import_list}
