"""Deletes, once a day, rows that were settled long ago and data that is kept only for a time."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.core.calendar.hours import local_day
from bot.core.messaging.retry_policy import FAILURES_KEPT
from bot.services.customers.contact_files import CONTACTS, CONTACTS_KEPT
from bot.services.inquiries.asking_office import OFFERS_KEPT
from bot.services.privacy.deleting_outdated import delete_outdated
from bot.store.conversation import attempts, unclear_texts, used_messages
from bot.store.inquiries import inquiries
from bot.store.jobs import jobs
from bot.store.queue import inbox, outbox
from bot.turn.runtime import BotRuntime

__all__ = ["prune"]

JOBS_KEPT: Final = timedelta(days=31)
UNCLEAR_KEPT: Final = timedelta(days=90)
SCHEDULED_JOBS: Final = ("copy", "proof", "estimates")
"""Kinds of jobs that are due by themselves; jobs that a person asked for are kept."""


async def prune(runtime: BotRuntime, now: datetime) -> None:
    """Delete what is old enough."""
    database = runtime.database
    for prune_queue in (inbox.prune, outbox.prune):
        while await database.write(partial(prune_queue, now=now)):
            pass
    await database.write(partial(attempts.forget, before=now - FAILURES_KEPT))
    await database.write(partial(used_messages.forget, before=now - used_messages.KEPT))
    await database.write(partial(inquiries.forget_offers, before=now - OFFERS_KEPT))
    forget = partial(jobs.forget, kinds=SCHEDULED_JOBS, before=now - JOBS_KEPT)
    await database.write(forget)
    forget = partial(jobs.forget, kinds=(CONTACTS,), before=now - CONTACTS_KEPT)
    await database.write(forget)
    unseen = (local_day(now, runtime.company.time_zone) - UNCLEAR_KEPT).isoformat()
    await database.write(partial(unclear_texts.forget, before=unseen))
    await delete_outdated(runtime, now)
