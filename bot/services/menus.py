"""Gives everybody the list of commands that is theirs, in Telegram's own menu of the chat.

Whoever has neither membership nor role keeps the list that the bot shows to all. The others get
one of their own, as a letter in the outbox: it may be sent twice, and a kill loses none.
"""

import hashlib
from datetime import datetime
from functools import partial
from itertools import product
from typing import Final

from sqlalchemy import Connection

from bot.content import Content, Reader
from bot.services.turn import Turn
from bot.store import marks, menus, outbox
from bot.store.database import Database

__all__ = ["PEOPLE_PER_TICK_MAX", "commands", "hang", "hang_new"]

PEOPLE_PER_TICK_MAX: Final = 30
"""Two a second: a change of the lists is in no hurry, and tips leave by the same way."""

DIGEST_BYTES: Final = 7
SHOWN: Final = "menus shown"
WANTED: Final = "menus wanted"
REACHED: Final = "menus reached"


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
    """Give a person the list that follows from what the books say now."""
    _hang(turn.conn, turn.content, user_id, f"u{turn.heard.row}", turn.now, bulk=False)


async def hang_new(
    books: Database, content: Content, languages: tuple[str, ...], now: datetime
) -> int:
    """After the lists have changed, give some more people theirs; gives how many that were."""
    told = _digest(content, languages)
    if await books.read(partial(marks.read, name=SHOWN)) == told:
        return 0
    return await books.write(partial(_hang_some, content=content, told=told, now=now))


def _hang_some(conn: Connection, *, content: Content, told: int, now: datetime) -> int:
    """The next few, in one transaction that also remembers how far it has come."""
    if marks.read(conn, WANTED) != told:
        marks.put(conn, WANTED, told)
        marks.put(conn, REACHED, 0)
    people = menus.some(conn, marks.read(conn, REACHED), PEOPLE_PER_TICK_MAX)
    for user_id in people:
        _hang(conn, content, user_id, "all", now, bulk=True)
    if len(people) < PEOPLE_PER_TICK_MAX:
        marks.put(conn, SHOWN, told)
    if people:
        marks.put(conn, REACHED, people[-1])
    return len(people)


def _hang(
    conn: Connection, content: Content, user_id: int, cause: str, now: datetime, *, bulk: bool
) -> None:
    person = menus.person(conn, user_id)
    if person is None or person.reach != "open":
        return
    listed: list[list[str]] = []
    acts = not person.suspended
    trainer, admin = bool(person.trainer) and acts, bool(person.admin) and acts
    if person.member or trainer or admin:
        listed = commands(
            content, person.language, member=bool(person.member), trainer=trainer, admin=admin
        )
    digest = hashlib.sha256(repr(listed).encode()).hexdigest()[: 2 * DIGEST_BYTES]
    outbox.put(
        conn,
        key=f"menu:{user_id}:{digest}:{cause}",
        chat_id=user_id,
        kind="tip" if bulk else "notice",
        method="setMyCommands",
        payload={"commands": listed},
        at=now,
    )


def _digest(content: Content, languages: tuple[str, ...]) -> int:
    """What tells one version of the lists from another."""
    every = [
        commands(content, language, member=member, trainer=trainer, admin=admin)
        for language in languages
        for member, trainer, admin in product((False, True), repeat=3)
    ]
    return int.from_bytes(hashlib.sha256(repr(every).encode()).digest()[:DIGEST_BYTES])
