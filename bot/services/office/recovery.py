"""What went wrong on the way in or out, and what the office decides about it."""

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


def aside_page(turn: Turn, lookup: AsidePage) -> AsideList | NothingAside:
    """A page of the list; past the end, the last one."""
    total = inbox.dead_letters(turn.conn)
    if total == 0:
        return NothingAside()
    last = -(-total // PAGE)
    page = min(lookup.page, last)
    found = dead_letters.page(turn.conn, PAGE, (page - 1) * PAGE)
    lines = tuple(AsideLine(one.id, one.number, one.at, sort_of(one.body)) for one in found)
    return AsideList(lines, total, page - 1, page + 1 if page < last else 0)


def aside_now(turn: Turn, lookup: AsideNow) -> AsideCard | None:
    """One of them, and who sent it, as far as that can be read."""
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


def try_again(turn: Turn, command: TryAgain) -> Iterable[Message]:
    """Put it back once, and note who did."""
    assert "admin" in turn.caller.roles, "the flow lets only admins come here"
    found = dead_letters.one(turn.conn, command.id)
    if found is None or not dead_letters.put_back(turn.conn, command.id):
        yield AsideGone()
        return
    turn.put_back = True
    _note(turn, "dead letter tried again", f"update {found.number}")
    yield TriedAgain(found.number)


def let_it_be(turn: Turn, command: LetItBe) -> Iterable[Message]:
    """Take it off the list, and note who did."""
    assert "admin" in turn.caller.roles, "the flow lets only admins come here"
    found = dead_letters.one(turn.conn, command.id)
    if found is None or not dead_letters.settle(turn.conn, command.id):
        yield AsideGone()
        return
    _note(turn, "dead letter settled", f"update {found.number}")
    yield LetBe(found.number)


def doubt_page(turn: Turn, lookup: DoubtPage) -> DoubtList | NothingDoubtful:
    """A page of the list; past the end, the last one."""
    total = uncertain.count(turn.conn)
    if total == 0:
        return NothingDoubtful()
    last = -(-total // PAGE)
    page = min(lookup.page, last)
    found = uncertain.page(turn.conn, PAGE, (page - 1) * PAGE)
    lines = tuple(
        DoubtLine(one.id, _letter(one), _receipt(one), _reader(one), one.at) for one in found
    )
    return DoubtList(lines, total, page - 1, page + 1 if page < last else 0)


def doubt_now(turn: Turn, lookup: DoubtNow) -> DoubtCard | None:
    """One of them."""
    found = uncertain.one(turn.conn, lookup.id)
    if found is None:
        return None
    return DoubtCard(found.id, _letter(found), _receipt(found), _reader(found), found.at)


def send_again(turn: Turn, command: SendAgain) -> Iterable[Message]:
    """Send it under a new name, once, and note who did."""
    assert "admin" in turn.caller.roles, "the flow lets only admins come here"
    if not uncertain.send_again(turn.conn, command.id, turn.now):
        yield DoubtGone()
        return
    _note(turn, "letter sent again", f"letter {command.id}")
    yield LetterSent()


def leave_letter(turn: Turn, command: LeaveLetter) -> Iterable[Message]:
    """Leave it as it is, and note who did."""
    assert "admin" in turn.caller.roles, "the flow lets only admins come here"
    if not uncertain.leave(turn.conn, command.id):
        yield DoubtGone()
        return
    _note(turn, "letter left", f"letter {command.id}")
    yield LetterLeft()


def _note(turn: Turn, action: str, subject: str) -> None:
    audit_log.note(turn.conn, turn.caller.user_id, action, subject, turn.now)


def _label(turn: Turn, user_id: int) -> str:
    """First name and initial of a member, or the end of an account's number."""
    found = roles.by_account(turn.conn, user_id)
    if found is not None and found.name:
        return masked_name(found.name)
    return f"Telegram …{str(user_id)[-4:]}"


def _letter(doubt: UncertainMessage) -> Letter:
    return "answer" if doubt.kind == "answer" else "notice"


def _receipt(doubt: UncertainMessage) -> str:
    """The receipt that the letter speaks of first."""
    found = RECEIPT.search(str(doubt.payload.get("text") or doubt.payload.get("caption") or ""))
    return found[0] if found is not None else ""


def _reader(doubt: UncertainMessage) -> str:
    return masked_name(doubt.name) if doubt.name else f"Telegram …{str(doubt.chat_id)[-4:]}"


LOOKUPS: Lookups = {
    AsidePage: aside_page,
    AsideNow: aside_now,
    DoubtPage: doubt_page,
    DoubtNow: doubt_now,
}
ACTIONS: Actions = {
    TryAgain: try_again,
    LetItBe: let_it_be,
    SendAgain: send_again,
    LeaveLetter: leave_letter,
}
