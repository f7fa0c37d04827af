"""Admins who want no more reminders about closing a month."""

from sqlalchemy import Connection, text

__all__ = ["admins_unreminded", "set_unreminded"]

ADMINS_UNREMINDED = text("""
    SELECT user_id FROM roles WHERE role = 'admin' AND unreminded = :period
""")

SET_UNREMINDED = text("""
    UPDATE roles SET unreminded = :period WHERE user_id = :user_id AND role = 'admin'
""")


def admins_unreminded(conn: Connection, period: str) -> set[int]:
    """Returns the accounts of the admins who are not reminded of closing this month."""
    return set(conn.execute(ADMINS_UNREMINDED, {"period": period}).scalars())


def set_unreminded(conn: Connection, user_id: int, period: str) -> None:
    """Remind an admin no more of closing this month; of each month if it is empty."""
    conn.execute(SET_UNREMINDED, {"user_id": user_id, "period": period})
