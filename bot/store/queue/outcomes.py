"""Records the results of sends: sent, failed, to be tried again, or uncertain."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, text

from bot.core.messaging.retry_policy import (
    DOUBTS_MAX,
    EDIT_DOUBTS_MAX,
    RETRY_SECONDS_MAX,
    repeated_after,
)
from bot.store.db.types import Big, Instant
from bot.store.queue import chat_queues
from bot.store.queue.outbox_messages import SendResult

__all__ = [
    "close_gate",
    "gates",
    "record_results",
    "recover",
    "release_claimed",
    "shorten_retries",
]

DOUBTS = {"most": DOUBTS_MAX, "most_edits": EDIT_DOUBTS_MAX}

GATE_SLACK = timedelta(seconds=60)
"""A gate stays valid when the clock is corrected by less than this."""

SENT = text("""
    UPDATE outbox SET state = 'sent', message_id = :message_id, error = NULL WHERE id = :id
""")

# An edit of a broadcast can be repeated without harm, so it is held again like one not sent.
# A broadcast may have been paused or stopped meanwhile, so it releases its own messages again.
LATER = text("""
    UPDATE outbox SET state = CASE WHEN kind = 'broadcast' THEN 'held' ELSE 'new' END,
      not_before = :not_before, due_at = :not_before, error = :error
    WHERE id = :id
""").bindparams(bindparam("not_before", type_=Instant))

UNCERTAIN = text("""
    UPDATE outbox SET doubts = doubts + 1, error = :error, not_before = :not_before,
      due_at = :not_before,
      state = CASE WHEN correction_id IS NOT NULL AND doubts + 1 < :most_edits THEN 'held'
              WHEN kind IN ('answer', 'notice') AND doubts + 1 < :most
              THEN 'new' ELSE 'uncertain' END
    WHERE id = :id
""").bindparams(bindparam("not_before", type_=Instant))

FAILED = text("UPDATE outbox SET state = 'failed', error = :error WHERE id = :id")

RECOVER = text("""
    UPDATE outbox SET doubts = doubts + 1, error = 'stopped while sending',
      not_before = CASE WHEN doubts > 0 THEN :second ELSE not_before END,
      due_at = CASE WHEN doubts > 0 THEN :second ELSE COALESCE(not_before, created_at) END,
      state = CASE WHEN correction_id IS NOT NULL AND doubts + 1 < :most_edits THEN 'held'
              WHEN kind IN ('answer', 'notice') AND doubts + 1 < :most
              THEN 'new' ELSE 'uncertain' END
    WHERE state = 'sending' AND epoch < :epoch
""").bindparams(bindparam("second", type_=Instant))

# These were claimed in a commit that this process took for failed, so it has not sent them.
RELEASE_CLAIMED = text("""
    UPDATE outbox SET tries = tries - 1,
      state = CASE WHEN kind = 'broadcast' THEN 'held' ELSE 'new' END
    WHERE state = 'sending' AND epoch = :epoch AND id NOT IN :known
""").bindparams(bindparam("known", expanding=True, type_=Big))

# A retry waits seconds. A later moment was written before the clock was set back.
SHORTEN = text("""
    UPDATE outbox SET not_before = NULL,
      due_at = CASE WHEN due_at IS NULL THEN NULL ELSE :now END
    WHERE state IN ('new', 'sending') AND kind IN ('answer', 'notice') AND state = 'new'
      AND tries > 0 AND not_before > :latest
""").bindparams(bindparam("latest", type_=Instant), bindparam("now", type_=Instant))

# A message without `not_before` is due when it was written; that may now lie in the future.
DATE_BACK = text("""
    UPDATE outbox SET created_at = :now,
      due_at = CASE WHEN due_at IS NULL OR not_before IS NOT NULL THEN due_at ELSE :now END
    WHERE state IN ('new', 'sending') AND created_at > :now
