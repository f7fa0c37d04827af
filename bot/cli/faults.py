"""Expected faults in words for the operator: what, where, what to do; never a traceback."""

import click

__all__ = ["Fault", "WrongSetup", "in_words", "listed"]


class Fault(click.ClickException):
    """The command could not do what it was asked to."""

    exit_code = 1


class WrongSetup(click.ClickException):
    """The settings or the company file have to be mended first."""

    exit_code = 2


def listed(heading: str, faults: list[str]) -> str:
    """A heading and one line for each fault."""
    return "\n".join([heading, *(f"  - {fault}" for fault in faults)])


def in_words(error: Exception) -> click.ClickException | None:
    """The fault that an error stands for; None for one that nobody expected."""
    return _of_the_setup(error) or _of_the_books(error) or _of_the_machine(error)


def _of_the_setup(error: Exception) -> click.ClickException | None:
    from bot.company import CompanyError
    from bot.system.settings import SettingsError

    match error:
        case SettingsError():
            return WrongSetup(listed("The settings cannot be used:", error.faults))
        case CompanyError():
            return WrongSetup(listed("The company file cannot be used:", error.faults))
        case _:
            return None


def _of_the_books(error: Exception) -> click.ClickException | None:
    from sqlalchemy.exc import DBAPIError

    from bot.store.backup.backup import UnsoundCopy
    from bot.store.backup.exchange import DamagedLeftover
    from bot.store.db.errors import StoreBroken
    from bot.store.db.migrations import NewerBooks
    from bot.store.db.write_lease import BooksTaken, HeldElsewhere, LeaseLost
    from bot.system.process_lock import LeaseHeld

    match error:
        case LeaseHeld():
            return Fault(str(error))
        case HeldElsewhere():
            return Fault(
                f"The database is already in use by {error}. "
                "Stop that one first; only one program may write."
            )
        case LeaseLost():
            return Fault(
                f"The connection that holds the database for this bot broke ({error}), so it "
                "stopped. Start it again once the server answers."
            )
        case BooksTaken():
            return Fault(
                f"The file {error} was deleted, emptied or exchanged while the bot worked on it, "
                "so it stopped: what it wrote would be lost. The next start says what to do."
            )
        case NewerBooks():
            return Fault(
                f"The books were written by a newer version of the bot (step {error}). "
                "Start that version, or restore a backup from before."
            )
        case UnsoundCopy():
            return Fault(
                listed("The backup was thrown away, for the books are not sound:", error.faults)
                + "\nKeep the files as they are and run: python -m bot doctor"
            )
        case DamagedLeftover():
            heading = f"A restore that was broken off has left a damaged file, {error.file}:"
            return Fault(
                listed(heading, error.faults) + "\nNothing was changed. Move that file elsewhere "
                "and run the restore once more."
            )
        case StoreBroken():
            return Fault(f"The database cannot be used: {_first_line(error)}")
        case DBAPIError():
            return Fault(f"The database refused: {_first_line(error.orig or error)}")
        case _:
            return None


def _of_the_machine(error: Exception) -> click.ClickException | None:
    import sqlite3

    if isinstance(error, sqlite3.Error):
        return Fault(f"The database refused: {_first_line(error)}")
    if type(error).__module__.startswith("asyncpg"):
        return Fault(f"The database server refused: {_first_line(error)}. Check DATABASE_URL.")
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return Fault(f"{where}{error.strerror or _first_line(error)}")
    return None


def _first_line(error: object) -> str:
    from bot.telemetry.logs import redact

    words = redact(str(error)).strip()
    return words.splitlines()[0] if words else type(error).__name__
