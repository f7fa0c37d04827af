"""A broadcast's card and its line in the list, with the counts of this moment."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.company import Company
from bot.content.broadcasts import excerpt
from bot.core.messaging.broadcasts import BroadcastProgress, bar, course_of
from bot.core.messaging.text_corrections import is_correctable
from bot.flows.broadcasts.broadcast_messages import BroadcastCard, BroadcastLine
from bot.flows.broadcasts.correction_messages import CorrectionNote
from bot.services.broadcasts.audience import audience_filter
from bot.store.broadcasts import (
    audience,
    broadcast_corrections,
    broadcasts,
    correction_recipients,
    recipients,
)
from bot.store.broadcasts.broadcasts import Broadcast
from bot.store.members import roles

__all__ = [
    "EXCERPT_CHARACTERS_MAX",
    "REPEAT",
    "author_of",
    "card_of",
    "correctable_family",
    "line_of",
    "name_of",
    "progress_of",
    "repeatable",
]

EXCERPT_CHARACTERS_MAX: Final = 40
REPEAT: Final = "repeat:{}"
"""The reference of a broadcast's repeat, which makes it unique."""


def card_of(
    conn: Connection,
    company: Company,
    broadcast: Broadcast,
    ranks: Mapping[str, str],
    viewer: int,
    now: datetime,
    *,
    admin: bool,
) -> BroadcastCard:
    """Returns the card of a broadcast, with the counts of this moment; `ranks` names ranks."""
    rank = broadcast.audience.rank
    progress = progress_of(conn, broadcast)
    over = broadcast.finished_at is not None
    again = repeatable(conn, broadcast.id) if over else 0
    return BroadcastCard(
        number=broadcast.id,
        state=broadcast.state,
        audience=broadcast.audience,
        rank_name=ranks.get(rank, rank),
        excerpt=excerpt(broadcast.body, EXCERPT_CHARACTERS_MAX),
        author=_author(conn, broadcast, viewer),
        starts_at=broadcast.starts_at,
        ends_at=broadcast.finished_at or _expected_end(conn, company, broadcast, now),
        ready=broadcast.filled,
        begun=now >= broadcast.starts_at,
        over=over,
        bar=bar(progress.settled, progress.total),
        progress=progress,
        again=again,
        repeats=broadcast.repeats or 0,
        correction=_correction_note(conn, broadcast, viewer),
        correctable=correctable_family(conn, broadcast, viewer, now, admin=admin) != (),
    )


def correctable_family(
    conn: Connection, broadcast: Broadcast, viewer: int, now: datetime, *, admin: bool
) -> Sequence[int]:
    """Returns the broadcasts whose text the viewer may correct with this one; none if not.

    The first one of the family decides: its author may correct, and admins may.
    """
    kin = broadcast_corrections.family(conn, broadcast.id)
    first = broadcasts.load(conn, kin[0])
    assert first is not None, "the family has the broadcast itself"
    may = (admin or first.author_id == viewer) and bool(broadcast.body)
    if not may or not is_correctable(first.finished_at, now):
        return ()
    open_ = first.finished_at is None or broadcast.finished_at is None
    return kin if open_ or correction_recipients.delivered(conn, kin)[0] else ()


def _correction_note(conn: Connection, broadcast: Broadcast, viewer: int) -> CorrectionNote | None:
    """Returns what the card says of the newest correction; None if there is none."""
    found = broadcast_corrections.load(conn, broadcast.edition)
    if found is None:
        return None
    over = found.finished_at is not None
    progress = found.progress if over else correction_recipients.progress(conn, found.id)
    return CorrectionNote(
        state=found.state,
        by="" if found.author_id == viewer else name_of(conn, found.author_id),
        at=found.created_at,
        over=over,
        bar=bar(progress.settled, progress.total),
        progress=progress,
        first=excerpt(broadcast.first_body, EXCERPT_CHARACTERS_MAX),
    )


def repeatable(conn: Connection, number: int) -> int:
    """Returns how many members a broadcast can be repeated to; 0 if it was repeated before."""
    if broadcasts.by_reference(conn, REPEAT.format(number)) is not None:
        return 0
    return sum(audience.repeatable(conn, number).values())


def line_of(conn: Connection, broadcast: Broadcast, viewer: int, now: datetime) -> BroadcastLine:
    """Returns a broadcast's line in the list."""
    progress = progress_of(conn, broadcast)
    return BroadcastLine(
        number=broadcast.id,
        state=broadcast.state,
        excerpt=excerpt(broadcast.body, EXCERPT_CHARACTERS_MAX),
        author=_author(conn, broadcast, viewer),
        starts_at=broadcast.starts_at,
        begun=now >= broadcast.starts_at,
        over=broadcast.finished_at is not None,
        settled=progress.settled,
        sent=progress.sent,
        total=progress.total,
    )


def progress_of(conn: Connection, broadcast: Broadcast) -> BroadcastProgress:
    """Returns the final counts of a finished broadcast, else the present ones."""
    if broadcast.finished_at is not None:
        return broadcast.progress
    return recipients.progress(conn, broadcast.id)


def _author(conn: Connection, broadcast: Broadcast, viewer: int) -> str:
    """Returns the author's name; empty if the author is the viewer."""
    return "" if broadcast.author_id == viewer else author_of(conn, broadcast)


def author_of(conn: Connection, broadcast: Broadcast) -> str:
    """Returns the author's name, or the end of the account's number."""
    return name_of(conn, broadcast.author_id)


def name_of(conn: Connection, user_id: int) -> str:
    """Returns the name of a trainer or admin, or the end of the account's number."""
    found = roles.by_account(conn, user_id)
    name = found.name if found is not None else ""
    return name or f"Telegram …{str(user_id)[-4:]}"


def _expected_end(
    conn: Connection, company: Company, broadcast: Broadcast, now: datetime
) -> datetime:
    """Returns when the last message is expected to be sent; `now` if it is not running."""
    if broadcast.state != "running":
        return now
    if broadcast.filled:
        waiting = recipients.waiting(conn, broadcast.id)
    elif broadcast.repeats is not None:
        waiting = audience.repeatable(conn, broadcast.repeats)
    else:
        author, at = broadcast.author_id, broadcast.created_at
        wanted = audience_filter(conn, company, broadcast.audience, author, at)
        waiting = audience.sizes(conn, wanted)
    starts_at = max(now, broadcast.starts_at)
    course = course_of(starts_at, waiting, company.sending.bulk_per_second, company.sending)
    return course.ends_at
