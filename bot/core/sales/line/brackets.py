"""Words in brackets that tell a buyer from others: `kak Puput (teman kuliah)`."""

from collections.abc import Sequence

from bot.core.sales.buyers import TITLES, shown_name
from bot.core.sales.line.scanning.tokens import Token

__all__ = ["described_in_brackets"]

WORDS_MAX = 4


def described_in_brackets(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """Returns what the brackets at a place say, with them, and the place behind; None if nothing.

    A name in brackets says who it was, and goods are what was sold: both are no description.
    """
    if not 0 <= at < len(tokens) or tokens[at].text != "(":
        return None
    end = at + 1
    while end < len(tokens) and tokens[end].word and not tokens[end].goods:
        end += 1
    words = [token.as_typed for token in tokens[at + 1 : end]]
    closed = end < len(tokens) and tokens[end].text == ")"
    if (
        not closed
        or not 0 < len(words) <= WORDS_MAX
        or not TITLES.isdisjoint(map(str.lower, words))
    ):
        return None
    return f"({shown_name(' '.join(words))})", end + 1
