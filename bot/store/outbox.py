"""What we tell Telegram: written with the effect it speaks of, sent afterwards, then marked."""

import json
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, bindparam, text

from bot.store.letters import Kind, Letter, Mark
from bot.store.outcomes import mark
from bot.store.types import Big, Instant

__all__ = [
    "BULK",
    "Kind",
    "Letter",
    "Mark",
    "Wording",
    "claim",
    "cycle",
    "earliest",
    "open_letters",
    "prune",
    "put",
]

BULK: tuple[Kind, ...] = ("tip", "broadcast")
AT_ONCE: tuple[Kind, ...] = ("toast", "answer", "notice")

Wording: TypeAlias = Callable[[Connection, Letter], Letter]
"""Fills what is worded in the commit that takes it; anything else stays as it is."""

KEPT_DAYS = 30
PRUNED_AT_ONCE_MAX = 500

# "state IN ('new', 'sending')" is the condition of the indexes on open letters: a statement that
# says it word for word reads only those, even where it wants one of the two.

PUT = text("""
    INSERT INTO outbox (key, chat_id, kind, method, payload, not_before, expires_at, created_at)
    VALUES (:key, :chat_id, :kind, :method, :payload, :not_before, :expires_at, :at)
    ON CONFLICT (key) DO NOTHING
""").bindparams(
    bindparam("not_before", type_=Instant),
    bindparam("expires_at", type_=Instant),
    bindparam("at", type_=Instant),
)

EXPIRE = text("""
    UPDATE outbox SET state = 'expired'
    WHERE state IN ('new', 'sending') AND state = 'new'
      AND expires_at IS NOT NULL AND expires_at <= :now
""").bindparams(bindparam("now", type_=Instant))

# One kind at a time, so that the index gives the rows in their order and the first ones suffice.
CLAIM_ANSWERS = text("""
    SELECT o.id, o.chat_id, o.kind, o.method, o.payload, o.tries, o.key
    FROM outbox AS o
    WHERE o.state IN ('new', 'sending') AND o.state = 'new' AND o.kind = :kind
      AND (o.not_before IS NULL OR o.not_before <= :now)
      AND (o.kind = 'toast' OR (
            NOT EXISTS (
              SELECT 1 FROM outbox AS p
              WHERE p.chat_id = o.chat_id AND p.id < o.id AND p.state IN ('new', 'sending')
                AND p.kind IN ('answer', 'notice')
                AND (p.state = 'sending' OR p.kind = 'answer' OR o.kind = 'notice'
                     OR p.not_before IS NULL OR p.not_before <= :now))
            AND o.chat_id NOT IN :paced))
    ORDER BY o.id LIMIT :limit
""").bindparams(bindparam("now", type_=Instant), bindparam("paced", expanding=True))

CLAIM_BULK = text("""
    SELECT o.id, o.chat_id, o.kind, o.method, o.payload, o.tries, o.key
    FROM outbox AS o
    WHERE o.state IN ('new', 'sending') AND o.state = 'new' AND o.kind = :kind
      AND (o.not_before IS NULL OR o.not_before <= :now)
      AND NOT EXISTS (
        SELECT 1 FROM outbox AS p
        WHERE p.chat_id = o.chat_id AND p.state IN ('new', 'sending') AND p.state = 'sending')
      AND o.chat_id NOT IN :paced
    ORDER BY o.id LIMIT :limit
""").bindparams(bindparam("now", type_=Instant), bindparam("paced", expanding=True))

# On PostgreSQL another transaction may have taken a row back meanwhile.
TAKE = text("""
    UPDATE outbox SET state = 'sending', epoch = :epoch, tries = tries + 1
    WHERE id IN :ids AND state = 'new' RETURNING id
""").bindparams(bindparam("ids", expanding=True, type_=Big))

OPEN_LETTERS = text("""
    SELECT count(*) FROM outbox
    WHERE state IN ('new', 'sending')
      AND (state = 'sending' OR not_before IS NULL OR not_before <= :now)
""").bindparams(bindparam("now", type_=Instant))

EARLIEST = (
    text("""
    SELECT min(not_before) AS moment FROM outbox
    WHERE state IN ('new', 'sending') AND state = 'new' AND not_before > :after
""")
    .bindparams(bindparam("after", type_=Instant))
    .columns(moment=Instant)
)


