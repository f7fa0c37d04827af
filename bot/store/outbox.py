"""What we tell Telegram: written with the effect it speaks of, sent afterwards, then marked."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, text

from bot.store.letters import Kind, Letter, Mark
from bot.store.types import Instant

__all__ = [
    "DOUBTS_MAX",
    "Kind",
    "Letter",
    "Mark",
    "claim",
    "close_gate",
    "cycle",
    "earliest",
    "mark",
    "open_letters",
    "prune",
    "put",
    "recover",
]

DOUBTS_MAX = 5
"""How often an answer that may or may not have arrived is sent in all."""

KEPT_DAYS = 30
PRUNED_AT_ONCE_MAX = 500

REPEAT_AFTER = (timedelta(0), timedelta(seconds=5))


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

CLAIM_ANSWERS = text("""
    SELECT o.id, o.chat_id, o.kind, o.method, o.payload, o.tries FROM outbox AS o
    WHERE o.state IN ('new', 'sending') AND o.state = 'new'
      AND o.kind IN ('toast', 'answer', 'notice')
      AND (o.not_before IS NULL OR o.not_before <= :now)
      AND (o.kind = 'toast' OR (
            NOT EXISTS (
              SELECT 1 FROM outbox AS p
              WHERE p.chat_id = o.chat_id AND p.id < o.id AND p.state IN ('new', 'sending')
                AND p.kind IN ('answer', 'notice')
                AND (p.state = 'sending' OR p.kind = 'answer' OR o.kind = 'notice'
                     OR p.not_before IS NULL OR p.not_before <= :now))
            AND NOT EXISTS (
              SELECT 1 FROM gates AS g WHERE g.scope = 'chat:' || o.chat_id AND g.until > :now)
            AND o.chat_id NOT IN :paced))
    ORDER BY CASE o.kind WHEN 'toast' THEN 0 ELSE 1 END, o.id LIMIT :limit
""").bindparams(bindparam("now", type_=Instant), bindparam("paced", expanding=True))

CLAIM_TIPS = text("""
    SELECT o.id, o.chat_id, o.kind, o.method, o.payload, o.tries FROM outbox AS o
    WHERE o.state IN ('new', 'sending') AND o.state = 'new' AND o.kind = 'tip'
      AND (o.not_before IS NULL OR o.not_before <= :now)
      AND NOT EXISTS (
        SELECT 1 FROM outbox AS p
        WHERE p.chat_id = o.chat_id AND p.state IN ('new', 'sending') AND p.state = 'sending')
      AND NOT EXISTS (
        SELECT 1 FROM gates AS g
        WHERE g.scope IN ('bulk', 'chat:' || o.chat_id) AND g.until > :now)
      AND o.chat_id NOT IN :paced
    ORDER BY o.id LIMIT :limit
""").bindparams(bindparam("now", type_=Instant), bindparam("paced", expanding=True))

TAKE = text("""
    UPDATE outbox SET state = 'sending', epoch = :epoch, tries = tries + 1
    WHERE id = :id AND state = 'new'
""")

SENT = text("""
    UPDATE outbox SET state = 'sent', message_id = :message_id, error = NULL WHERE id = :id
""")

LATER = text("""
    UPDATE outbox SET state = 'new', not_before = :not_before, error = :error WHERE id = :id
""").bindparams(bindparam("not_before", type_=Instant))

DOUBT = text("""
    UPDATE outbox SET doubts = doubts + 1, error = :error, not_before = :not_before,
      state = CASE WHEN kind IN ('answer', 'notice') AND doubts + 1 < :most
              THEN 'new' ELSE 'uncertain' END
    WHERE id = :id
""").bindparams(bindparam("not_before", type_=Instant))

FAILED = text("UPDATE outbox SET state = 'failed', error = :error WHERE id = :id")

RECOVER = text("""
    UPDATE outbox SET doubts = doubts + 1, error = 'stopped while sending',
      not_before = CASE WHEN doubts > 0 THEN :second ELSE not_before END,
      state = CASE WHEN kind IN ('answer', 'notice') AND doubts + 1 < :most
              THEN 'new' ELSE 'uncertain' END
    WHERE state = 'sending' AND epoch < :epoch
