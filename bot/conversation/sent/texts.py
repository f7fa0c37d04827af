"""Routes what a person has typed, or written under a photo.

Tried in this order: commands, words that leave or go back, keys of the menu, a receipt that is
replied to, an answer to the open question, a sale in one line, and the person's own words.
"""

from typing import Final

from bot.conversation import engine
from bot.conversation.labels import menu_command
from bot.conversation.own_words.answering import (
    SALE_VERB,
    answer_plain_words,
    asked_aside,
    tells_another_sale,
)
from bot.conversation.own_words.office_words import office_line
from bot.conversation.own_words.unclear import count_not_understood
from bot.conversation.registry import answer_lookup, by_command, by_word
from bot.conversation.replaying import holds_something
from bot.conversation.sent.inquiry_replies import answer_quoted_inquiry
from bot.conversation.sent.noise import too_many
from bot.conversation.sent.questions_asked import (
    answered_from_faq,
    asked_the_office,
    asked_while_joining,
    asks_clearly,
    put_joining_off,
)
from bot.conversation.sent.quotes import answer_about_quoted
from bot.conversation.sent.relay_replies import answer_quoted_message
from bot.conversation.slash_commands import read_command
from bot.conversation.starting import start_flow
from bot.core.conversation.fingerprint import question_of
from bot.core.conversation.messages import Message
from bot.core.customers.customer_search import asked_customer
from bot.core.customers.two_names import says_two_are_one
from bot.core.members.codes import read_code
from bot.core.members.joining_words import has_no_code, is_question
from bot.core.sales.sales import receipt_id
from bot.core.sales.telling.beginnings import begins_with_verb
from bot.core.stock.stock_words import tells_of_stock
from bot.flows.bonus import bonus
from bot.flows.bonus.bonus import bonus_in_words
from bot.flows.broadcasts.broadcast_questions import AskBody
from bot.flows.customers import customers, merge_customers
from bot.flows.profit.profit_messages import AskProfitGoods
from bot.flows.receipts import approve
from bot.flows.receipts.approve_messages import AskApprove
from bot.flows.receipts.approve_questions import AskQueue, AskSeller
from bot.flows.receipts.checking_line import read_place
from bot.flows.sales import sell
from bot.flows.sales.sell_buyer import AskWhichBuyer
from bot.flows.sales.sell_lookups import CustomerNamed
from bot.flows.sales.sell_messages import AskCustomer, AskEdit, AskProduct, AskRecord
from bot.flows.stock import stock
from bot.flows.talk import NothingOpen, NotUnderstood
from bot.flows.team.relay_messages import AskRelayAnswer, AskRelayed
from bot.services.inquiries.faq_search import SAME_MIN, STRONG_MIN
from bot.services.sales.told_sales import tells_a_sale, tells_several_sales
from bot.store.conversation import sessions
from bot.store.products import products
from bot.turn.access import may
from bot.turn.turn import Turn

__all__ = ["GIVE_UP", "TAKES_ANY_WORDS", "begins_a_sale", "control", "is_control", "route_text"]

GIVE_UP: Final = frozenset({"batal", "cancel"})
GO_BACK: Final = frozenset({"kembali", "back"})
TAKES_ANY_WORDS: Final = frozenset(
    {AskProduct.asked_as, AskBody.asked_as, AskRelayed.asked_as, AskRelayAnswer.asked_as}
)
"""Questions whose answer may be any text."""

TAKES_A_SALE: Final = TAKES_ANY_WORDS | {AskRecord.asked_as, AskEdit.asked_as}
"""Questions whose answer may read like a sale in one line."""

ASKS_WHO_BOUGHT: Final = frozenset({AskCustomer.asked_as, AskWhichBuyer.asked_as})
"""Questions whose answer is a name; the line of a whole sale is none."""

OF_THE_QUEUE: Final = frozenset({AskQueue.asked_as, AskSeller.asked_as, AskApprove.asked_as})
"""Screens that may have opened by themselves: what is typed may be about any other sale."""


def route_text(turn: Turn, *, unread: Message | None = None) -> None:
    """Route the text of the turn.

    Args:
        turn: the turn.
        unread: said in place of a refusal where the open question cannot take the text.
    """
    text = turn.incoming.text.strip()
    session = sessions.load(turn.conn, turn.incoming.chat_id)
    if answer_quoted_inquiry(turn, session, text) or answer_quoted_message(turn, session, text):
        return
    if answer_about_quoted(turn, session, text):
        return
    command = read_command(text, turn.username)
    if command is not None:
        if not control(turn, session, command[0]) and not start_flow(turn, *command):
            _not_understood(turn, session)
        return
    if session is not None and control(turn, session, text.casefold()):
        return
    line = menu_command(turn, text)
    if line is not None:
        start_flow(turn, *line)
        return
    spec = by_word(text)
    # A single letter may start a flow, but it may also be an answer.
    if spec is not None and may(turn.caller, spec) and (len(text) > 1 or session is None):
        start_flow(turn, spec.commands[0], "")
    elif session is None and (asked := bonus_in_words(text, turn.caller.period)) is not None:
        start_flow(turn, bonus.SPEC.commands[0], asked)
    elif session is not None:
        _answered(turn, session, text, unread)
    else:
        _route_plain_words(turn, text)


def is_control(turn: Turn, text: str) -> bool:
    """Returns whether a text, or a command, leaves the conversation or goes back in it."""
    command = read_command(text, turn.username)
    return (text.casefold() if command is None else command[0]) in GIVE_UP | GO_BACK


