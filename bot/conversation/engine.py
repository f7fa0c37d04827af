"""Advances the open conversation of a chat: starts flows, takes answers, goes back, ends."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from bot.conversation.asking import (
    advance,
    ask_question,
    current,
    enclosing,
    finish_flow,
    keep_or_drop,
    note_use,
    recordable,
    several,
)
from bot.conversation.labels import read_answer, same_label
from bot.conversation.registry import by_command, by_name
from bot.conversation.replaying import NotOfferedError, holds_something, play_on
from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Answer, Ended, Open
from bot.flows.spec import FlowSpec, Outcome
from bot.flows.talk import LeftOff, MoreToCome, OneOfAlbum, Outdated
from bot.store.conversation import sessions
from bot.store.conversation.sessions import NextLine, Session
from bot.store.conversation.used_messages import BEGAN
from bot.turn.access import may, why_not
from bot.turn.keyboards import Tap
from bot.turn.turn import Turn, new_reference

__all__ = [
    "DECISIONS",
    "answered",
    "ask_again",
    "back",
    "decide",
    "decide_in_words",
    "leave",
    "proceed",
    "start",
    "tapped",
]

DECISIONS = {"lanjutkan", "abaikan", "buang"}
Aside: TypeAlias = Callable[[], bool]


def start(
    turn: Turn,
    spec: FlowSpec,
    args: str,
    *,
    noting: bool = True,
    following: tuple[NextLine, ...] = (),
) -> None:
    """Start a flow. If it would replace an open conversation, ask about that first.

    `noting` says that the message of this turn began it; `following` starts when it has ended.
    """
    session = sessions.load(turn.conn, turn.incoming.chat_id)
    turn.reference = new_reference(turn.chance)
    line = f"{spec.commands[0]} {args}".strip()
    args, others = several(turn, spec, args)
    of_before = (replace(each, of_same_text=False) for each in following)
    fresh = _fresh(turn, spec, args, (*others, *of_before))
    if turn.to_enclose is not None and spec.keeps_photo:
        fresh = enclosing(turn, fresh, turn.to_enclose)
    outcome = play_on(turn, spec, fresh)
    if args and isinstance(outcome, Ended) and outcome.result is None:
        # The arguments are refused: say why, and ask for the values one by one.
        fresh = replace(fresh, args="")
        bare = play_on(turn, spec, fresh)
        outcome = replace(bare, refusal=outcome.refusal) if isinstance(bare, Open) else outcome
    if isinstance(outcome, Open):
        if session is not None and holds_something(session):
            waits = session.with_waiting(line, fresh.enclosed)
            sessions.save(turn.conn, waits, turn.now)
            turn.reply.say(keep_or_drop(waits))
        else:
            if noting:
                note_use(turn, fresh, BEGAN)
            others_wait = MoreToCome(len(fresh.following)) if fresh.following else None
            ask_question(turn, fresh, outcome, others_wait)
        return
    language = turn.reader.language
    refusal = finish_flow(turn, outcome)
    if refusal is not None:
        # An action without a question before it, such as a button that is pressed twice.
        turn.reply.say(refusal.message)
    if fresh.following:
        _start_next(turn, fresh.following)
    elif session is not None and (turn.incoming.kind != "tap" or turn.reader.language != language):
        ask_again(turn)


def _fresh(turn: Turn, spec: FlowSpec, args: str, following: tuple[NextLine, ...]) -> Session:
    """Returns a conversation in which nothing is answered yet."""
    return Session(
        chat_id=turn.incoming.chat_id,
        flow=spec.name,
        version=spec.version,
        reference=turn.reference,
        args=args,
        answers=(),
        kept=(),
        asked="",
        waiting=None,
        started_at=turn.now,
        following=following,
    )


def proceed(
    turn: Turn, session: Session, outcome: Open | Ended[Outcome], before: Message | None = None
) -> None:
    """Ask the next question or finish, and begin what is to follow."""
    _start_next(turn, advance(turn, session, outcome, before))


def answered(
    turn: Turn,
    session: Session,
    *,
    quietly: bool = False,
    aside: Aside = lambda: False,
    instead: Message | None = None,
) -> bool:
    """Take what was typed, shared or sent as the answer to the open question.

    Returns whether it was accepted. If it was not, `aside` may answer, `quietly` sends nothing,
    and `instead` is said in place of the refusal.
    """
    spec = current(turn, session)
    if spec is None:
        return False
    turn.reference = session.reference

    outcome = play_on(turn, spec, session, partial(read_answer, turn))
    refused = outcome.refusal is not None
    taken = not refused and not (isinstance(outcome, Open) and outcome.changed)
    if taken or not (quietly or (refused and aside())):
        note_use(turn, session, len(session.answers))
        if instead is not None and isinstance(outcome, Open) and refused:
            outcome = replace(outcome, refusal=instead)
        proceed(turn, session, outcome, OneOfAlbum() if taken and turn.incoming.album else None)
    return taken


def tapped(turn: Turn, session: Session | None, tap: Tap) -> bool:
    """Take a pressed button as the answer; False if it does not belong to the open question.

    A press for the question just before belongs to it where that says so. If another command waits
    for a decision, the press decides: it starts if the conversation ends, and is forgotten if a
    question follows, or the next text would be read as the decision.
    """
    if session is None or session.reference != tap.session:
        return False
    spec = current(turn, session)
    if spec is None:
        turn.reply.toast()
        return True
    late = tap.number == len(session.answers) - 1
    if tap.number != len(session.answers) and not late:
        return False
    turn.reference = session.reference

    def read(question: Question) -> Answer:
        value = question.pressed_before.get(tap.value, "") if late else tap.value
        if all(button.value != value for button in turn.screen(question).answers()):
            raise NotOfferedError
        return Answer("tap", value, turn.now)

    try:
        outcome = play_on(turn, spec, session, read)
    except NotOfferedError:
        return False
    turn.reply.toast()
    if session.waiting is not None and (recordable(session.waiting) or isinstance(outcome, Ended)):
        session = _with_waiting_next(session)
    proceed(turn, session, outcome)
    return True


def back(turn: Turn, session: Session) -> None:
    """Forget the last answer and ask for it again."""
    spec = current(turn, session)
    if spec is None:
        return
    turn.reference = session.reference
    earlier = replace(session, answers=session.answers[:-1], kept=(), waiting=None)
    if not session.answers and holds_something(session):
        earlier = replace(earlier, args="")
    proceed(turn, earlier, play_on(turn, spec, earlier))


def leave(turn: Turn, session: Session) -> None:
    """Abandon the open conversation, and begin what was to follow it."""
    sessions.close(turn.conn, session.chat_id)
    turn.reply.say(LeftOff(session.flow, turn.caller.me is not None))
    _start_next(turn, session.following)


def ask_again(turn: Turn, before: Message | None = None) -> bool:
    """Repeat the open question, after `before` if there is such a message.

    Returns False, and does nothing, where no conversation can continue.
    """
    session = sessions.load(turn.conn, turn.incoming.chat_id)
    if session is not None and session.waiting is not None:
        turn.reply.say(keep_or_drop(session), before=before)
        return True
    spec = by_name(session.flow) if session is not None else None
    if session is None or spec is None or spec.version != session.version:
        return False
    if not may(turn.caller, spec):
        return False
    turn.reference = session.reference
    outcome = play_on(turn, spec, session)
    if isinstance(outcome, Open):
        ask_question(turn, session, outcome, before)
        return True
    return False


def decide(turn: Turn, word: str) -> bool:
    """Continue the open conversation, or drop it for the command that is waiting.

    A line to be recorded that waits comes after the open conversation, unless it is to be
    forgotten. Returns False if no command is waiting; what was put off is continued.
    """
    session = sessions.load(turn.conn, turn.incoming.chat_id)
    if session is None or session.waiting is None:
        return word == "lanjutkan" and ask_again(turn)
    if word == "buang":
        sessions.close(turn.conn, session.chat_id)
        waiting = NextLine(session.waiting, session.waiting_enclosed)
        _start_next(turn, (waiting, *session.following), noting=True)
        return True
    kept = word == "lanjutkan" and recordable(session.waiting)
    session = _with_waiting_next(session) if kept else session.with_waiting(None)
    sessions.save(turn.conn, session, turn.now)
    if current(turn, session) is not None:
        ask_again(turn)
    return True


def _with_waiting_next(session: Session) -> Session:
    """Returns the session with the command that waits as the last of those that follow it."""
    waiting = NextLine(session.waiting or "", session.waiting_enclosed)
    return replace(session.with_waiting(None), following=(*session.following, waiting))


def _start_next(turn: Turn, lines: tuple[NextLine, ...], *, noting: bool = False) -> None:
    """Start the first of the lines, if any; the others come after it.

    By now a role or the command itself may no longer exist.
    """
    if not lines:
        return
    first, *others = lines
    turn.to_enclose = first.enclosed
    name, _, args = first.line.partition(" ")
    spec = by_command(name)
    if spec is not None and may(turn.caller, spec):
        start(turn, spec, args, noting=noting, following=tuple(others))
        return
    turn.reply.say(Outdated() if spec is None else why_not(turn.caller, spec))
    _start_next(turn, tuple(others))


def decide_in_words(turn: Turn, session: Session, text: str) -> None:
    """Decide by a typed label or its command; any other text repeats the question."""
    screen = keep_or_drop(session)
    for language in turn.company.languages:
        for row in turn.screen_in(screen, language).rows:
            for button in row:
                word = button.value.removeprefix("/")
                if same_label(button.label, text) or same_label(word, text):
                    decide(turn, word)
                    return
    turn.reply.say(screen)
