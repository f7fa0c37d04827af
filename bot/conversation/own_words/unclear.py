"""Counts texts that were unclear by their shape, in the transaction of the answer."""

from bot.content.heard import spelling
from bot.conversation.own_words.understanding import words_in
from bot.core.calendar.hours import local_day
from bot.core.understanding.chat_words import ChatWords
from bot.core.understanding.text_shapes import Unclear, shape_of
from bot.store.conversation import unclear_texts
from bot.turn.turn import Turn

__all__ = ["count_not_understood", "count_unclear"]


def count_not_understood(turn: Turn) -> None:
    """Count the text of the update, for which no answer was found."""
    count_unclear(turn, words_in(turn, turn.incoming.text), "not-understood")


def count_unclear(turn: Turn, said: ChatWords, why: Unclear) -> None:
    """Count the text with these words; only its shape is stored."""
    day = local_day(turn.now, turn.company.time_zone).isoformat()
    unclear_texts.count(turn.conn, shape_of(said, spelling()), why, day)
    turn.unclear = why
