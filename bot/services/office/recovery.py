"""Dead letters and uncertain messages, and what an admin decides about them."""

import re
from collections.abc import Iterable

from bot.core.conversation.messages import Message
from bot.core.members.people import masked_name
from bot.flows.office.dead_letter_cards import (
    DeadLetterCard,
    DeadLetterGone,
    DeadLetterLine,
    DeadLetterList,
    DeadLetterSettled,
    DeadLettersPage,
    NoDeadLetters,
    OpenDeadLetter,
    SettleDeadLetter,
    TriedAgain,
    TryAgain,
)
from bot.flows.office.uncertain_cards import (
    LeaveUncertain,
    LeftAsItIs,
    MessageKind,
    NothingUncertain,
    OpenUncertain,
    SendAgain,
    SentAgain,
    UncertainCard,
    UncertainGone,
    UncertainLine,
    UncertainList,
    UncertainPage,
)
from bot.store.db import audit_log
from bot.store.members import roles
from bot.store.queue import dead_letters, inbox, uncertain
from bot.store.queue.uncertain import UncertainMessage
from bot.turn.raw_updates import kind_of_update, private_chat
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

PAGE = 5
RECEIPT = re.compile(r"\bS-[0-9]{4,}\b")


def dead_letter_page(turn: Turn, lookup: DeadLettersPage) -> DeadLetterList | NoDeadLetters:
    """Returns a page of dead letters; the last page for a number past the end."""
    total = inbox.dead_letters(turn.conn)
    if total == 0:
        return NoDeadLetters()
    last = -(-total // PAGE)
    page = min(lookup.page, last)
    found = dead_letters.page(turn.conn, PAGE, (page - 1) * PAGE)
    lines = tuple(
        DeadLetterLine(one.id, one.number, one.at, kind_of_update(one.body)) for one in found
    )
    return DeadLetterList(lines, total, page - 1, page + 1 if page < last else 0)


def dead_letter_by(turn: Turn, lookup: OpenDeadLetter) -> DeadLetterCard | None:
    """Returns a dead letter and its sender, as far as the update can be read."""
    found = dead_letters.one(turn.conn, lookup.id)
    if found is None:
        return None
    sender = private_chat(found.body)
    return DeadLetterCard(
        id=found.id,
        number=found.number,
        at=found.at,
        kind=kind_of_update(found.body),
        sender="" if sender is None else _label(turn, sender),
        fault=found.error,
    )


def try_again(turn: Turn, action: TryAgain) -> Iterable[Message]:
    """Put a dead letter back into the inbox, once, and log who did it."""
    assert "admin" in turn.caller.roles, "only admins reach this action"
    found = dead_letters.one(turn.conn, action.id)
    if found is None or not dead_letters.put_back(turn.conn, action.id):
        yield DeadLetterGone()
        return
    turn.put_back = True
    _note(turn, "dead letter tried again", f"update {found.number}")
    yield TriedAgain(found.number)


def settle(turn: Turn, action: SettleDeadLetter) -> Iterable[Message]:
    """Take a dead letter off the list, and log who did it."""
    assert "admin" in turn.caller.roles, "only admins reach this action"
    found = dead_letters.one(turn.conn, action.id)
    if found is None or not dead_letters.settle(turn.conn, action.id):
        yield DeadLetterGone()
        return
    _note(turn, "dead letter settled", f"update {found.number}")
    yield DeadLetterSettled(found.number)


def uncertain_page(turn: Turn, lookup: UncertainPage) -> UncertainList | NothingUncertain:
    """Returns a page of uncertain messages; the last page for a number past the end."""
    total = uncertain.count(turn.conn)
    if total == 0:
        return NothingUncertain()
    last = -(-total // PAGE)
    page = min(lookup.page, last)
    found = uncertain.page(turn.conn, PAGE, (page - 1) * PAGE)
    lines = tuple(
        UncertainLine(one.id, _kind(one), _receipt(one), _recipient(one), one.at) for one in found
    )
    return UncertainList(lines, total, page - 1, page + 1 if page < last else 0)


def uncertain_by(turn: Turn, lookup: OpenUncertain) -> UncertainCard | None:
    """Returns an uncertain message."""
    found = uncertain.one(turn.conn, lookup.id)
    if found is None:
        return None
    return UncertainCard(found.id, _kind(found), _receipt(found), _recipient(found), found.at)


def send_again(turn: Turn, action: SendAgain) -> Iterable[Message]:
    """Send an uncertain message again under a new key, once, and log who did it."""
    assert "admin" in turn.caller.roles, "only admins reach this action"
    if not uncertain.send_again(turn.conn, action.id, turn.now):
        yield UncertainGone()
        return
    _note(turn, "letter sent again", f"letter {action.id}")
    yield SentAgain()


def leave_message(turn: Turn, action: LeaveUncertain) -> Iterable[Message]:
    """Leave an uncertain message as it is, and log who did it."""
    assert "admin" in turn.caller.roles, "only admins reach this action"
    if not uncertain.leave(turn.conn, action.id):
        yield UncertainGone()
        return
    _note(turn, "letter left", f"letter {action.id}")
    yield LeftAsItIs()


def _note(turn: Turn, action: str, subject: str) -> None:
    audit_log.note(turn.conn, turn.caller.user_id, action, subject, turn.now)


def _label(turn: Turn, user_id: int) -> str:
    """Returns first name and initial of a member, or the end of the account's number."""
    found = roles.by_account(turn.conn, user_id)
    if found is not None and found.name:
        return masked_name(found.name)
    return f"Telegram …{str(user_id)[-4:]}"


def _kind(message: UncertainMessage) -> MessageKind:
    return "answer" if message.kind == "answer" else "notice"


def _receipt(message: UncertainMessage) -> str:
    """Returns the first receipt number in the message's text; empty if there is none."""
    payload = message.payload
    found = RECEIPT.search(str(payload.get("text") or payload.get("caption") or ""))
    return found[0] if found is not None else ""


def _recipient(message: UncertainMessage) -> str:
    """Returns first name and initial of a member, or the end of the account's number."""
    name, chat = message.name, str(message.chat_id)
    return masked_name(name) if name else f"Telegram …{chat[-4:]}"


LOOKUPS: Lookups = {
    DeadLettersPage: dead_letter_page,
    OpenDeadLetter: dead_letter_by,
    UncertainPage: uncertain_page,
    OpenUncertain: uncertain_by,
}
ACTIONS: Actions = {
    TryAgain: try_again,
    SettleDeadLetter: settle,
    SendAgain: send_again,
    LeaveUncertain: leave_message,
}
