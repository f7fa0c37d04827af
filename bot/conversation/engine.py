"""Advances the open conversation of a chat: starts flows, takes answers, goes back, ends."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from bot.conversation.labels import read_answer, same_label
from bot.conversation.registry import answer_lookup, by_command, by_name, perform
from bot.conversation.replaying import NotOfferedError, caller_in, holds_something, play_on
from bot.core.conversation.fingerprint import fingerprint
from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import ANSWERS_MAX, Answer, Ended, Open, go_back
from bot.flows.spec import Action, FlowSpec, Outcome
from bot.flows.talk import (
    Changed,
    KeepOrDrop,
    LeftOff,
    OneOfAlbum,
    Outdated,
    TooLong,
)
from bot.store.conversation import sessions
from bot.store.conversation.sessions import Session
from bot.turn.access import may, why_not
from bot.turn.keyboards import Tap
from bot.turn.reply import Picture, SentFile
from bot.turn.turn import Turn, new_reference

__all__ = [
    "DECISIONS",
    "answered",
    "ask_again",
    "back",
    "decide",
    "decide_in_words",
    "leave",
    "start",
    "tapped",
]

DECISIONS = {"lanjutkan", "buang"}
Aside: TypeAlias = Callable[[], bool]


def start(turn: Turn, spec: FlowSpec, args: str) -> None:
    """Start a flow. If it would replace an open conversation, ask about that first."""
    session = sessions.load(turn.conn, turn.incoming.chat_id)
    turn.reference = new_reference(turn.chance)
    fresh = Session(
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
    )
    outcome = play_on(turn, spec, fresh)
    if args and isinstance(outcome, Ended) and outcome.result is None:
        # The arguments are refused: say why, and ask for the values one by one.
        fresh = replace(fresh, args="")
        bare = play_on(turn, spec, fresh)
        outcome = replace(bare, refusal=outcome.refusal) if isinstance(bare, Open) else outcome
    if isinstance(outcome, Open):
        if session is not None and holds_something(session):
            line = f"{spec.commands[0]} {args}".strip()
            sessions.save(turn.conn, session.with_waiting(line), turn.now)
            turn.reply.say(KeepOrDrop(session.flow, spec.name))
        else:
            _ask(turn, fresh, outcome)
        return
    language = turn.reader.language
    _finish(turn, outcome)
    if session is not None and (turn.incoming.kind != "tap" or turn.reader.language != language):
        ask_again(turn)


def answered(
    turn: Turn, session: Session, *, quietly: bool = False, aside: Aside = lambda: False
) -> bool:
    """Take what was typed, shared or sent as the answer to the open question.

    Returns whether it was accepted; if not, `aside` may answer, and `quietly` sends nothing.
    """
    spec = _current(turn, session)
    if spec is None:
        return False
    turn.reference = session.reference

    outcome = play_on(turn, spec, session, partial(read_answer, turn))
    refused = outcome.refusal is not None
    taken = not refused and not (isinstance(outcome, Open) and outcome.changed)
    if taken or not (quietly or (refused and aside())):
        _advance(turn, session, outcome, OneOfAlbum() if taken and turn.incoming.album else None)
    return taken


def tapped(turn: Turn, session: Session | None, tap: Tap) -> bool:
    """Take a pressed button as the answer; False if it does not belong to the open question.

    A press for the question just before belongs to it where that says so. If another command waits
    for a decision, the press decides: it starts if the conversation ends, and is forgotten if a
    question follows, or the next text would be read as the decision.
    """
    if session is None or session.reference != tap.session:
        return False
    spec = _current(turn, session)
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
    _advance(turn, session, outcome)
    if session.waiting is not None and sessions.load(turn.conn, session.chat_id) is None:
        _start_waiting(turn, session.waiting)
    return True


def back(turn: Turn, session: Session) -> None:
    """Forget the last answer and ask for it again."""
    spec = _current(turn, session)
    if spec is None:
        return
    turn.reference = session.reference
    earlier = replace(session, answers=session.answers[:-1], kept=(), waiting=None)
    if not session.answers and holds_something(session):
        earlier = replace(earlier, args="")
    _advance(turn, earlier, play_on(turn, spec, earlier))


def leave(turn: Turn, session: Session) -> None:
    """Abandon the open conversation."""
    sessions.close(turn.conn, session.chat_id)
    turn.reply.say(LeftOff(session.flow, turn.caller.me is not None))


def ask_again(turn: Turn, before: Message | None = None) -> None:
    """Repeat the open question, after `before` if there is such a message.

    Does nothing where no conversation can continue.
    """
    session = sessions.load(turn.conn, turn.incoming.chat_id)
    if session is not None and session.waiting is not None:
        turn.reply.say(_keep_or_drop(session), before=before)
        return
    spec = by_name(session.flow) if session is not None else None
    if session is None or spec is None or spec.version != session.version:
        return
    if not may(turn.caller, spec):
        return
    turn.reference = session.reference
    outcome = play_on(turn, spec, session)
    if isinstance(outcome, Open):
        _ask(turn, session, outcome, before)


def decide(turn: Turn, word: str) -> bool:
    """Continue the open conversation, or drop it for the command that is waiting.

    Returns False if no command is waiting.
    """
    session = sessions.load(turn.conn, turn.incoming.chat_id)
    if session is None or session.waiting is None:
        return False
    if word == "lanjutkan":
        sessions.save(turn.conn, session.with_waiting(None), turn.now)
        if _current(turn, session) is not None:
            ask_again(turn)
        return True
    sessions.close(turn.conn, session.chat_id)
    _start_waiting(turn, session.waiting)
    return True


def _start_waiting(turn: Turn, line: str) -> None:
    """Start a command that waited; by now a role or the command itself may no longer exist."""
    name, _, args = line.partition(" ")
    spec = by_command(name)
    if spec is None:
        turn.reply.say(Outdated())
    elif may(turn.caller, spec):
        start(turn, spec, args)
    else:
        turn.reply.say(why_not(turn.caller, spec))


def decide_in_words(turn: Turn, session: Session, text: str) -> None:
    """Decide by a typed label; any other text repeats the question."""
    screen = _keep_or_drop(session)
    for language in turn.company.languages:
        for row in turn.screen_in(screen, language).rows:
            for button in row:
                if same_label(button.label, text):
                    decide(turn, button.value.removeprefix("/"))
                    return
    turn.reply.say(screen)


def _keep_or_drop(session: Session) -> KeepOrDrop:
    wanted = by_command((session.waiting or "").partition(" ")[0])
    return KeepOrDrop(session.flow, wanted.name if wanted is not None else "")


def _advance(
    turn: Turn, session: Session, outcome: Open | Ended[Outcome], before: Message | None = None
) -> None:
    """Ask the next question, or finish."""
    if isinstance(outcome, Open):
        _ask(turn, session, outcome, before)
        return
    refusal = _finish(turn, outcome)
    spec = by_name(session.flow)
    if refusal is not None and spec is not None:
        returned: Open | Ended[Outcome] = go_back(
            lambda: spec.start(caller_in(turn, session), session.args),
            partial(answer_lookup, turn),
            outcome.taken,
            refusal,
        )
        if isinstance(returned, Open):
            _ask(turn, session, returned)
            return
        turn.reply.say(refusal.message)
    sessions.close(turn.conn, session.chat_id)
    result = outcome.result
    if refusal is None and isinstance(result, Action) and result.following:
        _start_waiting(turn, result.following)


def _finish(turn: Turn, outcome: Ended[Outcome]) -> Refusal | None:
    """Send the flow's last message or perform its action; return the refusal of the action."""
    if outcome.result is None:
        assert outcome.refusal is not None, "a flow ends with a message or an action"
        turn.reply.say(outcome.refusal)
        return None
    if isinstance(outcome.result, Message):
        turn.reply.say(outcome.result, passing=outcome.result.passing)  # nothing has changed
        return None
    try:
        for answer in perform(turn, outcome.result):
            if isinstance(answer, Picture):
                turn.reply.show(answer)
            elif isinstance(answer, SentFile):
                turn.reply.show_file(answer)
            else:
                turn.reply.say(answer)
    except Refusal as refusal:
        return refusal
    return None


def _ask(turn: Turn, session: Session, outcome: Open, before: Message | None = None) -> None:
    """Save the session at its open question, and send the question."""
    now = replace(
        session,
        answers=outcome.taken,
        kept=outcome.kept,
        asked=fingerprint(outcome.question),
        waiting=None,
    )
    sessions.save(turn.conn, now, turn.now)
    changed = (outcome.question.on_change() or Changed()) if outcome.changed else None
    first = outcome.refusal or changed or before
    turn.reply.say(
        outcome.question, before=first, address=f"{session.reference}:{len(outcome.taken)}"
    )


def _current(turn: Turn, session: Session) -> FlowSpec | None:
    """Returns the session's flow. If it cannot go on, say why, close it and return None."""
    spec = by_name(session.flow)
    if spec is None or spec.version != session.version:
        trouble: Message = Outdated()
    elif not may(turn.caller, spec):
        trouble = why_not(turn.caller, spec)
    elif len(session.answers) >= ANSWERS_MAX:
        trouble = TooLong()
    else:
        return spec
    sessions.close(turn.conn, session.chat_id)
    turn.reply.say(trouble)
    return None
