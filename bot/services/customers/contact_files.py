"""Reads address books that members send, and keeps whom they pick.

A turn asks for a job, whose child process reads the file. Its persons wait sealed in the row of
the job, for a day at most, until their owner has picked; nothing of the others is kept.
"""

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import Final

from sqlalchemy import Connection

from bot.core.conversation.messages import Message
from bot.core.customers.customer_keys import name_key
from bot.core.customers.customer_search import matches
from bot.core.input.checked_json import integer, string
from bot.flows.customers.contact_file import CONTACTS_PER_PAGE
from bot.flows.customers.contact_file_messages import (
    AddContacts,
    ContactFileRead,
    ContactFileReceived,
    ContactFileUnread,
    ContactPage,
    ContactsAdded,
    FileContacts,
    PickedContact,
    ReadContactFile,
    WhyNoContacts,
)
from bot.services.customers.customer_edit import has_key, note_phone
from bot.services.payouts.payout_files import Fetch
from bot.services.sales.sell import customer_of
from bot.store.customers import customer_details
from bot.store.jobs import jobs
from bot.store.jobs.jobs import Job
from bot.store.members import members
from bot.system.child_process import Facts, Progress
from bot.system.contact_reading import CONTACT_FILE_BYTES_MAX, read_contact_file
from bot.turn.notices import send
from bot.turn.runtime import BotRuntime
from bot.turn.turn import Actions, Lookups, Turn

__all__ = [
    "ACTIONS",
    "CONTACTS",
    "CONTACTS_KEPT",
    "LOOKUPS",
    "ContactFiles",
    "tell_contacts_unread",
]

CONTACTS: Final = "contacts"
CONTACTS_KEPT: Final = timedelta(days=1)
LISTS_OPEN_MAX: Final = 4


def read_contacts(turn: Turn, action: ReadContactFile) -> Iterable[Message]:
    """Ask for the file to be read; who can be picked is told when it is."""
    if action.large:
        return [ContactFileUnread("large")]
    wish = {"file": action.file_id, "member": turn.caller.member.id}
    reference = f"{CONTACTS}:{turn.incoming.row}"
    by = turn.caller.user_id
    turn.job_asked = True
    jobs.ask(turn.conn, CONTACTS, reference, wish, turn.now, asked_by=by)
    return [ContactFileReceived()]


def file_contacts(turn: Turn, lookup: FileContacts) -> ContactPage | None:
    """Returns a page of the caller's own file; None for any other job, or after a day."""
    job = jobs.find(turn.conn, lookup.job)
    by = turn.caller.user_id
    if job is None or job.kind != CONTACTS or job.asked_by != by or not job.result:
        return None
    if job.ended_at is None or turn.now - job.ended_at > CONTACTS_KEPT:
        return None
    opened = turn.number_keys.open_contacts(string(job.result, "sealed"), by)
    if opened is None:
        return None
    query = name_key(lookup.query)
    found = [
        (number, person, phone)
        for number, (person, phone, key) in enumerate(_persons(opened))
        if not query or matches(query, key)
    ]
    page = found[lookup.skip : lookup.skip + CONTACTS_PER_PAGE]
    me, keys = turn.caller.member.id, turn.number_keys
    rows = []
    for number, person, phone in page:
        known = customer_details.with_phone(turn.conn, keys, me, phone)
        rows.append(PickedContact(number, person, phone, "" if known is None else known.name))
    return ContactPage(tuple(rows), len(found))


@lru_cache(maxsize=LISTS_OPEN_MAX)
def _persons(opened: str) -> tuple[tuple[str, str, str], ...]:
    """Returns names, numbers and keys of the names; kept for the pages that follow."""
    return tuple((name, phone, name_key(name)) for name, phone in json.loads(opened))


def add_contacts(turn: Turn, action: AddContacts) -> Iterable[Message]:
    """Keep the picked persons; a number that a customer has already stays.

    Raises:
        Refusal: numbers cannot be sealed, as their key is missing.
    """
    added: list[str] = []
    noted: list[str] = []
    kept = 0
    me = turn.caller.member.id
    for buyer, phone in action.picked:
        customer_id = customer_of(turn, buyer)
        assert customer_id is not None, "own use is no customer"
        holder = customer_details.with_phone(turn.conn, turn.number_keys, me, phone)
        if holder or customer_details.of_customer(turn.conn, me, customer_id).phone_sealed:
            kept += 1
            continue
        note_phone(turn, customer_id, phone)
        (added if buyer.id is None else noted).append(buyer.name)
    return [ContactsAdded(action.job, tuple(added), tuple(noted), kept)]


class ContactFiles:
    """The job that reads a file of contacts.

    Args:
        runtime: the running bot.
        now: the current time.
        fetch: returns a file that a person has sent.
    """

    def __init__(self, runtime: BotRuntime, now: Callable[[], datetime], fetch: Fetch) -> None:
        self._runtime = runtime
        self._now = now
        self._fetch = fetch

    async def read_file(self, job: Job, _progress: Progress) -> Facts:
        """Read the file and tell its sender who can be picked; returns the persons, sealed.

        Raises:
            JobCrashedError: Telegram cannot be reached; it is tried again.
        """
        body = await self._fetch(string(job.wish, "file"), CONTACT_FILE_BYTES_MAX)
        if body is None:
            return await self._unread(job, "gone")
        found = await read_contact_file(body)
        if not found.persons:
            return await self._unread(job, "nobody")
        if not await self._runtime.database.write(self._has_key):
            return await self._unread(job, "locked")
        assert job.asked_by is not None, "a member has sent it"
        persons = json.dumps([[person.name, person.phone] for person in found.persons])
        sealed = self._runtime.number_keys.seal_contacts(persons, job.asked_by)
        await self._news(job, ContactFileRead(job.id, len(found.persons), found.more))
        return {"sealed": sealed}

    def _has_key(self, conn: Connection) -> bool:
        return has_key(conn, self._runtime.number_keys)

    async def _unread(self, job: Job, why: WhyNoContacts) -> Facts:
        await self._news(job, ContactFileUnread(why))
        return {}

    async def _news(self, job: Job, news: Message) -> None:
        await self._runtime.database.write(
            partial(_tell, runtime=self._runtime, job=job, news=news, at=self._now())
        )


def tell_contacts_unread(conn: Connection, job: Job, at: datetime, *, runtime: BotRuntime) -> None:
    """Tell who sent the file that it could not be read."""
    _tell(conn, runtime=runtime, job=job, news=ContactFileUnread("gone"), at=at)


def _tell(conn: Connection, *, runtime: BotRuntime, job: Job, news: Message, at: datetime) -> None:
    """Send the news of a job to the member who asked for it, once."""
    person = members.reachable(conn, integer(job.wish, "member"))
    if person is not None and person.user_id == job.asked_by:
        key, content = job.reference, runtime.content
        send(conn, content, runtime.company, person, news, key=key, at=at, at_once=True)


LOOKUPS: Lookups = {FileContacts: file_contacts}

ACTIONS: Actions = {ReadContactFile: read_contacts, AddContacts: add_contacts}