""").bindparams(bindparam("now", type_=Instant))

# A gate that is closed for longer stays so, unless it is closed for longer than Telegram asked
# for: then its end was written before the clock was set back.
CLOSE_GATE = text("""
    INSERT INTO gates (scope, until, seconds) VALUES (:scope, :until, :seconds)
    ON CONFLICT (scope) DO UPDATE SET until = excluded.until, seconds = excluded.seconds
    WHERE gates.until < excluded.until OR gates.until > :latest + gates.seconds * 1000000
""").bindparams(bindparam("until", type_=Instant), bindparam("latest", type_=Instant))

FORGET_GATES = text("DELETE FROM gates WHERE until <= :now").bindparams(
    bindparam("now", type_=Instant)
)

GATES = text("SELECT scope, until, seconds FROM gates").columns(until=Instant)


def record_results(conn: Connection, results: Sequence[SendResult], now: datetime) -> None:
    """Record the results of sends, and unpark the next message of each queue."""
    for each in results:
        outgoing = each.outgoing
        if each.closes is not None:
            close_gate(conn, each.closes, now, each.shut)
        if each.outcome == "sent":
            conn.execute(SENT, {"id": outgoing.id, "message_id": each.message_id})
        elif each.outcome == "failed":
            conn.execute(FAILED, {"id": outgoing.id, "error": each.error})
        elif each.outcome == "later":
            wait = each.wait or timedelta(0)
            facts = {"id": outgoing.id, "not_before": now + wait, "error": each.error}
            conn.execute(LATER, facts)
        else:
            wait = repeated_after(outgoing.tries)
            facts = {"id": outgoing.id, "error": each.error, "not_before": now + wait}
            conn.execute(UNCERTAIN, {**facts, **DOUBTS})
        chat_queues.unpark(conn, outgoing.chat_id, outgoing.kind)


def close_gate(conn: Connection, scope: str, now: datetime, shut: timedelta) -> None:
    """Store that a gate is closed from now on, and for how long, so that a restart keeps to it."""
    seconds = -(-shut // timedelta(seconds=1))
    facts = {"scope": scope, "until": now + shut, "seconds": seconds}
    conn.execute(CLOSE_GATE, {**facts, "latest": now + GATE_SLACK})


def gates(conn: Connection, now: datetime) -> dict[str, float]:
    """Returns the gates that are still closed at a start, each with the seconds left.

    They are never more than Telegram asked for, however far the clock was set back meanwhile.
    """
    conn.execute(FORGET_GATES, {"now": now})
    second = timedelta(seconds=1)
    return {
        row.scope: min((row.until - now) / second, float(row.seconds))
        for row in conn.execute(GATES)
    }


def shorten_retries(conn: Connection, now: datetime) -> int:
    """Make retries due that wait far too long since the clock was set back; returns how many."""
    latest = now + timedelta(seconds=RETRY_SECONDS_MAX)
    conn.execute(DATE_BACK, {"now": now})
    return conn.execute(SHORTEN, {"latest": latest, "now": now}).rowcount


def release_claimed(conn: Connection, epoch: int, known: Collection[int]) -> int:
    """Release what was claimed by a commit that seemed to fail but was kept; returns how many.

    `known` are the messages of this run that are in flight or whose results are not stored.
    Nothing has to be unparked: a claimed message is the first of its queue and still has its
    `due_at`.
    """
    return conn.execute(RELEASE_CLAIMED, {"epoch": epoch, "known": list(known)}).rowcount


def recover(conn: Connection, epoch: int, now: datetime) -> int:
    """Settle at a start what an earlier run left in flight; returns how many messages.

    A second repeat waits here too: a bot that dies again and again does so soon after its start.
    """
    facts = {"epoch": epoch, "second": now + repeated_after(DOUBTS_MAX), **DOUBTS}
    found = conn.execute(RECOVER, facts).rowcount
    chat_queues.unpark_all(conn)
    return found
