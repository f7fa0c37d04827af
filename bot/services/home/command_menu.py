"""The list of commands in Telegram's menu of each chat, by membership and roles.

An account without membership or role keeps the bot's default list. For the others the database
notes whose list has to be checked. The list itself is computed when it is set, and it is set only
if the chat shows another one.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import product
from typing import Final

from sqlalchemy import Connection

from bot.content import Content
from bot.flows.spec import Readers
from bot.store.db import counters
from bot.store.db.database import Database
from bot.store.home import command_menus
from bot.store.home.command_menus import DueMenu
from bot.turn.turn import Turn

__all__ = [
    "PEOPLE_PER_TICK_MAX",
    "Menu",
    "commands",
    "next_menu",
    "own_commands",
    "put_off",
    "record_menu",
    "request_changed_menus",
    "request_menu_check",
]

PEOPLE_PER_TICK_MAX: Final = 30
LOOKED_AT_ONCE_MAX: Final = 50

DIGEST_BYTES: Final = 7
SHOWN: Final = "menus shown"
WANTED: Final = "menus wanted"
REACHED: Final = "menus reached"


@dataclass(frozen=True, slots=True)
class Menu:
    """A list that has to be set: command and description pairs; empty for the default list."""

    due: DueMenu
    listed: list[list[str]]
    digest: str


def commands(
    content: Content,
    language: str,
    *,
    member: bool = False,
    trainer: bool = False,
    admin: bool = False,
) -> list[list[str]]:
    """Returns the list as pairs of a command and its description."""
    is_reader: dict[Readers, bool] = {
        "members": member,
        "newcomers": not (member or trainer or admin),
        "trainers": trainer,
        "admins": admin,
        "office only": admin and not member,
        "everybody": True,
    }
    return content.commands(language, {who for who, holds in is_reader.items() if holds})


def own_commands(conn: Connection, content: Content, user_id: int) -> list[list[str]] | None:
    """Returns a person's list; empty for the default one, None if unreachable."""
    person = command_menus.person(conn, user_id)
    if person is None or person.reach != "open":
        return None
    trainer = person.trainer and not person.suspended
    admin = person.admin and not person.suspended
    if not (person.member or trainer or admin):
        return []
    return commands(content, person.language, member=person.member, trainer=trainer, admin=admin)


def request_menu_check(turn: Turn, user_id: int) -> None:
    """Have a person's list checked after this turn is committed."""
    command_menus.ask(turn.conn, user_id, turn.now)


async def request_changed_menus(
    database: Database, content: Content, languages: tuple[str, ...], username: str, now: datetime
) -> int:
    """Have some more lists checked after the commands or the bot's name changed.

    Returns:
        The number of lists; 0 once every list has been checked against this version.
    """
    version = _version(content, languages, username)
    if await database.read(partial(counters.read, name=SHOWN)) == version:
        return 0
    return await database.write(partial(_request_some, version=version, now=now))


def next_menu(conn: Connection, *, content: Content, username: str) -> Menu | None:
    """Returns the next list that has to be set; settles those before it that are up to date."""
    for due in command_menus.due(conn, LOOKED_AT_ONCE_MAX):
        listed = own_commands(conn, content, due.user_id)
        if listed is None:
            command_menus.settle(conn, due, due.shown)
            continue
        digest = _digest([username, *map(str, listed)])
        if digest != due.shown:
            return Menu(due, listed, digest)
        command_menus.settle(conn, due, digest)
    return None


def record_menu(conn: Connection, *, menu: Menu, given: bool) -> None:
    """Store that the list was set (`given`), or cannot be set and is left as it is."""
    command_menus.settle(conn, menu.due, menu.digest if given else menu.due.shown)


def put_off(conn: Connection, *, menu: Menu) -> None:
    """Put a list that could not be set behind the others."""
    command_menus.put_last(conn, menu.due)


def _request_some(conn: Connection, *, version: int, now: datetime) -> int:
    """Request the next few checks, and store how far this has come; returns how many."""
    if counters.read(conn, WANTED) != version:
        counters.put(conn, WANTED, version)
        counters.put(conn, REACHED, 0)
    people = command_menus.reachable_after(conn, counters.read(conn, REACHED), PEOPLE_PER_TICK_MAX)
    for user_id in people:
        command_menus.ask(conn, user_id, now)
    if len(people) < PEOPLE_PER_TICK_MAX:
        counters.put(conn, SHOWN, version)
    if people:
        counters.put(conn, REACHED, people[-1])
    return len(people)


def _version(content: Content, languages: tuple[str, ...], username: str) -> int:
    """Returns a number that changes with the lists and with the bot's username."""
    every = [
        str(commands(content, language, member=member, trainer=trainer, admin=admin))
        for language in languages
        for member, trainer, admin in product((False, True), repeat=3)
    ]
    return int(_digest([username, *every]), 16)


def _digest(words: list[str]) -> str:
    return hashlib.sha256(repr(words).encode()).hexdigest()[: 2 * DIGEST_BYTES]
