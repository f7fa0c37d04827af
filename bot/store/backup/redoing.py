"""Erases again what a restored copy still has, by the list of erasures beside the database."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.backup.erasure_file import ErasedMember, ErasureList, name_hash
from bot.store.db.types import Flag, Instant
from bot.store.ledger import periods
from bot.store.privacy import departures, erasing

__all__ = ["erase_again"]

INTERNAL_NAME = text("""
    SELECT m.reference FROM members AS m WHERE m.id = :member_id
""")

DEPART = text("""
    INSERT INTO departures (member_id, left_at, period, suspended)
    VALUES (:member_id, :at, :period, :suspended)
    ON CONFLICT (member_id) DO UPDATE
    SET period = excluded.period, suspended = excluded.suspended
    WHERE departures.erased_at IS NULL
""").bindparams(bindparam("at", type_=Instant), bindparam("suspended", type_=Flag))

DEACTIVATE = text("UPDATE members SET active = 0 WHERE id = :member_id")

STRANGERS = text("""
    SELECT p.user_id, p.first_seen FROM people AS p
    WHERE NOT EXISTS (SELECT 1 FROM members AS m WHERE m.user_id = p.user_id)
""").columns(first_seen=Instant)


def erase_again(conn: Connection, erasures: ErasureList, at: datetime) -> int:
    """Erase again everyone on the list who is still in the database; returns how many."""
    again = sum(_erase_member(conn, each, at) for each in sorted(erasures.members))
    return again + _forget_strangers(conn, erasures, at)


def _erase_member(conn: Connection, erased: ErasedMember, at: datetime) -> bool:
    """Erase one member; a number that was given to another one since then is left alone."""
    reference = conn.execute(INTERNAL_NAME, {"member_id": erased.member_id}).scalar()
    if reference is None or name_hash(reference) != erased.name_hash:
        return False
    periods.hold_open(conn)
    facts = {
        "member_id": erased.member_id,
        "at": at,
        "period": erased.period,
        "suspended": erased.suspended,
    }
    conn.execute(DEPART, facts)
    conn.execute(DEACTIVATE, {"member_id": erased.member_id})
    return erasing.erase_member(conn, erased.member_id, erased.account_key, erased.phone_key, at)


def _forget_strangers(conn: Connection, erasures: ErasureList, at: datetime) -> int:
    """Forget accounts again, unless they have written for the first time since."""
    if not erasures.accounts:
        return 0
    moments: dict[str, datetime] = {}
    for key, moment in erasures.accounts:
        found = datetime.fromisoformat(moment)
        moments[key] = max(found, moments.get(key, found))
    count = 0
    for row in conn.execute(STRANGERS).all():
        erased_at = moments.get(departures.account_key(erasures.key, row.user_id))
        if erased_at is not None and row.first_seen <= erased_at:
            erasing.forget_account(conn, row.user_id, at)
            count += 1
    return count
