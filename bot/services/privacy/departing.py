"""Members leave, and ask to be erased; what is open with them is looked up first."""

from collections.abc import Iterable

from sqlalchemy import Connection

from bot.company import Company
from bot.core.conversation.messages import Message, Question, Refusal
from bot.flows.privacy.erasing import AskEraseAgain, Erase, ErasureAsked, Forget
from bot.flows.privacy.leaving import (
    AskLeaveAgain,
    ClosingJustNow,
    Goodbye,
    Leave,
    MemberLeft,
    OnlyAdmin,
    StillOpen,
    WhatIsOpen,
)
from bot.services.home.command_menu import request_menu_check
from bot.store.db import audit_log
from bot.store.ledger import periods
from bot.store.members import cards, roles
from bot.store.privacy import departures, open_matters
from bot.turn.notices import send_to_admins
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS", "what_is_open"]


def what_is_open(
    conn: Connection, company: Company, member_id: int, period: str
) -> open_matters.OpenMatters:
    """Returns what is open with a member; `period` is the last month they may be paid for."""
    versions = company.plan.versions
    since = versions[0].since if versions else ""
    return open_matters.open_matters(conn, member_id, since, period)


def still_open(turn: Turn, lookup: WhatIsOpen) -> StillOpen:
    """Returns what is open with the caller, and whether the office needs them."""
    found = what_is_open(turn.conn, turn.company, lookup.member_id, turn.caller.period)
    return StillOpen(
        found.balance, found.sales, found.returns, found.listed, found.month, _is_only_admin(turn)
    )


def leave(turn: Turn, _action: Leave) -> Iterable[Message]:
    """End the caller's membership, once.

    Raises:
        Refusal: no admin would be left, or a month is being closed.
    """
    member_id = turn.caller.member.id
    found = still_open(turn, WhatIsOpen(member_id))
    _end(turn, AskLeaveAgain, found, erase=False)
    yield Goodbye(found, turn.company.retention.left_members_days)


def erase(turn: Turn, _action: Erase) -> Iterable[Message]:
    """End the caller's membership and note that the member is to be erased.

    Raises:
        Refusal: no admin would be left, or a month is being closed.
    """
    member_id, user_id = turn.caller.member.id, turn.caller.user_id
    found = still_open(turn, WhatIsOpen(member_id))
    _end(turn, AskEraseAgain, found, erase=True)
    if departures.ask_erasure(turn.conn, member_id, turn.now):
        audit_log.note(turn.conn, user_id, "erasure asked", f"member {member_id}", turn.now)
    yield ErasureAsked(found)


def forget(turn: Turn, _action: Forget) -> Iterable[Message]:
    """Note that the caller's account, which has no membership, is to be forgotten."""
    departures.ask_to_forget(turn.conn, turn.caller.user_id, turn.now)
    yield ErasureAsked(None)


def _end(turn: Turn, asked: type[Question], found: StillOpen, *, erase: bool) -> None:
    """End the membership with everything that goes at once; nothing if it ended before."""
    conn, me, user_id, now = turn.conn, turn.caller.member, turn.caller.user_id, turn.now
    roles.lock_admins(conn)
    periods.hold_open(conn)
    if _is_only_admin(turn):
        raise Refusal(OnlyAdmin(), asked)
    if (period := periods.closing(conn)) is not None:
        raise Refusal(ClosingJustNow(period), asked)
    if not departures.leave(conn, me.id, turn.caller.period, now):
        return
    cards.set_active(conn, me.id, active=False)
    audit_log.note(conn, user_id, "member left", f"member {me.id}", now)
    for role in ("trainer", "admin"):
        if roles.revoke(conn, user_id, role):
            audit_log.note(conn, user_id, f"revoke {role} by leaving", f"user {user_id}", now)
    request_menu_check(turn, user_id)
    news = MemberLeft(me.name, me.code, found, erase)
    send_to_admins(conn, turn.content, turn.company, news, f"left:{turn.reference}", now)


def _is_only_admin(turn: Turn) -> bool:
    holder = roles.by_account(turn.conn, turn.caller.user_id)
    admin = holder is not None and holder.admin
    return admin and roles.other_admins(turn.conn, turn.caller.user_id) == 0


LOOKUPS: Lookups = {WhatIsOpen: still_open}
ACTIONS: Actions = {Leave: leave, Erase: erase, Forget: forget}
