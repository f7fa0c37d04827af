"""What became of letters: sent, failed, to be tried again, or nobody knows."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, text

from bot.core.messaging.retry_policy import DOUBTS_MAX, RETRY_SECONDS_MAX, repeated_after
from bot.store.db.types import Big, Instant
from bot.store.queue import chat_queues
from bot.store.queue.outbox_messages import SendResult

__all__ = [
    "close_gate",
    "gates",
    "hasten",
    "mark",
    "recover",
    "take_back",
]

GATE_SLACK = timedelta(seconds=60)
"""A clock that is put right by less than this says nothing against a gate."""

SENT = text("""
    UPDATE outbox SET state = 'sent', message_id = :message_id, error = NULL WHERE id = :id
""")

# A broadcast that may have been paused or stopped meanwhile lets its letters go out again itself.
LATER = text("""
    UPDATE outbox SET state = CASE WHEN kind = 'broadcast' THEN 'held' ELSE 'new' END,
      not_before = :not_before, due_at = :not_before, error = :error
    WHERE id = :id
""").bindparams(bindparam("not_before", type_=Instant))

DOUBT = text("""
    UPDATE outbox SET doubts = doubts + 1, error = :error, not_before = :not_before,
      due_at = :not_before,
      state = CASE WHEN kind IN ('answer', 'notice') AND doubts + 1 < :most
              THEN 'new' ELSE 'uncertain' END
    WHERE id = :id
""").bindparams(bindparam("not_before", type_=Instant))

FAILED = text("UPDATE outbox SET state = 'failed', error = :error WHERE id = :id")

RECOVER = text("""
    UPDATE outbox SET doubts = doubts + 1, error = 'stopped while sending',
      not_before = CASE WHEN doubts > 0 THEN :second ELSE not_before END,
      due_at = CASE WHEN doubts > 0 THEN :second ELSE COALESCE(not_before, created_at) END,
      state = CASE WHEN kind IN ('answer', 'notice') AND doubts + 1 < :most
              THEN 'new' ELSE 'uncertain' END
    WHERE state = 'sending' AND epoch < :epoch
""").bindparams(bindparam("second", type_=Instant))

# These were taken in a commit of which this process knew nothing, so they surely were not posted.
TAKE_BACK = text("""
    UPDATE outbox SET tries = tries - 1,
      state = CASE WHEN kind = 'broadcast' THEN 'held' ELSE 'new' END
    WHERE state = 'sending' AND epoch = :epoch AND id NOT IN :known
""").bindparams(bindparam("known", expanding=True, type_=Big))

# What was tried before waits seconds. A moment further off was written by a clock since set back.
HASTEN = text("""
    UPDATE outbox SET not_before = NULL,
      due_at = CASE WHEN due_at IS NULL THEN NULL ELSE :now END
    WHERE state IN ('new', 'sending') AND kind IN ('answer', 'notice') AND state = 'new'
      AND tries > 0 AND not_before > :latest
""").bindparams(bindparam("latest", type_=Instant), bindparam("now", type_=Instant))

# A letter that may go at once goes by the moment of its writing, which may not have come again.
DATE_BACK = text("""
    UPDATE outbox SET created_at = :now,
      due_at = CASE WHEN due_at IS NULL OR not_before IS NOT NULL THEN due_at ELSE :now END
    WHERE state IN ('new', 'sending') AND created_at > :now
""").bindparams(bindparam("now", type_=Instant))

# One that is closed for longer stays so. Where it is closed until a moment further off than was
# ever asked for, a clock that was since set back has written that moment, and it is not believed.
CLOSE_GATE = text("""
    INSERT INTO gates (scope, until, seconds) VALUES (:scope, :until, :seconds)
    ON CONFLICT (scope) DO UPDATE SET until = excluded.until, seconds = excluded.seconds
    WHERE gates.until < excluded.until OR gates.until > :latest + gates.seconds * 1000000
""").bindparams(bindparam("until", type_=Instant), bindparam("latest", type_=Instant))

FORGET_GATES = text("DELETE FROM gates WHERE until <= :now").bindparams(
    bindparam("now", type_=Instant)
)

GATES = text("SELECT scope, until, seconds FROM gates").columns(until=Instant)


def mark(conn: Connection, marks: Sequence[SendResult], now: datetime) -> None:
    """Write down what became of letters."""
    for each in marks:
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
            conn.execute(DOUBT, {**facts, "most": DOUBTS_MAX})
        chat_queues.call_up(conn, outgoing.chat_id, outgoing.kind)


def close_gate(conn: Connection, scope: str, now: datetime, shut: timedelta) -> None:
    """Remember over a restart that a gate is closed from now on, and for how long."""
    seconds = -(-shut // timedelta(seconds=1))
    facts = {"scope": scope, "until": now + shut, "seconds": seconds}
    conn.execute(CLOSE_GATE, {**facts, "latest": now + GATE_SLACK})


def gates(conn: Connection, now: datetime) -> dict[str, float]:
    """After a start: the gates still closed, and for how many seconds.

    That is never more than was asked for, however far the clock was set back meanwhile.
    """
    conn.execute(FORGET_GATES, {"now": now})
    second = timedelta(seconds=1)
    return {
        row.scope: min((row.until - now) / second, float(row.seconds))
        for row in conn.execute(GATES)
    }


def hasten(conn: Connection, now: datetime) -> int:
    """After the clock was set back: let go what waits until far too late; gives how many."""
    latest = now + timedelta(seconds=RETRY_SECONDS_MAX)
    conn.execute(DATE_BACK, {"now": now})
    return conn.execute(HASTEN, {"latest": latest, "now": now}).rowcount


def take_back(conn: Connection, epoch: int, known: Collection[int]) -> int:
    """After a commit that may have been kept without our knowing: let go again what it took.

    `known` are the letters of this run that are on their way or wait to be marked. Nothing has to
    be called up: what was taken was the first of its queue and still has its moment.
    """
    return conn.execute(TAKE_BACK, {"epoch": epoch, "known": list(known)}).rowcount


def recover(conn: Connection, epoch: int, now: datetime) -> int:
    """After a start: settle what an earlier run left in flight. Gives how many there were.

    A second repeat waits here too: a bot that dies again and again dies when it has just started.
    """
    facts = {"epoch": epoch, "most": DOUBTS_MAX, "second": now + repeated_after(DOUBTS_MAX)}
    found = conn.execute(RECOVER, facts).rowcount
    chat_queues.heads(conn)
    return found
