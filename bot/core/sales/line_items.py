"""Groups the tokens of a line about a sale into products, customers and days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.input.quantity import UNITS, quantity_at
from bot.core.sales.buyers import begins_name, counts_on, is_filler, name_at, shown_name
from bot.core.sales.products import QUERY_CHARACTERS_MAX, ProductNames, spelled, with_words
from bot.core.sales.tokens import Token, TokenKind

__all__ = ["Written", "WrittenItem", "read_tokens"]

PHRASE_WORDS_MAX = 6
# From here on a number after a product is its price: no line sells a thousand pieces.
PRICE_MIN = 1_000
# "J 2 SABUN 50" means fifty thousand; what "J 2 SABUN 5" means is unknown.
SHORT_PRICE_MIN = 10


@dataclass(frozen=True, slots=True)
class WrittenItem:
    """One product as it was written; the amounts are still text.

    A quantity that is text could not be read.
    """

    query: str = ""
    quantity: int | str | None = None
    bare: str | None = None
    each: str | None = None
    total: str | None = None
    counted_first: bool = False

    @property
    def is_priced(self) -> bool:
        """Whether it has any amount."""
        return any(amount is not None for amount in (self.bare, self.each, self.total))

    @property
    def is_complete(self) -> bool:
        """Whether a further word begins another product: after `2 sabun` it need not."""
        counted = self.quantity is not None and not self.counted_first
        return bool(self.query) and (counted or self.is_priced)

    def as_words(self) -> "WrittenItem":
        """Returns a number without a product as the words of an unknown product."""
        amounts = (self.quantity, self.bare, self.each, self.total)
        return WrittenItem(" ".join(str(amount) for amount in amounts if amount is not None))

    def priced(self, amount: str, marker: TokenKind | None) -> "WrittenItem":
        """Returns the product with an amount, which came after `@`, after `total`, or neither."""
        match marker:
            case TokenKind.EACH:
                return replace(self, each=amount)
            case TokenKind.TOTAL:
                return replace(self, total=amount)
            case _:
                return replace(self, bare=amount)


@dataclass(frozen=True, slots=True)
class Written:
    """A whole line, split into its parts."""

    items: tuple[WrittenItem, ...]
    customers: tuple[str, ...]
    days: tuple[str, ...]
    own_use: bool
    total: str | None

    def with_last_as_customer(self) -> "Written":
        """Returns the line with its last words read as a name."""
        *items, last = self.items
        return replace(self, items=tuple(items), customers=(shown_name(last.query),))


def read_tokens(tokens: Sequence[Token], called: ProductNames) -> Written:
    """Returns the parts of the line, product by product."""
    return _Reader(tokens, called).read()


class _Reader:
    """Reads the tokens in one pass; `item` is the product being collected."""

    def __init__(self, tokens: Sequence[Token], called: ProductNames) -> None:
        self.tokens = tokens
        self.called = called
        self.counted = counts_on(tokens)
        self.at = 0
        self.item = WrittenItem()
        self.items: list[WrittenItem] = []
        self.customers: list[str] = []
        self.days: list[str] = []
        self.own_use = False
        self.total: str | None = None
        self.marker: TokenKind | None = None  # "@" or "total", waiting for its amount
        self.broken = False  # a comma or a new line comes just before

    def read(self) -> Written:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            before = self.at
            self._take(token)
            self.broken = token.kind in {TokenKind.LINE, TokenKind.BREAK} or (
                self.broken and token.kind is TokenKind.TOTAL
            )
            assert self.at > before, "every token is consumed"
        if self.item != WrittenItem() and not self.item.query:
            self.item = self.item.as_words()
        self._finish()
        return Written(
            tuple(self.items), tuple(self.customers), tuple(self.days), self.own_use, self.total
        )

    def _take(self, token: Token) -> None:
        match token.kind:
            case TokenKind.MONEY:
                self._take_money(token.text)
            case TokenKind.NUMBER:
                self._take_number(token.text)
            case TokenKind.WORD:
                self._take_word(token.text)
            case TokenKind.EACH | TokenKind.TOTAL:
                self.marker = token.kind
                self.at += 1
            case TokenKind.LINE | TokenKind.BREAK:
                if self.item.query:
                    self._finish()
                self.at += 1
            case TokenKind.DAY:
                self.days.append(token.text)
                self.at += 1
            case TokenKind.OWN:
                self.own_use = True
                self.at += 1

    # Numbers and amounts

    def _take_number(self, text: str) -> None:
        if self.marker is None and self._continues(text):
            self._add_word(text)
        elif self._is_amount(text):
            self._take_money(text)
        elif not self._take_quantity():
            self._count(text, text)
            self.at += 1

    def _is_amount(self, text: str) -> bool:
        """Returns whether a number without unit is money, by the tokens around it."""
        following = self._kind(1)
        if self.marker is TokenKind.TOTAL and not _is_large(text):
            return following is not TokenKind.WORD or begins_name(self.tokens, self.at + 1)
        if self.marker is not None:
            return True
        if not (self.item.query or (self.items and self.broken)):
            return False
        if _is_large(text):
            return True
        bare = self.item.quantity is not None and not self.item.is_priced
        last = following is not TokenKind.WORD or begins_name(self.tokens, self.at + 1)
        return bare and last and text.isdigit() and int(text) >= SHORT_PRICE_MIN

    def _take_quantity(self) -> bool:
        phrase = [
            token.text.lower()
            for token in self.tokens[self.at : self.at + PHRASE_WORDS_MAX]
            if token.kind in {TokenKind.NUMBER, TokenKind.WORD}
        ]
        found = quantity_at(phrase)
        if found is None:
            return False
        self._count(found[0], phrase[0])
        self.at += found[1]
        return True

    def _count(self, quantity: int | str, text: str) -> None:
        if self.item.query and self.item.quantity is not None:
            self._finish()
        if self.item.quantity is not None:
            quantity = f"{self.item.quantity} {text}"  # "2 3 sabun" has no single quantity
        first = not self.item.query
        self.item = replace(self.item, quantity=quantity, counted_first=first)

    def _take_money(self, text: str) -> None:
        marker = self.marker
        self.marker = None
        self.at += 1
        if marker is None and self._is_marker_behind():
            marker = self.tokens[self.at].kind
            self.at += 1
        if marker is TokenKind.TOTAL and self._is_for_all():
            self.total = text
            return
        if self.item == WrittenItem() and self.items:
            self.items[-1] = self.items[-1].priced(text, marker)
        else:
            self.item = self.item.priced(text, marker)

    def _is_marker_behind(self) -> bool:
        """Returns whether a marker follows its amount: `50rb/pcs`, not `50rb total 100rb`."""
        kind = self._kind(0)
        if kind not in {TokenKind.EACH, TokenKind.TOTAL} or self.tokens[self.at].text == "@":
            return False
        return self._kind(1) not in {TokenKind.MONEY, TokenKind.NUMBER}

    def _is_for_all(self) -> bool:
        """Returns whether a total is for several products together."""
        several = len(self.items) + (self.item != WrittenItem()) > 1
        before = self.items if self.item != WrittenItem() else self.items[:-1]
        last = self.item if self.item != WrittenItem() else (self.items or [self.item])[-1]
        apart = self.broken or last.is_priced or not all(one.is_priced for one in before)
        return several and apart

    # Words

    def _take_word(self, text: str) -> None:
        word = text.lower()
        if self._continues(text):
            self._add_word(text)
        elif begins_name(self.tokens, self.at) and not self._begins_a_product():
            self._take_name()
        elif (is_filler(word) or word in UNITS) and not self._begins_a_product():
            self.at += 1
        elif self._begins_a_product() or not self._take_quantity():
            if self.item.is_complete:
                self._finish()
            self._add_word(text)

    def _continues(self, text: str) -> bool:
        """Returns whether the text continues a product's name: the 250 of `madu hutan 250`."""
        words = f"{self.item.query} {text}"
        if not self.item.query or len(words) > QUERY_CHARACTERS_MAX:
            return False
        return bool(with_words(spelled(words), self.called))

    def _begins_a_product(self) -> bool:
        """Returns whether this word and the next are in a product's name: `Tiga Daun`."""
        two = [token.text for token in self.tokens[self.at : self.at + 2]]
        words = [word for text in two for word in spelled(text)]
        return len(words) > 1 and bool(with_words(words, self.called))

    def _add_word(self, text: str) -> None:
        self.item = replace(self.item, query=f"{self.item.query} {text}".strip())
        self.at += 1

    def _take_name(self) -> None:
        name, self.at = name_at(self.tokens, self.at, self.called, self.counted)
        self.customers.append(name)

    def _kind(self, ahead: int) -> TokenKind | None:
        at = self.at + ahead
        return self.tokens[at].kind if at < len(self.tokens) else None

    def _finish(self) -> None:
        if self.item != WrittenItem():
            self.items.append(self.item)
        self.item = WrittenItem()
        self.marker = None


def _is_large(text: str) -> bool:
    return text.isdigit() and int(text[:12]) >= PRICE_MIN
