"""The cost of claiming messages, with few, many and very many of them open.

In most shapes the open messages cannot be sent: all to one chat, none due yet, all behind a gate;
in one shape all of them can. For each size and shape a new database is filled, and the sender's
own unit of work claims up to eight messages again and again. Their result is always that they have
to be sent later, so that as many are open at the end as at the beginning.
"""

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Final

from sqlalchemy import Engine, make_url

from bench.company import seeded
from bot.store.db.database import sqlite_engine
from bot.store.db.fast_sqlite import FastConnection
from bot.store.queue import outbox
from bot.store.queue.outbox import SendResult
from bot.telegram_api.retry_gates import CHATS_MAX

__all__ = ["Claimed", "claims"]

START: Final = datetime(2026, 11, 1, 2, tzinfo=UTC)
CYCLES: Final = 200
AT_ONCE: Final = 8
MICROSECONDS: Final = 1_000_000

FILL: Final = """
    INSERT INTO outbox (key, chat_id, kind, method, payload, due_at, created_at)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :size)
    SELECT 'bench:' || i, {chat}, '{kind}', 'sendMessage', '{{"text": "Halo"}}', {due}, :at FROM n
"""
SHAPES: Final = (
    # name, chat, kind, due, whether all chats have closed gates, of which the sender knows
    ("all to one chat", "5", "answer", ":at", False),
    ("none due yet", "i", "notice", ":late", False),
    ("all tips held", "i", "tip", ":at", False),
    ("each chat held", f"i % {CHATS_MAX}", "answer", ":at", True),
    ("each chat one", "i", "answer", ":at", False),
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """Medians of one cycle in milliseconds, for each size."""

    shape: str
    took: tuple[float, ...]


def claims(folder: Path, sizes: Sequence[int]) -> list[Claimed]:
    """Returns the medians of each shape, for each number of open messages."""
    blank = seeded(folder / "messages.db", 30)
    found = []
    for name, chat, kind, due, gated in SHAPES:
        fill = FILL.format(chat=chat, kind=kind, due=due)
        took = []
        for size in sizes:
            file = Path(shutil.copy(blank, folder / "claims.db"))
            took.append(_median(sqlite_engine(make_url(f"sqlite:///{file}")), fill, size, gated))
        found.append(Claimed(name, tuple(took)))
    return found


def _median(engine: Engine, fill: str, size: int, gated: bool) -> float:
    with FastConnection(engine) as conn:
        with conn.begin():
            at = int(START.timestamp()) * MICROSECONDS
            facts = {"size": size, "at": at, "late": at + 86_400 * MICROSECONDS}
            conn.exec_driver_sql(fill, facts)
        results: list[SendResult] = []
        took = []
        closed = range(CHATS_MAX) if gated else ()
        bulk = 0 if "'tip'" in fill else 4
        for _ in range(CYCLES):
            began = time.perf_counter()
            with conn.begin():
                claimed, _ = outbox.cycle(
                    conn,
                    results=results,
                    now=START,
                    epoch=1,
                    free=AT_ONCE,
                    bulk=bulk,
                    excluded=closed,
                )
            took.append(1000 * (time.perf_counter() - began))
            results = [SendResult(each, "later") for each in claimed]
    engine.dispose()
    return median(took)
