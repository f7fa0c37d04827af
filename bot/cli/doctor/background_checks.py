"""What the doctor looks at that goes on by itself: schedules, backups, the nightly proof."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from bot.cli.database.belonging import folder_of
from bot.cli.database.way_back import pg_dump
from bot.cli.doctor.finding import Finding
from bot.cli.setup import now_by
from bot.conversation.registry import FLOWS
from bot.core.calendar.timekeeping import CLOCK_DOUBT_SECONDS
from bot.store.backup.copies import Copy, copies, newest
from bot.store.backup.traces import are_gone
from bot.store.db import migrations, read_only
from bot.store.proof import integrity
from bot.store.queue import inbox, waits
from bot.system.settings import Settings

__all__ = ["upkeep"]

PROOF_AGE_MAX = timedelta(hours=48)
COPY_AGE_MIN = timedelta(hours=1)
INTERVALS_MISSED_MAX = 3
NAMES_SHOWN_MAX = 3


async def upkeep(settings: Settings) -> list[Finding]:
    """All of it, for books that stand as this version needs them; nothing for others."""
    url, file = settings.database_url.get_secret_value(), settings.database_file
    if file is not None and are_gone(file):
        return []
    now = await now_by(settings)

    def look(conn: Connection) -> list[Finding]:
        if read_only.revision(conn) != migrations.head():
            return []
        return [*_ahead(conn, now), *_left_lying(conn, now), *_proof(conn, now)]

    try:
        found = await read_only.look(url, look)
    except Exception:  # noqa: BLE001 - what keeps the books from being read was told before
        return []
    if file is None:
        command = pg_dump(settings, folder_of(settings), now)
        what = "The copies of a PostgreSQL database are its server's business."
        return [*found, Finding("ok", what, f"Every night, for instance: {command}")]
    return [*found, *_copies(settings, file, now)]


def _ahead(conn: Connection, now: datetime) -> Iterator[Finding]:
    """Whether the books were written at a time that has not come yet."""
    latest = waits.latest_known(conn)
    if latest is not None and latest - now > timedelta(seconds=CLOCK_DOUBT_SECONDS):
        what = f"The books were last written at {latest:%Y-%m-%d %H:%M} UTC, later than now."
        remedy = (
            "This machine's clock is behind now, or was ahead then: compare it with Telegram's."
        )
        yield Finding("warn", what, remedy)


def _left_lying(conn: Connection, now: datetime) -> Iterator[Finding]:
    found = list(integrity.left_lying(conn, {spec.name: spec.version for spec in FLOWS}, now))
    for each in found:
        remedy = "While no bot runs that is no wonder; if one does, look into its log."
        yield Finding("warn", f"Left lying: {each}.", remedy)
    if not found:
        yield Finding("ok", "Updates, letters, tips and conversations go on; none is stuck.")
    if dead := inbox.dead_letters(conn):
        what = f"{dead} updates were set aside after five failed attempts."
        yield Finding("warn", what, "The log says why; their numbers were sent to the admins.")


def _proof(conn: Connection, now: datetime) -> Iterator[Finding]:
    last = integrity.last(conn)
    if last is None:
        yield Finding("ok", "The books wait for their first nightly proof.")
    elif last.faults:
        what = f"The proof of {last.at:%Y-%m-%d %H:%M} UTC found {last.faults} faults."
        yield Finding(
            "fail", what, "They stand in the log of that moment, and above if they last."
        )
    elif now - last.at > PROOF_AGE_MAX:
        what = f"The books were last proved at {last.at:%Y-%m-%d %H:%M} UTC."
        yield Finding("warn", what, "The bot does it every night; does it run?")
    else:
        yield Finding("ok", f"The books were last proved at {last.at:%Y-%m-%d %H:%M} UTC.")


def _copies(settings: Settings, file: Path, now: datetime) -> Iterator[Finding]:
    folder = folder_of(settings)
    last = newest(file, folder, now)
    remedy = "Run: python -m bot backup"
    if ahead := [each for each in copies(file, folder) if each.at > now]:
        yield _named_ahead(ahead)
    if not settings.backup_minutes:
        yield Finding("warn", "BACKUP_MINUTES is 0: nobody copies the books by schedule.", remedy)
        return
    if last is None:
        yield Finding(
            "warn", "There is no copy of the books yet.", f"The bot makes one; or {remedy}"
        )
        return
    allowed = timedelta(minutes=settings.backup_minutes) * INTERVALS_MISSED_MAX
    when = f"{last.at:%Y-%m-%d %H:%M} UTC"
    if _written_since(file, last.file) and now - last.at > max(allowed, COPY_AGE_MIN):
        what = f"The newest copy is of {when}, and the books were written after it."
        yield Finding("warn", what, f"Is a bot running, and is there room? {remedy}")
    else:
        yield Finding("ok", f"The newest copy of the books is of {when}.")


def _named_ahead(ahead: list[Copy]) -> Finding:
    names = ", ".join(str(each.file) for each in ahead[:NAMES_SHOWN_MAX])
    what = f"{len(ahead)} copies bear a date that has not come yet: {names}."
    remedy = "A clock that was ahead named them. They count for nothing here; move them elsewhere."
    return Finding("warn", what, remedy)


def _written_since(file: Path, copy: Path) -> bool:
    """Whether the file or its log is younger than the copy, by the clock of the file system."""
    files = (file, file.with_name(f"{file.name}-wal"))
    made = copy.stat().st_mtime
    return any(each.exists() and each.stat().st_mtime > made + 1 for each in files)
