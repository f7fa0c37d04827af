"""How a broadcast stands, as its author reads it."""

from datetime import datetime
from typing import Final, cast

from sqlalchemy import Connection

from bot.company import Company
from bot.content.broadcasts import excerpt
from bot.core.messaging.broadcasts import Audience, BroadcastProgress, bar, ends_at
from bot.flows.broadcasts.broadcast_messages import BroadcastCard, BroadcastLine
from bot.services.broadcasts.audience import circle
from bot.store.broadcasts import audience, broadcasts, recipients
from bot.store.broadcasts.broadcasts import Broadcast
from bot.store.members import roles

__all__ = [
    "EXCERPT_CHARACTERS_MAX",
    "REPEAT",
    "author_of",
    "card_of",
    "line_of",
    "repeatable",
    "tally_of",
]

EXCERPT_CHARACTERS_MAX: Final = 40
REPEAT: Final = "repeat:{}"
"""What a repeat of a broadcast is called, so that there is only one."""


def card_of(
    conn: Connection, company: Company, broadcast: Broadcast, viewer: int, now: datetime
) -> BroadcastCard:
    """Everything about one, with the counts of this moment."""
    tally = tally_of(conn, broadcast)
    over = broadcast.finished_at is not None
    again = repeatable(conn, broadcast.id) if over else 0
    return BroadcastCard(
        number=broadcast.id,
        state=broadcast.state,
        audience=cast("Audience", broadcast.audience),
        excerpt=excerpt(broadcast.body, EXCERPT_CHARACTERS_MAX),
        author=_author(conn, broadcast, viewer),
        starts_at=broadcast.starts_at,
        ends_at=broadcast.finished_at or _expected_end(conn, company, broadcast, now),
        ready=broadcast.filled,
        begun=now >= broadcast.starts_at,
        over=over,
        bar=bar(tally.settled, tally.total),
        tally=tally,
        again=again,
        repeats=broadcast.repeats or 0,
    )


def repeatable(conn: Connection, number: int) -> int:
    """How many may be sent it once more; nobody a third time, unless by a repeat of the repeat."""
    if broadcasts.by_reference(conn, REPEAT.format(number)) is not None:
        return 0
    return sum(audience.repeatable(conn, number).values())


def line_of(conn: Connection, broadcast: Broadcast, viewer: int) -> BroadcastLine:
    """One line of the list."""
    tally = tally_of(conn, broadcast)
    return BroadcastLine(
        number=broadcast.id,
        state=broadcast.state,
        excerpt=excerpt(broadcast.body, EXCERPT_CHARACTERS_MAX),
        author=_author(conn, broadcast, viewer),
        starts_at=broadcast.starts_at,
        settled=tally.settled,
        total=tally.total,
    )


def tally_of(conn: Connection, broadcast: Broadcast) -> BroadcastProgress:
    """What was kept when it ended, else what its letters say now."""
    if broadcast.finished_at is not None:
        return broadcast.tally
    return recipients.tally(conn, broadcast.id)


def _author(conn: Connection, broadcast: Broadcast, viewer: int) -> str:
    """The name of an author who is somebody else."""
    return "" if broadcast.author_id == viewer else author_of(conn, broadcast)


def author_of(conn: Connection, broadcast: Broadcast) -> str:
    """The name of who wrote it."""
    found = roles.by_account(conn, broadcast.author_id)
    name = found.name if found is not None else ""
    return name or f"Telegram …{str(broadcast.author_id)[-4:]}"


def _expected_end(
    conn: Connection, company: Company, broadcast: Broadcast, now: datetime
) -> datetime:
    """When the last one leaves, as far as one can tell; asked only while that is of use."""
    if broadcast.state != "running":
        return now
    if broadcast.filled:
        waiting = recipients.waiting(conn, broadcast.id)
    elif broadcast.repeats is not None:
        waiting = audience.repeatable(conn, broadcast.repeats)
    else:
        wanted = circle(
            conn, company, broadcast.audience, broadcast.author_id, broadcast.created_at
        )
        waiting = audience.sizes(conn, wanted)
    starts_at = max(now, broadcast.starts_at)
    return ends_at(starts_at, waiting, company.sending.bulk_per_second, company.sending)
