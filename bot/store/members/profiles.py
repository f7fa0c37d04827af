"""What members change about themselves, and the hour of their tips."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Flag, Instant
from bot.store.members import name_words, staging

__all__ = [
    "move_to",
    "rename",
    "retitle",
    "set_phone",
    "set_tip_hour",
    "show_phone",
    "tip_hour",
]


RENAME = text("UPDATE members SET name = :name WHERE id = :id")

RETITLE = text("UPDATE members SET title = :title WHERE id = :id")

SET_PHONE = text("""
    UPDATE members SET phone = :phone, phone_verified = :verified WHERE id = :id
""").bindparams(bindparam("verified", type_=Flag))

SHOW_PHONE = text("UPDATE members SET phone_shown = :shown WHERE id = :id").bindparams(
    bindparam("shown", type_=Flag)
)

MOVE_TO = text("UPDATE members SET province = :province, zone = :zone WHERE id = :id")

TIP_HOUR = text("SELECT hour FROM tip_clocks WHERE member_id = :id")

SET_TIP_HOUR = text("""
    INSERT INTO tip_clocks (member_id, hour, due_at) VALUES (:id, :hour, :due_at)
    ON CONFLICT (member_id) DO UPDATE SET hour = excluded.hour, due_at = excluded.due_at
""").bindparams(bindparam("due_at", type_=Instant))


def rename(conn: Connection, member_id: int, name: str) -> None:
    """Store a new full name."""
    conn.execute(RENAME, {"id": member_id, "name": name})
    name_words.write(conn, {member_id: name})


def retitle(conn: Connection, member_id: int, title: str) -> None:
    """Store a new form of address."""
    conn.execute(RETITLE, {"id": member_id, "title": title})


def set_phone(conn: Connection, member_id: int, phone: str, *, verified: bool) -> None:
    """Store a new phone number, which no visible member may have."""
    staging.yield_phone(conn, phone)
    conn.execute(SET_PHONE, {"id": member_id, "phone": phone, "verified": verified})


def show_phone(conn: Connection, member_id: int, *, shown: bool) -> None:
    """Show the phone number to the upline, or hide it."""
    conn.execute(SHOW_PHONE, {"id": member_id, "shown": shown})


def move_to(conn: Connection, member_id: int, province: str, zone: str) -> None:
    """Store where the member lives."""
    conn.execute(MOVE_TO, {"id": member_id, "province": province, "zone": zone})


def tip_hour(conn: Connection, member_id: int) -> str | None:
    """Returns the local time (HH:MM) of the member's tip; None if it was never set."""
    hour: str | None = conn.execute(TIP_HOUR, {"id": member_id}).scalar()
    return hour


def set_tip_hour(conn: Connection, member_id: int, hour: str, due_at: datetime) -> None:
    """Store the local time (HH:MM) of the member's tip and when the next one is due."""
    conn.execute(SET_TIP_HOUR, {"id": member_id, "hour": hour, "due_at": due_at})
