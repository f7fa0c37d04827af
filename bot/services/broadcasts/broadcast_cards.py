"""A broadcast's card and its line in the list, with the counts of this moment."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.company import Company
from bot.content.broadcasts import excerpt
from bot.core.messaging.broadcasts import BroadcastProgress, bar, course_of
from bot.flows.broadcasts.broadcast_messages import BroadcastCard, BroadcastLine
from bot.services.broadcasts.audience import audience_filter
from bot.store.broadcasts import audience, broadcasts, recipients
from bot.store.broadcasts.broadcasts import Broadcast
from bot.store.members import roles

__all__ = [
    "EXCERPT_CHARACTERS_MAX",
    "REPEAT",
    "author_of",
    "card_of",
    "line_of",
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
    )


def repeatable(conn: Connection, number: int) -> int:
    """Returns how many members a broadcast can be repeated to; 0 if it was repeated before."""
    if broadcasts.by_reference(conn, REPEAT.format(number)) is not None:
        return 0
    return sum(audience.repeatable(conn, number).values())


def line_of(conn: Connection, broadcast: Broadcast, viewer: int) -> BroadcastLine:
    """Returns a broadcast's line in the list."""
    progress = progress_of(conn, broadcast)
    return BroadcastLine(
        number=broadcast.id,
        state=broadcast.state,
        excerpt=excerpt(broadcast.body, EXCERPT_CHARACTERS_MAX),
        author=_author(conn, broadcast, viewer),
        starts_at=broadcast.starts_at,
        settled=progress.settled,
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
    found = roles.by_account(conn, broadcast.author_id)
    name = found.name if found is not None else ""
    return name or f"Telegram …{str(broadcast.author_id)[-4:]}"


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
