"""Expected faults in words for the operator: what, where, what to do; never a traceback."""

import click

from bot.core.errors import JualDuluError, SetupError

__all__ = ["CommandError", "WrongSetupError", "listed", "operator_error"]


class OperatorError(JualDuluError, click.ClickException):
    """An error that the command line shows as it is: what, where, what to do."""


class CommandError(OperatorError):
    """The command could not do what it was asked to."""

    exit_code = 1


class WrongSetupError(OperatorError):
    """The settings or the company file have to be mended first."""

    exit_code = 2


def listed(heading: str, faults: list[str]) -> str:
    """A heading and one line for each fault."""
    return "\n".join([heading, *(f"  - {fault}" for fault in faults)])


def operator_error(error: Exception) -> click.ClickException | None:
    """The fault that an error stands for; None for one that nobody expected."""
    kinds = (_of_the_setup, _of_the_lease, _of_the_books, _of_the_machine)
    return next((fault for kind in kinds if (fault := kind(error)) is not None), None)


def _of_the_setup(error: Exception) -> click.ClickException | None:
    if isinstance(error, SetupError):
        return WrongSetupError(listed(error.heading, error.faults))
    return None


def _of_the_lease(error: Exception) -> click.ClickException | None:
    from bot.store.db.write_lease import (
        DatabaseReplacedError,
        LeaseLostError,
        ServerLeaseHeldError,
    )
    from bot.system.process_lock import FileLeaseHeldError

    match error:
        case FileLeaseHeldError():
            return CommandError(str(error))
        case ServerLeaseHeldError():
            return CommandError(
                f"The database is already in use by {error}. "
                "Stop that one first; only one program may write."
            )
        case LeaseLostError():
            return CommandError(
                f"The connection that holds the database for this bot broke ({error}), so it "
                "stopped. Start it again once the server answers."
            )
        case DatabaseReplacedError():
            return CommandError(
                f"The file {error} was deleted, emptied or exchanged while the bot worked on it, "
                "so it stopped: what it wrote would be lost. The next start says what to do."
            )
        case _:
            return None


def _of_the_books(error: Exception) -> click.ClickException | None:
    from sqlalchemy.exc import DBAPIError

    from bot.store.backup.backup import UnsoundCopyError
    from bot.store.backup.exchange import DamagedRestoreError
    from bot.store.db.failures import StoreUnavailableError
    from bot.store.db.migrations import NewerSchemaError

    match error:
        case NewerSchemaError():
            return CommandError(
                f"The books were written by a newer version of the bot (step {error}). "
                "Start that version, or restore a backup from before."
            )
        case UnsoundCopyError():
            return CommandError(
                listed("The backup was thrown away, for the books are not sound:", error.faults)
                + "\nKeep the files as they are and run: python -m bot doctor"
            )
        case DamagedRestoreError():
            heading = f"A restore that was broken off has left a damaged file, {error.file}:"
            return CommandError(
                listed(heading, error.faults) + "\nNothing was changed. Move that file elsewhere "
                "and run the restore once more."
            )
        case StoreUnavailableError():
            return CommandError(f"The database cannot be used: {_first_line(error)}")
        case DBAPIError():
            return CommandError(f"The database refused: {_first_line(error.orig or error)}")
        case _:
            return None


def _of_the_machine(error: Exception) -> click.ClickException | None:
    import sqlite3

    if isinstance(error, sqlite3.Error):
        return CommandError(f"The database refused: {_first_line(error)}")
    if type(error).__module__.startswith("asyncpg"):
        return CommandError(
            f"The database server refused: {_first_line(error)}. Check DATABASE_URL."
        )
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return CommandError(f"{where}{error.strerror or _first_line(error)}")
    return None


def _first_line(error: object) -> str:
    from bot.telemetry.logs import redact

    words = redact(str(error)).strip()
    return words.splitlines()[0] if words else type(error).__name__
