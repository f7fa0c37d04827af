"""An admin closes a month by typing its sum; above the limit a second admin agrees."""

from typing import Final

from bot.core.calendar.periods import next_period
from bot.core.conversation.messages import Message, Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.input.typed import one_line
from bot.flows.answers import button_number, said_yes, typed
from bot.flows.caller import Caller
from bot.flows.months.month_closing_lookups import (
    CloseMonth,
    CountMonth,
    DecideClosing,
    MonthToClose,
    RequestedClosing,
    RequestToDecide,
    WithdrawClosing,
)
from bot.flows.months.month_closing_messages import (
    ClosingGone,
    MonthTooDear,
    NoPlanForMonth,
    NothingToClose,
    OwnClosing,
)
from bot.flows.months.month_closing_questions import (
    AskClosingReason,
    AskRefusalReason,
    ConfirmAgreement,
    ReasonTooShort,
    TypeSum,
    WrongSum,
)
from bot.flows.spec import Outcome
from bot.flows.typed_sum import the_sum

__all__ = [
    "agree_to_close",
    "confirm_closing",
    "count_month",
    "refuse_to_close",
    "withdraw_closing",
]

REASON_MIN: Final = 10
REFUSAL_MIN: Final = 3
REASON_MAX: Final = 200


def count_month(_caller: Caller, _rest: str) -> Flow[Outcome]:
    """Have the next month to close calculated; its card is sent when that is done."""
    outlook = yield from find(MonthToClose())
    if not outlook.period:
        return NothingToClose(outlook.running, next_period(outlook.running))
    if outlook.underway is not None:
        return outlook.underway
    return CountMonth(outlook.period) if outlook.planned else NoPlanForMonth()


def confirm_closing(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Close a month that was shown: its sum is typed, and a reason where it is above the limit."""
    request = yield from find(RequestToDecide(button_number(rest)))
    if request is None or request.state != "shown" or not request.mine:
        return ClosingGone()
    if request.share == "absurd":
        return MonthTooDear(request.period, request.paid, request.sales)
    question = TypeSum(request.period, request.paid, request.payees)
    yield from ask(question, the_sum(request.paid, WrongSum()))
    reason = ""
    if request.share == "high":
        reason = yield from ask(AskClosingReason(request), _reason)
    return CloseMonth(request.id, reason)


def agree_to_close(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Agree to a month above the limit, after a confirmation."""
    request = yield from find(RequestToDecide(button_number(rest)))
    refused = _why_not(request)
    if request is None or refused is not None:
        return refused or ClosingGone()
    if (yield from ask(ConfirmAgreement(request), said_yes)):
        return DecideClosing(request.id, agree=True, note="")
    return (yield from _refused(request))


def refuse_to_close(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Refuse to close a month above the limit, with a reason."""
    request = yield from find(RequestToDecide(button_number(rest)))
    refused = _why_not(request)
    if request is None or refused is not None:
        return refused or ClosingGone()
    return (yield from _refused(request))


def _refused(request: RequestedClosing) -> Flow[DecideClosing]:
    note = yield from ask(AskRefusalReason(request.period), _refusal)
    return DecideClosing(request.id, agree=False, note=note)


def withdraw_closing(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Withdraw one's own request, which waits for a second admin."""
    request = yield from find(RequestToDecide(button_number(rest)))
    if request is None or request.state != "waiting" or not request.mine:
        return ClosingGone()
    return WithdrawClosing(request.id)


def _why_not(request: RequestedClosing | None) -> Message | None:
    """Returns why the caller does not decide about a request; None where the caller may."""
    if request is None or request.state != "waiting":
        return ClosingGone()
    return OwnClosing(request.period, request.id) if request.mine else None


def _reason(answer: Answer) -> str:
    return _words(answer, REASON_MIN)


def _refusal(answer: Answer) -> str:
    return _words(answer, REFUSAL_MIN)


def _words(answer: Answer, least: int) -> str:
    words = one_line(typed(answer))
    if not least <= len(words) <= REASON_MAX:
        raise Refusal(ReasonTooShort(least, REASON_MAX))
    return words
