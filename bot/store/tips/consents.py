"""Consents to tips and broadcasts; every change is a row of its own.

A member without a row for a purpose consents to it, as agreed at joining.
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.flows.tips.permissions import Purpose
from bot.store.db.types import Flag, Instant

__all__ = ["allows", "note"]


NEWEST = text("""
    SELECT given FROM permissions WHERE member_id = :member_id AND purpose = :purpose
    ORDER BY id DESC LIMIT 1
""").columns(given=Flag)

NOTE = text("""
    INSERT INTO permissions (member_id, purpose, given, at)
    VALUES (:member_id, :purpose, :given, :at)
""").bindparams(bindparam("given", type_=Flag), bindparam("at", type_=Instant))


def allows(conn: Connection, member_id: int, purpose: Purpose) -> bool:
    """Returns whether the member consents to a purpose, by the latest row."""
    given = conn.execute(NEWEST, {"member_id": member_id, "purpose": purpose}).scalar()
    return True if given is None else bool(given)


def note(conn: Connection, member_id: int, purpose: Purpose, given: bool, at: datetime) -> None:
    """Store that the member consents to a purpose, or refuses it."""
    row = {"member_id": member_id, "purpose": purpose, "given": given, "at": at}
    conn.execute(NOTE, row)
