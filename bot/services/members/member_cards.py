"""Shows the office a member, and suspends one or lets one go on."""

from collections.abc import Iterable

from bot.core.conversation.messages import Message, Refusal
from bot.core.members.codes import read_code
from bot.core.members.people import masked_name, masked_phone, name_words, phone_number
from bot.flows.members.member_cards import (
    AskSuspend,
    LastActingAdmin,
    MemberBy,
    MemberCard,
    MemberFound,
    MembersLike,
    MonthIsClosing,
    NoMember,
    RevealPhone,
    StandingDone,
    Suspend,
    YouAreBack,
    YouAreSuspended,
)
from bot.services.home.command_menu import hang
from bot.store.db import audit_log
from bot.store.ledger import periods
from bot.store.members import cards, roles
from bot.store.members.cards import OfficeCard
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

DIGITS_MIN = 6


def members_like(turn: Turn, lookup: MembersLike) -> tuple[MemberFound, ...]:
    """By code, else by number, else by the words of the name."""
    code = read_code(lookup.typed)
    card = cards.by_code(turn.conn, code) if code is not None else None
    if card is not None:
        return (MemberFound(card.code, card.name),)
    rows = list(cards.by_number(turn.conn, _phone(lookup.typed), lookup.typed))
    words = sorted(name_words(lookup.typed))
    if not rows and words:
        rows = list(cards.named(turn.conn, words, lookup.rows))
    return tuple(MemberFound(row.code, row.name) for row in rows)


def member_by(turn: Turn, lookup: MemberBy) -> MemberCard | None:
    """The card, with the number masked."""
    card = cards.by_code(turn.conn, lookup.code)
    return None if card is None else _shown(card, whole=False)


def reveal_phone(turn: Turn, command: RevealPhone) -> Iterable[Message]:
    """The card with the whole number, and note who looked."""
    assert "admin" in turn.caller.roles, "the flow lets only admins come here"
    card = cards.by_code(turn.conn, command.code)
    if card is None:
        yield NoMember(command.code)
        return
    audit_log.note(turn.conn, turn.caller.user_id, "phone shown", f"member {card.id}", turn.now)
    yield _shown(card, whole=True)


def suspend(turn: Turn, command: Suspend) -> Iterable[Message]:
    """Suspend or let go on, once; the member is told, and who did it is noted."""
    assert "admin" in turn.caller.roles, "the flow lets only admins come here"
    roles.admins_locked(turn.conn)
    card = cards.by_code(turn.conn, command.code)
    assert card is not None, "the flow has found it in this transaction"
    last = card.user_id is not None and roles.other_admins(turn.conn, card.user_id) == 0
    if not command.active and card.admin and last:
        raise Refusal(LastActingAdmin(), AskSuspend)
    if (period := periods.closing(turn.conn)) is not None:
        raise Refusal(MonthIsClosing(period), AskSuspend)
    if cards.set_active(turn.conn, card.id, active=command.active):
        action = "member taken back" if command.active else "member suspended"
        audit_log.note(turn.conn, turn.caller.user_id, action, f"member {card.id}", turn.now)
        news: Message = YouAreBack() if command.active else YouAreSuspended()
        turn.tell(card.id, news, key=f"standing:{card.id}:{turn.reference}")
        if card.user_id is not None:
            hang(turn, card.user_id)
    yield StandingDone(card.name, card.code, command.active)


def _shown(card: OfficeCard, *, whole: bool) -> MemberCard:
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
    )


def _number(phone: str, *, whole: bool) -> str:
    """What is on record; a member whose number proved to be another's has none."""
    if not phone.startswith("+"):
        return ""
    return phone if whole else masked_phone(phone)


def _phone(typed: str) -> str:
    """The typed number as the books write it; what is none finds nobody."""
    if sum(sign.isdigit() for sign in typed) < DIGITS_MIN:
        return ""
    try:
        return phone_number(typed)
    except Refusal:
        return ""


LOOKUPS: Lookups = {MembersLike: members_like, MemberBy: member_by}
ACTIONS: Actions = {RevealPhone: reveal_phone, Suspend: suspend}
