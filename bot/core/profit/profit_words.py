"""Reads what a sale would bring, as people ask it: `3 sabun 140rb ongkir 10rb untungnya?`.

The goods and their prices are read as in a line about a sale, after the words of the question and
the costs of the way have been taken out. Nothing read here is ever recorded.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.core.conversation.messages import Refusal
from bot.core.input.chat_text import plain_chat
from bot.core.input.money import parse_rupiah
from bot.core.input.quantity import PACKS, UNITS
from bot.core.input.typed import clean_text
from bot.core.profit.asking_words import ASKING, BETWEEN, COSTS, IN_FRONT, PRICE
from bot.core.profit.profit import Cost
from bot.core.sales.buyers import TITLES, TO
from bot.core.sales.drafts import Draft
from bot.core.sales.line.line_items import read_tokens
from bot.core.sales.line.line_matches import match_of, matched
from bot.core.sales.line.line_values import draft_with
from bot.core.sales.line.scanning.tokens import Token, TokenKind
from bot.core.sales.line.words.everyday_words import is_everyday
from bot.core.sales.line.words.short_words import in_full
from bot.core.sales.line.words.usual_words import worded
from bot.core.sales.line.words.vocabulary import ARTICLES, KIN, REVISING
from bot.core.sales.line.written import Written
from bot.core.sales.products import Product, names_of

__all__ = ["ProfitWish", "read_profit_wish"]

LINE_CHARACTERS_MAX: Final = 500
ITEMS_MAX: Final = 10
QUERY_WORDS_MAX: Final = 4
COSTS_MAX: Final = 5
COST_PLAUSIBLE_MIN: Final = 1_000
"""No cost of the way is lower: `ongkir 10` is ten thousand."""
BETWEEN_MAX: Final = 3
SHORT_MIN: Final = 10
"""From here on a number without a unit may be a price in thousands: `sabun 45`."""

# Read elsewhere as a day, and as a number: "profit on 3 soaps", "ongkir kira2 10rb".
_MISLEADING: Final = re.compile(r"\b(?:on\s++(?=[0-9])|(?:kira|kurang|kr)2\b)", re.IGNORECASE)
_COUNTING: Final = UNITS | PACKS | TO | ARTICLES | REVISING
"""Words that may say how many of the goods, or that an amount is for them."""
_ABOUT_THE_BUYER: Final = frozenset(
    {TokenKind.NAMED, TokenKind.OWN, TokenKind.DAY, TokenKind.PAID, TokenKind.PHONE}
)
_STAND_IN: Final = Token(TokenKind.WORD, "barang", goods=True)
"""Stands for an article that is not named, so that its number and its price are read."""


@dataclass(frozen=True, slots=True)
class ProfitWish:
    """What is asked about.

    Attributes:
        draft: goods, prices and discount as far as they are said; buyer and day mean nothing.
        costs: of the way, in the order in which they were typed.
        short_price: the number behind the only article if it may be a price in thousands, or 0.
    """

    draft: Draft
    costs: tuple[Cost, ...]
    short_price: int = 0

    @property
    def names_goods(self) -> bool:
        """Whether any article is named, known or not."""
        return any(item.product is not None or item.query for item in self.draft.items)


def read_profit_wish(text: str, catalogue: Sequence[Product], today: date) -> ProfitWish:
    """Returns the goods, prices and costs that a question names.

    Args:
        text: as it was typed.
        catalogue: the company's products.
        today: the day on which it is read.

    Raises:
        Refusal: it has an impossible quantity or price.
    """
    called = names_of(catalogue)
    line = clean_text(plain_chat(text), LINE_CHARACTERS_MAX)
    line = _MISLEADING.sub(" ", line.title() if line.isupper() else line)
    tokens, costs = _without_costs(worded(in_full(line), called))
    tokens = list(_without_asking(tokens))
    unnamed = not any(each.goods for each in tokens)
    unknown = _unknown(tokens) if unnamed else ""
    tokens = [_STAND_IN, *_of_goods(tokens)] if unnamed else list(_of_goods(tokens))
    written, matches = matched(read_tokens(tokens, called), called)
    items = written.items[:ITEMS_MAX]
    if unnamed:
        said_of = [item for item in items[:1] if unknown or item.is_counted or item.is_priced]
        items = tuple(replace(item, query=unknown) for item in said_of)
        matches = [match_of(unknown, called) for _ in items]
    said = Written(
        items,
        (),
        (),
        own_use=False,
        total=written.total,
        discount=written.discount,
    )
    draft = draft_with(said, matches[: len(items)], today, in_thousands=True)
    return ProfitWish(draft, costs, _short_price(tokens) if len(items) == 1 else 0)


def _without_asking(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens without the words of the question; `harga 45` is a price in thousands."""
    is_price = False
    for token in tokens:
        word = _plain(token)
        if word in ASKING | PRICE:
            is_price = word in PRICE
        elif is_price and token.kind is TokenKind.NUMBER and _is_short(token):
            yield Token(TokenKind.MONEY, f"{token.number}rb")
            is_price = False
        else:
            yield token
            is_price = False