""").bindparams(bindparam("second", type_=Instant))

CLOSE_GATE = text("""
    INSERT INTO gates (scope, until) VALUES (:scope, :until)
    ON CONFLICT (scope) DO UPDATE SET until = excluded.until WHERE gates.until < excluded.until
""").bindparams(bindparam("until", type_=Instant))

OPEN_LETTERS = text("""
    SELECT count(*) FROM outbox
    WHERE state IN ('new', 'sending')
      AND (state = 'sending' OR not_before IS NULL OR not_before <= :now)
""").bindparams(bindparam("now", type_=Instant))

EARLIEST = (
    text("""
    SELECT min(moment) AS moment FROM (
      SELECT not_before AS moment FROM outbox
      WHERE state IN ('new', 'sending') AND state = 'new' AND not_before > :after
      UNION ALL
      SELECT until FROM gates WHERE until > :after) AS coming
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
    tips: int,
    paced: Collection[int],
) -> list[Letter]:
    """Take the letters that may go now: toasts, then one to a chat, answers before tips.

    Args:
        conn: the unit's connection.
        now: the bot's time.
        epoch: which start of the bot takes them.
        answers: how many answers and notices at most.
        tips: how many tips at most, within `answers` in all.
        paced: chats that have had their share for this second.
    """
    conn.execute(EXPIRE, {"now": now})
    facts = {"now": now, "paced": list(paced)}
    rows = list(conn.execute(CLAIM_ANSWERS, {**facts, "limit": answers}))
    left = min(tips, answers - len(rows))
    if left > 0:
        taken = {row.chat_id for row in rows if row.kind != "toast"}
        for row in conn.execute(CLAIM_TIPS, {**facts, "limit": left}).all():
            if row.chat_id not in taken:
                taken.add(row.chat_id)
                rows.append(row)
    letters = [
        Letter(row.id, row.chat_id, row.kind, row.method, json.loads(row.payload), row.tries + 1)
        for row in rows
    ]
    if letters:
        conn.execute(TAKE, [{"id": letter.id, "epoch": epoch} for letter in letters])
    return letters


def cycle(
    conn: Connection,
    *,
    marks: Sequence[Mark],
    now: datetime,
    epoch: int,
    free: int,
    tips: int,
    paced: Collection[int],
) -> list[Letter]:
    """Write down what became of letters and take the next ones, in one commit."""
    mark(conn, marks, now)
    if free <= 0:
        return []
    return claim(conn, now, epoch, answers=free, tips=tips, paced=paced)


def mark(conn: Connection, marks: Sequence[Mark], now: datetime) -> None:
    """Write down what became of letters."""
    for each in marks:
        letter = each.letter
        if each.outcome == "sent":
            conn.execute(SENT, {"id": letter.id, "message_id": each.message_id})
        elif each.outcome == "failed":
            conn.execute(FAILED, {"id": letter.id, "error": each.error})
        elif each.outcome == "later":
            wait = each.wait or timedelta(0)
            facts = {"id": letter.id, "not_before": now + wait, "error": each.error}
            conn.execute(LATER, facts)
            if each.closes is not None:
                scope = "bulk" if each.closes == "bulk" else f"chat:{letter.chat_id}"
                close_gate(conn, scope, now + wait)
        else:
            wait = REPEAT_AFTER[min(letter.tries, len(REPEAT_AFTER)) - 1]
            facts = {"id": letter.id, "error": each.error, "not_before": now + wait}
            conn.execute(DOUBT, {**facts, "most": DOUBTS_MAX})


def close_gate(conn: Connection, scope: str, until: datetime) -> None:
    """Let nothing of this scope out before `until`."""
    conn.execute(CLOSE_GATE, {"scope": scope, "until": until})


def recover(conn: Connection, epoch: int, now: datetime) -> int:
    """After a start: settle what an earlier run left in flight. Gives how many there were.

    A second repeat waits here too: a bot that dies again and again dies when it has just started.
    """
    facts = {"epoch": epoch, "most": DOUBTS_MAX, "second": now + REPEAT_AFTER[-1]}
    return conn.execute(RECOVER, facts).rowcount


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
