"""Questions on their way to the office: offered, sent, limited."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from bot.core.conversation.messages import Message
from bot.core.input.typed import clean_text, shown
from bot.flows.inquiries.faq_messages import FaqHeading
from bot.flows.inquiries.inquiry_messages import (
    DropInquiry,
    InquiryDropped,
    InquiryGone,
    InquiryOffer,
    InquirySent,
    InquiryTooLong,
    InquiryUnread,
    OfferInquiry,
    SendInquiry,
    SubmitInquiry,
    TooManyInquiries,
)
from bot.services.inquiries.faq_search import search_faq
from bot.store.inquiries import inquiries
from bot.turn.turn import Actions, Turn, new_reference

__all__ = [
    "ACTIONS",
    "INQUIRY_CHARACTERS_MAX",
    "OFFERS_KEPT",
    "keep_for_office",
    "offer_to_office",
]

INQUIRY_CHARACTERS_MAX: Final = 3_000
INQUIRIES_MAX: Final = 5
INQUIRIES_WINDOW: Final = timedelta(hours=1)
OFFERS_KEPT: Final = timedelta(days=1)


def offer_to_office(turn: Turn, text: str, near: tuple[FaqHeading, ...] = ()) -> Message:
    """Keep a question that the bot cannot answer, and ask whether to send it.

    Nothing is sent without the press of its author: a text may be more private than it looks.
    """
    trouble = _trouble(text)
    if trouble is not None:
        return trouble
    return InquiryOffer(keep_for_office(turn, text), shown(text), near)


def offer(turn: Turn, action: OfferInquiry) -> Iterable[Message]:
    """Answer from the FAQ, or offer to send the question."""
    found = search_faq(turn, action.text)
    yield found.answer or offer_to_office(turn, action.text, found.near)


def send(turn: Turn, action: SendInquiry) -> Iterable[Message]:
    """Send a question that was typed for the office."""
    trouble = _trouble(action.text)
    if trouble is not None:
        yield trouble
        return
    yield _sent(turn, keep_for_office(turn, action.text))


def submit(turn: Turn, action: SubmitInquiry) -> Iterable[Message]:
    """Send an offered question of the caller, once."""
    yield _sent(turn, action.reference)


def drop(turn: Turn, action: DropInquiry) -> Iterable[Message]:
    """Leave the question unsent; it is deleted with the day's other offers."""
    found = inquiries.offered(turn.conn, action.reference, turn.caller.user_id)
    if found is not None and found.state != "offered":
        yield InquirySent(shown(found.words), again=True)
        return
    yield InquiryDropped()


def _sent(turn: Turn, reference: str) -> Message:
    user_id = turn.caller.user_id
    found = inquiries.offered(turn.conn, reference, user_id)
    if found is None:
        return InquiryGone()
    if found.state != "offered":
        return InquirySent(shown(found.words), again=True)
    sent = inquiries.sent_since(turn.conn, user_id, turn.now - INQUIRIES_WINDOW)
    if len(sent) >= INQUIRIES_MAX:
        until = sent[-INQUIRIES_MAX] + INQUIRIES_WINDOW + timedelta(minutes=1)
        return TooManyInquiries(until.replace(second=0, microsecond=0))
    again = not inquiries.submit(turn.conn, reference, user_id, turn.now)
    return InquirySent(shown(found.words), again)


def keep_for_office(turn: Turn, text: str) -> str:
    """Store the question, and return the reference by which its button knows it."""
    reference = new_reference(turn.chance)
    words = clean_text(text, INQUIRY_CHARACTERS_MAX)
    user_id = turn.caller.user_id
    inquiries.offer(turn.conn, reference=reference, user_id=user_id, words=words, at=turn.now)
    return reference


def _trouble(text: str) -> Message | None:
    """Returns why a text cannot be sent to the office."""
    if not any(map(str.isalnum, text)):
        return InquiryUnread()
    length = len(text.strip())
    if length > INQUIRY_CHARACTERS_MAX:
        return InquiryTooLong(length, INQUIRY_CHARACTERS_MAX)
    return None


ACTIONS: Actions = {
    OfferInquiry: offer,
    SendInquiry: send,
    SubmitInquiry: submit,
    DropInquiry: drop,
}
