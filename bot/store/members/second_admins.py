"""Whether there is a second admin: the only place that decides it."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.core.members.second_admin import REVOKED_COUNTS, SecondAdmin
from bot.store.db.types import Instant
from bot.store.members import roles

__all__ = ["note_revocation", "second_admin"]

OTHERS_HOLD = text("SELECT count(*) FROM roles WHERE role = 'admin' AND user_id <> :user_id")

LAST_REVOKED = (
    text("""
    SELECT max(at) AS at FROM admin_revocations
    WHERE by = :by AND at > :since AND user_id <> :by
""")
    .bindparams(bindparam("since", type_=Instant))
    .columns(at=Instant)
)

NOTE_REVOCATION = text("""
    INSERT INTO admin_revocations (user_id, at, by) VALUES (:user_id, :at, :by)
""").bindparams(bindparam("at", type_=Instant))


def second_admin(conn: Connection, user_id: int, now: datetime) -> SecondAdmin | None:
    """Returns the second admin beside this account; None if it may decide alone."""
    if conn.execute(OTHERS_HOLD, {"user_id": user_id}).scalar_one():
        return SecondAdmin(acting=roles.other_admins(conn, user_id) > 0, until=None)
    since = now - REVOKED_COUNTS
    revoked: datetime | None = conn.execute(LAST_REVOKED, {"by": user_id, "since": since}).scalar()
    if revoked is None:
        return None
    return SecondAdmin(acting=False, until=revoked + REVOKED_COUNTS)


def note_revocation(conn: Connection, user_id: int, by: int, at: datetime) -> None:
    """Keep that an admin has lost the role by the hand of another one."""
    conn.execute(NOTE_REVOCATION, {"user_id": user_id, "by": by, "at": at})
