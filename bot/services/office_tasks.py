"""What the operator has written into the books from the command line, by name.

The same function runs in the bot while there is one, and in the command itself while there is
not. What comes in is plain JSON: the command has checked it in words, here it must merely have
its form.
"""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, fields
from datetime import datetime
from typing import Any, Final, Protocol

from sqlalchemy import Connection

from bot.core.hours import local_day
from bot.services import closing_tasks
from bot.store import price_list, roles, roster
from bot.store.price_list import Article
from bot.store.roster import Entry

__all__ = ["NEED_RIGHT_TIME", "TASKS", "Task", "pack_members"]

MEMBERS_BYTES_MAX: Final = 64 * 1024 * 1024


class Task(Protocol):
    """A unit of work: what is wished, and the moment, as plain values; so is what it gives."""

    def __call__(self, conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        """Do it."""
        ...


def import_products(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Take a price list over; gives the article numbers by what became of them."""
    articles = [_article(facts) for facts in wish["articles"]]
    today = local_day(now, str(wish["time_zone"]))
    return asdict(price_list.take_over(conn, articles, now, today))


def admin_code(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Keep a one-time code, of which only the digest is stored."""
    expires_at = roles.make_admin_code(conn, str(wish["code"]), now)
    return {"expires_at": expires_at.isoformat()}


def pack_members(entries: Sequence[Entry]) -> str:
    """A list of members as a wish carries it: a hundred thousand of them in a few megabytes."""
    rows = [astuple(entry) for entry in entries]
    return b64encode(zlib.compress(json.dumps(rows, ensure_ascii=False).encode())).decode()


def import_members(conn: Connection, wish: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Take a list of members over in one go; gives the numbers, or why nothing was done."""
    unpacking = zlib.decompressobj()
    packed = unpacking.decompress(b64decode(wish["members"]), MEMBERS_BYTES_MAX)
    if not unpacking.eof:
        raise ValueError("the list of members is larger than a list can be")
    rows = json.loads(packed)
    entries = [_entry(row) for row in rows]
    seed, time_zone = str(wish["seed"]), str(wish["time_zone"])
    found = roster.take_over(conn, entries, time_zone, seed=seed, now=now)
    return {
        "added": len(found.added),
        "changed": [entry.number for entry in found.changed.values()],
        "same": found.same,
        "kept": found.kept,
        "clashes": [asdict(clash) for clash in found.clashes],
    }


def _entry(row: Sequence[Any]) -> Entry:
    entry = Entry(*row)
    for field in fields(Entry):
        value = getattr(entry, field.name)
        if type(value) is not field.type:
            raise TypeError(f"{field.name} of a member is a {type(value).__name__}")
    return entry


def _article(facts: Mapping[str, Any]) -> Article:
    article = Article(**facts)
    for field in fields(Article):
        value = getattr(article, field.name)
        if type(value) is not field.type:
            raise TypeError(f"{field.name} of an article is a {type(value).__name__}")
    return article


TASKS: Final[Mapping[str, Task]] = {
    "import products": import_products,
    "import members": import_members,
    "admin code": admin_code,
    **closing_tasks.TASKS,
}

NEED_RIGHT_TIME: Final = frozenset(closing_tasks.TASKS)
"""What cannot be taken back once it was done by a wrong clock."""
