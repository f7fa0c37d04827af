"""The open conversation of each chat, as the list of its answers so far."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.core.conversation.question_names import fingerprint_now, name_now
from bot.core.conversation.replay import Answer, EnclosedFile, Given
from bot.store.db.types import Flag, Instant, Words

__all__ = [
    "NextLine",
    "Session",
    "any_left_open",
    "any_since",
    "close",
    "left_open",
    "load",
    "pause",
    "save",
    "touch",
]


@dataclass(frozen=True, slots=True)
class NextLine:
    """A command line, without its slash, that starts later, and the file that came with it.

    `of_same_text` says that the text that began the open conversation told of it as well.
    """

    line: str
    enclosed: EnclosedFile | None = None
    of_same_text: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """An open conversation.

    Attributes:
        chat_id: the chat.
        flow: the flow's name in FLOWS.
        version: the flow's version when the conversation began.
        reference: the unique reference of what the conversation will enter; also in its buttons.
        args: the arguments of the command that started it.
        answers: the accepted answers.
        kept: answers to later questions, tried again when the open one is answered.
        asked: the fingerprint of the open question.
        waiting: the command that would start another flow, while the person decides.
        started_at: when it began.
        enclosed: the photo or document whose words were read, to be kept with what is recorded.
        waiting_enclosed: the same for the flow of the waiting command.
        paused: whether the person has put it off; then what is typed answers no question.
        following: what starts when it has ended, one after the other.
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
    enclosed: EnclosedFile | None = None
    waiting_enclosed: EnclosedFile | None = None
    paused: bool = False
    following: tuple[NextLine, ...] = ()

    def with_waiting(self, waiting: str | None, enclosed: EnclosedFile | None = None) -> "Session":
        """Returns the session with another command waiting, or none."""
        return replace(self, waiting=waiting, waiting_enclosed=enclosed)


LOAD = text("""
    SELECT chat_id, flow, version, reference, args, answers, kept, asked, waiting, started_at,
           enclosed, paused, following
    FROM sessions WHERE chat_id = :chat_id
""").columns(started_at=Instant, paused=Flag)

SAVE = text("""
    INSERT INTO sessions (chat_id, flow, version, reference, args, answers, kept, asked, waiting,
                          started_at, asked_at, enclosed, following)
    VALUES (:chat_id, :flow, :version, :reference, :args, :answers, :kept, :asked, :waiting,
            :started_at, :asked_at, :enclosed, :following)
    ON CONFLICT (chat_id) DO UPDATE SET flow = excluded.flow, version = excluded.version,
      reference = excluded.reference, args = excluded.args, answers = excluded.answers,
      kept = excluded.kept, asked = excluded.asked, waiting = excluded.waiting,
      started_at = excluded.started_at, asked_at = excluded.asked_at,
      enclosed = excluded.enclosed, paused = 0, following = excluded.following
""").bindparams(bindparam("started_at", type_=Instant), bindparam("asked_at", type_=Instant))

PAUSE = text("UPDATE sessions SET paused = 1 WHERE chat_id = :chat_id")

CLOSE = text("DELETE FROM sessions WHERE chat_id = :chat_id")

ANY_SINCE = text("SELECT 1 FROM sessions WHERE asked_at >= :since LIMIT 1").bindparams(
    bindparam("since", type_=Instant)
)

# A chat with an unhandled update is left out: the update may be the answer.
LEFT_OPEN = text("""
    SELECT s.chat_id
    FROM sessions AS s LEFT JOIN members AS m ON m.user_id = s.chat_id
    WHERE s.asked_at >= :since AND s.asked_at < :until AND s.paused = 0
      AND COALESCE(m.zone, :home) IN :zones
      AND EXISTS (SELECT 1 FROM people AS p WHERE p.user_id = s.chat_id AND p.reach = 'open')
      AND NOT EXISTS (
        SELECT 1 FROM inbox AS i WHERE i.state = 'new' AND i.lane = 'chat ' || s.chat_id)
    ORDER BY s.asked_at LIMIT :limit
""").bindparams(
    bindparam("since", type_=Instant),
    bindparam("until", type_=Instant),
    bindparam("zones", expanding=True, type_=Words),
)

ANY_LEFT_OPEN = text("""
    SELECT 1 FROM sessions AS s
    WHERE s.asked_at >= :since AND s.asked_at < :until AND s.paused = 0
      AND EXISTS (SELECT 1 FROM people AS p WHERE p.user_id = s.chat_id AND p.reach = 'open')
    LIMIT 1
""").bindparams(bindparam("since", type_=Instant), bindparam("until", type_=Instant))

