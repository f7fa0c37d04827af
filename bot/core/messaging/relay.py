"""What may be written through the bot to a member of the team, and how often.

A message arrives under the company's name. So it has no link and opens no other chat: who was
called by it would trust what it leads to. A phone number of the sender's own is no link. Promises
of income and health are as forbidden as in a broadcast.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.core.conversation.messages import Message, Refusal
from bot.core.input.typed import clean_text, is_blank, unstyled
from bot.core.messaging.claims import claims_in
from bot.core.messaging.impostors import chats_in

__all__ = [
    "ASKED_AGAIN_AFTER",
    "ASKS_PER_DAY_MAX",
    "ASK_ANSWERED_WITHIN",
    "DAY",
    "REFUSED_FOR",
    "RELAYED_CHARACTERS_MAX",
    "RELAYED_PER_DAY_MAX",
    "RELAYED_TO_ONE_MAX",
    "RELAY_ANSWERS_MAX",
    "UNASKED_PER_DAY_MAX",
    "RelayedClaims",
    "RelayedEmpty",
    "RelayedLink",
    "RelayedTooLong",
    "relayed_words",
]

DAY: Final = timedelta(days=1)
RELAYED_CHARACTERS_MAX: Final = 400
RELAYED_PER_DAY_MAX: Final = 10
"""Messages of one sender, to all members together."""

RELAYED_TO_ONE_MAX: Final = 2
"""Messages of one sender to one member within a day."""

UNASKED_PER_DAY_MAX: Final = 3
"""Messages and requests for the number that one member gets in a day, of all uplines together."""

RELAY_ANSWERS_MAX: Final = 3
"""Answers to one message."""

ASKS_PER_DAY_MAX: Final = 5
"""Numbers that one upline asks for within a day."""

ASKED_AGAIN_AFTER: Final = timedelta(days=30)
ASK_ANSWERED_WITHIN: Final = ASKED_AGAIN_AFTER
REFUSED_FOR: Final = timedelta(days=180)
"""For so long nobody is asked again who has refused, or has taken the number back."""

_LINK: Final = re.compile(
    r"://|\bwww\.|[a-z0-9-][a-z0-9-]\.(?:com|net|org|info|biz|id|co|me|io|ly|app|link|site|shop"
    r"|store|xyz|online|page|web|tv|cc)\b(?!\.?[0-9])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RelayedEmpty(Message):
    """The text has no words."""


@dataclass(frozen=True, slots=True)
class RelayedTooLong(Message):
    """The text has more characters than are delivered."""

    length: int
    most: int


@dataclass(frozen=True, slots=True)
class RelayedLink(Message):
    """The text has a link, or the name of another chat."""


@dataclass(frozen=True, slots=True)
class RelayedClaims(Message):
    """The text promises income or health, in these words."""

    words: tuple[str, ...]


def relayed_words(text: str) -> str:
    """Returns a text as it is delivered.

    Raises:
        Refusal: with `RelayedEmpty`, `RelayedTooLong`, `RelayedLink` or `RelayedClaims`.
    """
    length = len(text.strip())
    if length > RELAYED_CHARACTERS_MAX:
        raise Refusal(RelayedTooLong(length, RELAYED_CHARACTERS_MAX))
    words = clean_text(text, RELAYED_CHARACTERS_MAX)
    if is_blank(words) or not any(map(str.isalnum, words)):
        raise Refusal(RelayedEmpty())
    if _LINK.search(unstyled(words)) or chats_in(words):
        raise Refusal(RelayedLink())
    claims = claims_in(words)
    if claims:
        raise Refusal(RelayedClaims(claims))
    return words
