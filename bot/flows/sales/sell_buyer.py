"""Which customer a typed name means, where it is close to the names of known ones.

A name that is known, or like no other, is never asked about. The answer is remembered: the name as
it was typed then means the customer, or is one of its own.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.customers.customer_keys import name_key, parts_of, plain_title
from bot.core.input.typed import one_line
from bot.core.input.yesno import yes_or_no
from bot.core.sales.buyers import shown_name
from bot.flows.answers import typed
from bot.flows.sales.sale_parts import Buyer
from bot.flows.sales.sell_answers import BUYER_CHARACTERS_MAX, TEXT_CHARACTERS_MAX
from bot.flows.sales.sell_lookups import CustomerNamed, CustomersLike

__all__ = ["AskWhichBuyer", "WhichOfThem", "buyer_named"]

NEW_WORDS = re.compile(
    r"(?:orang|pembeli|pelanggan)?\s*(?:lain|baru|beda|berbeda)"
    r"|(?:some(?:one|body)|a)?\s*(?:else|new(?: (?:customer|one|person))?|different)"
    r"|another(?: (?:customer|one|person))?",
    re.IGNORECASE,
)
SAME_WORDS = re.compile(
    r"(?:itu|iya|ya|orang|yang|yg|dia|the|one|same|sama|biasa|usual|person|dulu|\s)+",
    re.IGNORECASE,
)
LEADING = re.compile(r"(?:(?:bukan|tidak|tdk|no|not|ya|iya|yes|yang|yg)\b[\s,.]*)+", re.IGNORECASE)
DENIAL = re.compile(r"(?:bukan|tidak|tdk|no|not)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AskWhichBuyer(Question):
    """Asks whether a name that is not known means a known customer, one of `close`."""

    asked_as: ClassVar[str] = "sale.which_buyer@1"

    query: str
    close: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class WhichOfThem(Message):
    """The answer names none of the customers, or more than one."""


def buyer_named(name: str) -> Flow[Buyer]:
    """Returns the customer with this name, known or new; asks if it is close to known names."""
    while True:
        buyer = yield from find(CustomerNamed(name))
        if buyer.id is not None:
            return buyer
        close = yield from find(CustomersLike(name))
        if not close:
            return buyer
        shown = tuple((each.id, each.name) for each in close if each.id is not None)
        answer = yield from ask(AskWhichBuyer(name, shown), _answer(name, close))
        if isinstance(answer, Buyer):
            # Where several were possible, the next time it may be another one of them.
            return replace(answer, typed=name) if len(close) == 1 else answer
        if answer is None:
            return buyer
        name = answer


def _answer(name: str, close: tuple[Buyer, ...]) -> Callable[[Answer], Buyer | str | None]:
    """Returns a reader of the customer that is meant, of another name, or of None: a new one."""
    by_id = {each.id: each for each in close}

    def read(answer: Answer) -> Buyer | str | None:
        if answer.kind == "tap":
            return (
                by_id.get(int(answer.value.removeprefix("c"))) if answer.value != "new" else None
            )
        text = one_line(typed(answer)[:TEXT_CHARACTERS_MAX]).strip(" .,!?")
        said = yes_or_no(text)
        if said is False:
            return None
        if said or SAME_WORDS.fullmatch(text):
            if len(close) == 1:
                return close[0]
            raise Refusal(WhichOfThem())
        return _named(text, name, close)

    return read


def _named(text: str, name: str, close: tuple[Buyer, ...]) -> Buyer | str | None:
    denied = DENIAL.match(text) is not None
    rest = LEADING.sub("", text, count=1) if LEADING.match(text) else text
    if not rest or NEW_WORDS.fullmatch(rest) or name_key(rest) == name_key(name):
        return None
    meant = [each for each in close if _means(rest, each)]
    if len(meant) == 1 and (not denied or len(close) == 1):
        return None if denied else meant[0]
    titled = parts_of(name_key(rest)).title or parts_of(name_key(rest)).shop
    if meant or not titled or len(rest) > BUYER_CHARACTERS_MAX:
        raise Refusal(WhichOfThem())
    return shown_name(rest)


def _means(text: str, buyer: Buyer) -> bool:
    """Returns whether a text is the customer's name, its words without the title, or the title."""
    key, wanted = name_key(text), parts_of(name_key(buyer.name))
    if key == name_key(buyer.name) or plain_title(text) == wanted.title != "":
        return True
    said = parts_of(key)
    return not said.title and (said.words, said.numbers) == (wanted.words, wanted.numbers)
