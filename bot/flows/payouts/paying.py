"""The office records what it has paid to a member, looks at it, and reverses a wrong payment."""

from collections.abc import Callable
from datetime import date
from typing import Final

from bot.core.calendar.hours import local_day
from bot.core.conversation.messages import Message, Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.input.dates import DayInFuture, some_day
from bot.core.input.money import parse_rupiah
from bot.core.input.typed import is_blank, one_line, shown
from bot.core.members.codes import read_code
from bot.flows.answers import button_number, said_yes, typed
from bot.flows.caller import Caller
from bot.flows.members.member_cards import NoMember, NothingDone
from bot.flows.payouts.payout_lookups import PayableBy, PayoutBy, PayoutsOf
from bot.flows.payouts.payout_messages import (
    AskBankReference,
    AskPaidOn,
    AskPayoutAmount,
    AskReversalReason,
    BeforeFirstCredit,
    ConfirmPayout,
    ConfirmReversal,
    NoBankReference,
    NoReversalReason,
    NothingToPay,
    OwnPayout,
    PayoutGone,
    PayoutReversed,
    RecordPayout,
    ReversePayout,
    TooMuchToPay,
)
from bot.flows.spec import Outcome

__all__ = ["REFERENCE_CHARACTERS_MAX", "member_payouts", "record_payout", "reverse_payout"]

REFERENCE_CHARACTERS_MAX: Final = 40
REASON_CHARACTERS_MAX: Final = 200
PAGE_DIGITS_MAX: Final = 4
ALL_WORDS: Final = frozenset({"semua", "semuanya", "all"})
NO_REFERENCE: Final = frozenset({"-", "tidak ada", "gak ada", "ga ada", "tanpa", "none"})


def record_payout(caller: Caller, rest: str) -> Flow[Outcome]:
    """Ask for amount, day and reference of a payment to the member with this code; confirm it."""
    member = yield from find(PayableBy(read_code(rest) or ""))
    if member is None:
        return NoMember(shown(rest))
    if member.second is not None:
        return OwnPayout(member.code, member.second)
    if not member.takeable or member.since is None:
        return NothingToPay(member)
    question = AskPayoutAmount(member.full_name, member.takeable, member.held_by_returns)
    amount: int = yield from ask(question, _amount_up_to(member.takeable))
    paid_on: date = yield from ask(AskPaidOn(), _day(caller.company.time_zone, member.since))
    reference: str = yield from ask(AskBankReference(), _reference)
    left = member.takeable - amount
    name, code, before = member.full_name, member.code, (member.listed, member.last)
    card = ConfirmPayout(name, code, amount, paid_on, reference, left, *before)
    sure: bool = yield from ask(card, said_yes)
    if not sure:
        return NothingDone(code)
    return RecordPayout(code, amount, paid_on, reference)


def member_payouts(_caller: Caller, rest: str) -> Flow[Message]:
    """Show the payments to the member with this code, and a page if its number follows."""
    code, _, page = rest.partition(" ")
    found = yield from find(
        PayoutsOf(read_code(code) or "", max(1, button_number(page, PAGE_DIGITS_MAX)))
    )
    return NoMember(shown(rest)) if found is None else found


def reverse_payout(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Ask why the payment with this number is reversed, and confirm it."""
    payout = yield from find(PayoutBy(button_number(rest)))
    if payout is None:
        return PayoutGone()
    name, code, amount, day = payout.full_name, payout.code, payout.amount, payout.paid_on
    if payout.reversed:
        return PayoutReversed(name, code, amount, day, before=True)
    if payout.second is not None:
        return OwnPayout(code, payout.second)
    reason: str = yield from ask(AskReversalReason(name, amount, day), _reason)
    sure: bool = yield from ask(ConfirmReversal(name, amount, day, reason), said_yes)
    return ReversePayout(payout.id, reason) if sure else NothingDone(code)


def _amount_up_to(takeable: int) -> Callable[[Answer], int]:
    """Returns a reader for an amount that can be taken."""

    def read(answer: Answer) -> int:
        words = typed(answer)
        if answer.kind == "tap" or words.strip().casefold() in ALL_WORDS:
            return takeable
        amount = parse_rupiah(words)
        if amount > takeable:
            raise Refusal(TooMuchToPay(amount, takeable))
        return amount

    return read


def _day(zone: str, since: date) -> Callable[[Answer], date]:
    """Returns a reader for a day from the first bonus to the day of the answer."""

    def read(answer: Answer) -> date:
        today = local_day(answer.at, zone)
        words = typed(answer)
        day = today if answer.kind == "tap" else some_day(words, today)
        if day > today:
            raise Refusal(DayInFuture(day))
        if day < since:
            raise Refusal(BeforeFirstCredit(day, since))
        return day

    return read


def _reference(answer: Answer) -> str:
    words = typed(answer)
    if answer.kind == "tap" or words.strip().casefold() in NO_REFERENCE:
        return ""
    if is_blank(words):
        raise Refusal(NoBankReference())
    return one_line(words, REFERENCE_CHARACTERS_MAX)


def _reason(answer: Answer) -> str:
    words = typed(answer)
    if is_blank(words):
        raise Refusal(NoReversalReason())
    return one_line(words, REASON_CHARACTERS_MAX)