TOUCH = text("""
    UPDATE sessions SET asked_at = :at WHERE chat_id = :chat_id AND asked_at < :before
""").bindparams(bindparam("at", type_=Instant), bindparam("before", type_=Instant))


def load(conn: Connection, chat_id: int) -> Session | None:
    """Returns the chat's open conversation; questions stored under old names get the new ones."""
    row = conn.execute(LOAD, {"chat_id": chat_id}).one_or_none()
    if row is None:
        return None
    own, waits = json.loads(row.enclosed) if row.enclosed else (None, None)
    return Session(
        chat_id=row.chat_id,
        flow=row.flow,
        version=row.version,
        reference=row.reference,
        args=row.args,
        answers=_read(row.flow, row.answers),
        kept=_read(row.flow, row.kept),
        asked=fingerprint_now(row.flow, row.asked),
        waiting=row.waiting,
        started_at=row.started_at,
        enclosed=EnclosedFile(*own) if own else None,
        waiting_enclosed=EnclosedFile(*waits) if waits else None,
        paused=row.paused,
        following=_next_lines(row.following),
    )


def save(conn: Connection, session: Session, at: datetime) -> None:
    """Store the conversation when its question is asked, in place of the chat's open one."""
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
        "asked_at": at,
        "enclosed": _files(session.enclosed, session.waiting_enclosed),
        "following": _stored_lines(session.following),
    }
    conn.execute(SAVE, row)


def pause(conn: Connection, chat_id: int) -> None:
    """Put the open conversation off until its question is asked again."""
    conn.execute(PAUSE, {"chat_id": chat_id})


def close(conn: Connection, chat_id: int) -> None:
    """Delete the chat's open conversation."""
    conn.execute(CLOSE, {"chat_id": chat_id})


def any_since(conn: Connection, since: datetime) -> bool:
    """Returns whether there is an open question that was asked since then."""
    return conn.execute(ANY_SINCE, {"since": since}).first() is not None


def left_open(
    conn: Connection,
    since: datetime,
    until: datetime,
    *,
    zones: Sequence[str],
    home: str,
    limit: int,
) -> list[int]:
    """Returns chats with an open question asked in a span of time, the oldest first.

    Args:
        conn: the unit's connection.
        since: the start, included.
        until: the end, not included.
        zones: the time zones of the chats.
        home: the company's time zone, for chats that are not a member's.
        limit: the number returned at most.
    """
    wanted = {"since": since, "until": until, "zones": list(zones), "home": home, "limit": limit}
    return list(conn.execute(LEFT_OPEN, wanted).scalars())


def any_left_open(conn: Connection, since: datetime, until: datetime) -> bool:
    """Returns whether there is such a question, in any time zone and with any updates waiting."""
    return conn.execute(ANY_LEFT_OPEN, {"since": since, "until": until}).first() is not None


def touch(conn: Connection, chat_id: int, before: datetime, at: datetime) -> bool:
    """Store that the question is asked again; returns False if it was asked since `before`."""
    facts = {"chat_id": chat_id, "before": before, "at": at}
    return conn.execute(TOUCH, facts).rowcount == 1


def _files(*files: EnclosedFile | None) -> str:
    """Returns the files of both flows as they are stored; an empty text if there are none."""
    if not any(files):
        return ""
    return json.dumps([file and _file(file) for file in files])


def _file(file: EnclosedFile) -> list[str]:
    return [file.file_id, file.file_key, file.kind]


def _stored_lines(following: tuple[NextLine, ...]) -> str:
    """Returns what follows as it is stored; an empty text if nothing does."""
    if not following:
        return ""
    rows = [
        [each.line, each.enclosed and _file(each.enclosed), each.of_same_text]
        for each in following
    ]
    return json.dumps(rows, ensure_ascii=False)


def _next_lines(stored: str) -> tuple[NextLine, ...]:
    rows = json.loads(stored) if stored else []
    return tuple(
        NextLine(line, EnclosedFile(*file) if file else None, of_same_text=same)
        for line, file, same in rows
    )


def _write(givens: tuple[Given, ...]) -> str:
    return json.dumps([_row(given) for given in givens], ensure_ascii=False)


def _row(given: Given) -> list[object]:
    """Returns an answer as it is stored; the words of a file come last, if there are any."""
    answer = given.answer
    facts = [answer.kind, answer.value, answer.at.isoformat(), answer.own, answer.note]
    words = [answer.words] if answer.words else []
    return [given.question, given.asked, *facts, *words]


def _read(flow: str, stored: str) -> tuple[Given, ...]:
    return tuple(
        Given(
            name_now(flow, question),
            Answer(kind, value, datetime.fromisoformat(at), *more),
            fingerprint_now(flow, asked),
        )
        for question, asked, kind, value, at, *more in json.loads(stored)
    )
