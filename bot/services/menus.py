"""Gives everybody the list of commands that is theirs, in Telegram's own menu of the chat.

Whoever has neither membership nor role keeps the list that the bot shows to all. The others get
one of their own. Here is only noted whose list has to be looked at; what it is follows from the
books at the moment when it is set, and it is set only where the chat has another one.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import product
from typing import Final

from sqlalchemy import Connection

from bot.content import Content, Reader
from bot.services.turn import Turn
from bot.store import marks, menus
from bot.store.database import Database
from bot.store.menus import Due

__all__ = [
    "PEOPLE_PER_TICK_MAX",
    "Menu",
    "commands",
    "hang",
    "hang_new",
    "next_menu",
    "put_off",
    "settle",
]

PEOPLE_PER_TICK_MAX: Final = 30
LOOKED_AT_ONCE_MAX: Final = 50

DIGEST_BYTES: Final = 7
SHOWN: Final = "menus shown"
WANTED: Final = "menus wanted"
REACHED: Final = "menus reached"


@dataclass(frozen=True, slots=True)
class Menu:
    """A list that has to be set: pairs of a command and what it does; none for that of all."""

    due: Due
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
    """The list as pairs of a command and what it does."""
    facts: dict[str, object] = {"member": member, "trainer": trainer, "admin": admin}
    text = content.fill(f"menu/commands.{language}.j2", facts, Reader(language)).text
    return [line.split(" - ", 1) for line in text.splitlines()]


def hang(turn: Turn, user_id: int) -> None:
    """Have a person's list looked at once what this turn says is in the books."""
    menus.ask(turn.conn, user_id, turn.now)


async def hang_new(
    books: Database, content: Content, languages: tuple[str, ...], username: str, now: datetime
) -> int:
    """After the lists have changed, or the bot, have some more looked at; gives how many."""
    told = _version(content, languages, username)
    if await books.read(partial(marks.read, name=SHOWN)) == told:
        return 0
    return await books.write(partial(_hang_some, told=told, now=now))


def next_menu(conn: Connection, *, content: Content, username: str) -> Menu | None:
    """The next list that has to be set; settles those that need not be on the way to it."""
    for due in menus.due(conn, LOOKED_AT_ONCE_MAX):
        listed = _listed(conn, content, due.user_id)
        if listed is None:
            menus.settle(conn, due, due.shown)
            continue
        digest = _digest([username, *map(str, listed)])
        if digest != due.shown:
            return Menu(due, listed, digest)
        menus.settle(conn, due, digest)
    return None


def settle(conn: Connection, *, menu: Menu, given: bool) -> None:
    """The list was set, or it cannot be and is left as it is."""
    menus.settle(conn, menu.due, menu.digest if given else menu.due.shown)


def put_off(conn: Connection, *, menu: Menu) -> None:
    """The list could not be set now; the others come first."""
    menus.put_last(conn, menu.due)


def _hang_some(conn: Connection, *, told: int, now: datetime) -> int:
    """The next few, in one transaction that also remembers how far it has come."""
    if marks.read(conn, WANTED) != told:
        marks.put(conn, WANTED, told)
        marks.put(conn, REACHED, 0)
    people = menus.some(conn, marks.read(conn, REACHED), PEOPLE_PER_TICK_MAX)
    for user_id in people:
        menus.ask(conn, user_id, now)
    if len(people) < PEOPLE_PER_TICK_MAX:
        marks.put(conn, SHOWN, told)
    if people:
        marks.put(conn, REACHED, people[-1])
    return len(people)


def _listed(conn: Connection, content: Content, user_id: int) -> list[list[str]] | None:
    """A person's list; empty for that of all, None where the person cannot be reached."""
    person = menus.person(conn, user_id)
    if person is None or person.reach != "open":
        return None
    acts = not person.suspended
    trainer, admin = bool(person.trainer) and acts, bool(person.admin) and acts
    if not (person.member or trainer or admin):
        return []
    member = bool(person.member)
    return commands(content, person.language, member=member, trainer=trainer, admin=admin)


def _version(content: Content, languages: tuple[str, ...], username: str) -> int:
    """What tells one version of the lists, or one bot, from another."""
    every = [
        str(commands(content, language, member=member, trainer=trainer, admin=admin))
        for language in languages
        for member, trainer, admin in product((False, True), repeat=3)
    ]
    return int(_digest([username, *every]), 16)


def _digest(words: list[str]) -> str:
    return hashlib.sha256(repr(words).encode()).hexdigest()[: 2 * DIGEST_BYTES]
