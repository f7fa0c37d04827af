"""All checks of the doctor, and those of settings, company file, database and machine."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection

from bot.cli.doctor.background_checks import check_background
from bot.cli.doctor.file_checks import check_files, missing_database
from bot.cli.doctor.finding import Finding
from bot.cli.faults import operator_error
from bot.cli.file_reports import company_lines
from bot.company import Company, CompanyError, load_company
from bot.runtime import control_socket
from bot.store.backup.traces import has_no_data
from bot.store.bonus import credit_sales, line_audit
from bot.store.db import migrations, read_only
from bot.store.ledger import ledger_audit, periods
from bot.store.proof import integrity
from bot.store.proof.recount import audit_volumes
from bot.store.returns import return_audit
from bot.system.settings import Settings, SettingsError, load
from bot.telemetry.health import FREE_MIB_MIN

__all__ = ["run_checks"]

FREE_MIB_GOOD = 500
MONTHS_MAX = 1_200
SQLITE_MIN = (3, 37, 0)
SQLITE_WITHOUT_RESET_BUG = (3, 51, 3)


async def run_checks(env_file: Path, *, network: bool) -> list[Finding]:
    """Returns all findings, in the order in which they have to be fixed."""
    findings, settings = _settings(env_file)
    if settings is None:
        return findings
    found, company = _company(settings)
    findings += found
    findings += await _database(settings, company)
    findings += await check_files(settings)
    findings += await check_background(settings)
    findings += _machine(settings)
    findings.append(_bot(settings))
    if network and settings.bot_token is not None:
        from bot.cli.doctor.telegram_checks import examine_telegram

        findings += await examine_telegram(settings)
    return findings


def _settings(env_file: Path) -> tuple[list[Finding], Settings | None]:
    try:
        return [Finding("ok", "The settings can be used.")], load(env_file)
    except SettingsError as error:
        faults = [Finding("fail", fault) for fault in error.faults]
    try:
        return faults, load(env_file, token_needed=False)
    except SettingsError:
        return faults, None


def _company(settings: Settings) -> tuple[list[Finding], Company | None]:
    try:
        company = load_company(settings.company_file)
    except CompanyError as error:
        lines = company_lines(error.found, error.language)
        return [Finding("fail", line) for line in lines], None
    return [Finding("ok", f"{settings.company_file} can be used: {company.name}.")], company


async def _database(settings: Settings, company: Company | None) -> list[Finding]:
    url, shown = settings.database_url.get_secret_value(), settings.database_shown
    file = settings.database_file
    if file is not None and has_no_data(file):
        return [missing_database(settings)]

    def look(conn: Connection) -> list[Finding]:
        found = read_only.revision(conn)
        if found is None:
            return [_empty(conn, settings)]
        if found != migrations.head():
            return [_unready(shown, found)]
        findings = [Finding("ok", f"The database {shown} is at schema {found}.")]
        if conn.dialect.name == "sqlite":
            findings += _sqlite(conn)
        return [*findings, *_sums(conn, company)]

    try:
        return await read_only.look(url, look)
    except Exception as error:
        fault = operator_error(error)
        if fault is None:
            raise
        return [Finding("fail", f"The database {shown}: {fault.message}")]


def _empty(conn: Connection, settings: Settings) -> Finding:
    if read_only.holds_tables(conn):
        what = f"The database {settings.database_shown} holds tables that are not the bot's."
        return Finding("fail", what, "Name another one in DATABASE_URL.")
    return missing_database(settings)


def _unready(shown: str, found: str) -> Finding:
    if not migrations.is_known(found):
        what = f"The database {shown} was written by a newer version (schema {found})."
        return Finding("fail", what, "Start that version, or restore a backup from before.")
    what = f"The database {shown} is at schema {found}, not at {migrations.head()}."
    return Finding("fail", what, "Run: python -m bot migrate")


def _sqlite(conn: Connection) -> Iterator[Finding]:
    facts = read_only.sqlite_state(conn)
    version = ".".join(map(str, facts.version))
    if facts.version < SQLITE_MIN:
        yield Finding("fail", f"SQLite {version} is too old.", "The bot needs 3.37 or newer.")
    elif facts.version < SQLITE_WITHOUT_RESET_BUG:
        yield Finding("ok", f"SQLite {version}. Let only the bot open the database for writing.")
    else:
        yield Finding("ok", f"SQLite {version}.")
    if facts.journal != "wal":
        what = f"The journal mode of the database is {facts.journal}, not wal."
        yield Finding("warn", what, "The bot sets it when it starts.")
    for table in facts.loose:
        what = f"The table {table} is not STRICT, so amounts could be stored as text."
        yield Finding("fail", what, "Restore a backup; the tables were changed by hand.")
    damages = read_only.find_damage(conn)
    for damage in damages:
        yield Finding("fail", f"The database: {damage}.", "Stop the bot and restore a backup.")
    if not damages:
        yield Finding("ok", "The file is intact and all its references are valid.")


def _sums(conn: Connection, company: Company | None) -> Iterator[Finding]:
    remedy = "Stop the bot, keep the files as they are, compare with the last backups."
    faults = [*ledger_audit.audit(conn), *line_audit.audit(conn), *return_audit.audit(conn)]
    for fault in faults:
        yield Finding("fail", f"The ledger does not balance: {fault}.", remedy)
    if not faults:
        yield Finding("ok", "The ledger balances: postings, balances and sales agree.")
    yield from _overpaid(conn)
    yield _recruiting(conn, remedy)
    if company is None:
        return
    differences = audit_volumes(conn, company.time_zone)
    for difference in differences:
        yield Finding("fail", f"A counter is wrong: {difference}.", remedy)
    if not differences:
        yield Finding("ok", "Team sizes and volumes agree with a recount.")


def _overpaid(conn: Connection) -> Iterator[Finding]:
    """Whether a closed month paid more than it sold, which no plan can mean."""
    for words in integrity.overpaid(conn):
        remedy = "It was closed before such months were refused. Pay none of it out; ask for help."
        yield Finding("fail", f"An absurd month: {words}.", remedy)


def _recruiting(conn: Connection, remedy: str) -> Finding:
    """Whether a bonus was paid without sales below it, that is, for recruiting alone."""
    months = len(periods.latest_closed(conn, MONTHS_MAX))
    if amount := credit_sales.without_sales(conn):
        what = f"Rp{amount} of the bonuses have no sales under them (closed months: {months})."
        return Finding("fail", what, remedy)
    return Finding("ok", f"0.00 % of the bonuses come from recruiting (closed months: {months}).")


def _machine(settings: Settings) -> Iterator[Finding]:
    file = settings.database_file
    if file is None:
        return
    folder = next(each for each in file.absolute().parents if each.exists())
    free = shutil.disk_usage(folder).free // 2**20
    if free < FREE_MIB_MIN:
        yield Finding("fail", f"Only {free} MiB are free at {folder}.", "Free some space now.")
    elif free < FREE_MIB_GOOD:
        yield Finding("warn", f"Only {free} MiB are free at {folder}.", "Free some space soon.")
    else:
        yield Finding("ok", f"{free} MiB are free at {folder}.")


def _bot(settings: Settings) -> Finding:
    runs = control_socket.is_open(
        control_socket.socket_of(settings.database_url.get_secret_value())
    )
    return Finding("ok", "A bot runs on this database." if runs else "No bot runs at the moment.")
