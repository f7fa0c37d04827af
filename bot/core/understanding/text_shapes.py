"""The shape of a text: what remains of it without any word that only its sender uses."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, Literal, TypeAlias

from bot.core.understanding.chat_words import WORD_KINDS, ChatWords
from bot.core.understanding.spelling import Spelling

__all__ = ["SHAPE_WORDS_MAX", "UNLISTED", "Unclear", "shape_of"]

Unclear: TypeAlias = Literal["not-understood", "asked-which", "asked-if-sale"]
"""Why a text was unclear: no answer was found, or the bot had to ask what was meant."""

UNLISTED: Final = "…"
SHAPE_WORDS_MAX: Final = 12
SIGNS: Final = "?"


def shape_of(said: ChatWords, spelling: Spelling) -> str:
    """Returns the shape of a text: its listed words and the kinds of others, with spaces between.

    Words are in their usual spelling. Names, products and numbers are their kinds, such as
    `<goods>`; all other words together are `…`, as is what follows the first words of a long
    text. Words that say nothing are left out, unless there are no others.

    Args:
        said: the words of the text.
        spelling: the words that are listed.
    """
    shown = _once(_listed(said, spelling)) or _once(_fillers(said, spelling))
    if len(shown) > SHAPE_WORDS_MAX:
        shown = _once([*shown[: SHAPE_WORDS_MAX - 1], UNLISTED])
    return " ".join(shown) or UNLISTED


def _listed(said: ChatWords, spelling: Spelling) -> Iterator[str]:
    for word in said.words:
        if word in WORD_KINDS:
            yield word
        elif word.strip(SIGNS):
            yield spelling.canonical(word) if spelling.is_known(word) else UNLISTED


def _fillers(said: ChatWords, spelling: Spelling) -> Iterator[str]:
    return (word for word in said.typed if word in spelling.fillers)


def _once(words: Iterable[str]) -> list[str]:
    """Returns the words, each only once where it follows itself."""
    return [word for word, _ in groupby(words)]