FORGET = text("""
    DELETE FROM outbox WHERE id IN (
      SELECT id FROM outbox
      WHERE state NOT IN ('new', 'sending') AND created_at < :before
        AND id < COALESCE((SELECT MIN(id) FROM outbox WHERE created_at >= :before),
                          (SELECT MAX(id) FROM outbox))
      ORDER BY id LIMIT :limit)
""").bindparams(bindparam("before", type_=Instant))


def put(
    conn: Connection,
    *,
    key: str,
    chat_id: int,
    kind: Kind,
    method: str,
    payload: dict[str, Any],
    at: datetime,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
) -> bool:
    """Write a letter; False where one with this key was written before."""
    row = {
        "key": key,
        "chat_id": chat_id,
        "kind": kind,
        "method": method,
        "payload": json.dumps(payload, ensure_ascii=False),
        "not_before": not_before,
        "expires_at": expires_at,
        "at": at,
    }
    return conn.execute(PUT, row).rowcount == 1


def claim(
    conn: Connection,
    now: datetime,
    epoch: int,
    *,
    answers: int,
    bulk: int,
    paced: Collection[int],
    expire: bool = True,
) -> list[Letter]:
    """Take the letters that may go now: toasts, then one to a chat, answers before bulk.

    Args:
        conn: the unit's connection.
        now: the bot's time.
        epoch: which start of the bot takes them.
        answers: how many letters at most.
        bulk: how many of them may be tips and broadcasts; tips, which soon expire, go first.
        paced: chats that have had their share for this second, or whose gate is closed.
        expire: whether what is too old by `now` is given up; not while the clock is in doubt.
    """
    if expire:
        conn.execute(EXPIRE, {"now": now})
    facts = {"now": now, "paced": list(paced)}
    rows: list[Row[Any]] = []
    for kind in AT_ONCE:
        wanted = {**facts, "kind": kind, "limit": answers - len(rows)}
        rows += conn.execute(CLAIM_ANSWERS, wanted)
    taken = {row.chat_id for row in rows if row.kind != "toast"}
    left = min(bulk, answers - len(rows))
    for kind in BULK:
        if left <= 0:
            break
        for row in conn.execute(CLAIM_BULK, {**facts, "kind": kind, "limit": left}).all():
            if row.chat_id not in taken:
                taken.add(row.chat_id)
                rows.append(row)
                left -= 1
    if not rows:
        return []
    facts = {"ids": [row.id for row in rows], "epoch": epoch}
    got = set(conn.execute(TAKE, facts).scalars())
    return [_letter(row) for row in rows if row.id in got]


def _letter(row: Row[Any]) -> Letter:
    """A row that was taken, with this try counted."""
    return Letter(
        id=row.id,
        chat_id=row.chat_id,
        kind=row.kind,
        method=row.method,
        payload=json.loads(row.payload),
        tries=row.tries + 1,
        key=row.key,
    )


def cycle(
    conn: Connection,
    *,
    marks: Sequence[Mark],
    now: datetime,
    epoch: int,
    free: int,
    bulk: int,
    paced: Collection[int],
    word: Wording = lambda _conn, letter: letter,
    expire: bool = True,
) -> tuple[list[Letter], datetime | None]:
    """Write down what became of letters and take the next ones, in one commit.

    Where there is none to take though there is a place, tells when the next one can go.
    What is worded in that commit by `word` leaves at once; a kill that meets it on the way to its
    wording would leave it in doubt for nothing.
    """
    mark(conn, marks, now)
    if free <= 0:
        return [], None
    taken = claim(conn, now, epoch, answers=free, bulk=bulk, paced=paced, expire=expire)
    if not taken:
        return [], earliest(conn, now)
    return [word(conn, letter) for letter in taken], None


def open_letters(conn: Connection, now: datetime) -> int:
    """How many letters could go now or are on their way."""
    count: int = conn.execute(OPEN_LETTERS, {"now": now}).scalar_one()
    return count


def earliest(conn: Connection, after: datetime) -> datetime | None:
    """When the passing of time lets the next letter go; None where it changes nothing.

    A letter that may go by now, and did not, waits for something else to happen: for the one
    before it to be answered, or for a place.
    """
    moment: datetime | None = conn.execute(EARLIEST, {"after": after}).scalar()
    return moment


def prune(conn: Connection, now: datetime) -> bool:
    """Forget settled letters of a month ago, a part at a time; whether there is more to do."""
    facts = {"before": now - timedelta(days=KEPT_DAYS), "limit": PRUNED_AT_ONCE_MAX}
    return conn.execute(FORGET, facts).rowcount == PRUNED_AT_ONCE_MAX
