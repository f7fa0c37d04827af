"""Runs the statements of the store straight on the SQLite driver.

SQLAlchemy takes ten times as long to hand a statement to the driver and its rows back as SQLite
takes to find them. What a statement says never changes here, so it is looked into once: its text,
and which values have to be translated on the way in and out. Whatever else is executed takes
SQLAlchemy's own way.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, CursorResult, Executable, TextClause
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.interfaces import CoreExecuteOptionsParameter
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.selectable import TextualSelect

__all__ = ["QuickConnection"]

NAMED = sqlite.dialect(paramstyle="named")

Translate = Callable[[Any], Any]


@dataclass(slots=True)
class Ready:
    """A statement that was looked into.

    Attributes:
        sql: as the driver takes it, with `:name` for each value.
        lists: names that stand for a list of values, with the place where it is spelled out.
        inward: how the values of these names are translated.
        outward: the same for the columns of these names.
        shape: of the rows, once the driver has told their names.
    """

    sql: str
    lists: tuple[tuple[str, str], ...]
    inward: tuple[tuple[str, Translate], ...]
    outward: Mapping[str, Translate]
    shape: SimpleResultMetaData | None = None


class RowsResult(IteratorResult[Any]):
    """The rows that were found, and how many were written."""

    rowcount: int


class QuickConnection(Connection):
    """A connection whose text statements go the short way."""

    def execute(
        self,
        statement: Executable,
        parameters: Any = None,
        *,
        execution_options: CoreExecuteOptionsParameter | None = None,
    ) -> CursorResult[Any]:
        """Execute as any connection does."""
        ready = _ready(statement) if self.in_transaction() else None
        many_times = isinstance(parameters, Sequence)
        if ready is None or execution_options or (ready.lists and many_times):
            return super().execute(statement, parameters, execution_options=execution_options)
        driver: Any = self.connection.driver_connection
        try:
            if many_times:
                many = [_inward(ready, each) for each in parameters]
                cursor = driver.executemany(ready.sql, many)
            else:
                cursor = driver.execute(*_spelled_out(ready, _inward(ready, parameters or {})))
            rows = cursor.fetchall()
        except sqlite3.Error as error:
            known = DBAPIError.instance(
                ready.sql,
                parameters,
                error,
                sqlite3.Error,
                hide_parameters=True,  # they are people's words, and errors are logged
                dialect=self.dialect,
            )
            raise cast("BaseException", known) from error
        shape = ready.shape
        if shape is None:
            names = [column[0] for column in cursor.description or ()]
            outward: list[Any] = [ready.outward.get(name) for name in names]
            shape = ready.shape = SimpleResultMetaData(names, _processors=outward)
        found = RowsResult(shape, iter(rows))
        found.rowcount = cursor.rowcount
        return cast("CursorResult[Any]", found)


def _inward(ready: Ready, values: Mapping[str, Any]) -> Mapping[str, Any]:
    if not ready.inward:
        return values
    translated = dict(values)
    for name, translate in ready.inward:
        translated[name] = translate(translated[name])
    return translated


def _spelled_out(ready: Ready, values: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The text and its values, with a name of its own for each value of a list."""
    sql = ready.sql
    for name, place in ready.lists:
        each = {f"{name}_{number}": value for number, value in enumerate(values[name])}
        sql = sql.replace(place, ", ".join(f":{key}" for key in each))
        values = {key: value for key, value in values.items() if key != name} | each
    return sql, values


_known: dict[Executable, Ready | None] = {}
"""The text statements met so far; they are constants of their modules, so these are not many."""


def _ready(statement: Executable) -> Ready | None:
    """What is known of a statement; None for one that takes SQLAlchemy's own way."""
    if not isinstance(statement, TextClause | TextualSelect):
        return None
    try:
        return _known[statement]
    except KeyError:
        _known[statement] = found = _looked_into(statement)
        return found


def _looked_into(statement: TextClause | TextualSelect) -> Ready | None:
    compiled = cast("Any", statement.compile(dialect=NAMED))
    if not all(bind.required for bind in compiled.binds.values()):
        return None
    lists = tuple(
        (name, f"__[POSTCOMPILE_{name}]")
        for name, bind in compiled.binds.items()
        if bind.expanding
    )
    inward = tuple(
        (name, translate)
        for name, bind in compiled.binds.items()
        if (translate := bind.type.dialect_impl(NAMED).bind_processor(NAMED)) is not None
    )
    if {name for name, _ in lists} & {name for name, _ in inward}:
        return None
    outward: dict[str, Translate] = {}
    if isinstance(statement, TextualSelect):
        for column in statement.selected_columns:
            translate = column.type.dialect_impl(NAMED).result_processor(NAMED, None)
            if translate is not None:
                outward[column.name] = translate
    return Ready(compiled.string, lists, inward, outward)
