"""Turns updates that cannot be handled into dead letters, and notifies senders and admins."""

from datetime import datetime

from sqlalchemy import Connection

from bot.content import Reader
from bot.flows.talk import Apology, DeadLetter, EndedTheBot, NotTriedAgain
from bot.store.members import people
from bot.store.queue import inbox
from bot.store.queue.inbox import Received
from bot.turn.notices import answer_to, send_to_admins
from bot.turn.raw_updates import private_chat
from bot.turn.runtime import BotRuntime

__all__ = ["make_dead_letter"]


async def make_dead_letter(
    runtime: BotRuntime, row: Received, at: datetime, *, ended: bool = False
) -> None:
    """Mark the update as a dead letter, apologise to its sender, and notify the admins.

    Args:
        runtime: the running bot.
        row: the update.
        at: the time now.
        ended: whether it ended the process several times; otherwise it failed five times.
    """
    apology = NotTriedAgain() if ended else Apology()
    notice = EndedTheBot(row.update_id) if ended else DeadLetter(row.update_id)

    def unit(conn: Connection) -> None:
        if not inbox.mark_dead(conn, row.id, "gave up"):
            return
        person = private_chat(row.body)
        if person is not None:
            known = people.meet(conn, person, runtime.company.languages[0], at)
            reader = Reader(known.language, known.member_title or known.title)
            answer_to(conn, runtime.content.screen(apology, reader), person, f"dead:{row.id}", at)
        key = f"dead:{row.id}:admin"
        send_to_admins(conn, runtime.content, runtime.company, notice, key, at)

    await runtime.database.write(unit)
