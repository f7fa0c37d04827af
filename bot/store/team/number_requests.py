"""Requests of uplines for a phone number, and what their owners decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = [
    "NumberRequest",
    "NumberRequestState",
    "asked_by",
    "asked_of",
    "decide_request",
    "enter_request",
    "newest_request",
    "request_of",
]

NumberRequestState: TypeAlias = Literal["asked", "given", "refused"]


@dataclass(frozen=True, slots=True)
class NumberRequest:
    """A request for a number; `decided_at` is when its owner decided last."""

    id: int
    member_id: int
    upline_id: int
    state: NumberRequestState
    at: datetime
    decided_at: datetime | None


ENTER_REQUEST = text("""
    INSERT INTO number_requests (reference, member_id, upline_id, state, at)
    VALUES (:reference, :member_id, :upline_id, 'asked', :at)
    ON CONFLICT (reference) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

NEWEST_REQUEST = text("""
    SELECT id, member_id, upline_id, state, at, decided_at FROM number_requests
    WHERE member_id = :member_id AND upline_id = :upline_id ORDER BY id DESC LIMIT 1
""").columns(at=Instant, decided_at=Instant)

REQUEST_OF = text("""
    SELECT id, member_id, upline_id, state, at, decided_at FROM number_requests
    WHERE reference = :reference AND member_id = :member_id
""").columns(at=Instant, decided_at=Instant)

ASKED_BY = text("""
    SELECT count(*) FROM number_requests WHERE upline_id = :upline_id AND at > :since
""").bindparams(bindparam("since", type_=Instant))

ASKED_OF = text("""
    SELECT count(*) FROM number_requests WHERE member_id = :member_id AND at > :since
""").bindparams(bindparam("since", type_=Instant))

DECIDE_REQUEST = text("""
    UPDATE number_requests SET state = :state, decided_at = :at
    WHERE id = :id AND state <> CAST(:state AS TEXT)
""").bindparams(bindparam("at", type_=Instant))


def enter_request(
    conn: Connection, *, reference: str, member_id: int, upline_id: int, at: datetime
) -> None:
    """Enter a request, once for each reference."""
    facts = {"reference": reference, "member_id": member_id, "upline_id": upline_id, "at": at}
    conn.execute(ENTER_REQUEST, facts)


def newest_request(conn: Connection, member_id: int, upline_id: int) -> NumberRequest | None:
    """Returns the latest request of an upline for a member's number."""
    facts = {"member_id": member_id, "upline_id": upline_id}
    row = conn.execute(NEWEST_REQUEST, facts).one_or_none()
    return None if row is None else NumberRequest(*row)


def request_of(conn: Connection, reference: str, member_id: int) -> NumberRequest | None:
    """Returns a request for this member's number; None for another member's."""
    row = conn.execute(REQUEST_OF, {"reference": reference, "member_id": member_id}).one_or_none()
    return None if row is None else NumberRequest(*row)


def asked_by(conn: Connection, upline_id: int, since: datetime) -> int:
    """Returns how many numbers an upline has asked for after a moment."""
    found: int = conn.execute(ASKED_BY, {"upline_id": upline_id, "since": since}).scalar_one()
    return found


def asked_of(conn: Connection, member_id: int, since: datetime) -> int:
    """Returns how often a member was asked for the number after a moment."""
    found: int = conn.execute(ASKED_OF, {"member_id": member_id, "since": since}).scalar_one()
    return found


def decide_request(
    conn: Connection, request_id: int, state: Literal["given", "refused"], at: datetime
) -> bool:
    """Store what the owner decided; False if it was decided so before."""
    return conn.execute(DECIDE_REQUEST, {"id": request_id, "state": state, "at": at}).rowcount == 1