def _of_goods(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield what says which goods, how many and for how much; who buys means nothing here."""
    before: Token | None = None
    for token in tokens:
        counted = before is not None and before.kind is TokenKind.NUMBER
        said = token.goods or counted or token.word in _COUNTING
        if (said or token.kind is not TokenKind.WORD) and token.kind not in _ABOUT_THE_BUYER:
            yield token
        before = token


def _plain(token: Token) -> str:
    """Returns the word as it was typed, unless it is one of a product's name."""
    named = token.goods and not token.typed
    return "" if named or token.kind is not TokenKind.WORD else token.as_typed.lower()


def _is_short(token: Token) -> bool:
    """Returns whether a number may be a price in thousands: `45`."""
    return token.number is not None and SHORT_MIN <= token.number < COST_PLAUSIBLE_MIN


def _short_price(tokens: Sequence[Token]) -> int:
    """Returns the number behind the only goods that may be their price: 45 of `sabun 45`."""
    if any(token.kind in {TokenKind.MONEY, TokenKind.EACH, TokenKind.TOTAL} for token in tokens):
        return 0
    numbers = [at for at, token in enumerate(tokens) if token.kind is TokenKind.NUMBER]
    if len(numbers) != 1 or not numbers[0] or not _is_short(tokens[numbers[0]]):
        return 0
    at = numbers[0]
    behind = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if not tokens[at - 1].goods or tokens[at - 1] == _STAND_IN or behind in UNITS:
        return 0
    return tokens[at].number or 0


def _unknown(tokens: Sequence[Token]) -> str:
    """Returns the words that may name an article which is not on the price list."""
    words: list[str] = []
    to_whom = False
    for token in tokens:
        if token.kind is not TokenKind.WORD:
            to_whom = False
        elif token.word in TO | TITLES | KIN:
            to_whom = True
        elif not (to_whom or token.word in UNITS or is_everyday(token.word)):
            words.append(token.text)
    return " ".join(words[:QUERY_WORDS_MAX])


def _without_costs(tokens: Sequence[Token]) -> tuple[list[Token], tuple[Cost, ...]]:
    """Returns the tokens without the costs of the way, and these with their amounts."""
    left: list[Token] = []
    costs: list[Cost] = []
    at = 0
    while at < len(tokens):
        size, cost = _cost_at(tokens, at)
        if cost is not None and len(costs) < COSTS_MAX:
            costs.append(cost)
        elif not size:
            left.append(tokens[at])
        at += size or 1
    return left, tuple(costs)


def _cost_at(tokens: Sequence[Token], at: int) -> tuple[int, Cost | None]:
    """Returns how many tokens tell of a cost here, and the cost if its amount is said.

    The amount stands behind the word, or before it: `ongkir 10rb`, `10rb buat ongkir`.
    """
    token = tokens[at]
    if _plain(token) in COSTS:
        end = _past(tokens, at + 1, BETWEEN)
        amount = _amount(tokens, end)
        return (end + 1 - at, Cost(_plain(token), amount)) if amount else (1, None)
    taken_off = token.kind is TokenKind.DISCOUNT and at + 1 < len(tokens)
    if taken_off and _plain(tokens[at + 1]) in COSTS:
        return 1, None  # "dipotong parkir 2rb"
    amount = _amount(tokens, at)
    behind = _past(tokens, at + 1, IN_FRONT)
    word = _plain(tokens[behind]) if behind < len(tokens) else ""
    if not amount or word not in COSTS or _amount(tokens, _past(tokens, behind + 1, BETWEEN)):
        return 0, None
    return behind + 1 - at, Cost(word, amount)


def _past(tokens: Sequence[Token], at: int, words: frozenset[str]) -> int:
    """Returns the place behind a few such words."""
    end = at
    while end < len(tokens) and end - at < BETWEEN_MAX and _plain(tokens[end]) in words:
        end += 1
    return end


def _amount(tokens: Sequence[Token], at: int) -> int:
    """Returns the amount at this place in rupiah; 0 if there is none."""
    if at >= len(tokens) or tokens[at].kind not in {TokenKind.MONEY, TokenKind.NUMBER}:
        return 0
    token = tokens[at]
    try:
        amount = parse_rupiah(token.text if token.number is None else str(token.number))
    except Refusal:
        return 0
    if token.kind is TokenKind.NUMBER and amount < COST_PLAUSIBLE_MIN:
        amount *= COST_PLAUSIBLE_MIN
    return amount
