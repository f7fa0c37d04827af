"""What uplines and their team write each other: accepted, limited, answered, reported."""

from collections.abc import Iterable
from html import unescape
from typing import Final, Literal

from bot.core.conversation.messages import Message
from bot.core.input.typed import shown
from bot.core.members.people import masked_name
from bot.core.messaging.relay import (
    DAY,
    RELAY_ANSWERS_MAX,
    RELAYED_PER_DAY_MAX,
    RELAYED_TO_ONE_MAX,
)
from bot.flows.team.relay_messages import (
    AnsweredEnough,
    ConfirmReport,
    EnoughForToday,
    NotWanted,
    ReadyText,
    RelayedEnough,
    RelayedOnItsWay,
    RelayedTooMany,
    RelayGone,
    ReportText,
    Unreached,
)
from bot.flows.team.relaying import (
    Answerable,
    AnswerRelayed,
    ReadyWords,
    ReportRelayed,
    SendRelayed,
    WhomToAnswer,
    WhyNotRelayed,
)
from bot.flows.team.team_messages import NotInTeam
from bot.services.inquiries.asking_office import keep_for_office
from bot.services.team.pairs import downline, is_full_on, moment_for
from bot.services.team.relay_delivery import deliver
from bot.store.members import members
from bot.store.members.members import Member
from bot.store.team import pair_permissions, relayed
from bot.store.team.relayed import RelayedMessage
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS", "answer_relayed"]

READY: Final[dict[str, Literal["1", "2", "3", "4"]]] = {"1": "1", "2": "2", "3": "3", "4": "4"}
"""The numbers of the ready words, by what a button says."""


def why_not(turn: Turn, lookup: WhyNotRelayed) -> Message | None:
    """Returns why the caller cannot write to this member now; None if that can be."""
    return _trouble(turn, downline(turn, lookup.code))


def ready_words(turn: Turn, lookup: ReadyWords) -> str:
    """Returns words to start from, as the caller's language has them."""
    found = downline(turn, lookup.code)
    number = READY.get(lookup.number)
    if found is None or number is None:
        return ""
    return _plain(turn, ReadyText(found.title, masked_name(found.name), number))


def whom_to_answer(turn: Turn, lookup: WhomToAnswer) -> Answerable | Message:
    """Returns whom the caller's answer goes to, or why there can be none."""
    found = _received(turn, lookup.reference)
    if found is None:
        return RelayGone()
    sender = members.by_id(turn.conn, found.sender_id)
    trouble = _answer_trouble(turn, found, sender)
    return trouble or Answerable(sender.title, masked_name(sender.name), shown(found.words))


def send_relayed(turn: Turn, action: SendRelayed) -> Iterable[Message]:
    """Accept a message to a member of the team."""
    receiver = downline(turn, action.code)
    trouble = _trouble(turn, receiver)
    if trouble is not None or receiver is None or not action.words:
        yield trouble or NotInTeam()
        return
    yield _accept(turn, receiver, action.words)


def answer_action(turn: Turn, action: AnswerRelayed) -> Iterable[Message]:
    """Accept an answer to a message that the caller got."""
    yield answer_relayed(turn, action.reference, action.words, turn.reference)


def answer_relayed(turn: Turn, reference: str, words: str, own_reference: str) -> Message:
    """Accept an answer; it goes to the author of the message with this reference alone."""
    found = _received(turn, reference)
    if found is None:
        return RelayGone()
    sender = members.by_id(turn.conn, found.sender_id)
    trouble = _answer_trouble(turn, found, sender)
    return trouble or _accept(turn, sender, words, found.reference, own_reference)


def report(turn: Turn, action: ReportRelayed) -> Iterable[Message]:
    """Offer to send a message that the caller got to the office; the caller's press sends it."""
    found = _received(turn, action.reference)
    if found is None:
        yield RelayGone()
        return
    sender = members.by_id(turn.conn, found.sender_id)
    short = masked_name(sender.name)
    words = _plain(turn, ReportText(short, sender.code, found.words))
    yield ConfirmReport(sender.title, short, found.words, keep_for_office(turn, words))


def _accept(
    turn: Turn, receiver: Member, words: str, answers: str = "", reference: str = ""
) -> Message:
    """Store the message, and deliver it if the receiver's hours allow it."""
    due_at, mine = moment_for(turn, receiver), reference or turn.reference
    relayed.enter_message(
        turn.conn,
        reference=mine,
        sender_id=turn.caller.member.id,
        receiver_id=receiver.id,
        words=words,
        at=turn.now,
        due_at=due_at,
        answers=answers,
    )
    stored = relayed.message(turn.conn, mine)
    now = due_at <= turn.now
    if now and stored is not None and stored.state == "waiting":
        deliver(turn.conn, turn.content, turn.company, stored, turn.now)
    short, later = masked_name(receiver.name), None if now else due_at
    return RelayedOnItsWay(receiver.title, short, later, answer=bool(answers))


def _received(turn: Turn, reference: str) -> RelayedMessage | None:
    """Returns a message that the caller got."""
    found = relayed.message(turn.conn, reference)
    mine = found is not None and found.receiver_id == turn.caller.member.id
    return found if mine and found is not None and found.state == "sent" else None


def _trouble(turn: Turn, receiver: Member | None) -> Message | None:
    """Returns why the caller cannot write to a member of the team now."""
    if receiver is None:
        return NotInTeam()
    me, title, short = turn.caller.member.id, receiver.title, masked_name(receiver.name)
    trouble = _pair_trouble(turn, receiver)
    if trouble is not None:
        return trouble
    since = turn.now - DAY
    if relayed.written_since(turn.conn, me, since) >= RELAYED_PER_DAY_MAX:
        return RelayedTooMany(RELAYED_PER_DAY_MAX)
    if relayed.written_to_since(turn.conn, me, receiver.id, since) >= RELAYED_TO_ONE_MAX:
        return RelayedEnough(title, short)
    if is_full_on(turn, receiver, moment_for(turn, receiver)):
        return EnoughForToday(title, short)
    return None


def _pair_trouble(turn: Turn, receiver: Member) -> Message | None:
    title, short = receiver.title, masked_name(receiver.name)
    if not receiver.active or members.reachable(turn.conn, receiver.id) is None:
        return Unreached(title, short)
    if not pair_permissions.allows(turn.conn, receiver.id, turn.caller.member.id, "messages"):
        return NotWanted(title, short)
    return None


def _answer_trouble(turn: Turn, found: RelayedMessage, sender: Member) -> Message | None:
    trouble = _pair_trouble(turn, sender)
    if trouble is not None:
        return trouble
    me = turn.caller.member.id
    if relayed.answers_to(turn.conn, me, found.reference) >= RELAY_ANSWERS_MAX:
        return AnsweredEnough(sender.title, masked_name(sender.name))
    return None


def _plain(turn: Turn, message: Message) -> str:
    """Returns a message as plain text: what is stored, and shown escaped later."""
    return unescape(turn.screen(message).text)


LOOKUPS: Lookups = {
    WhyNotRelayed: why_not,
    ReadyWords: ready_words,
    WhomToAnswer: whom_to_answer,
}
ACTIONS: Actions = {
    SendRelayed: send_relayed,
    AnswerRelayed: answer_action,
    ReportRelayed: report,
}
