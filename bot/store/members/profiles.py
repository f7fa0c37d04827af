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
    "show_phone",
    "tip_hour",
    "wind",
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

WIND = text("""
    INSERT INTO tip_clocks (member_id, hour, due_at) VALUES (:id, :hour, :due_at)
    ON CONFLICT (member_id) DO UPDATE SET hour = excluded.hour, due_at = excluded.due_at
""").bindparams(bindparam("due_at", type_=Instant))


def rename(conn: Connection, member_id: int, name: str) -> None:
    """Write down a new full name."""
    conn.execute(RENAME, {"id": member_id, "name": name})
    name_words.write(conn, {member_id: name})


def retitle(conn: Connection, member_id: int, title: str) -> None:
    """Write down a new form of address."""
    conn.execute(RETITLE, {"id": member_id, "title": title})


def set_phone(conn: Connection, member_id: int, phone: str, *, verified: bool) -> None:
    """Write down a new number, which nobody else may have."""
    staging.yield_phone(conn, phone)
    conn.execute(SET_PHONE, {"id": member_id, "phone": phone, "verified": verified})


def show_phone(conn: Connection, member_id: int, *, shown: bool) -> None:
    """Let the team above see the number, or not."""
    conn.execute(SHOW_PHONE, {"id": member_id, "shown": shown})


def move_to(conn: Connection, member_id: int, province: str, zone: str) -> None:
    """Write down where the member lives now."""
    conn.execute(MOVE_TO, {"id": member_id, "province": province, "zone": zone})


def tip_hour(conn: Connection, member_id: int) -> str | None:
    """When the member's tip comes, HH:MM on the own wall; None where that was never set."""
    hour: str | None = conn.execute(TIP_HOUR, {"id": member_id}).scalar()
    return hour


def wind(conn: Connection, member_id: int, hour: str, due_at: datetime) -> None:
    """Set the member's tip hour and when it comes next."""
    conn.execute(WIND, {"id": member_id, "hour": hour, "due_at": due_at})
