"""Records what the office has paid to a member, and reverses a wrong payment."""

from collections.abc import Iterable
from datetime import date

from bot.core.calendar.hours import local_day
from bot.core.conversation.messages import Message, Refusal
from bot.core.members.second_admin import SecondAdmin
from bot.flows.payouts.drawing import Drawing, OwnDrawing
from bot.flows.payouts.payout_facts import OpenPayoutList, PayableMember, StandingPayout
from bot.flows.payouts.payout_lookups import OpenPayoutLists, PayableBy, PayoutBy, PayoutsOf
from bot.flows.payouts.payout_messages import (
    AskPayoutAmount,
    ConfirmPayout,
    NoPayouts,
    OwnPayout,
    PayoutForYou,
    PayoutLine,
    PayoutRecorded,
    PayoutReversed,
    PayoutReversedByAdmin,
    PayoutReversedForYou,
    Payouts,
    RecordPayout,
    ReversePayout,
    TooMuchToPay,
)
from bot.services.payouts.last_payouts import last_payout
from bot.store.bonus import statements
from bot.store.db import audit_log
from bot.store.members import cards, members, roles, second_admins
from bot.store.payouts import payouts, takeable, unrecorded
from bot.store.payouts.payouts import NewPayout, Payout
from bot.store.payouts.unrecorded import OpenList
from bot.turn.notices import send
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

PAYOUTS_PER_PAGE = 5


def payable_by(turn: Turn, lookup: PayableBy) -> PayableMember | None:
    """Returns the member with what can be paid."""
    card = cards.by_code(turn.conn, lookup.code)
    if card is None:
        return None
    today = _today(turn)
    can = takeable.takeable(turn.conn, card.id, today)
    wallet = statements.wallet(turn.conn, card.id, today)
    first = takeable.first_credit(turn.conn, card.id)
    line = unrecorded.line_of(turn.conn, card.id)
    return PayableMember(
        full_name=card.name,
        code=card.code,
        takeable=can.amount,
        held=wallet.held if wallet else 0,
        ready_on=date.fromisoformat(wallet.ready_on) if wallet and wallet.ready_on else None,
        held_by_returns=can.held_by_returns,
        since=local_day(first, turn.company.time_zone) if first else None,
        listed=None if line is None else _open(turn, line),
        last=last_payout(turn, card.id),
        second=_who_pays(turn, card.user_id),
    )


def open_lists(turn: Turn, _lookup: OpenPayoutLists) -> tuple[OpenPayoutList, ...]:
    """Returns the newest lists with lines that are not recorded."""
    return tuple(_open(turn, each) for each in unrecorded.open_lists(turn.conn))


def _open(turn: Turn, found: OpenList) -> OpenPayoutList:
    made_on = local_day(found.made_at, turn.company.time_zone)
    return OpenPayoutList(found.list_id, made_on, found.count, found.amount)


def own_drawing(turn: Turn, _lookup: OwnDrawing) -> Drawing:
    """Returns what the caller can draw, and what was paid last."""
    me = turn.caller.member
    member = payable_by(turn, PayableBy(me.code))
    assert member is not None, "the caller is a member"
    return Drawing(member, member.last)


def payouts_of(turn: Turn, lookup: PayoutsOf) -> Payouts | NoPayouts | None:
    """Returns a page of the payments to a member; the last page for a number past the end."""
    card = cards.by_code(turn.conn, lookup.code)
    if card is None:
        return None
    count = payouts.count_of(turn.conn, card.id)
    if not count:
        return NoPayouts(card.name, card.code)
    last = (count - 1) // PAYOUTS_PER_PAGE + 1
    page = min(lookup.page, last)
    skip = (page - 1) * PAYOUTS_PER_PAGE
    found = payouts.of_member(turn.conn, card.id, rows=PAYOUTS_PER_PAGE, skip=skip)
    lines = tuple(_line(turn, payout) for payout in found)
    older = page + 1 if page < last else 0
    return Payouts(card.name, card.code, lines, count, newer=page - 1, older=older)


def payout_by(turn: Turn, lookup: PayoutBy) -> StandingPayout | None:
    """Returns a payment as it stands."""
    payout = payouts.find(turn.conn, lookup.id)
    if payout is None:
        return None
    return StandingPayout(
        id=payout.id,
        full_name=payout.name,
        code=payout.code,
        amount=payout.amount,
        paid_on=date.fromisoformat(payout.paid_on),
        bank_reference=payout.bank_reference,
        reversed=payout.reversed_at is not None,
        second=_who_pays(turn, payout.user_id),
    )


