"""Runs the statements of the store directly on the SQLite driver.

SQLAlchemy takes ten times as long to pass a statement to the driver and its rows back as SQLite
takes to find them. A statement's text never changes here, so it is analysed once: its SQL, and
which values have to be converted on the way in and out. Statements of other kinds are executed by
SQLAlchemy.
"""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, cast

from sqlalchemy import Connection, CursorResult, Executable, TextClause
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.interfaces import CoreExecuteOptionsParameter
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.selectable import TextualSelect

__all__ = ["FastConnection", "sqlite_driver"]

NAMED = sqlite.dialect(paramstyle="named")

Values: TypeAlias = Mapping[str, object]
Rows: TypeAlias = CursorResult[Any]  # `execute` of the base class returns rows of any columns


class Convert(Protocol):
    """Converts a value on its way into the database or out of it."""

    def __call__(self, value: object) -> object: ...


@dataclass(slots=True)
class PreparedStatement:
    """A statement that was analysed.

    Attributes:
        sql: in the driver's form, with `:name` for each value.
        lists: names of parameters that are lists, each with its placeholder in `sql`.
        inward: the conversions of parameters, by name.
        outward: the conversions of columns, by name.
        shape: of the rows, once the driver has named the columns.
    """

    sql: str
    lists: tuple[tuple[str, str], ...]
    inward: tuple[tuple[str, Convert], ...]
    outward: Mapping[str, Convert]
    shape: SimpleResultMetaData | None = None


class RowsResult(IteratorResult[*tuple[object, ...]]):
    """The rows that were found, and the number of rows that were written."""

    rowcount: int


class FastConnection(Connection):
    """A connection that runs text statements directly on the driver."""

    def execute(
        self,
        statement: Executable,
        parameters: Values | Sequence[Values] | None = None,
        *,
        execution_options: CoreExecuteOptionsParameter | None = None,
    ) -> Rows:
        """Execute a statement as any connection does."""
        prepared = _prepared(statement) if self.in_transaction() else None
        many_times = isinstance(parameters, Sequence)
        if prepared is None or execution_options or (prepared.lists and many_times):
            return super().execute(statement, parameters, execution_options=execution_options)
        driver = sqlite_driver(self)
        try:
            if isinstance(parameters, Sequence):
                many = [_converted(prepared, each) for each in parameters]
                cursor = driver.executemany(prepared.sql, many)
            else:
                values = _converted(prepared, parameters or {})
                cursor = driver.execute(*_expanded(prepared, values))
            rows = cursor.fetchall()
        except sqlite3.Error as error:
            known = DBAPIError.instance(
                prepared.sql,
                parameters,
                error,
                sqlite3.Error,
                hide_parameters=True,  # they are people's words, and errors are logged
                dialect=self.dialect,
            )
            raise cast("BaseException", known) from error
        shape = prepared.shape
        if shape is None:
            names = [column[0] for column in cursor.description or ()]
            outward = [prepared.outward.get(name) for name in names]
            shape = prepared.shape = SimpleResultMetaData(names, _processors=outward)
        found = RowsResult(shape, iter(rows))
        found.rowcount = cursor.rowcount
        return cast("Rows", found)


def sqlite_driver(conn: Connection) -> sqlite3.Connection:
    """Returns the driver's connection below one of SQLAlchemy."""
    driver = conn.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection), "only for SQLite"
    return driver


def _converted(prepared: PreparedStatement, values: Values) -> Values:
    if not prepared.inward:
        return values
    converted = dict(values)
    for name, convert in prepared.inward:
        converted[name] = convert(converted[name])
    return converted


def _expanded(prepared: PreparedStatement, values: Values) -> tuple[str, Values]:
    """Returns the SQL and its values, with a separate name for each value of a list."""
    sql = prepared.sql
    for name, placeholder in prepared.lists:
        listed = values[name]
        assert isinstance(listed, Collection), "an expanding parameter takes a list"
        each = {f"{name}_{number}": value for number, value in enumerate(listed)}
        sql = sql.replace(placeholder, ", ".join(f":{key}" for key in each))
        values = {key: value for key, value in values.items() if key != name} | each
    return sql, values


_known: dict[Executable, PreparedStatement | None] = {}
"""The text statements executed so far. They are constants of their modules, so they are few."""


def _prepared(statement: Executable) -> PreparedStatement | None:
    """Returns the analysed statement; None for one that SQLAlchemy has to execute."""
    if not isinstance(statement, TextClause | TextualSelect):
        return None
    try:
        return _known[statement]
    except KeyError:
        _known[statement] = found = _analysed(statement)
        return found


def _analysed(statement: TextClause | TextualSelect) -> PreparedStatement | None:
    compiled = statement.compile(dialect=NAMED)
    assert isinstance(compiled, SQLCompiler), "a text statement has SQL"
    if not all(bind.required for bind in compiled.binds.values()):
        return None
    lists = tuple(
        (name, f"__[POSTCOMPILE_{name}]")
        for name, bind in compiled.binds.items()
        if bind.expanding
    )
    inward = tuple(
        (name, convert)
        for name, bind in compiled.binds.items()
        if (convert := bind.type.dialect_impl(NAMED).bind_processor(NAMED)) is not None
    )
    if {name for name, _ in lists} & {name for name, _ in inward}:
        return None
    outward: dict[str, Convert] = {}
    if isinstance(statement, TextualSelect):
        for column in statement.selected_columns:
            convert = column.type.dialect_impl(NAMED).result_processor(NAMED, None)
            if convert is not None:
                outward[column.name] = convert
    return PreparedStatement(compiled.string, lists, inward, outward)
