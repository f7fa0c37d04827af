"""Asks for `/tim` and `/saldo` in a small company and in a large one, alternately.

An answer must not take longer because the company has grown. The member at the top, one in the
middle and one without a team ask: within the process, which measures the work itself, and over
HTTP, which measures how long a person waits.
"""

import asyncio
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from sqlalchemy import Connection

from bench.company import SAMPLE, copied, seeded, url_of, user_of
from bench.processes import bot_on
from bot.company import load_company
from bot.content import Content
from bot.conversation.registry import FLOWS
from bot.conversation.router import handle
from bot.store.db.database import open_database
from bot.store.queue import inbox
from bot.turn.incoming import Incoming
from bot.turn.runtime import BotRuntime

__all__ = ["Growth", "growth"]

COMMANDS = ("/tim", "/saldo")
SEATS = ("top", "middle", "leaf")
LESS_OVER_HTTP = 5
NEAREST_TEAM = "SELECT member_id FROM teams ORDER BY abs(size - ?), member_id LIMIT 1"


@dataclass(frozen=True, slots=True)
class Growth:
    """Medians in milliseconds, each for the small company and for the large one."""

    seat: str
    command: str
    inside: tuple[float, float]
    outside: tuple[float, float]


def growth(folder: Path, sizes: tuple[int, int], times: int) -> list[Growth]:
    """Compare two companies of these sizes; each question is asked `times` times."""
    books = [seeded(folder / f"of{size}.db", size) for size in sizes]
    seats = [_seats(file, size) for file, size in zip(books, sizes, strict=True)]
    asked = [(place, command) for place in range(len(SEATS)) for command in COMMANDS]
    inside = asyncio.run(_inside(folder, books, seats, asked, times))
    outside = list(_outside(books, seats, asked, times))
    return [
        Growth(SEATS[place], command, within, without)
        for (place, command), within, without in zip(asked, inside, outside, strict=True)
    ]


def _seats(file: Path, size: int) -> list[int]:
    """Returns the ids of members at the top, in the middle, and without a team."""
    conn = sqlite3.connect(file)
    found = [conn.execute(NEAREST_TEAM, (team,)).fetchone()[0] for team in (size, size // 20, 0)]
    conn.close()
    return found


async def _inside(
    folder: Path,
    books: Sequence[Path],
    seats: Sequence[list[int]],
    asked: Sequence[tuple[int, str]],
    times: int,
) -> list[tuple[float, float]]:
    """Returns the medians of `handle` with its commit, in one process for both companies."""
    company = load_company(SAMPLE)
    content = Content(FLOWS, company=company.name, office=company.office_contact, bot="bench_bot")
    copies = [copied(file, folder / f"copy{place}.db") for place, file in enumerate(books)]
    databases = [open_database(url_of(file)) for file in copies]
    runtimes = [BotRuntime(each, content, company, "bench_bot", lambda: 1) for each in databases]
    rows = 1 + times * len(asked)
    waiting = partial(
        inbox.store,
        bot_id=1,
        updates=[(each, "", "{}") for each in range(1, rows)],
        next_offset=rows,
        at=datetime.now(UTC),
    )
    for database in databases:
        await database.write(waiting)
    found = []
    row = 0
    for place, command in asked:
        took: list[list[float]] = [[], []]
        for _ in range(times):
            row += 1
            for runtime, those, kept in zip(runtimes, seats, took, strict=True):
                user = user_of(those[place])
                incoming = Incoming(row, "text", user, user, True, command, datetime.now(UTC))
                began = time.perf_counter()
                assert await handle(runtime, incoming)
                kept.append(1000 * (time.perf_counter() - began))
                await runtime.database.write(_deliver)
        found.append((median(took[0]), median(took[1])))
    for database in databases:
        await database.close()
    return found


def _deliver(conn: Connection) -> None:
    """Mark all messages as sent: no sender runs, and a chat with many open answers is slowed."""
    conn.exec_driver_sql("UPDATE outbox SET state = 'sent' WHERE state = 'new'")


def _outside(
    books: Sequence[Path], seats: Sequence[list[int]], asked: Sequence[tuple[int, str]], times: int
) -> Iterator[tuple[float, float]]:
    """Yield the medians over HTTP, with one bot for each company."""
    with ExitStack() as stack:
        bots = [stack.enter_context(bot_on(file, hurried=False)) for file in books]
        for bot, those in zip(bots, seats, strict=True):
            bot.handle([(user_of(those[place]), command) for place, command in asked])
        for place, command in asked:
            waited: list[list[float]] = [[], []]
            for _ in range(max(times // LESS_OVER_HTTP, 1)):
                for bot, those, kept in zip(bots, seats, waited, strict=True):
                    # One by one: of screens that wait together only the newest goes out.
                    outcome = bot.handle([(user_of(those[place]), command)])
                    assert not outcome.missing, f"{outcome.missing} times no answer to {command}"
                    kept.extend(outcome.latencies)
            yield 1000 * median(waited[0]), 1000 * median(waited[1])
