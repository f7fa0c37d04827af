"""Members as the office finds, sees, suspends and reinstates them."""

from collections.abc import Iterable

from bot.core.conversation.messages import Message, Refusal
from bot.core.members.codes import read_code
from bot.core.members.people import masked_name, masked_phone, name_words, phone_number
from bot.flows.members.member_cards import (
    AskSuspend,
    HasLeftAlready,
    LastActingAdmin,
    MemberBy,
    MemberCard,
    MemberFound,
    MembersLike,
    NoMember,
    RevealPhone,
    StandingDone,
    Suspend,
    YouAreBack,
    YouAreSuspended,
)
from bot.services.bonus.wording import rank_name
from bot.services.home.command_menu import request_menu_check
from bot.services.members.sponsor_choice import reason_against
from bot.store.db import audit_log
from bot.store.ledger import given_ranks
from bot.store.members import cards, roles, sponsor_choices
from bot.store.members.cards import OfficeCard
from bot.store.privacy import departures
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

DIGITS_MIN = 6


def members_like(turn: Turn, lookup: MembersLike) -> tuple[MemberFound, ...]:
    """Returns members found by code, else by number, else by words of the name."""
    code = read_code(lookup.typed)
    card = cards.by_code(turn.conn, code) if code is not None else None
    if card is not None:
        return (MemberFound(card.code, card.name),)
    matched = cards.by_number(turn.conn, _phone(lookup.typed), lookup.typed)
    words = sorted(name_words(lookup.typed))
    if not matched and words:
        matched = cards.named(turn.conn, words, lookup.rows)
    return tuple(MemberFound(one.code, one.name) for one in matched)


def member_by(turn: Turn, lookup: MemberBy) -> MemberCard | None:
    """Returns the member's card with the phone number masked."""
    card = cards.by_code(turn.conn, lookup.code)
    return None if card is None else _shown(turn, card, whole=False)


def reveal_phone(turn: Turn, action: RevealPhone) -> Iterable[Message]:
    """Show the card with the full phone number, and log who looked at it."""
    assert "admin" in turn.caller.roles, "only admins reach this action"
    card = cards.by_code(turn.conn, action.code)
    if card is None:
        yield NoMember(action.code)
        return
    audit_log.note(turn.conn, turn.caller.user_id, "phone shown", f"member {card.id}", turn.now)
    yield _shown(turn, card, whole=True)


def suspend(turn: Turn, action: Suspend) -> Iterable[Message]:
    """Suspend or reinstate a member, once; notify the member, and log who did it.

    Raises:
        Refusal: no admin would be left who can act.
    """
    assert "admin" in turn.caller.roles, "only admins reach this action"
    roles.lock_admins(turn.conn)
    card = cards.by_code(turn.conn, action.code)
    assert card is not None, "the flow has found it in this transaction"
    if (departure := departures.of_member(turn.conn, card.id)) is not None:
        yield HasLeftAlready(card.name, departure.left_at)
        return
    last = card.user_id is not None and roles.other_admins(turn.conn, card.user_id) == 0
    if not action.active and card.admin and last:
        raise Refusal(LastActingAdmin(), AskSuspend)
    if cards.set_active(turn.conn, card.id, active=action.active):
        act = "member taken back" if action.active else "member suspended"
        audit_log.note(turn.conn, turn.caller.user_id, act, f"member {card.id}", turn.now)
        news: Message = YouAreBack() if action.active else YouAreSuspended()
        turn.tell(card.id, news, key=f"standing:{card.id}:{turn.reference}")
        if card.user_id is not None:
            request_menu_check(turn, card.user_id)
    yield StandingDone(card.name, card.code, action.active)


def _shown(turn: Turn, card: OfficeCard, *, whole: bool) -> MemberCard:
    period = turn.caller.period
    version = turn.company.plan.version_for(period)
    given = given_ranks.of_member(turn.conn, card.id, period)
    number = version.rank_numbers.get(given.rank, 0) if version and given else 0
    departure = departures.of_member(turn.conn, card.id)
    found = sponsor_choices.comeback(turn.conn, card.code)
    return MemberCard(
        full_name=card.name,
        code=card.code,
        phone=_number(card.phone, whole=whole),
        whole=whole,
        phone_verified=card.phone_verified,
        joined_at=card.joined_at,
        sponsor=masked_name(card.sponsor) if card.sponsor else "",
        size=card.size,
        trainer=card.trainer,
        admin=card.admin,
        linked=card.user_id is not None,
        last_sold=card.last_sold,
        active=card.active,
        left_at=None if departure is None else departure.left_at,
        ranks=version is not None and bool(version.ranks),
        placeable=found is not None and not reason_against(turn, found),
        given=rank_name(version, number, turn.caller.language) if version else "",
    )


def _number(phone: str, *, whole: bool) -> str:
    """Returns the number on record; empty for a member who had to give it up."""
    if not phone.startswith("+"):
        return ""
    return phone if whole else masked_phone(phone)


def _phone(typed: str) -> str:
    """Returns a typed phone number in E.164; empty if it is not one."""
    if sum(sign.isdigit() for sign in typed) < DIGITS_MIN:
        return ""
    try:
        return phone_number(typed)
    except Refusal:
        return ""


LOOKUPS: Lookups = {MembersLike: members_like, MemberBy: member_by}
ACTIONS: Actions = {RevealPhone: reveal_phone, Suspend: suspend}
