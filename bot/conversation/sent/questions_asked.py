"""What people ask the company: answered from the FAQ, or offered to be sent to the office.

While a person joins, such a text is no answer to the open question, and that is asked again.
"""

from typing import Final

from bot.conversation import engine
from bot.conversation.own_words.answering import asked_aside
from bot.conversation.own_words.unclear import count_not_understood
from bot.conversation.sent.noise import too_many
from bot.core.members.codes import read_code
from bot.core.members.joining_words import has_no_code, is_question, says_later
from bot.flows.members import claim, register
from bot.flows.talk import PutOff
from bot.services.inquiries.asking_office import offer_to_office
from bot.services.inquiries.faq_search import STRONG_MIN, search_faq
from bot.store.conversation import sessions
from bot.store.conversation.sessions import Session
from bot.turn.turn import Turn

__all__ = [
    "answered_from_faq",
    "asked_the_office",
    "asked_while_joining",
    "asks_clearly",
    "put_joining_off",
]

JOINING: Final = frozenset({register.SPEC.name, claim.SPEC.name})
WORDS_MIN: Final = 2
LINK: Final = "start="
"""Part of an invitation, which may have questions around its link."""


def asked_while_joining(turn: Turn, session: Session, text: str) -> bool:
    """Answer what a newcomer writes that is no answer to a question of joining.

    Returns False where the open question is to read the text.
    """
    if turn.caller.me is not None or session.flow not in JOINING:
        return False
    if read_code(text) is not None or LINK in text or has_no_code(text):
        return False
    if put_joining_off(turn, session, text):
        return True
    found = search_faq(turn, text)
    asks = is_question(text)
    told = (
        found.likeness >= STRONG_MIN and len(text.split()) >= WORDS_MIN
    )  # the company's own code is a word
    if found.answer is not None and (asks or told):
        if session.paused or not engine.ask_again(turn, found.answer):
            turn.reply.say(found.answer)
        return True
    if asks:
        if not asked_aside(turn, text) and not too_many(turn):
            count_not_understood(turn)
            turn.reply.say(offer_to_office(turn, text, found.near))
            if not session.paused:
                engine.ask_again(turn)
        return True
    return session.paused and engine.ask_again(turn)


def put_joining_off(turn: Turn, session: Session | None, text: str) -> bool:
    """Pause when a newcomer says "later": the answers stay, and the way on is said."""
    if turn.caller.me is not None or not says_later(text):
        return False
    if session is not None:
        sessions.pause(turn.conn, session.chat_id)
    turn.reply.say(PutOff(session is not None))
    return True


def answered_from_faq(turn: Turn, text: str, likeness_min: int = 0) -> bool:
    """Answer a question of the FAQ, if the text is as like it as that."""
    found = search_faq(turn, text)
    if found.answer is None or found.likeness < likeness_min:
        return False
    turn.reply.say(found.answer, passing=True)
    return True


def asks_clearly(turn: Turn, text: str) -> bool:
    """Answer a question of the FAQ, with its mark, that the open question would take as an answer.

    A buyer called `Ini Mlm Ya?` is a question.
    """
    if not text.endswith("?"):
        return False
    return answered_from_faq(turn, text, STRONG_MIN)


def asked_the_office(turn: Turn, text: str) -> bool:
    """Offer to send a question to the office; False if the text does not read like one.

    What somebody else wrote is not sent.
    """
    if (
        turn.incoming.forwarded is not None
        or not is_question(text)
        or len(text.split()) < WORDS_MIN
    ):
        return False
    if not too_many(turn):
        count_not_understood(turn)
        turn.reply.say(offer_to_office(turn, text, search_faq(turn, text).near))
    return True
