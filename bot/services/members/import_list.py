"""The list of members that an import job takes over, as the command hands it to the books."""

import json
from collections.abc import Mapping
from dataclasses import astuple, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from bot.store.imports.roster import Entry
from bot.store.jobs import job_inputs

__all__ = ["TASKS", "entries_of"]

COLUMNS: Final = tuple(field.type for field in fields(Entry))


def keep_part(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Keep some lines of the list for the job of this reference.

    Raises:
        TypeError: a line does not have the form of one.
    """
    rows = [list(astuple(_entry(row))) for row in wish["rows"]]
    job_inputs.keep(conn, str(wish["reference"]), int(wish["part"]), json.dumps(rows), now)
    return {}


def entries_of(conn: Connection, reference: str) -> list[Entry]:
    """Returns the list that the job of this reference takes over."""
    parts = job_inputs.parts(conn, reference)
    return [_entry(row) for part in parts for row in json.loads(part)]


def _entry(row: Any) -> Entry:
    if [type(value) for value in row] != list(COLUMNS):
        raise TypeError("a line of a list of members has another form")
    return Entry(*row)


TASKS: Final = {"import members list": keep_part}
