"""Asks the questions of a conversation and stores it, or finishes it."""

from dataclasses import replace
from functools import partial
from hashlib import sha256

from bot.conversation.labels import read_answer
from bot.conversation.registry import answer_lookup, by_command, by_name, perform
from bot.conversation.replaying import caller_in, play_on
from bot.core.conversation.fingerprint import fingerprint
from bot.core.conversation.messages import Message, Refusal
from bot.core.conversation.replay import ANSWERS_MAX, EnclosedFile, Ended, Open, go_back
from bot.core.input.typed import shown
from bot.flows.sales.sell_lookups import PhotoUsed
from bot.flows.sales.sell_messages import PhotoTaken
from bot.flows.sent import PhotoKept
from bot.flows.spec import Action, FlowSpec, Outcome
from bot.flows.talk import Changed, KeepOrDrop, Outdated, TooLong
from bot.store.conversation import sessions, used_messages
from bot.store.conversation.sessions import NextLine, Session
from bot.store.conversation.used_messages import UsedMessage
from bot.turn.access import may, why_not
from bot.turn.incoming import Incoming
from bot.turn.reply import Document, Picture, SentFile
from bot.turn.turn import Turn

__all__ = [
    "advance",
    "already_used",
    "ask_question",
    "current",
    "digest_of",
    "enclosing",
    "finish_flow",
    "keep_or_drop",
    "note_use",
    "recordable",
    "several",
    "take_quietly",
]

DIGITS = 16
NOTED = frozenset({"text", "photo", "document"})


def keep_or_drop(session: Session) -> KeepOrDrop:
    """Returns the question whether to continue the conversation or drop it for the command."""
    line = session.waiting or ""
    wanted = by_command(line.partition(" ")[0])
    typed = shown(line.partition(" ")[2].lstrip("?! ")) if recordable(line) else ""
    return KeepOrDrop(session.flow, wanted.name if wanted is not None else "", typed)


def recordable(line: str) -> bool:
    """Returns whether a command line holds something to be recorded, which must not be lost."""
    name, _, args = line.partition(" ")
    spec = by_command(name)
    return spec is not None and spec.keeps_line and bool(args)


def several(turn: Turn, spec: FlowSpec, args: str) -> tuple[str, tuple[NextLine, ...]]:
    """Returns the text that a flow begins with, and what of it comes after that flow."""
    if spec.several is None or not args:
        return args, ()
    first, *others = answer_lookup(turn, spec.several(args))
    command = spec.commands[0]
    return first, tuple(NextLine(f"{command} {each}", of_same_text=True) for each in others)


def advance(
    turn: Turn, session: Session, outcome: Open | Ended[Outcome], before: Message | None = None
) -> tuple[NextLine, ...]:
    """Ask the next question, or finish; returns what is to follow."""
    if isinstance(outcome, Open):
        ask_question(turn, session, outcome, before)
        return ()
    refusal = finish_flow(turn, outcome)
    spec = by_name(session.flow)
    if refusal is not None and spec is not None:
        returned: Open | Ended[Outcome] = go_back(
            lambda: spec.start(caller_in(turn, session), session.args),
            partial(answer_lookup, turn),
            outcome.taken,
            refusal,
        )
        if isinstance(returned, Open):
            ask_question(turn, session, returned)
            return ()
        turn.reply.say(refusal.message)
    elif isinstance(outcome.result, Action) and outcome.result.records:
        used_messages.mark_recorded(turn.conn, session.chat_id, session.reference)
    sessions.close(turn.conn, session.chat_id)
    result = outcome.result
    if isinstance(result, Action):
        at_once = result.following if refusal is None else ""
        if not at_once:
            return session.following
        file = None if result.records else session.enclosed
        return (NextLine(at_once, file), *session.following)
    return () if result is not None and result.ends_all else session.following


def finish_flow(turn: Turn, outcome: Ended[Outcome]) -> Refusal | None:
    """Send the flow's last message or perform its action; return the refusal of the action."""
    if outcome.result is None:
        assert outcome.refusal is not None, "a flow ends with a message or an action"
        turn.reply.say(outcome.refusal)
        return None
    if isinstance(outcome.result, Message):
        # A flow that ends with a message has changed nothing.
        turn.reply.say(outcome.result, passing=outcome.result.passing)
        return None
    try:
        for answer in perform(turn, outcome.result):
            if isinstance(answer, Picture | Document):
                turn.reply.show(answer)
            elif isinstance(answer, SentFile):
                turn.reply.show_file(answer)
            else:
                turn.reply.say(answer)
    except Refusal as refusal:
        return refusal
    return None


def ask_question(
    turn: Turn, session: Session, outcome: Open, before: Message | None = None
) -> None:
    """Save the session at its open question, and send the question."""
    now = replace(
        session,
        answers=outcome.taken,
        kept=outcome.kept,
        asked=fingerprint(outcome.question),
        waiting=None,
        waiting_enclosed=None,
    )
    sessions.save(turn.conn, now, turn.now)
    kept = turn.reply.preface
    if isinstance(kept, PhotoKept) and not kept.more and getattr(outcome.question, "photo", False):
        turn.reply.preface = None  # the question says so itself
    changed = (outcome.question.on_change() or Changed()) if outcome.changed else None
    first = outcome.refusal or changed or before
    turn.reply.say(
        outcome.question, before=first, address=f"{session.reference}:{len(outcome.taken)}"
    )


def current(turn: Turn, session: Session) -> FlowSpec | None:
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


def note_use(turn: Turn, session: Session, place: int) -> None:
    """Store for what the message of this turn is used, in case it is changed or replied to.

    Args:
        turn: the turn.
        session: the conversation.
        place: the number of the question that it answers; `BEGAN` if it begins the conversation.
    """
    incoming = turn.incoming
    if incoming.message_id is None or incoming.kind not in NOTED:
        return
    used = UsedMessage(session.reference, session.flow, place, digest_of(incoming), turn.now)
    used_messages.note(turn.conn, incoming.chat_id, incoming.message_id, used)


def digest_of(incoming: Incoming) -> str:
    """Returns a digest of the words of a message, or of its file where it has no words."""
    return sha256((incoming.text or incoming.file_key).encode()).hexdigest()[:DIGITS]


def already_used(turn: Turn, file: EnclosedFile) -> PhotoTaken | None:
    """Returns the refusal of a file that is the proof of another sale."""
    if turn.caller.me is None:
        return None
    receipt = answer_lookup(turn, PhotoUsed(file.file_key))
    return None if receipt is None else PhotoTaken(receipt)


def enclosing(turn: Turn, fresh: Session, file: EnclosedFile) -> Session:
    """Returns a new conversation with the file that came with its words, and says so."""
    trouble = already_used(turn, file)
    turn.reply.preface = trouble or PhotoKept(bool(turn.incoming.album))
    return fresh if trouble is not None else replace(fresh, enclosed=file)


def take_quietly(turn: Turn, session: Session) -> Session | None:
    """Take the message as the answer to the open question, and say nothing yet.

    Returns the conversation at its next question; None if the answer was not accepted, or would
    end the conversation.
    """
    spec = current(turn, session)
    if spec is None:
        return None
    turn.reference = session.reference
    outcome = play_on(turn, spec, session, partial(read_answer, turn))
    if not isinstance(outcome, Open) or outcome.refusal is not None or outcome.changed:
        return None
    now = replace(
        session,
        answers=outcome.taken,
        kept=outcome.kept,
        asked=fingerprint(outcome.question),
    )
    note_use(turn, session, len(session.answers))
    sessions.save(turn.conn, now, turn.now)
    return now
