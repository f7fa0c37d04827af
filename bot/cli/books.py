"""Brings the books to the shape that this version needs, never without a way back."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.faults import Fault

if TYPE_CHECKING:
    from bot.settings import Settings

__all__ = ["BACKUPS", "bring_up_to_date", "pg_dump", "refuse_unready"]

BACKUPS = "backups"


async def bring_up_to_date(settings: "Settings", now: datetime, *, backed_up: bool = False) -> str:
    """Take the steps that are missing; gives a sentence about it. To be called under the lease.

    Args:
        settings: say where the books are.
        now: goes into the name of the backup.
        backed_up: a PostgreSQL database was dumped by hand just now.

    Raises:
        Fault: the database is not the bot's, or has to be dumped first.
        UnsoundCopy: the books are damaged, so nothing was changed.
        NewerBooks: a newer version wrote them.
    """
    from bot.store import looking, migrations

    url = settings.database_url.get_secret_value()
    before = await _revision(settings)
    if before is None:
        await migrations.migrate(url)
        return f"Set up new books at {settings.database_shown}."
    if before == migrations.head():
        return f"The books at {settings.database_shown} need no change."
    if not looking.is_known(before):
        raise migrations.NewerBooks(before)
    kept = _keep(settings, now, before, backed_up=backed_up)
    await migrations.migrate(url)
    return f"Brought the books at {settings.database_shown} up to date. {kept}"


async def refuse_unready(settings: "Settings") -> None:
    """Let only books pass that stand as this version needs them.

    Raises:
        Fault: they have to be migrated first.
    """
    from bot.store import looking, migrations

    found = await _revision(settings)
    if found is not None and not looking.is_known(found):
        raise migrations.NewerBooks(found)
    if found != migrations.head():
        what = "are not set up yet" if found is None else "are of an older version"
        raise Fault(
            f"The books at {settings.database_shown} {what}. Run first: python -m bot migrate"
        )


def pg_dump(settings: "Settings", folder: Path, now: datetime) -> str:
    """The command that dumps the database, without its password."""
    from sqlalchemy.engine import make_url

    url = make_url(settings.database_url.get_secret_value())
    parts = ["pg_dump --format=custom"]
    for option, value in (("host", url.host), ("port", url.port), ("username", url.username)):
        if value:
            parts.append(f"--{option}={value}")
    file = folder / f"{url.database}-{now:%Y%m%d-%H%M%S}.dump"
    return f"mkdir -p {folder} && {' '.join(parts)} --file={file} {url.database}"


async def _revision(settings: "Settings") -> str | None:
    """The step at which the books stand; None where there are none yet."""
    from bot.store import looking

    url = settings.database_url.get_secret_value()
    file = settings.database_file
    if file is not None and not file.exists():
        return None
    found, taken = await looking.look(
        url, lambda conn: (looking.revision(conn), looking.holds_tables(conn))
    )
    if found is None and taken:
        raise Fault(
            f"The database {settings.database_shown} holds tables that are not the bot's. "
            "Name another one in DATABASE_URL."
        )
    return found


def _keep(settings: "Settings", now: datetime, before: str, *, backed_up: bool) -> str:
    """A way back: a verified copy of the file, or the word of the operator."""
    from bot.store.backup import back_up

    file = settings.database_file
    if file is not None:
        copy = back_up(file, file.parent / BACKUPS, now, mark=f"-before-step-after-{before}")
        return f"The books as they were before: {copy}"
    if not backed_up:
        command = pg_dump(settings, Path("data") / BACKUPS, now)
        raise Fault(
            f"The books at {settings.database_shown} have to be changed for this version. Dump "
            f"them first:\n  {command}\nand then: python -m bot migrate --backed-up"
        )
    return "The dump that was taken before is the way back."
