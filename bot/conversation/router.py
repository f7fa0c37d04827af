"""Routes an update to the code that answers it, in one transaction.

`handle` is the boundary: all effects of a message, the answers to it included, are committed
together or not at all. Updates are tried here in this order: buttons, commands, keys of the menu,
an answer to the open question, a sale in one line, and the rest.
"""

from datetime import timedelta

from sqlalchemy import Connection

from bot.conversation import engine, group_chats
from bot.conversation.flood_control import ChatThrottledError, flood_of
from bot.conversation.identify import recognise
from bot.conversation.labels import menu_command
from bot.conversation.own_words.answering import SALE_VERB, answer_plain_words, asked_aside
from bot.conversation.own_words.unclear import count_not_understood
from bot.conversation.registry import by_word
from bot.conversation.slash_commands import read_command
from bot.conversation.stale_buttons import explain_stale
from bot.conversation.starting import start_flow
from bot.core.conversation.fingerprint import question_of
from bot.core.members.codes import read_code
from bot.core.understanding.text_shapes import Unclear
from bot.flows.bonus import bonus
from bot.flows.bonus.bonus import bonus_in_words
from bot.flows.broadcasts.broadcast_questions import AskBody
from bot.flows.sales.sell_messages import AskEdit, AskProduct, AskRecord
from bot.flows.talk import (
    KeepMedia,
    NothingOpen,
    NotUnderstood,
    SlowDown,
    StaleButton,
)
from bot.services.sales.sell import tells_a_sale
from bot.store.conversation import attempts, sessions
from bot.store.members import people
from bot.store.queue import albums, inbox
from bot.telemetry.health import STANDSTILL_SECONDS_MAX
from bot.turn.access import may
from bot.turn.incoming import Incoming
from bot.turn.keyboards import CONTROLS, STAYS, Tap, read_tap
from bot.turn.runtime import BotRuntime
from bot.turn.turn import Turn

__all__ = ["handle"]

NOISE = "noise"
NOISE_MAX = 10
NOISE_WINDOW = timedelta(minutes=1)


GIVE_UP = frozenset({"batal", "cancel"})
TAKES_ANY_WORDS = frozenset({AskProduct.asked_as, AskBody.asked_as})
"""Questions whose answer may be any text."""

TAKES_A_SALE = TAKES_ANY_WORDS | {AskRecord.asked_as, AskEdit.asked_as}
"""Questions whose answer may read like a sale in one line."""


async def handle(runtime: BotRuntime, incoming: Incoming) -> bool:
    """Handle one update; False if it was handled before.

    Raises:
        ChatThrottledError: the update must wait until answers to its chat are sent.
    """
    chance = runtime.chance()
    put_back = throttled = False
    unclear: Unclear | None = None

    def unit(conn: Connection) -> bool:
        nonlocal put_back, throttled, unclear
        flood = flood_of(conn, incoming)
        if flood is None:
            return False
        caller, reader = recognise(conn, runtime.company, incoming)
        turn = Turn(
            conn,
            runtime.content,
            runtime.company,
            incoming,
            caller,
            reader,
            runtime.username,
            chance,
        )
        throttled = incoming.private and flood.must_wait
        if throttled:
            flood.begin(turn)
            return False
        if not flood.leaves_out(turn):
            if not inbox.mark_done(conn, incoming.row):
                return False
            turn.after_gap = flood.load.gap
            if not flood.group_is_full:
                _respond(turn)
            flood.note_handled(conn)
        put_back, unclear = turn.put_back, turn.unclear
        return True

    done = await runtime.database.write(unit, seconds_max=STANDSTILL_SECONDS_MAX)
    if throttled:
        raise ChatThrottledError
    if put_back:
        runtime.on_put_back()
    if unclear is not None:
        runtime.on_unclear(unclear)
    return done


def _respond(turn: Turn) -> None:
    incoming = turn.incoming
    if incoming.kind == "reach":
        if incoming.private:  # a group's update is about the group, not about its sender
            people.set_reach(turn.conn, incoming.user_id, incoming.text)
    elif not incoming.private:
        group_chats.answer(turn)
    elif incoming.kind == "tap":
        _route_tap(turn)
    elif incoming.kind == "text":
        _route_text(turn)
    elif incoming.kind in {"contact", "photo", "document", "media"}:
        _route_sent(turn)


def _route_tap(turn: Turn) -> None:
    data = turn.incoming.text
    turn.reply.keeps_message = data.startswith(STAYS)
    command = read_command(data.removeprefix(STAYS), turn.username)
    session = sessions.load(turn.conn, turn.incoming.chat_id)
    if command is not None:
        if _control(turn, session, command[0]) or start_flow(turn, *command):
            turn.reply.toast()
        else:
            turn.reply.toast(StaleButton())
        return
    tap = read_tap(data)
    if tap is not None and tap.value in CONTROLS and _is_at_open_question(session, tap):
        word = tap.value.removeprefix("/")
        # If another command is waiting, cancelling this one starts it.
        if word not in GIVE_UP or not engine.decide(turn, "buang"):
            _control(turn, session, word)
        turn.reply.toast()
    elif tap is None or not engine.tapped(turn, session, tap):
        explain_stale(turn, session, tap)


