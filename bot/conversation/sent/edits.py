"""Answers a message that its writer has changed after it was sent.

If the conversation that it began, or whose question it answered, is still open, the new words take
the place of the former ones. What is recorded stays, and the answer says how to change it; if it
is a sale that waits for the office, it offers the card with the new words. Any other change is
left alone; so is one that changes no word, as when Telegram adds a preview.
"""

from dataclasses import replace
from functools import partial
from typing import Final

from bot.conversation import engine
from bot.conversation.asking import current, digest_of, note_use, several
from bot.conversation.labels import read_answer
from bot.conversation.registry import answer_lookup, by_command, by_word, receipt_for
from bot.conversation.replaying import play_on
from bot.conversation.slash_commands import read_command
from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Answer, Ended, Open
from bot.core.sales.sales import receipt_id
from bot.flows.receipts import edit
from bot.flows.receipts.receipts import MySale
from bot.flows.sales import sell
from bot.flows.sent import CaptionUnused, EditTaken, EditUnread, RecordStays, SaleStays
from bot.flows.spec import FlowSpec, Outcome
from bot.services.sales.told_sales import tells_a_sale
from bot.store.conversation import sessions, used_messages
from bot.store.conversation.sessions import Session
from bot.store.conversation.used_messages import BEGAN, UsedMessage
from bot.turn.access import may
from bot.turn.turn import Turn, new_reference

__all__ = ["answer_edited"]

FILES: Final = frozenset({"photo", "document"})


def answer_edited(turn: Turn) -> None:
    """Take the new words of an open conversation, or say that what is recorded stays."""
    incoming = turn.incoming
    if incoming.message_id is None:
        return
    used = used_messages.find(turn.conn, incoming.chat_id, incoming.message_id)
    if used is None or used.digest == digest_of(incoming):
        return
    session = sessions.load(turn.conn, incoming.chat_id)
    if session is not None and session.reference == used.reference:
        spec = current(turn, session)
        if spec is not None:
            _take(turn, spec, session, used)
    elif used.recorded:
        again = replace(used, digest=digest_of(incoming), at=turn.now)
        used_messages.note(turn.conn, incoming.chat_id, incoming.message_id, again)
        if not _offers_change(turn, session, used):
            turn.reply.say(_stays(turn, used))


def _take(turn: Turn, spec: FlowSpec, session: Session, used: UsedMessage) -> None:
    """Replay the conversation with the new words; later answers stay where they still fit."""
    turn.reference = session.reference
    if used.place == BEGAN:
        changed = _begun_anew(turn, spec, session)
        note_use(turn, session, BEGAN)
        if changed is None:
            engine.ask_again(turn, EditUnread())
        elif isinstance(outcome := play_on(turn, spec, changed), Ended) and not outcome.result:
            engine.ask_again(turn, outcome.refusal)
        else:
            _go_on(turn, changed, outcome)
        return
    if used.place == len(session.answers):
        note_use(turn, session, used.place)
        read = partial(_read_like, turn, None)
        _go_on(turn, session, play_on(turn, spec, session, read))
        return
    before = session.answers[used.place : used.place + 1]
    if not before or before[0].answer.at != used.at:
        return  # she went back since, or another message answered the question
    note_use(turn, session, used.place)
    given = before[0].answer
    if given.kind in FILES and given.note == turn.incoming.file_key and not given.words:
        engine.ask_again(turn, CaptionUnused())
        return
    later = (*session.answers[used.place + 1 :], *session.kept)
    earlier = replace(
        session, answers=session.answers[: used.place], kept=later, asked=before[0].asked
    )
    _go_on(turn, earlier, play_on(turn, spec, earlier, partial(_read_like, turn, given)))


def _begun_anew(turn: Turn, spec: FlowSpec, session: Session) -> Session | None:
    """Returns the conversation as the new words begin it; None if they begin another thing."""
    text = turn.incoming.text.strip()
    command = read_command(text, turn.username)
    if command is not None:
        args = command[1] if by_command(command[0]) is spec else None
    elif spec is by_word(text):
        args = ""
    else:
        args = text if spec is sell.SPEC and tells_a_sale(turn, text) else None
    if args is None:
        return None
    file = turn.incoming.file
    args, told_too = several(turn, spec, args)
    others = tuple(each for each in session.following if not each.of_same_text)
    return replace(
        session,
        args=args,
        following=(*told_too, *others),
        answers=(),
        kept=(*session.answers, *session.kept),
        enclosed=session.enclosed if file is None or session.enclosed is None else file,
    )


def _read_like(turn: Turn, given: Answer | None, question: Question) -> Answer:
    """Returns the changed message as an answer of the kind that it was before."""
    incoming = turn.incoming
    file_again = given is not None and given.kind in FILES and incoming.file is not None
    if incoming.text.strip() and not file_again:
        turn.incoming = replace(incoming, kind="text")
    answer = read_answer(turn, question)
    turn.incoming = incoming
    return answer


def _go_on(turn: Turn, session: Session, outcome: Open | Ended[Outcome]) -> None:
    """Ask what is open now; a command that waits for a decision goes on waiting.

    The conversation gets another reference, so that a button below what it was before the change
    does not answer what it is now.
    """
    waiting, file = session.waiting, session.waiting_enclosed
    if isinstance(outcome, Open):
        before, turn.reference = session.reference, new_reference(turn.chance)
        used_messages.move(turn.conn, session.chat_id, before, turn.reference)
        session = replace(session, reference=turn.reference)
    engine.proceed(turn, session, outcome, EditTaken())
    now = sessions.load(turn.conn, session.chat_id)
    if waiting is not None and now is not None:
        sessions.save(turn.conn, now.with_waiting(waiting, file), turn.now)
        engine.ask_again(turn)


def _offers_change(turn: Turn, session: Session | None, used: UsedMessage) -> bool:
    """Ask whether a waiting sale is to be changed into what its line says now.

    Returns False if there is no such sale, the new words tell none, or another conversation is
    open.
    """
    text = " ".join(turn.incoming.text.split())
    receipt = receipt_for(turn, used.reference) if used.place == BEGAN else None
    sale = answer_lookup(turn, MySale(receipt_id(receipt) or 0)) if receipt else None
    if sale is None or sale.status != "waiting" or used.flow != sell.SPEC.name:
        return False
    command = read_command(text, turn.username)
    if command is not None:
        text = command[1] if by_command(command[0]) is sell.SPEC else ""
    if not text or not tells_a_sale(turn, text):
        return False
    asking = f"{receipt} {edit.IF_TAKEN}"
    if session is not None and (session.answers or not session.args.startswith(asking)):
        return False
    if not may(turn.caller, edit.SPEC):
        return False
    engine.start(turn, edit.SPEC, f"{asking}{text}", noting=False)
    return True


def _stays(turn: Turn, used: UsedMessage) -> Message:
    """Returns what to say about a change of something that is recorded."""
    receipt = receipt_for(turn, used.reference)
    if receipt is not None:
        sale = answer_lookup(turn, MySale(receipt_id(receipt) or 0))
        if sale is not None:
            return SaleStays(receipt, sale.status, sale.mine)
    return RecordStays(used.flow)
