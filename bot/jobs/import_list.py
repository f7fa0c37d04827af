"""The list of members for an import job, stored in parts as the command uploads it."""

import json
from collections.abc import Mapping
from dataclasses import astuple
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.core.input.checked_json import array, integer, record, string
from bot.store.imports.roster import Entry
from bot.store.jobs import job_inputs

__all__ = ["TASKS", "entries_of"]

FIRST_FIELDS: Final = 6
ADDED: Final = (0, 0, "", "")
"""The values of fields that earlier versions did not have."""


def keep_part(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Store some lines of the list for the job with this reference.

    Raises:
        TypeError: a line does not have the fields of `Entry`.
    """
    rows = [list(astuple(record(Entry, _whole(row)))) for row in array(wish, "rows")]
    reference, part = string(wish, "reference"), integer(wish, "part")
    job_inputs.keep(conn, reference, part, json.dumps(rows), now)
    return {}


def entries_of(conn: Connection, reference: str) -> list[Entry]:
    """Returns the list stored for the job with this reference."""
    parts = job_inputs.parts(conn, reference)
    return [record(Entry, _whole(row)) for part in parts for row in json.loads(part)]


def _whole(row: object) -> object:
    """Returns a line with all fields; one that an earlier version stored has fewer."""
    return [*row, *ADDED[len(row) - FIRST_FIELDS :]] if isinstance(row, list | tuple) else row


TASKS: Final = {"import members list": keep_part}
