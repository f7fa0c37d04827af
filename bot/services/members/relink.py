"""Moves a membership to a new account, by a code from the office and the number on record."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from bot.core.conversation.messages import Message
from bot.core.members.one_time_codes import RELINK_BITS, RELINK_CODE_LIFE, make_relink_code
from bot.core.members.people import first_name, short_phone
from bot.flows.members.member_cards import NoMember
from bot.flows.members.relink import (
    CodeMade,
    GoodRelinkCode,
    MakeRelinkCode,
    MovedAway,
    NotTheNumber,
    Relink,
    RelinkDone,
    Relinked,
    TooManyRelinks,
    WrongRelinkCode,
)
from bot.services.home.command_menu import request_menu_check
from bot.store.conversation import attempts, sessions
from bot.store.db import audit_log
from bot.store.members import cards, members, relinks, roles, second_admins
from bot.store.members.cards import OfficeCard
from bot.turn.notices import send
from bot.turn.turn import REFERENCE_BITS, Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

WRONG = "relink"
WRONG_MAX = 5
WRONG_WINDOW = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def good_code(turn: Turn, lookup: GoodRelinkCode) -> bool | TooManyRelinks:
    """Returns whether the code is valid, or that the caller has tried too often.

    A wrong code is counted once: the conversation returns to its question at once.
    """
    wrong = attempts.since(turn.conn, turn.caller.user_id, WRONG, turn.now - WRONG_WINDOW)
    if len(wrong) >= WRONG_MAX:
        until = wrong[-WRONG_MAX] + WRONG_WINDOW + MINUTE
        return TooManyRelinks(until.replace(second=0, microsecond=0))
    if relinks.owner_of(turn.conn, lookup.relink_code, turn.now) is None:
        attempts.add(turn.conn, turn.caller.user_id, WRONG, turn.now)
        return False
    return True


def make_code(turn: Turn, action: MakeRelinkCode) -> Iterable[Message]:
    """Make a code that works once, and only for the phone number on record."""
    assert "admin" in turn.caller.roles, "only admins reach this action"
    card = cards.by_code(turn.conn, action.code)
    if card is None:
        yield NoMember(action.code)
        return
    # The lower bits make the conversation's reference, which is not secret.
    code = make_relink_code((turn.chance >> REFERENCE_BITS) % (1 << RELINK_BITS))
    until = turn.now + RELINK_CODE_LIFE
    by = turn.caller.user_id
    relinks.make(turn.conn, card.id, code, expires_at=until, by=by)
    audit_log.note(turn.conn, by, "relink code made", f"member {card.id}", turn.now)
    yield CodeMade(card.name, code, until)


def relink(turn: Turn, action: Relink) -> Iterable[Message]:
    """Move the membership, cut off the old account, and notify it and the admins."""
    user_id = turn.caller.user_id
    owner = relinks.owner_of(turn.conn, action.relink_code, turn.now)
    if owner is None:
        yield WrongRelinkCode()
        return
    member = members.by_id(turn.conn, owner.id)
    if member.phone != action.phone.number:
        attempts.add(turn.conn, user_id, WRONG, turn.now)
        yield NotTheNumber(short_phone(action.phone.number))
        return
    if not relinks.spend(turn.conn, action.relink_code, turn.now):
        yield WrongRelinkCode()
        return
    card = cards.by_code(turn.conn, member.code)
    assert card is not None, "a member with a relink code exists"
    relinks.move(turn.conn, member.id, user_id)
    subject = f"member {member.id}: user {member.user_id} to {user_id}"
    audit_log.note(turn.conn, user_id, "relink", subject, turn.now)
    kept = False if member.user_id is None else _cut_off(turn, member.user_id, owner.made_by)
    _notify_admins(turn, card, kept=kept)
    request_menu_check(turn, user_id)
    name = first_name(member.name)
    turn.reader = replace(turn.reader, title=member.title, name=name, zone=member.zone)
    yield Relinked(member.code)


def _cut_off(turn: Turn, old: int, made_by: int) -> bool:
    """Take session, messages and roles from the old account, by a code that an admin has made.

    Returns:
        Whether it stays admin, because it is the last one.
    """
    relinks.withdraw_outgoing(turn.conn, old)
    sessions.close(turn.conn, old)
    roles.lock_admins(turn.conn)
    holder = roles.by_account(turn.conn, old)
    assert holder is not None, "the old account wrote to the bot"
    last = holder.admin and roles.other_admins(turn.conn, old) == 0
    lost = [("trainer", holder.trainer), ("admin", holder.admin and not last)]
    for role, had in lost:
        if had:
            roles.revoke(turn.conn, old, role)
            if role == "admin":
                second_admins.note_revocation(turn.conn, old, made_by, turn.now)
            subject = f"user {old}"
            audit_log.note(turn.conn, None, f"revoke {role} by relink", subject, turn.now)
    request_menu_check(turn, old)
    person = roles.reachable(turn.conn, old, turn.company.time_zone)
    if person is not None:
        key = f"relink:{turn.reference}:{old}"
        send(turn.conn, turn.content, turn.company, person, MovedAway(), key=key, at=turn.now)
    return last


def _notify_admins(turn: Turn, card: OfficeCard, *, kept: bool) -> None:
    news = RelinkDone(card.name, card.code, card.trainer, card.admin, kept)
    for admin in members.reachable_admins(turn.conn, turn.company.time_zone):
        key = f"relink:{turn.reference}:admin:{admin.user_id}"
        send(turn.conn, turn.content, turn.company, admin, news, key=key, at=turn.now)


LOOKUPS: Lookups = {GoodRelinkCode: good_code}
ACTIONS: Actions = {MakeRelinkCode: make_code, Relink: relink}
