"""The open conversation of each chat, as the answers given so far."""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.core.dialogue import Answer, Given
from bot.store.types import Instant

__all__ = ["Session", "close", "load", "save"]


@dataclass(frozen=True, slots=True)
class Session:
    """Where a conversation stands.

    Attributes:
        chat_id: whose it is.
        flow: the flow's name in FLOWS.
        version: the flow's version when it began.
        reference: the unique name of what the conversation will bring about; also in its buttons.
        args: what the flow was started with.
        answers: accepted so far.
        kept: given to later questions, tried again when the open one is answered.
        asked: fingerprint of the open question.
        waiting: the command line that wants to start another flow, while the person decides.
        started_at: when it began.
    """

    chat_id: int
    flow: str
    version: int
    reference: str
    args: str
    answers: tuple[Given, ...]
    kept: tuple[Given, ...]
    asked: str
    waiting: str | None
    started_at: datetime

    def with_waiting(self, waiting: str | None) -> "Session":
        """The same, with another command waiting, or none."""
        return replace(self, waiting=waiting)


LOAD = text("""
    SELECT chat_id, flow, version, reference, args, answers, kept, asked, waiting, started_at
    FROM sessions WHERE chat_id = :chat_id
""").columns(started_at=Instant)

SAVE = text("""
    INSERT INTO sessions (chat_id, flow, version, reference, args, answers, kept, asked, waiting,
                          started_at)
    VALUES (:chat_id, :flow, :version, :reference, :args, :answers, :kept, :asked, :waiting,
            :started_at)
    ON CONFLICT (chat_id) DO UPDATE SET flow = excluded.flow, version = excluded.version,
      reference = excluded.reference, args = excluded.args, answers = excluded.answers,
      kept = excluded.kept, asked = excluded.asked, waiting = excluded.waiting,
      started_at = excluded.started_at
""").bindparams(bindparam("started_at", type_=Instant))

CLOSE = text("DELETE FROM sessions WHERE chat_id = :chat_id")


def load(conn: Connection, chat_id: int) -> Session | None:
    """The chat's open conversation, if there is one."""
    row = conn.execute(LOAD, {"chat_id": chat_id}).one_or_none()
    if row is None:
        return None
    return Session(
        chat_id=row.chat_id,
        flow=row.flow,
        version=row.version,
        reference=row.reference,
        args=row.args,
        answers=_read(row.answers),
        kept=_read(row.kept),
        asked=row.asked,
        waiting=row.waiting,
        started_at=row.started_at,
    )


def save(conn: Connection, session: Session) -> None:
    """Keep the conversation as it stands, in place of what the chat had open."""
    row = {
        "chat_id": session.chat_id,
        "flow": session.flow,
        "version": session.version,
        "reference": session.reference,
        "args": session.args,
        "answers": _write(session.answers),
        "kept": _write(session.kept),
        "asked": session.asked,
        "waiting": session.waiting,
        "started_at": session.started_at,
    }
    conn.execute(SAVE, row)


def close(conn: Connection, chat_id: int) -> None:
    """Forget the chat's conversation."""
    conn.execute(CLOSE, {"chat_id": chat_id})


def _write(givens: tuple[Given, ...]) -> str:
    return json.dumps(
        [
            [
                g.question,
                g.asked,
                g.answer.kind,
                g.answer.value,
                g.answer.at.isoformat(),
                g.answer.own,
                g.answer.note,
            ]
            for g in givens
        ],
        ensure_ascii=False,
    )


def _read(stored: str) -> tuple[Given, ...]:
    return tuple(
        Given(question, Answer(kind, value, datetime.fromisoformat(at), own, note), asked)
        for question, asked, kind, value, at, own, note in json.loads(stored)
    )
