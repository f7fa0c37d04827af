"""Erases again what a restored copy still has, by the list of erasures beside the database."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.backup.erasure_file import ErasedMember, ErasureList, name_hash
from bot.store.customers import forgotten
from bot.store.db.types import Flag, Instant
from bot.store.ledger import periods
from bot.store.privacy import departures, erasing

__all__ = ["erase_again", "erased_before"]

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
    return again + _forget_strangers(conn, erasures, at) + _forget_customers(conn, erasures)


def erased_before(conn: Connection) -> frozenset[ErasedMember]:
    """Returns all members who are erased, for a list that is made anew."""
    return frozenset(
        ErasedMember(
            each.member_id,
            name_hash(each.reference),
            each.period,
            each.suspended,
            each.account_key,
            each.phone_key,
        )
        for each in departures.erased(conn)
    )


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


def _forget_customers(conn: Connection, erasures: ErasureList) -> int:
    """Forget customers again, unless their names were entered anew since."""
    if not erasures.customers:
        return 0
    moments = _latest(erasures.customers)
    found = []
    for entry in forgotten.entries_of_all(conn):
        moment = moments.get(departures.customer_key(erasures.key, entry.seller, entry.key))
        if moment is not None and entry.created_at <= moment:
            found.append(entry.id)
    forgotten.blank(conn, found)
    return len(found)


def _latest(listed: Iterable[tuple[str, str]]) -> dict[str, datetime]:
    """Returns the last moment of each hash."""
    moments: dict[str, datetime] = {}
    for key, moment in listed:
        found = datetime.fromisoformat(moment)
        moments[key] = max(found, moments.get(key, found))
    return moments


def _forget_strangers(conn: Connection, erasures: ErasureList, at: datetime) -> int:
    """Forget accounts again, unless they have written for the first time since."""
    if not erasures.accounts:
        return 0
    moments = _latest(erasures.accounts)
    count = 0
    for row in conn.execute(STRANGERS).all():
        erased_at = moments.get(departures.account_key(erasures.key, row.user_id))
        if erased_at is not None and row.first_seen <= erased_at:
            erasing.forget_account(conn, row.user_id, at)
            count += 1
    return count
