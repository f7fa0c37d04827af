"""Explains a press of a button whose question is no longer open."""

from bot.conversation.registry import receipt_for
from bot.flows.talk import AlreadyRecorded, AnsweredBefore, StaleButton
from bot.store.conversation.sessions import Session
from bot.turn.keyboards import Tap
from bot.turn.turn import Turn

__all__ = ["explain_stale"]


def explain_stale(turn: Turn, session: Session | None, tap: Tap | None) -> None:
    """Say in an alert why an old button has no effect; a repeated press gets no text."""
    if tap is None:
        turn.reply.toast(StaleButton())
        return
    if session is not None and session.reference == tap.session:
        earlier = session.answers[tap.number : tap.number + 1]
        if earlier:
            same = earlier[0].answer.value == tap.value
            turn.reply.toast(None if same else AnsweredBefore())
            return
    receipt = receipt_for(turn, tap.session)
    turn.reply.toast(AlreadyRecorded(receipt) if receipt else StaleButton())
