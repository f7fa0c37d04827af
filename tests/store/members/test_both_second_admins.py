"""A second admin: anybody who holds the role, and for a week whoever lost it by one's own hand."""

from datetime import timedelta

from sqlalchemy import Connection

from bot.core.members.second_admin import REVOKED_COUNTS, SecondAdmin
from bot.store.members import cards, roles, second_admins
from tests.store.both import ACCOUNT, START, in_transaction, join, of_one_kind

BUDI, JOKO, RINA = ACCOUNT + 1, ACCOUNT + 2, ACCOUNT + 3
SECOND = timedelta(seconds=1)


def _office(conn: Connection) -> list[int]:
    """Budi and Joko are admins."""
    ids = join(conn, [None, 1, 1])
    for user_id in (BUDI, JOKO):
        assert roles.grant(conn, user_id, "admin", None, START)
    return ids


@in_transaction
def test_whoever_holds_the_role_counts_also_suspended(conn: Connection) -> None:
    _, joko, _ = _office(conn)
    assert second_admins.second_admin(conn, BUDI, START) == SecondAdmin(acting=True, until=None)
    assert cards.set_active(conn, joko, active=False)
    assert second_admins.second_admin(conn, BUDI, START) == SecondAdmin(acting=False, until=None)
    assert second_admins.second_admin(conn, JOKO, START) == SecondAdmin(acting=True, until=None)


@in_transaction
def test_whoever_was_revoked_by_the_same_hand_counts_for_a_week(conn: Connection) -> None:
    _office(conn)
    assert roles.revoke(conn, JOKO, "admin")
    assert second_admins.second_admin(conn, BUDI, START) is None
    second_admins.note_revocation(conn, JOKO, RINA, START)
    second_admins.note_revocation(conn, BUDI, BUDI, START)
    assert second_admins.second_admin(conn, BUDI, START) is None
    second_admins.note_revocation(conn, JOKO, BUDI, START)
    found = second_admins.second_admin(conn, BUDI, START + REVOKED_COUNTS - SECOND)
    assert found == SecondAdmin(acting=False, until=START + REVOKED_COUNTS)
    of_one_kind(found)
    assert second_admins.second_admin(conn, BUDI, START + REVOKED_COUNTS) is None
    # Given to somebody else meanwhile, the role is what counts.
    assert roles.grant(conn, RINA, "admin", BUDI, START)
    found = second_admins.second_admin(conn, BUDI, START)
    assert found == SecondAdmin(acting=True, until=None)
