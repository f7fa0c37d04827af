"""The work of each kind of job that the running bot takes from its queue."""

from collections.abc import Callable, Mapping
from functools import partial

from bot.jobs.job_names import CLOSE, COUNT, IMPORT, IMPORT_MEMBERS
from bot.runtime.job_runner import JobWork
from bot.runtime.operator_jobs import ClosingJobs, import_members
from bot.services.bonus import month_file
from bot.services.customers.contact_files import CONTACTS, ContactFiles, tell_contacts_unread
from bot.services.imports.office_lists import OfficeLists
from bot.services.mirror import mirror_reports
from bot.services.months import closing_reports
from bot.services.office import failed_work
from bot.services.payouts import payout_files
from bot.services.payouts.payout_files import Fetch, PayoutFiles
from bot.services.sales import photo_reading
from bot.services.sales.photo_reading import PhotoReading
from bot.store.jobs.jobs import TellNotDone
from bot.system.clock import Clock
from bot.turn.runtime import BotRuntime

__all__ = ["not_done_by_kind", "work_by_kind"]


def work_by_kind(
    runtime: BotRuntime, clock: Clock, believed: Callable[[], bool], fetch: Fetch
) -> Mapping[str, JobWork]:
    """Returns the work of each kind of job.

    `believed` is whether the clock is right; `fetch` returns a file that a person sent.
    """
    closing = ClosingJobs(runtime, clock.now, clock.monotonic, believed)
    lists = OfficeLists(runtime, clock.now, fetch)
    photos = PhotoReading(runtime, clock.now, fetch)
    contacts = ContactFiles(runtime, clock.now, fetch)
    files = PayoutFiles(runtime, clock.now, fetch, lists.read_list)
    return {
        month_file.KIND: partial(month_file.send_month_file, runtime=runtime, now=clock.now),
        mirror_reports.MIRROR_FILE: partial(
            mirror_reports.send_mirror_file, runtime=runtime, now=clock.now
        ),
        COUNT: closing.count_month,
        CLOSE: closing.close_month,
        payout_files.MAKE: files.make_list,
        payout_files.READ: files.read_file,
        payout_files.RECORD: files.record_file,
        photo_reading.PHOTOS: photos.read_due,
        IMPORT: lists.import_list,
        CONTACTS: contacts.read_file,
        IMPORT_MEMBERS: partial(import_members, database=runtime.database, now=clock.now),
    }


def not_done_by_kind(runtime: BotRuntime) -> Mapping[str, TellNotDone]:
    """Returns what tells of a job that failed or was given up, for kinds people wait for."""
    month = partial(closing_reports.tell_not_done, runtime=runtime)
    other = partial(failed_work.tell_not_done, runtime=runtime)
    contacts = partial(tell_contacts_unread, runtime=runtime)
    office = dict.fromkeys(failed_work.WORK, other)
    return {COUNT: month, CLOSE: month, CONTACTS: contacts, **office}
