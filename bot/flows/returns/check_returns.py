"""The office decides on the returns that sellers have entered."""

from typing import Final

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.input.typed import one_line
from bot.flows.answers import button_number, said_yes
from bot.flows.caller import Caller
from bot.flows.returns.give_back import type_taken
from bot.flows.returns.give_back_messages import ReturnOfMonth
from bot.flows.returns.give_back_questions import (
    AskConfirmReturn,
    AskReturnNote,
    DecideReturn,
    FindReturnToCheck,
    NoReturnsWait,
    OwnReturn,
    ReturnGone,
    ReturnsWaiting,
    WaitingReturns,
)
from bot.flows.sales.sell_messages import TapOne
from bot.flows.spec import FlowSpec, Outcome

__all__ = ["RETURNS_PER_PAGE", "SPEC"]

RETURNS_PER_PAGE: Final = 6
NOTE_CHARACTERS_MAX: Final = 200


def check_returns(_caller: Caller, args: str) -> Flow[Outcome]:
    """List the returns that wait for the office, to confirm or reject each."""
    number = button_number(args)
    if not number:
        above = button_number(args.removeprefix(">"))
        rows = yield from find(WaitingReturns(above if args.startswith(">") else 0))
        if not rows:
            return NoReturnsWait()
        more = len(rows) > RETURNS_PER_PAGE
        return ReturnsWaiting(
            rows[:RETURNS_PER_PAGE], rows[RETURNS_PER_PAGE - 1].number if more else 0
        )
    back = yield from find(FindReturnToCheck(number))
    if isinstance(back, OwnReturn):
        return back
    if back is None or back.state != "waiting":
        gone = ("", "") if back is None else (back.receipt, back.state)
        return ReturnGone(*gone, mine=False)
    if back.closing:
        return ReturnOfMonth(back.receipt, back.period)
    if (yield from ask(AskConfirmReturn(back), said_yes)):
        yield from type_taken(back.receipt, back.effect)
        return DecideReturn(number, confirm=True, note="")
    note = yield from ask(AskReturnNote(back.receipt), _note)
    return DecideReturn(number, confirm=False, note=note)


def _note(answer: Answer) -> str:
    if answer.kind not in {"text", "tap"}:
        raise Refusal(TapOne())
    return "" if answer.kind == "tap" else one_line(answer.value, NOTE_CHARACTERS_MAX)


SPEC = FlowSpec("check_returns", check_returns, ("cekretur", "checkreturns"), who="admin")
