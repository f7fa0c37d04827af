"""Checks of background work: the scheduler, backups, the nightly integrity check."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from bot.cli.database.belonging import folder_of
from bot.cli.database.pre_upgrade_copy import pg_dump_command
from bot.cli.doctor.finding import Finding
from bot.cli.setup import now_by
from bot.conversation.registry import FLOWS
from bot.core.calendar.timekeeping import CLOCK_DOUBT_SECONDS
from bot.store.backup.copies import Copy, copies, newest
from bot.store.backup.traces import has_no_data
from bot.store.db import migrations, read_only
from bot.store.proof import integrity
from bot.store.queue import inbox, waits
from bot.system.settings import Settings

__all__ = ["check_background"]

CHECK_AGE_MAX = timedelta(hours=48)
COPY_AGE_MIN = timedelta(hours=1)
INTERVALS_MISSED_MAX = 3
NAMES_SHOWN_MAX = 3


async def check_background(settings: Settings) -> list[Finding]:
    """Returns all findings, for a database with the schema of this version; none for others."""
    url, file = settings.database_url.get_secret_value(), settings.database_file
    if file is not None and has_no_data(file):
        return []
    now = await now_by(settings)

    def look(conn: Connection) -> list[Finding]:
        if read_only.revision(conn) != migrations.head():
            return []
        return [*_ahead(conn, now), *_stuck(conn, now), *_nightly_check(conn, now)]

    try:
        found = await read_only.look(url, look)
    except Exception:  # noqa: BLE001 - an unreadable database was reported before
        return []
    if file is None:
        command = pg_dump_command(settings, folder_of(settings), now)
        what = "A PostgreSQL database is backed up by its server."
        return [*found, Finding("ok", what, f"Every night, for instance: {command}")]
    return [*found, *_copies(settings, file, now)]


def _ahead(conn: Connection, now: datetime) -> Iterator[Finding]:
    """Whether the database has a time in the future."""
    latest = waits.latest_known(conn)
    if latest is not None and latest - now > timedelta(seconds=CLOCK_DOUBT_SECONDS):
        what = f"The database was last written at {latest:%Y-%m-%d %H:%M} UTC, later than now."
        remedy = (
            "This machine's clock is behind now, or was ahead then: compare it with Telegram's."
        )
        yield Finding("warn", what, remedy)


def _stuck(conn: Connection, now: datetime) -> Iterator[Finding]:
    found = list(integrity.stuck_work(conn, {spec.name: spec.version for spec in FLOWS}, now))
    for each in found:
        remedy = "Expected while no bot runs; if one runs, look into its log."
        yield Finding("warn", f"Stuck: {each}.", remedy)
    if not found:
        yield Finding("ok", "No update, message, tip or conversation is stuck.")
    if dead := inbox.dead_letters(conn):
        what = f"{dead} updates are dead letters after five failed attempts."
        yield Finding("warn", what, "The log says why; the admins were sent their numbers.")


def _nightly_check(conn: Connection, now: datetime) -> Iterator[Finding]:
    last = integrity.last(conn)
    if last is None:
        yield Finding("ok", "The first nightly integrity check has not run yet.")
    elif last.faults:
        what = f"The integrity check of {last.at:%Y-%m-%d %H:%M} UTC found {last.faults} faults."
        yield Finding("fail", what, "The log of that time lists them; any that remain are above.")
    elif now - last.at > CHECK_AGE_MAX:
        what = f"The last integrity check was at {last.at:%Y-%m-%d %H:%M} UTC."
        yield Finding("warn", what, "The bot runs one every night; is it running?")
    else:
        yield Finding("ok", f"The last integrity check was at {last.at:%Y-%m-%d %H:%M} UTC.")


def _copies(settings: Settings, file: Path, now: datetime) -> Iterator[Finding]:
    folder = folder_of(settings)
    last = newest(file, folder, now)
    remedy = "Run: python -m bot backup"
    if ahead := [each for each in copies(file, folder) if each.at > now]:
        yield _named_ahead(ahead)
    if not settings.backup_minutes:
        yield Finding("warn", "BACKUP_MINUTES is 0: there are no scheduled backups.", remedy)
        return
    if last is None:
        yield Finding(
            "warn", "There is no copy of the database yet.", f"The bot makes one; or {remedy}"
        )
        return
    allowed = timedelta(minutes=settings.backup_minutes) * INTERVALS_MISSED_MAX
    when = f"{last.at:%Y-%m-%d %H:%M} UTC"
    if _written_since(file, last.file) and now - last.at > max(allowed, COPY_AGE_MIN):
        what = f"The newest copy is of {when}, and the database was written after it."
        yield Finding("warn", what, f"Is a bot running, and is there free space? {remedy}")
    else:
        yield Finding("ok", f"The newest copy of the database is of {when}.")


def _named_ahead(ahead: list[Copy]) -> Finding:
    names = ", ".join(str(each.file) for each in ahead[:NAMES_SHOWN_MAX])
    what = f"{len(ahead)} copies have a date in the future: {names}."
    remedy = "A clock that was ahead named them. They are ignored here; move them elsewhere."
    return Finding("warn", what, remedy)


def _written_since(file: Path, copy: Path) -> bool:
    """Returns whether the file or its log is younger than the copy, by their file times."""
    files = (file, file.with_name(f"{file.name}-wal"))
    made = copy.stat().st_mtime
    return any(each.exists() and each.stat().st_mtime > made + 1 for each in files)