def record_payout(turn: Turn, action: RecordPayout) -> Iterable[Message]:
    """Record a payment, once; notify the member, and log who did it.

    Raises:
        Refusal: by now it is more than can be taken, or it is the caller's own.
    """
    assert "admin" in turn.caller.roles, "only admins reach this action"
    card = cards.by_code(turn.conn, action.code)
    assert card is not None, "the flow has found it in this transaction"
    second = _who_pays(turn, card.user_id)
    if second is not None:
        raise Refusal(OwnPayout(card.code, second), ConfirmPayout)
    by = turn.caller.user_id
    new = NewPayout(
        reference=f"payout:{turn.reference}",
        member_id=card.id,
        amount=action.amount,
        paid_on=action.paid_on.isoformat(),
        bank_reference=action.bank_reference,
        by=by,
    )
    done = payouts.record(turn.conn, new, _today(turn), turn.now)
    if done.payout_id is None:
        # On a server another admin may have paid since the flow looked.
        raise Refusal(TooMuchToPay(action.amount, done.left), AskPayoutAmount)
    audit_log.note(turn.conn, by, "payout recorded", f"payout {done.payout_id}", turn.now)
    news = PayoutForYou(action.amount, action.paid_on, action.bank_reference, done.left)
    turn.tell(card.id, news, key=f"payout:{done.payout_id}")
    return [PayoutRecorded(card.name, card.code, action.amount, action.paid_on, done.left)]


def reverse_payout(turn: Turn, action: ReversePayout) -> Iterable[Message]:
    """Reverse a payment, once; notify the member and the other admins, and log who did it.

    Raises:
        Refusal: it is the caller's own.
    """
    assert "admin" in turn.caller.roles, "only admins reach this action"
    payout = payouts.find(turn.conn, action.id)
    assert payout is not None, "the flow has found it in this transaction"
    second = _who_pays(turn, payout.user_id)
    if second is not None:
        raise Refusal(OwnPayout(payout.code, second))
    by, day = turn.caller.user_id, date.fromisoformat(payout.paid_on)
    done = payouts.reverse(turn.conn, payout.id, action.reason, by, turn.now)
    if done:
        audit_log.note(turn.conn, by, "payout reversed", f"payout {payout.id}", turn.now)
        left = takeable.takeable(turn.conn, payout.member_id, _today(turn)).amount
        news = PayoutReversedForYou(payout.amount, day, action.reason, left)
        turn.tell(payout.member_id, news, key=f"payout:{payout.id}:reversed")
        _notify_admins(turn, payout, action.reason)
    return [PayoutReversed(payout.name, payout.code, payout.amount, day, before=not done)]


def _notify_admins(turn: Turn, payout: Payout, reason: str) -> None:
    """Notify every other admin that the caller has reversed a payment."""
    by, day = turn.caller.user_id, date.fromisoformat(payout.paid_on)
    news = PayoutReversedByAdmin(
        payout.name, payout.code, payout.amount, day, reason, _named(turn, by)
    )
    for admin in members.reachable_admins(turn.conn, turn.company.time_zone):
        if admin.user_id != by:
            key = f"payout:{payout.id}:reversed:{admin.user_id}"
            send(turn.conn, turn.content, turn.company, admin, news, key=key, at=turn.now)


def _named(turn: Turn, user_id: int | None) -> str:
    """Returns the name of an admin, or the end of the account; empty for the operator."""
    by = None if user_id is None else roles.by_account(turn.conn, user_id)
    return (by.name or f"Telegram …{str(by.user_id)[-4:]}") if by else ""


def _line(turn: Turn, payout: Payout) -> PayoutLine:
    return PayoutLine(
        id=payout.id,
        amount=payout.amount,
        paid_on=date.fromisoformat(payout.paid_on),
        bank_reference=payout.bank_reference,
        by=_named(turn, payout.recorded_by),
        cancelled=payout.reversed_at is not None,
        reason=payout.reason or "",
    )


def _who_pays(turn: Turn, user_id: int | None) -> SecondAdmin | None:
    """Returns the other admin who has to record the caller's own payment; None for the caller."""
    if user_id != turn.caller.user_id:
        return None
    return second_admins.second_admin(turn.conn, turn.caller.user_id, turn.now)


def _today(turn: Turn) -> date:
    return local_day(turn.now, turn.company.time_zone)


LOOKUPS: Lookups = {
    OwnDrawing: own_drawing,
    OpenPayoutLists: open_lists,
    PayableBy: payable_by,
    PayoutsOf: payouts_of,
    PayoutBy: payout_by,
}
ACTIONS: Actions = {RecordPayout: record_payout, ReversePayout: reverse_payout}
