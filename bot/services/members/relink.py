"""Moves a membership to a new account, on a code of the office and the number on record."""

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
from bot.services.home.command_menu import hang
from bot.store.conversation import attempts, sessions
from bot.store.db import audit_log
from bot.store.members import cards, members, relinks, roles
from bot.store.members.cards import OfficeCard
from bot.turn.notices import send
from bot.turn.turn import REFERENCE_BITS, Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

WRONG = "relink"
WRONG_MAX = 5
WRONG_WINDOW = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def good_code(turn: Turn, lookup: GoodRelinkCode) -> bool | TooManyRelinks:
    """Whether the code is good, as long as the caller has not tried too often.

    A wrong one is asked about only once: the conversation goes back to its question at once.
    """
    wrong = attempts.since(turn.conn, turn.caller.user_id, WRONG, turn.now - WRONG_WINDOW)
    if len(wrong) >= WRONG_MAX:
        until = wrong[-WRONG_MAX] + WRONG_WINDOW + MINUTE
        return TooManyRelinks(until.replace(second=0, microsecond=0))
    if relinks.standing(turn.conn, lookup.relink_code, turn.now) is None:
        attempts.add(turn.conn, turn.caller.user_id, WRONG, turn.now)
        return False
    return True


def make_code(turn: Turn, command: MakeRelinkCode) -> Iterable[Message]:
    """Make a code that works once, and only with the number on record."""
    assert "admin" in turn.caller.roles, "the flow lets only admins come here"
    card = cards.by_code(turn.conn, command.code)
    if card is None:
        yield NoMember(command.code)
        return
    # The lower bits name the conversation, and that name is no secret.
    code = make_relink_code((turn.chance >> REFERENCE_BITS) % (1 << RELINK_BITS))
    until = turn.now + RELINK_CODE_LIFE
    by = turn.caller.user_id
    relinks.make(turn.conn, card.id, code, expires_at=until, by=by)
    audit_log.note(turn.conn, by, "relink code made", f"member {card.id}", turn.now)
    yield CodeMade(card.name, code, until)


def relink(turn: Turn, command: Relink) -> Iterable[Message]:
    """Move the membership, close what is open in both chats, and tell everybody concerned."""
    user_id = turn.caller.user_id
    owner = relinks.standing(turn.conn, command.relink_code, turn.now)
    if owner is None:
        yield WrongRelinkCode()
        return
    row = members.by_id(turn.conn, owner.id)
    if row.phone != command.phone.number:
        attempts.add(turn.conn, user_id, WRONG, turn.now)
        yield NotTheNumber(short_phone(command.phone.number))
        return
    if not relinks.spend(turn.conn, command.relink_code, turn.now):
        yield WrongRelinkCode()
        return
    card = cards.by_code(turn.conn, row.code)
    assert card is not None, "the member stands in the books"
    relinks.move(turn.conn, row.id, user_id)
    told = f"member {row.id}: user {row.user_id} to {user_id}"
    audit_log.note(turn.conn, user_id, "relink", told, turn.now)
    kept = False if row.user_id is None else _cut_off(turn, row.user_id)
    _tell_admins(turn, card, kept=kept)
    hang(turn, user_id)
    turn.reader = replace(turn.reader, title=row.title, name=first_name(row.name), zone=row.zone)
    yield Relinked(row.code)


def _cut_off(turn: Turn, old: int) -> bool:
    """Leave the old account nothing; gives whether it had to stay admin, being the last."""
    relinks.withdraw_letters(turn.conn, old)
    sessions.close(turn.conn, old)
    roles.admins_locked(turn.conn)
    standing = roles.by_account(turn.conn, old)
    assert standing is not None, "the old account wrote to the bot"
    last = standing.admin and roles.other_admins(turn.conn, old) == 0
    lost = [("trainer", standing.trainer), ("admin", standing.admin and not last)]
    for role, had in lost:
        if had:
            roles.revoke(turn.conn, old, role)
            subject = f"user {old}"
            audit_log.note(turn.conn, None, f"revoke {role} by relink", subject, turn.now)
    hang(turn, old)
    person = roles.reachable(turn.conn, old, turn.company.time_zone)
    if person is not None:
        key = f"relink:{turn.reference}:{old}"
        send(turn.conn, turn.content, turn.company, person, MovedAway(), key=key, at=turn.now)
    return last


def _tell_admins(turn: Turn, card: OfficeCard, *, kept: bool) -> None:
    news = RelinkDone(card.name, card.code, card.trainer, card.admin, kept)
    for admin in members.reachable_admins(turn.conn, turn.company.time_zone):
        key = f"relink:{turn.reference}:admin:{admin.user_id}"
        send(turn.conn, turn.content, turn.company, admin, news, key=key, at=turn.now)


LOOKUPS: Lookups = {GoodRelinkCode: good_code}
ACTIONS: Actions = {MakeRelinkCode: make_code, Relink: relink}
