"""Dead letters and uncertain messages, and what an admin decides about them."""

import re
from collections.abc import Iterable

from bot.core.conversation.messages import Message
from bot.core.members.people import masked_name
from bot.flows.office.doubtful import (
    DoubtCard,
    DoubtGone,
    DoubtLine,
    DoubtList,
    DoubtNow,
    DoubtPage,
    LeaveLetter,
    Letter,
    LetterLeft,
    LetterSent,
    NothingDoubtful,
    SendAgain,
)
from bot.flows.office.set_aside import (
    AsideCard,
    AsideGone,
    AsideLine,
    AsideList,
    AsideNow,
    AsidePage,
    LetBe,
    LetItBe,
    NothingAside,
    TriedAgain,
    TryAgain,
)
from bot.store.db import audit_log
from bot.store.members import roles
from bot.store.queue import dead_letters, inbox, uncertain
from bot.store.queue.uncertain import UncertainMessage
from bot.turn.raw_updates import private_chat, sort_of
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

PAGE = 5
RECEIPT = re.compile(r"\bS-[0-9]{4,}\b")


def dead_letter_page(turn: Turn, lookup: AsidePage) -> AsideList | NothingAside:
    """Returns a page of dead letters; the last page for a number past the end."""
    total = inbox.dead_letters(turn.conn)
    if total == 0:
        return NothingAside()
    last = -(-total // PAGE)
    page = min(lookup.page, last)
    found = dead_letters.page(turn.conn, PAGE, (page - 1) * PAGE)
    lines = tuple(AsideLine(one.id, one.number, one.at, sort_of(one.body)) for one in found)
    return AsideList(lines, total, page - 1, page + 1 if page < last else 0)


def dead_letter_by(turn: Turn, lookup: AsideNow) -> AsideCard | None:
    """Returns a dead letter and its sender, as far as the update can be read."""
    found = dead_letters.one(turn.conn, lookup.id)
    if found is None:
        return None
    sender = private_chat(found.body)
    return AsideCard(
        id=found.id,
        number=found.number,
        at=found.at,
        sort=sort_of(found.body),
        sender="" if sender is None else _label(turn, sender),
        fault=found.error,
    )


def try_again(turn: Turn, action: TryAgain) -> Iterable[Message]:
    """Put a dead letter back into the inbox, once, and log who did it."""
    assert "admin" in turn.caller.roles, "the flow lets only admins come here"
    found = dead_letters.one(turn.conn, action.id)
    if found is None or not dead_letters.put_back(turn.conn, action.id):
        yield AsideGone()
        return
    turn.put_back = True
    _note(turn, "dead letter tried again", f"update {found.number}")
    yield TriedAgain(found.number)


def settle(turn: Turn, action: LetItBe) -> Iterable[Message]:
    """Take a dead letter off the list, and log who did it."""
    assert "admin" in turn.caller.roles, "the flow lets only admins come here"
    found = dead_letters.one(turn.conn, action.id)
    if found is None or not dead_letters.settle(turn.conn, action.id):
        yield AsideGone()
        return
    _note(turn, "dead letter settled", f"update {found.number}")
    yield LetBe(found.number)


def uncertain_page(turn: Turn, lookup: DoubtPage) -> DoubtList | NothingDoubtful:
    """Returns a page of uncertain messages; the last page for a number past the end."""
    total = uncertain.count(turn.conn)
    if total == 0:
        return NothingDoubtful()
    last = -(-total // PAGE)
    page = min(lookup.page, last)
    found = uncertain.page(turn.conn, PAGE, (page - 1) * PAGE)
    lines = tuple(
        DoubtLine(one.id, _sort(one), _receipt(one), _recipient(one), one.at) for one in found
    )
    return DoubtList(lines, total, page - 1, page + 1 if page < last else 0)


def uncertain_by(turn: Turn, lookup: DoubtNow) -> DoubtCard | None:
    """Returns an uncertain message."""
    found = uncertain.one(turn.conn, lookup.id)
    if found is None:
        return None
    return DoubtCard(found.id, _sort(found), _receipt(found), _recipient(found), found.at)


def send_again(turn: Turn, action: SendAgain) -> Iterable[Message]:
    """Send an uncertain message again under a new key, once, and log who did it."""
    assert "admin" in turn.caller.roles, "the flow lets only admins come here"
    if not uncertain.send_again(turn.conn, action.id, turn.now):
        yield DoubtGone()
        return
    _note(turn, "letter sent again", f"letter {action.id}")
    yield LetterSent()


def leave_message(turn: Turn, action: LeaveLetter) -> Iterable[Message]:
    """Leave an uncertain message as it is, and log who did it."""
    assert "admin" in turn.caller.roles, "the flow lets only admins come here"
    if not uncertain.leave(turn.conn, action.id):
        yield DoubtGone()
        return
    _note(turn, "letter left", f"letter {action.id}")
    yield LetterLeft()


def _note(turn: Turn, action: str, subject: str) -> None:
    audit_log.note(turn.conn, turn.caller.user_id, action, subject, turn.now)


def _label(turn: Turn, user_id: int) -> str:
    """Returns first name and initial of a member, or the end of the account's number."""
    found = roles.by_account(turn.conn, user_id)
    if found is not None and found.name:
        return masked_name(found.name)
    return f"Telegram …{str(user_id)[-4:]}"


def _sort(message: UncertainMessage) -> Letter:
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
    AsidePage: dead_letter_page,
    AsideNow: dead_letter_by,
    DoubtPage: uncertain_page,
    DoubtNow: uncertain_by,
}
ACTIONS: Actions = {
    TryAgain: try_again,
    LetItBe: settle,
    SendAgain: send_again,
    LeaveLetter: leave_message,
}