def begins_a_sale(turn: Turn, session: sessions.Session, text: str) -> bool:
    """Returns whether a text is a whole sale typed during another conversation.

    That is so if it begins with the verb, and the open question does not expect such a text. A
    question about a profit expects goods and prices, but no buyer; one about the goods, no two
    buyers.
    """
    command = read_command(text, turn.username)
    if command is not None:
        return by_command(command[0]) is sell.SPEC
    asked = question_of(session.asked)
    if asked == AskProfitGoods.asked_as:
        return begins_with_verb(text) and tells_a_sale(turn, text, to_somebody=True)
    if asked == AskProduct.asked_as and not holds_something(session):
        return tells_several_sales(turn, text)
    if asked in TAKES_A_SALE:
        return False
    if asked in ASKS_WHO_BOUGHT and tells_another_sale(turn, text):
        return True
    if SALE_VERB.match(text) is None:
        return False
    return turn.caller.me is not None and tells_a_sale(turn, text)


def control(turn: Turn, session: sessions.Session | None, word: str) -> bool:
    """Leave the open conversation, or go back one answer; False for any other word."""
    if word not in GIVE_UP | GO_BACK:
        return False
    if session is None:
        turn.reply.say(NothingOpen(turn.caller.me is not None))
    elif word in GIVE_UP:
        engine.leave(turn, session)
    else:
        engine.back(turn, session)
    return True


def _route_plain_words(turn: Turn, text: str) -> None:
    """Handle a text outside a conversation that is no word of the menu."""
    if (line := office_line(turn, text)) is not None:
        start_flow(turn, *line)
    elif says_two_are_one(text) and may(turn.caller, merge_customers.SPEC):
        start_flow(turn, merge_customers.SPEC.commands[0], text)
    elif _asks_for_customer(turn, text):
        start_flow(turn, customers.SPEC.commands[0], asked_customer(text))
    elif _is_about_stock(turn, text):
        start_flow(turn, stock.SPEC.commands[0], text)
    elif turn.caller.me is None and read_code(text) is not None:
        start_flow(turn, "daftar", text)
    elif not turn.reader.office and turn.caller.me is None and has_no_code(text):
        start_flow(turn, "daftar", "")
    elif not put_joining_off(turn, None, text) and not _answered_in_words(turn, text):
        _not_understood(turn, None)


def _asks_for_customer(turn: Turn, text: str) -> bool:
    """Returns whether a text asks for the card of a customer whom the member has."""
    name = asked_customer(text)
    if not name or not may(turn.caller, customers.SPEC):
        return False
    return answer_lookup(turn, CustomerNamed(name)).id is not None


def _is_about_stock(turn: Turn, text: str) -> bool:
    """Returns whether a member's text is certainly about their stock."""
    if turn.caller.me is None or not turn.company.stock.enabled:
        return False
    return tells_of_stock(text, products.catalogue(turn.conn), turn.caller.began.own)


def _answered_in_words(turn: Turn, text: str) -> bool:
    """Answer own words: a member's are most often about their work, a newcomer's questions."""
    member = turn.caller.me is not None
    first = SAME_MIN if member else 0
    if (not member or is_question(text)) and answered_from_faq(turn, text, first):
        return True
    if answer_plain_words(turn, text) or answered_from_faq(turn, text):
        return True
    return "admin" not in turn.caller.roles and asked_the_office(turn, text)


def _answered(
    turn: Turn, session: sessions.Session, text: str, unread: Message | None = None
) -> None:
    """Take the text as an answer, unless it is a whole sale typed during another conversation."""
    if turn.after_gap:
        engine.ask_again(turn)
        return
    if session.waiting is not None:
        engine.decide_in_words(turn, session, text)
        return
    if begins_a_sale(turn, session, text):
        start_flow(turn, "jual", text)
    elif asked_while_joining(turn, session, text):
        pass
    elif (line := _beside_the_queue(turn, session, text)) is not None:
        start_flow(turn, *line)
    elif question_of(session.asked) not in TAKES_ANY_WORDS and asks_clearly(turn, text):
        engine.ask_again(turn)
    elif question_of(session.asked) in TAKES_ANY_WORDS:
        engine.answered(turn, session, instead=unread)
    else:
        engine.answered(turn, session, aside=lambda: _asked(turn, text), instead=unread)


def _asked(turn: Turn, text: str) -> bool:
    """Answer a question that the open one cannot take, and ask that again.

    The line of another sale is kept for when this conversation has ended, if that is wanted.
    """
    if asked_aside(turn, text):
        return True
    if tells_another_sale(turn, text):
        return start_flow(turn, sell.SPEC.commands[0], text)
    return answered_from_faq(turn, text, STRONG_MIN) and engine.ask_again(turn)


def _beside_the_queue(turn: Turn, session: sessions.Session, text: str) -> tuple[str, str] | None:
    """Returns the command that an admin's words mean while a screen of the queue is open.

    On a card that was opened on purpose, "setujui" is the word of its button; on one that has
    opened by itself it may be meant for the sale before, and leads to the list.
    """
    here = question_of(session.asked) in OF_THE_QUEUE and not session.answers
    line = office_line(turn, text) if here and receipt_id(text) is None else None
    place = read_place(session.args)
    on_purpose = bool(place.sale) and not place.by_itself
    return None if on_purpose and line == (approve.SPEC.commands[0], "") else line


def _not_understood(turn: Turn, session: sessions.Session | None) -> None:
    if too_many(turn):
        return
    count_not_understood(turn)
    turn.reply.say(NotUnderstood(turn.caller.me is not None))
    if session is not None:
        engine.ask_again(turn)