def _is_at_open_question(session: sessions.Session | None, tap: Tap) -> bool:
    """Returns whether the button belongs to the question that is open now."""
    if session is None or session.reference != tap.session:
        return False
    return tap.number == len(session.answers)


def _route_text(turn: Turn) -> None:
    text = turn.incoming.text.strip()
    session = sessions.load(turn.conn, turn.incoming.chat_id)
    command = read_command(text, turn.username)
    if command is not None:
        if not _control(turn, session, command[0]) and not start_flow(turn, *command):
            _not_understood(turn, session)
        return
    if session is not None and _control(turn, session, text.casefold()):
        return
    line = menu_command(turn, text)
    if line is not None:
        start_flow(turn, *line)
        return
    spec = by_word(text)
    # A single letter may start a flow, but it may also be an answer.
    if spec is not None and may(turn.caller, spec) and (len(text) > 1 or session is None):
        start_flow(turn, spec.commands[0], "")
    elif session is None and (asked := bonus_in_words(text, turn.caller.period)) is not None:
        start_flow(turn, bonus.SPEC.commands[0], asked)
    elif session is not None:
        _answered(turn, session, text)
    else:
        _route_plain_words(turn, text)


def _route_plain_words(turn: Turn, text: str) -> None:
    """Handle a text outside a conversation that is no word of the menu."""
    if turn.caller.me is None and read_code(text) is not None:
        start_flow(turn, "daftar", text)
    elif not answer_plain_words(turn, text):
        _not_understood(turn, None)


def _answered(turn: Turn, session: sessions.Session, text: str) -> None:
    """Take the text as an answer, unless it is a whole sale typed during another conversation.

    That is so if it begins with the verb, and the open question does not expect such a text.
    """
    if turn.after_gap:
        engine.ask_again(turn)
        return
    if session.waiting is not None:
        engine.decide_in_words(turn, session, text)
        return
    question = question_of(session.asked)
    begun = SALE_VERB.match(text) and question not in TAKES_A_SALE
    if begun and turn.caller.me is not None and tells_a_sale(turn, text):
        start_flow(turn, "jual", text)
    elif question in TAKES_ANY_WORDS:
        engine.answered(turn, session)
    else:
        engine.answered(turn, session, aside=lambda: asked_aside(turn, text))


def _route_sent(turn: Turn) -> None:
    """Handle what was sent; an album gets one answer.

    Its photos come one by one. The first that the open question accepts is answered; if none is,
    the first gets the refusal.
    """
    chat, album = turn.incoming.chat_id, turn.incoming.album
    seen = albums.seen(turn.conn, chat, album, turn.now) if album else "first"
    if seen == "taken":
        return
    if _take_sent(turn, quietly=seen == "before") and album:
        albums.take(turn.conn, chat, album)


def _take_sent(turn: Turn, *, quietly: bool = False) -> bool:
    """Take what was shared or sent, and return whether it was accepted."""
    session = sessions.load(turn.conn, turn.incoming.chat_id)
    if session is None and turn.incoming.kind != "contact" and turn.incoming.text.strip():
        _route_text(turn)
        return True
    if session is not None and session.waiting is None and turn.incoming.kind != "media":
        if turn.after_gap:
            engine.ask_again(turn)
            return True
        return engine.answered(turn, session, quietly=quietly)
    if not quietly:
        _media(turn)
    return False


def _media(turn: Turn) -> None:
    if _too_many(turn):
        return
    turn.reply.say(KeepMedia(turn.caller.me is not None))
    engine.ask_again(turn)


def _control(turn: Turn, session: sessions.Session | None, word: str) -> bool:
    """Leave the open conversation, or go back one answer; False for any other word."""
    if word in GIVE_UP:
        if session is None:
            turn.reply.say(NothingOpen(turn.caller.me is not None))
        else:
            engine.leave(turn, session)
        return True
    if word in {"kembali", "back"}:
        if session is None:
            turn.reply.say(NothingOpen(turn.caller.me is not None))
        else:
            engine.back(turn, session)
        return True
    return False


def _not_understood(turn: Turn, session: sessions.Session | None) -> None:
    if _too_many(turn):
        return
    count_not_understood(turn)
    turn.reply.say(NotUnderstood(turn.caller.me is not None))
    if session is not None:
        engine.ask_again(turn)


def _too_many(turn: Turn) -> bool:
    """Returns whether to leave this unanswered, after too many such messages in a minute.

    Only messages that the bot did not understand count: joining alone takes some fourteen.
    """
    user_id, now = turn.caller.user_id, turn.now
    lately = len(attempts.since(turn.conn, user_id, NOISE, now - NOISE_WINDOW))
    if lately >= NOISE_MAX:
        return True
    attempts.add(turn.conn, user_id, NOISE, now)
    if lately + 1 == NOISE_MAX:
        turn.reply.say(SlowDown())
        return True
    return False
