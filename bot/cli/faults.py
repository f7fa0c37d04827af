"""Expected errors as messages for the operator: what is wrong, where, and what to do."""

import click

from bot.core.errors import JualDuluError, SetupError

__all__ = ["CommandError", "WrongSetupError", "listed", "operator_error"]


class OperatorError(JualDuluError, click.ClickException):
    """An error that the command line shows as it is."""


class CommandError(OperatorError):
    """The command failed; exit code 1."""

    exit_code = 1


class WrongSetupError(OperatorError):
    """The settings or the company file have to be corrected first; exit code 2."""

    exit_code = 2


def listed(heading: str, faults: list[str]) -> str:
    """Returns the heading and one line for each fault."""
    return "\n".join([heading, *(f"  - {fault}" for fault in faults)])


def operator_error(error: Exception) -> click.ClickException | None:
    """Returns the message for an expected error; None for an unexpected one."""
    kinds = (_of_the_setup, _of_the_lease, _of_the_database, _of_the_machine)
    return next((fault for kind in kinds if (fault := kind(error)) is not None), None)


def _of_the_setup(error: Exception) -> click.ClickException | None:
    from bot.company import CompanyError

    if isinstance(error, CompanyError):
        from bot.content.file_words import file_fault_words, file_words

        lines = [file_fault_words(fault, error.language) for fault in error.found]
        return WrongSetupError(listed(file_words(error.language)["heading company"], lines))
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
                f"The file {error} was deleted, emptied or replaced while the bot used it, so the "
                "bot stopped: what it wrote would be lost. The next start says what to do."
            )
        case _:
            return None


def _of_the_database(error: Exception) -> click.ClickException | None:
    from sqlalchemy.exc import DBAPIError

    from bot.store.backup.backup import UnsoundCopyError
    from bot.store.backup.exchange import DamagedRestoreError
    from bot.store.db.failures import StoreUnavailableError
    from bot.store.db.migrations import NewerSchemaError

    match error:
        case NewerSchemaError():
            return CommandError(
                f"The database was written by a newer version of the bot (schema {error}). "
                "Start that version, or restore a backup from before."
            )
        case UnsoundCopyError():
            return CommandError(
                listed("The backup was deleted, because the database is damaged:", error.faults)
                + "\nKeep the files as they are and run: python -m bot doctor"
            )
        case DamagedRestoreError():
            heading = f"An interrupted restore left a damaged file, {error.file}:"
            return CommandError(
                listed(heading, error.faults) + "\nNothing was changed. Move that file elsewhere "
                "and run the restore again."
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
