"""Routes an update to the code that answers it, in one transaction.

`handle` is the boundary: all effects of a message, the answers to it included, are committed
together or not at all. Here updates are told apart by their kind; `sent/texts.py` tells what is
written apart.
"""

from collections.abc import Callable

from sqlalchemy import Connection

from bot.conversation import engine, group_chats
from bot.conversation.flood_control import ChatThrottledError, flood_of
from bot.conversation.identify import recognise
from bot.conversation.sent.edits import answer_edited
from bot.conversation.sent.forwards import answer_forwarded, is_of_another
from bot.conversation.sent.other_media import answer_contact, answer_media
from bot.conversation.sent.photos import answer_photo
from bot.conversation.sent.texts import GIVE_UP, control, route_text
from bot.conversation.slash_commands import read_command
from bot.conversation.stale_buttons import explain_stale
from bot.conversation.starting import start_flow
from bot.core.understanding.text_shapes import Unclear
from bot.flows.talk import StaleButton
from bot.store.conversation import sessions
from bot.store.members import people
from bot.store.queue import inbox
from bot.telemetry.health import STANDSTILL_SECONDS_MAX
from bot.turn.incoming import Incoming
from bot.turn.keyboards import CONTROLS, STAYS, Tap, read_tap
from bot.turn.runtime import BotRuntime
from bot.turn.turn import Turn

__all__ = ["handle"]


async def handle(runtime: BotRuntime, incoming: Incoming) -> bool:
    """Handle one update; False if it was handled before.

    Raises:
        ChatThrottledError: the update must wait until answers to its chat are sent.
    """
    chance, throttled = runtime.chance(), False
    hooks: list[Callable[[], None]] = []
    unclear: Unclear | None = None

    def unit(conn: Connection) -> bool:
        nonlocal throttled, unclear, hooks
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
            erasures=runtime.erasures,
            number_keys=runtime.number_keys,
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
        unclear, hooks = turn.unclear, _hooks(runtime, turn)
        return True

    done = await runtime.database.write(unit, seconds_max=STANDSTILL_SECONDS_MAX)
    if throttled:
        raise ChatThrottledError
    for hook in hooks:
        hook()
    if unclear is not None:
        runtime.on_unclear(unclear)
    return done


def _hooks(runtime: BotRuntime, turn: Turn) -> list[Callable[[], None]]:
    """Returns what is called once a turn is committed."""
    wanted = ((turn.put_back, runtime.on_put_back), (turn.job_asked, runtime.on_job))
    return [hook for asked, hook in wanted if asked]


def _respond(turn: Turn) -> None:
    incoming = turn.incoming
    if incoming.kind == "reach":
        if incoming.private:  # a group's update is about the group, not about its sender
            people.set_reach(turn.conn, incoming.user_id, incoming.text)
    elif not incoming.private:
        group_chats.answer(turn)
    elif incoming.kind == "tap":
        _route_tap(turn)
    elif incoming.edited:
        answer_edited(turn)
    elif incoming.kind != "gap":
        _route_sent(turn)
    turn.reply.say_left_preface()


def _route_sent(turn: Turn) -> None:
    """Route what was typed or sent; what another person wrote is not the member's own answer."""
    incoming = turn.incoming
    if incoming.kind == "contact":
        session = sessions.load(turn.conn, incoming.chat_id)
        if session is None or session.waiting is not None:
            answer_contact(turn)
        elif turn.after_gap:
            engine.ask_again(turn)
        else:
            engine.answered(turn, session)
    elif incoming.kind in {"photo", "document"} or incoming.album:
        answer_photo(turn)
    elif incoming.kind == "media":
        answer_media(turn)
    elif not is_of_another(turn) or not answer_forwarded(turn):
        route_text(turn)


def _route_tap(turn: Turn) -> None:
    data = turn.incoming.text
    turn.reply.keeps_message = data.startswith(STAYS)
    command = read_command(data.removeprefix(STAYS), turn.username)
    session = sessions.load(turn.conn, turn.incoming.chat_id)
    if command is not None:
        if control(turn, session, command[0]) or start_flow(turn, *command):
            turn.reply.toast()
        else:
            turn.reply.toast(StaleButton())
        return
    tap = read_tap(data)
    if tap is not None and tap.value in CONTROLS and _is_at_open_question(session, tap):
        word = tap.value.removeprefix("/")
        # If another command is waiting, cancelling this one starts it.
        if word not in GIVE_UP or not engine.decide(turn, "buang"):
            control(turn, session, word)
        turn.reply.toast()
    elif tap is None or not engine.tapped(turn, session, tap):
        explain_stale(turn, session, tap)


def _is_at_open_question(session: sessions.Session | None, tap: Tap) -> bool:
    """Returns whether the button belongs to the question that is open now."""
    if session is None or session.reference != tap.session:
        return False
    return tap.number == len(session.answers)
