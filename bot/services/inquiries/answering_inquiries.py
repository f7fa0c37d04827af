"""The office answers questions: the first answer counts, a second one is held back and said so."""

from collections.abc import Iterable
from typing import Final

from bot.core.conversation.messages import Message
from bot.core.input.typed import clean_text, one_line, shown
from bot.core.members.people import masked_name
from bot.flows.inquiries.inquiry_cards import (
    CloseInquiry,
    Inquiries,
    InquiriesPage,
    InquiryAnswered,
    InquiryAnswerLong,
    InquiryBy,
    InquiryCard,
    InquiryClosed,
    InquiryLine,
    InquiryNotThere,
    InquirySettledBefore,
    NoInquiries,
    ReleaseAnswer,
)
from bot.flows.inquiries.inquiry_messages import AnswerForYou
from bot.store.db import audit_log
from bot.store.inquiries import faq_entries, inquiries, inquiry_answers
from bot.store.inquiries.inquiries import Inquiry
from bot.store.members import roles
from bot.turn.notices import send
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS", "answer_inquiry", "inquiry_line"]

PER_PAGE: Final = 5
ANSWER_CHARACTERS_MAX: Final = 2_000
ACCOUNT_DIGITS: Final = 4
REPLY_SHOWN_MAX: Final = 300
"""How much of an answer a card of the office repeats."""


def inquiries_page(turn: Turn, lookup: InquiriesPage) -> Inquiries | NoInquiries:
    """Returns a page of the waiting questions; the last page for a number past the end."""
    total = inquiries.count_waiting(turn.conn)
    if total == 0:
        return NoInquiries()
    last = (total - 1) // PER_PAGE + 1
    page = min(lookup.page, last)
    found = inquiries.waiting_inquiries(turn.conn, PER_PAGE, (page - 1) * PER_PAGE)
    lines = tuple(inquiry_line(each) for each in found)
    return Inquiries(lines, total, before=page - 1, after=page + 1 if page < last else 0)


def inquiry_line(found: Inquiry) -> InquiryLine:
    """Returns a question as a list shows it."""
    assert found.sent_at is not None, "only questions that were sent are listed"
    return InquiryLine(found.id, shown(found.words), found.sent_at)


def inquiry_by(turn: Turn, lookup: InquiryBy) -> InquiryCard | None:
    """Returns the card of a question that was sent to the office."""
    found = inquiries.inquiry(turn.conn, lookup.number)
    if found is None or found.sent_at is None or found.state == "offered":
        return None
    asker, code = _asker(turn, found.user_id)
    first = inquiry_answers.first_answer(turn.conn, found.id)
    entry = faq_entries.entry_of(turn.conn, found.id)
    return InquiryCard(
        number=found.id,
        inquiry=found.words,
        asker=asker,
        code=code,
        account_end=str(found.user_id)[-ACCOUNT_DIGITS:],
        at=found.sent_at,
        state=found.state,
        by="" if found.settled_by is None else _asker(turn, found.settled_by)[0],
        settled_at=found.settled_at or found.sent_at,
        reply="" if first is None else one_line(first.words, REPLY_SHOWN_MAX),
        entry=entry is not None and not entry.removed,
    )


def answer_inquiry(turn: Turn, number: int, text: str) -> Message:
    """Answer a question with what an admin has written; the first answer settles it."""
    assert "admin" in turn.caller.roles, "only admins answer for the office"
    length = len(text.strip())
    if length > ANSWER_CHARACTERS_MAX:
        return InquiryAnswerLong(length, ANSWER_CHARACTERS_MAX)
    found = inquiries.inquiry(turn.conn, number)
    if found is None or found.sent_at is None:
        return InquiryNotThere()
    user_id, words = turn.caller.user_id, clean_text(text, ANSWER_CHARACTERS_MAX)
    first = inquiries.settle_inquiry(turn.conn, number, "answered", user_id, turn.now)
    held = inquiry_answers.keep_answer(
        turn.conn,
        reference=f"u{turn.incoming.row}",
        inquiry_id=number,
        words=words,
        by=user_id,
        at=turn.now,
        sent=first,
    )
    if not first:
        return _settled_before(turn, number, held)
    return _deliver(turn, found, words, f"inquiry:{number}")


def release_answer(turn: Turn, action: ReleaseAnswer) -> Iterable[Message]:
    """Send an answer of the caller that was held back, once."""
    answer = inquiry_answers.held_answer(turn.conn, action.held, turn.caller.user_id)
    found = None if answer is None else inquiries.inquiry(turn.conn, answer.inquiry_id)
    if answer is None or found is None:
        yield InquiryNotThere()
        return
    if not inquiry_answers.release_answer(turn.conn, answer.id, turn.caller.user_id):
        asker, _ = _asker(turn, found.user_id)
        person = roles.reachable(turn.conn, found.user_id, turn.company.time_zone)
        yield InquiryAnswered(found.id, asker, person is not None)  # the press before sent it
        return
    yield _deliver(turn, found, answer.words, f"inquiry:{found.id}:{answer.id}")


def close(turn: Turn, action: CloseInquiry) -> Iterable[Message]:
    """Close a question that needs no answer; its author is told nothing."""
    user_id = turn.caller.user_id
    if inquiries.settle_inquiry(turn.conn, action.number, "closed", user_id, turn.now):
        subject = f"inquiry {action.number}"
        audit_log.note(turn.conn, user_id, "close inquiry", subject, turn.now)
        yield InquiryClosed(action.number)
        return
    card = inquiry_by(turn, InquiryBy(action.number))
    yield card or InquiryNotThere()


def _deliver(turn: Turn, found: Inquiry, words: str, key: str) -> Message:
    """Send the answer at once: its reader waits for it, as for any answer."""
    asker, code = _asker(turn, found.user_id)
    person = roles.reachable(turn.conn, found.user_id, turn.company.time_zone)
    if person is not None:
        news = AnswerForYou(shown(found.words), words, bool(code))
        send(
            turn.conn,
            turn.content,
            turn.company,
            person,
            news,
            key=key,
            at=turn.now,
            at_once=True,
        )
    return InquiryAnswered(found.id, asker, person is not None)


def _settled_before(turn: Turn, number: int, held: int) -> Message:
    """Returns who settled the question, as it is stored after this admin came too late."""
    found = inquiries.inquiry(turn.conn, number)
    if found is None or found.settled_by is None or found.settled_at is None:
        return InquiryNotThere()
    first = inquiry_answers.first_answer(turn.conn, number)
    return InquirySettledBefore(
        number=number,
        mine=found.settled_by == turn.caller.user_id,
        by=_asker(turn, found.settled_by)[0],
        settled_at=found.settled_at,
        reply="" if first is None else one_line(first.words, REPLY_SHOWN_MAX),
        held=held,
    )


def _asker(turn: Turn, user_id: int) -> tuple[str, str]:
    """Returns name and code of the member behind an account; both are empty for any other."""
    found = roles.by_account(turn.conn, user_id)
    if found is None or not found.name:
        return "", ""
    return masked_name(found.name), found.code


LOOKUPS: Lookups = {InquiriesPage: inquiries_page, InquiryBy: inquiry_by}
ACTIONS: Actions = {CloseInquiry: close, ReleaseAnswer: release_answer}
