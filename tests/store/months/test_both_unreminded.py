"""An admin is not reminded of closing one month, and of no other, on both engines."""

from sqlalchemy import Connection

from bot.store.members import roles
from bot.store.months import unreminded
from tests.store.both import ACCOUNT, MONTH, START, in_transaction

NEXT = "2026-12"


@in_transaction
def test_reminders_are_stopped_for_one_month_and_one_admin(conn: Connection) -> None:
    first, second = ACCOUNT + 1, ACCOUNT + 2
    for user_id in (first, second):
        roles.grant(conn, user_id, "admin", None, START)
    roles.grant(conn, first, "trainer", None, START)
    assert unreminded.admins_unreminded(conn, MONTH) == set()
    unreminded.set_unreminded(conn, first, MONTH)
    assert unreminded.admins_unreminded(conn, MONTH) == {first}
    assert unreminded.admins_unreminded(conn, NEXT) == set()
    unreminded.set_unreminded(conn, first, "")
    assert unreminded.admins_unreminded(conn, MONTH) == set()
    # Whoever becomes an admin again is reminded again.
    unreminded.set_unreminded(conn, second, MONTH)
    roles.revoke(conn, second, "admin")
    roles.grant(conn, second, "admin", None, START)
    assert unreminded.admins_unreminded(conn, MONTH) == set()
