"""The labelled lines of sales, word by word: which are the first of a buyer, a further one, none.

A line whose buyer is not written in it as the label has it teaches nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.content.heard import meanings, spelling
from bot.core.sales.line.line_items import read_tokens
from bot.core.sales.line.tags.buyer_tags import FIRST, FURTHER, NONE, place_of
from bot.core.sales.line.tags.token_signs import signs_of_tokens
from bot.core.sales.products import names_of
from bot.core.sales.telling.beginnings import opened
from tests.understanding.labelled import entries
from tests.understanding.reading import CATALOGUE

__all__ = ["TaggedLine", "tagged_lines"]


@dataclass(frozen=True, slots=True)
class TaggedLine:
    """A line: the signs of its words, and what each word is."""

    signs: tuple[frozenset[str], ...]
    tags: tuple[str, ...]


def tagged_lines() -> Iterator[TaggedLine]:
    """Yield the sales of the tuning half of which it is clear which words are the buyer."""
    called = names_of(CATALOGUE)
    is_usual = spelling().is_known
    for entry in entries("tuning"):
        if "sale" not in entry.intents:
            continue
        tokens = opened(entry.text, called, is_begun=True).tokens
        name = _buyer(entry.meanings[entry.intents.index("sale")])
        right = place_of(tokens, name) if name else (0, 0)
        customers = read_tokens(tokens, called).customers
        if right is None or len(customers) > 1:
            continue
        ruled = place_of(tokens, customers[0]) if customers else (0, 0)
        start, end = right
        tags = tuple(
            FIRST if at == start < end else FURTHER if start < at < end else NONE
            for at in range(len(tokens))
        )
        yield TaggedLine(
            tuple(signs_of_tokens(tokens, ruled, is_usual, meanings().in_words)), tags
        )


def _buyer(meaning: str) -> str:
    parts = (part.strip() for part in meaning.split("|"))
    return next((part.removeprefix("buyer ") for part in parts if part.startswith("buyer ")), "")
