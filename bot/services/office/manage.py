"""The office panel, and granting and revoking roles."""

from collections.abc import Iterable
from datetime import timedelta

from bot.core.conversation.messages import Message, Refusal
from bot.flows.office.manage import (
    BecomeAdmin,
    Panel,
    PanelNow,
    TooManyTries,
    WrongAdminCode,
    YouAreAdmin,
)
from bot.flows.office.roles import (
    ChangeRole,
    ConfirmRole,
    Holder,
    HolderBy,
    Holders,
    LastAdmin,
    OtherAdmins,
    RoleChanged,
    RoleDone,
    RoleForYou,
)
from bot.services.home.command_menu import request_menu_check
from bot.store.conversation import attempts
from bot.store.db import audit_log
from bot.store.inquiries import inquiries
from bot.store.members import members, office, roles, second_admins
from bot.store.queue import inbox, uncertain
from bot.store.returns import owing, waiting_returns
from bot.store.sales import sales
from bot.turn.notices import send
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

TRIES_MAX = 5
TRIES_WINDOW = timedelta(hours=1)
WRONG_CODE = "admin code"
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
HOURS_A_DAY = 24


def panel_now(turn: Turn, _lookup: PanelNow) -> Panel:
    """Returns the counts that the panel shows."""
    trainers, admins = roles.counts(turn.conn)
    oldest = [sale.logged_at for sale in sales.waiting(turn.conn, 0, 1)]
    below = owing.total(turn.conn)
    hours = (turn.now - oldest[0]) // HOUR if oldest else 0
    return Panel(
        waiting=sales.waiting_count(turn.conn),
        oldest_days=hours // HOURS_A_DAY,
        oldest_hours=hours % HOURS_A_DAY,
        leads=office.count_leads(turn.conn),
        dead=inbox.dead_letters(turn.conn),
        uncertain=uncertain.count(turn.conn),
        trainers=trainers,
        admins=admins,
        returns=waiting_returns.count(turn.conn),
        owing=below.members,
        owed=below.amount,
        inquiries=inquiries.count_waiting(turn.conn),
    )


def holders(turn: Turn, _lookup: Holders) -> tuple[Holder, ...]:
    """Returns the accounts that have a role."""
    return tuple(_holder(one) for one in roles.holders(turn.conn))


def holder_by(turn: Turn, lookup: HolderBy) -> Holder | None:
    """Returns the person with a member code, or an account as `u<number>`."""
    if lookup.key.startswith("u"):
        found = roles.by_account(turn.conn, int(lookup.key.removeprefix("u")))
    else:
        found = roles.by_code(turn.conn, lookup.key)
    return None if found is None else _holder(found)


def other_admins(turn: Turn, lookup: OtherAdmins) -> int:
    """Returns the number of other admins who are not suspended."""
    return roles.other_admins(turn.conn, lookup.user_id)


def become_admin(turn: Turn, action: BecomeAdmin) -> Iterable[Message]:
    """Make the caller admin by a code from the command line; wrong codes are limited."""
    user_id = turn.caller.user_id
    tried = attempts.since(turn.conn, user_id, WRONG_CODE, turn.now - TRIES_WINDOW)
    if len(tried) >= TRIES_MAX:
        left = tried[-TRIES_MAX] + TRIES_WINDOW - turn.now
        yield TooManyTries(-(-left // MINUTE))
        return
    if not roles.spend_admin_code(turn.conn, action.code, turn.now):
        attempts.add(turn.conn, user_id, WRONG_CODE, turn.now)
        yield WrongAdminCode()
        return
    if roles.grant(turn.conn, user_id, "admin", None, turn.now):
        audit_log.note(turn.conn, user_id, "grant admin by code", f"user {user_id}", turn.now)
        _notify_admins(turn, _person(turn, user_id), "", ChangeRole(user_id, "admin", grant=True))
        request_menu_check(turn, user_id)
    yield YouAreAdmin()


def change_role(turn: Turn, action: ChangeRole) -> Iterable[Message]:
    """Grant or revoke a role, notify the person and the admins, and log who did it.

    Raises:
        Refusal: it would leave no admin who can act.
    """
    assert "admin" in turn.caller.roles, "only admins reach this action"
    roles.lock_admins(turn.conn)
    person = _person(turn, action.user_id)
    alone = roles.other_admins(turn.conn, action.user_id) == 0
    if action.role == "admin" and not action.grant and person.admin and alone:
        raise Refusal(LastAdmin(), ConfirmRole)
    if _change(turn, action):
        act = f"{'grant' if action.grant else 'revoke'} {action.role}"
        user_id = turn.caller.user_id
        audit_log.note(turn.conn, user_id, act, f"user {action.user_id}", turn.now)
        _notify_admins(turn, person, _person(turn, user_id).label, action)
        _notify_person(turn, action)
        request_menu_check(turn, action.user_id)
    yield RoleDone(person.label, action.role, action.grant)


def _change(turn: Turn, action: ChangeRole) -> bool:
    if action.grant:
        by = turn.caller.user_id
        return roles.grant(turn.conn, action.user_id, action.role, by, turn.now)
    revoked = roles.revoke(turn.conn, action.user_id, action.role)
    if revoked and action.role == "admin":
        by = turn.caller.user_id
        second_admins.note_revocation(turn.conn, action.user_id, by, turn.now)
    return revoked


def _notify_admins(turn: Turn, person: Holder, by: str, action: ChangeRole) -> None:
    """Notify every admin but the one who changed the role and the one whose role it is."""
    news = RoleChanged(person.label, person.code, action.role, action.grant, by)
    for admin in members.reachable_admins(turn.conn, turn.company.time_zone):
        if admin.user_id not in {turn.caller.user_id, action.user_id}:
            key = f"role:{turn.reference}:{admin.user_id}"
            send(turn.conn, turn.content, turn.company, admin, news, key=key, at=turn.now)


def _notify_person(turn: Turn, action: ChangeRole) -> None:
    """Notify the person whose role changed, unless it is the caller."""
    person = roles.reachable(turn.conn, action.user_id, turn.company.time_zone)
    if person is not None and person.user_id != turn.caller.user_id:
        news = RoleForYou(action.role, action.grant)
        key = f"role:{turn.reference}:{person.user_id}"
        send(turn.conn, turn.content, turn.company, person, news, key=key, at=turn.now)


def _person(turn: Turn, user_id: int) -> Holder:
    found = roles.by_account(turn.conn, user_id)
    assert found is not None, "a role belongs to an account that wrote to the bot"
    return _holder(found)


def _holder(found: roles.RoleHolder) -> Holder:
    """Returns a role holder as admins see one; without a name, by the end of the account."""
    label = found.name or f"Telegram …{str(found.user_id)[-4:]}"
    return Holder(found.user_id, label, found.code, found.trainer, found.admin)


LOOKUPS: Lookups = {
    PanelNow: panel_now,
    Holders: holders,
    HolderBy: holder_by,
    OtherAdmins: other_admins,
}
ACTIONS: Actions = {
    BecomeAdmin: become_admin,
    ChangeRole: change_role,
}
