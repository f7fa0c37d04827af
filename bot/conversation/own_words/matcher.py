"""Guesses which intent a text has, by what was learned from examples."""

from dataclasses import dataclass

from bot.content.heard import intent_patterns, learned, meanings, spelling
from bot.core.conversation.messages import Message
from bot.core.learned.weights import Guess
from bot.core.sales.drafts import Draft
from bot.core.sales.products import ProductNames
from bot.core.understanding.chat_words import ChatWords, words_of
from bot.core.understanding.features import features_of
from bot.core.understanding.line_shape import line_shape_of
from bot.core.understanding.reading_signs import sale_signs, tells_only_of_a_sale

__all__ = ["OTHER", "SALE", "Heard", "hear", "is_sure"]

OTHER, SALE = "other", "sale"
"""The labels of texts that ask for nothing the bot does, and of reports of a sale."""

LETTERS_MIN = 3
SURE_MIN = -500
SURE_AHEAD = 60
"""A guess is followed without a question from this margin on, and so far ahead of the next."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A text as the bot hears it.

    Attributes:
        said: its words.
        guesses: all intents, the likeliest first.
        only_a_sale: whether it says next to nothing but what a sale consists of.
    """

    said: ChatWords
    guesses: tuple[Guess, ...]
    only_a_sale: bool

    @property
    def is_known(self) -> bool:
        """Whether at least half of its words were in any example.

        One or two letters say nothing either way: `wr wb` leaves `assalamualaikum` known.
        """
        words = [word for word in self.said.words if len(word) >= LETTERS_MIN]
        return 2 * sum(map(learned().knows, words)) >= len(words) > 0

    def margin(self, intent: str) -> int:
        """Returns the margin of an intent."""
        return next(guess.margin for guess in self.guesses if guess.label == intent)

    def ahead(self, intent: str) -> int:
        """Returns how far an intent is ahead of the likeliest other one; below 0 behind it."""
        others = (guess.margin for guess in self.guesses if guess.label != intent)
        return self.margin(intent) - max(others)


def hear(
    text: str,
    called: ProductNames,
    members: frozenset[str],
    sale: Draft | Message | None,
) -> Heard:
    """Returns what a text may mean.

    Args:
        text: as it was typed.
        called: the names of the products.
        members: the words of names in the sender's team, in lower case.
        sale: the sale that was read in it, what refused to read one, or None.
    """
    said = words_of(text, spelling(), called, members)
    shape = line_shape_of(text, sale, called, spelling().is_known)
    signs = sale_signs(text, sale, shape.left, spelling().is_known)
    means = meanings().in_words(said.typed)
    groups = features_of(said, means, intent_patterns(), signs, shape.sequences)
    return Heard(said, learned().guesses(groups), tells_only_of_a_sale(signs))


def is_sure(heard: Heard) -> bool:
    """Returns whether the first guess is near enough, and the second far enough behind it."""
    first, second = heard.guesses[:2]
    return first.margin >= SURE_MIN and first.margin - second.margin >= SURE_AHEAD
