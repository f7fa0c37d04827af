"""Replays a chat's open conversation against the present state of the database."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.conversation.registry import answer_lookup, by_name
from bot.core.calendar.two_days import two_days
from bot.core.conversation.messages import Question
from bot.core.conversation.replay import Answer, Ended, Open, play
from bot.core.errors import UpdateError
from bot.flows.caller import Caller
from bot.flows.spec import FlowSpec, Outcome
from bot.store.conversation.sessions import Session
from bot.turn.turn import Turn

__all__ = ["NotOfferedError", "caller_in", "holds_something", "play_on"]


class NotOfferedError(UpdateError):
    """A button was pressed that the question does not have."""


def play_on(
    turn: Turn,
    spec: FlowSpec,
    session: Session,
    read: Callable[[Question], Answer] | None = None,
) -> Open | Ended[Outcome]:
    """Play the flow with the stored answers, and with the new one that `read` makes, if any."""
    turn.enclosed = session.enclosed
    return play(
        lambda: spec.start(caller_in(turn, session), session.args),
        partial(answer_lookup, turn),
        session.answers,
        answer=read,
        asked=session.asked,
        kept=session.kept,
    )


def caller_in(turn: Turn, session: Session) -> Caller:
    """Returns the caller, with the day on which the conversation began."""
    home = turn.company.time_zone
    zone = home if turn.caller.me is None else turn.caller.me.zone
    return replace(turn.caller, began=two_days(session.started_at, zone, home))


def holds_something(session: Session) -> bool:
    """Returns whether dropping the conversation would lose something the person entered."""
    spec = by_name(session.flow)
    return bool(session.answers) or (spec is not None and spec.keeps_line and bool(session.args))
