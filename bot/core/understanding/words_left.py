"""How many words of a text say nothing of the sale that was read in it.

A report of a sale is goods, numbers, a buyer, and a few words around them. The more words are left
over, the likelier the text tells of something else that happens to name goods and a number.
"""

from bot.core.conversation.messages import Message
from bot.core.input.quantity import UNITS
from bot.core.sales.buyers import SECOND_TITLES, SHOPS, TITLES
from bot.core.sales.drafts import Draft
from bot.core.sales.line.tokens import Token, TokenKind, scan
from bot.core.sales.line.words.usual_words import worded
from bot.core.sales.line.words.vocabulary import FILLERS
from bot.core.sales.products import ProductNames

__all__ = ["words_left"]

TEXT_CHARACTERS_MAX = 500
_EXPECTED = FILLERS | TITLES | SECOND_TITLES | SHOPS | UNITS


def words_left(text: str, found: Draft | Message | None, called: ProductNames) -> int:
    """Returns the number of words that are neither goods nor buyer nor usual around them.

    Args:
        text: as it was typed; only its beginning is looked at.
        found: the sale that was read in it; 0 words are left where there is none.
        called: the names of the products.
    """
    if not isinstance(found, Draft):
        return 0
    text = text[:TEXT_CHARACTERS_MAX]
    line = text.title() if text.isupper() else text
    buyer = set((found.customer or "").casefold().replace(".", " ").split())
    expected = buyer | _EXPECTED
    tokens = worded(scan(line), called)
    return sum(_says_something(token) and token.word not in expected for token in tokens)


def _says_something(token: Token) -> bool:
    return token.kind is TokenKind.WORD and not token.goods and any(map(str.isalpha, token.word))
