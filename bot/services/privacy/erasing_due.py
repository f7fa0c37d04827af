"""Erases members who have left and accounts that want to be forgotten, when it is due.

The list beside the database comes first: an erasure that was interrupted is done at the next run,
and one that a restored copy does not have is done again.
"""

import asyncio
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Connection

from bot.flows.privacy.erasing import DataErased
from bot.services.privacy.departing import what_is_open
from bot.store.backup import erasure_file, redoing
from bot.store.backup.erasure_file import ErasedMember
from bot.store.ledger import periods
from bot.store.members import members
from bot.store.privacy import departures, erasing
from bot.store.privacy.departures import Leaver
from bot.turn.notices import send
from bot.turn.runtime import BotRuntime

__all__ = ["erase_due"]

LEAVERS_AT_ONCE_MAX: Final = 200
ACCOUNTS_AT_ONCE_MAX: Final = 200


async def erase_due(runtime: BotRuntime, now: datetime) -> int:
    """Erase everyone with whom nothing is open any more; returns how many."""
    return await _erase_members(runtime, now) + await _forget_accounts(runtime, now)


async def _erase_members(runtime: BotRuntime, now: datetime) -> int:
    before = now - timedelta(days=runtime.company.retention.left_members_days)
    after = count = 0
    while True:
        look = partial(
            departures.to_erase, left_before=before, after=after, limit=LEAVERS_AT_ONCE_MAX
        )
        found = await runtime.database.read(look)
        if not found:
            return count
        after = found[-1].member_id
        settled = await runtime.database.read(partial(_settled, runtime=runtime, some=found))
        if not settled:
            continue
        if runtime.erasures.is_new:
            earlier = await runtime.database.read(redoing.erased_before)
            await asyncio.to_thread(runtime.erasures.add, members=earlier)
        listed = _listed(settled, runtime.erasures.key)
        await asyncio.to_thread(runtime.erasures.add, members=listed)
        for leaver in settled:
            erase = partial(_erase, runtime=runtime, leaver=leaver, now=now)
            count += await runtime.database.write(erase)


async def _forget_accounts(runtime: BotRuntime, now: datetime) -> int:
    look = partial(departures.to_forget, limit=ACCOUNTS_AT_ONCE_MAX)
    found = await runtime.database.read(look)
    if not found:
        return 0
    await asyncio.to_thread(runtime.erasures.add)
    keys = frozenset(
        (departures.account_key(runtime.erasures.key, user_id), now.isoformat())
        for user_id in found
    )
    await asyncio.to_thread(runtime.erasures.add, accounts=keys)
    for user_id in found:
        await runtime.database.write(partial(erasing.forget_account, user_id=user_id, at=now))
    return len(found)


def _listed(leavers: list[Leaver], key: bytes) -> frozenset[ErasedMember]:
    return frozenset(
        ErasedMember(
            each.member_id,
            erasure_file.name_hash(each.reference),
            each.period,
            each.suspended,
            *_keys(each, key),
        )
        for each in leavers
    )


def _keys(leaver: Leaver, key: bytes) -> tuple[str, str]:
    """Returns the keyed hashes of account and number; those stored if they are erased."""
    account, phone = leaver.account_key, leaver.phone_key
    if leaver.user_id is not None:
        account = departures.account_key(key, leaver.user_id)
    return account, phone or departures.phone_key(key, leaver.phone)


def _settled(conn: Connection, *, runtime: BotRuntime, some: list[Leaver]) -> list[Leaver]:
    return [
        each
        for each in some
        if not what_is_open(conn, runtime.company, each.member_id, each.period).anything
    ]


def _erase(conn: Connection, *, runtime: BotRuntime, leaver: Leaver, now: datetime) -> bool:
    """Erase one member, unless something has come in between; tell them when it is done."""
    periods.hold_open(conn)
    if what_is_open(conn, runtime.company, leaver.member_id, leaver.period).anything:
        return False
    person = members.reachable(conn, leaver.member_id)
    keys = _keys(leaver, runtime.erasures.key)
    if not erasing.erase_member(conn, leaver.member_id, *keys, now):
        return False
    if person is not None:
        news = DataErased(erasing.pseudonym(leaver.member_id))
        to = f"erased:{leaver.member_id}"
        send(conn, runtime.content, runtime.company, person, news, key=to, at=now)
    return True
