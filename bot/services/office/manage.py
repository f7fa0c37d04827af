"""Shows the office its panel, and lets nobody but an admin make an admin."""

from collections.abc import Iterable
from datetime import timedelta

from bot.core.conversation.messages import Message, Refusal
from bot.core.members.people import masked_name, short_phone
from bot.flows.office.manage import (
    BecomeAdmin,
    LeadCard,
    LeadGone,
    LeadLine,
    Leads,
    LeadsPage,
    NoLeads,
    OpenLead,
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
from bot.services.home.command_menu import hang
from bot.store.conversation import attempts
from bot.store.db import audit_log
from bot.store.members import members, office, roles
from bot.store.queue import inbox, uncertain
from bot.store.sales import sales
from bot.turn.notices import send
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

LEADS_PER_PAGE = 5
TRIES_MAX = 5
TRIES_WINDOW = timedelta(hours=1)
WRONG_CODE = "admin code"
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
HOURS_A_DAY = 24


def panel_now(turn: Turn, _lookup: PanelNow) -> Panel:
    """Count what waits."""
    trainers, admins = roles.counts(turn.conn)
    oldest = [sale.logged_at for sale in sales.waiting(turn.conn, 0, 1)]
    hours = (turn.now - oldest[0]) // HOUR if oldest else 0
    return Panel(
        waiting=sales.waiting_count(turn.conn),
        oldest_days=hours // HOURS_A_DAY,
        oldest_hours=hours % HOURS_A_DAY,
        leads=office.count_leads(turn.conn),
        dead=inbox.dead_letters(turn.conn),
        doubtful=uncertain.count(turn.conn),
        trainers=trainers,
        admins=admins,
    )


def leads_page(turn: Turn, lookup: LeadsPage) -> Leads | NoLeads:
    """A page of the list; past the end, the last one."""
    total = office.count_leads(turn.conn)
    if total == 0:
        return NoLeads()
    last = (total - 1) // LEADS_PER_PAGE + 1
    page = min(lookup.page, last)
    found = office.leads(turn.conn, LEADS_PER_PAGE, (page - 1) * LEADS_PER_PAGE)
    lines = tuple(
        LeadLine(lead.id, masked_name(lead.name), short_phone(lead.phone), lead.at)
        for lead in found
    )
    return Leads(lines, total, page, before=page - 1, after=page + 1 if page < last else 0)


def holders(turn: Turn, _lookup: Holders) -> tuple[Holder, ...]:
    """Everybody who has a role."""
    return tuple(_holder(one) for one in roles.holders(turn.conn))


def holder_by(turn: Turn, lookup: HolderBy) -> Holder | None:
    """The person behind a code or an account."""
    if lookup.key.startswith("u"):
        found = roles.by_account(turn.conn, int(lookup.key.removeprefix("u")))
    else:
        found = roles.by_code(turn.conn, lookup.key)
    return None if found is None else _holder(found)


def other_admins(turn: Turn, lookup: OtherAdmins) -> int:
    """How many admins besides this one could act."""
    return roles.other_admins(turn.conn, lookup.user_id)


def open_lead(turn: Turn, command: OpenLead) -> Iterable[Message]:
    """Show name and number, and note who looked."""
    lead = office.lead(turn.conn, command.lead_id)
    if lead is None:
        yield LeadGone()
        return
    audit_log.note(turn.conn, turn.caller.user_id, "open lead", f"lead {lead.id}", turn.now)
    yield LeadCard(lead.name, lead.phone, lead.phone.removeprefix("+"), lead.at)


def become_admin(turn: Turn, command: BecomeAdmin) -> Iterable[Message]:
    """Take a code from the command line, once, and let nobody guess it."""
    user_id = turn.caller.user_id
    tried = attempts.since(turn.conn, user_id, WRONG_CODE, turn.now - TRIES_WINDOW)
    if len(tried) >= TRIES_MAX:
        left = tried[-TRIES_MAX] + TRIES_WINDOW - turn.now
        yield TooManyTries(-(-left // MINUTE))
        return
    if not roles.spend_admin_code(turn.conn, command.code, turn.now):
        attempts.add(turn.conn, user_id, WRONG_CODE, turn.now)
        yield WrongAdminCode()
        return
    if roles.grant(turn.conn, user_id, "admin", None, turn.now):
        audit_log.note(turn.conn, user_id, "grant admin by code", f"user {user_id}", turn.now)
        _tell_admins(turn, _person(turn, user_id), "", ChangeRole(user_id, "admin", grant=True))
        hang(turn, user_id)
    yield YouAreAdmin()


def change_role(turn: Turn, command: ChangeRole) -> Iterable[Message]:
    """Grant or revoke, tell the person and all admins, and keep who did it."""
    assert "admin" in turn.caller.roles, "the flow lets only admins come here"
    roles.admins_locked(turn.conn)
    person = _person(turn, command.user_id)
    alone = roles.other_admins(turn.conn, command.user_id) == 0
    if command.role == "admin" and not command.grant and person.admin and alone:
        raise Refusal(LastAdmin(), ConfirmRole)
    if _change(turn, command):
        action = f"{'grant' if command.grant else 'revoke'} {command.role}"
        user_id = turn.caller.user_id
        audit_log.note(turn.conn, user_id, action, f"user {command.user_id}", turn.now)
        _tell_admins(turn, person, _person(turn, user_id).label, command)
        _tell_person(turn, command)
        hang(turn, command.user_id)
    yield RoleDone(person.label, command.role, command.grant)


def _change(turn: Turn, command: ChangeRole) -> bool:
    if command.grant:
        by = turn.caller.user_id
        return roles.grant(turn.conn, command.user_id, command.role, by, turn.now)
    return roles.revoke(turn.conn, command.user_id, command.role)


def _tell_admins(turn: Turn, person: Holder, by: str, command: ChangeRole) -> None:
    """Tell every admin but the one who did it and the one it was done to."""
    news = RoleChanged(person.label, person.code, command.role, command.grant, by)
    for admin in members.reachable_admins(turn.conn, turn.company.time_zone):
        if admin.user_id not in {turn.caller.user_id, command.user_id}:
            key = f"role:{turn.reference}:{admin.user_id}"
            send(turn.conn, turn.content, turn.company, admin, news, key=key, at=turn.now)


def _tell_person(turn: Turn, command: ChangeRole) -> None:
    """Tell the one whose role it is, unless it was their own doing."""
    person = roles.reachable(turn.conn, command.user_id, turn.company.time_zone)
    if person is not None and person.user_id != turn.caller.user_id:
        news = RoleForYou(command.role, command.grant)
        key = f"role:{turn.reference}:{person.user_id}"
        send(turn.conn, turn.content, turn.company, person, news, key=key, at=turn.now)


def _person(turn: Turn, user_id: int) -> Holder:
    found = roles.by_account(turn.conn, user_id)
    assert found is not None, "a role belongs to an account that wrote to the bot"
    return _holder(found)


def _holder(found: roles.RoleHolder) -> Holder:
    """A standing as admins see it; an account that is no member shows the end of its number."""
    label = found.name or f"Telegram …{str(found.user_id)[-4:]}"
    return Holder(found.user_id, label, found.code, found.trainer, found.admin)


LOOKUPS: Lookups = {
    PanelNow: panel_now,
    LeadsPage: leads_page,
    Holders: holders,
    HolderBy: holder_by,
    OtherAdmins: other_admins,
}
ACTIONS: Actions = {
    OpenLead: open_lead,
    BecomeAdmin: become_admin,
    ChangeRole: change_role,
}
