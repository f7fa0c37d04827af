"""Groups the tokens of a line about a sale into products, customers and days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.input.quantity import UNITS, quantity_at
from bot.core.sales.buyers import (
    BUYING,
    SHOPS,
    TITLES,
    TO,
    begins_name,
    counts_on,
    is_filler,
    name_at,
    shown_name,
)
from bot.core.sales.products import (
    QUERY_CHARACTERS_MAX,
    ProductNames,
    is_like_goods,
    spelled,
    unabbreviated,
    with_words,
)
from bot.core.sales.tokens import Token, TokenKind

__all__ = ["Written", "WrittenItem", "read_tokens"]

PHRASE_WORDS_MAX = 6
ENDINGS = ("nya", "ne", "na", "ku", "e")
ONE = frozenset({"satu", "siji", "hiji", "ciek"})
BEHIND = "x"
"""The sign between a price and its quantity, which comes behind it."""

# From here on a number after a product is its price: no line sells a thousand pieces.
PRICE_MIN = 1_000
# "J 2 SABUN 50" means fifty thousand; what "J 2 SABUN 5" means is unknown.
SHORT_PRICE_MIN = 10
# "2 sabun, bu ani, 100" likewise; behind a comma a smaller number may count something.
SHORT_TOTAL_MIN = 30


@dataclass(frozen=True, slots=True)
class WrittenItem:
    """One product as it was written; the amounts are still text.

    A quantity that is text could not be read. `listed` says that a comma, "dan" or a new line
    separates it from what comes before.
    """

    query: str = ""
    quantity: int | str | None = None
    bare: str | None = None
    each: str | None = None
    total: str | None = None
    counted_first: bool = False
    listed: bool = False

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
    payments: tuple[str, ...] = ()
    deposit: str | None = None
    discount: str | None = None

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
        self.has_goods = any(
            token.kind is TokenKind.WORD
            and is_like_goods(self._without_ending(token.text).lower(), called)
            for token in tokens
        )
        self.name_end = -1  # the place just behind a name
        self.item = WrittenItem()
        self.items: list[WrittenItem] = []
        self.customers: list[str] = []
        self.days: list[str] = []
        self.own_use = False
        self.total: str | None = None
        self.payments: list[str] = []
        self.deposit: str | None = None
        self.discount: str | None = None
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
            tuple(self.items),
            tuple(self.customers),
            tuple(self.days),
            self.own_use,
            self.total,
            tuple(self.payments),
            self.deposit,
            self.discount,
        )

    def _take(self, token: Token) -> None:
        match token.kind:
            case TokenKind.MONEY:
                self._take_money(token.text)
            case TokenKind.NUMBER:
                self._take_number(token.text)
            case TokenKind.WORD:
                self._take_word(self._without_ending(token.text))
            case TokenKind.PHONE | TokenKind.PLACE:
                self._take_address(token.text)
            case TokenKind.EACH if token.text == BEHIND:
                self._price_each()
            case TokenKind.LINE | TokenKind.BREAK if not self.item.query:
                self.at += 1
            case TokenKind.LINE | TokenKind.BREAK:
                self._finish()
                self.at += 1
            case _:
                self._take_note(token)

    def _take_note(self, token: Token) -> None:
        """Take what is about the whole line: day, payment, or a word before an amount."""
        self.at += 1
        match token.kind:
            case TokenKind.DAY:
                self.days.append(token.text)
            case TokenKind.PAID:
                self.payments.append(token.text)
            case TokenKind.PERCENT:
                self.discount, self.marker = token.text, None
            case TokenKind.OWN:
                self.own_use = True
            case _:
                self.marker = token.kind

    def _price_each(self) -> None:
        """Read the amount before as the price of a piece: `60.000 x 4`."""
        last = self.item if self.item.is_priced or not self.items else self.items[-1]
        if last.bare is not None:
            each = replace(last, bare=None, each=last.bare)
            if last is self.item:
                self.item = each
            else:
                self.items[-1] = each
        self.at += 1

    def _take_address(self, text: str) -> None:
        """Add a phone number or an address to the customer, before or behind whose name it is."""
        before = self.tokens[self.at - 1].text if self.at else ""
        if before.lower() in TITLES:
            self.customers.append(shown_name(f"{before} {text}"))  # Pak RW 05
        elif self.customers:
            self.customers[-1] = shown_name(f"{self.customers[-1]} {text}")
        self.at += 1

    # Numbers and amounts

    def _take_number(self, text: str) -> None:
        if self.marker is None and self._continues(text):
            self._add_word(text)
        elif self.at == self.name_end and self._belongs_to_name(text):
            self._take_address(text)
        elif self._is_said_again(text):
            self.at += 1
        elif self._is_amount(text):
            self._take_money(text)
        elif not self._take_quantity():
            self._count(text, text)
            self.at += 1

    def _is_said_again(self, text: str) -> bool:
        """Returns whether a number repeats the quantity: `sabun 4 60rb x 4`."""
        last = self.item if self.item.query or not self.items else self.items[-1]
        if not text.isdigit() or last.quantity != int(text):
            return False
        multiplies = self._kind(1) is TokenKind.EACH and self.tokens[self.at + 1].text == "@"
        return multiplies or (last.each is not None and self._kind(1) is not TokenKind.WORD)

    def _belongs_to_name(self, text: str) -> bool:
        """Returns whether a number behind a name is part of it: `2 sabun Toko Maju 99`."""
        counted = self.item.quantity is not None if self.item.query else bool(self.items)
        if not counted or not text.isdigit() or len(text) >= len(str(PRICE_MIN)):
            return False
        following = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        last = self.item if self.item.query else self.items[-1]
        if int(text) >= SHORT_TOTAL_MIN and not last.is_priced and not self._is_of_a_shop():
            return False
        return (
            following is None
            or following.kind is not TokenKind.WORD
            or begins_name(self.tokens, self.at + 1)
            or is_filler(following.text.lower())
        )

    def _is_of_a_shop(self) -> bool:
        return bool(self.customers) and self.customers[-1].split()[0].lower() in SHOPS

    def _is_amount(self, text: str) -> bool:
        """Returns whether a number without unit is money, by the tokens around it."""
        following = self._kind(1)
        if self.marker is TokenKind.TOTAL and not _is_large(text):
            return following is not TokenKind.WORD or begins_name(self.tokens, self.at + 1)
        if self.marker is not None:
            return True
        after_all = not self.item.query and bool(self.items) and self.broken
        if after_all and following is None and text.isdigit() and not self.items[-1].is_priced:
            return int(text) >= SHORT_TOTAL_MIN
        if not (self.item.query or after_all):
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
        if marker is TokenKind.DISCOUNT:
            self.discount = text
            return
        if marker is TokenKind.DEPOSIT:
            self.deposit = text
            return
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
        elif word in ONE and self._is_for_each():
            self._price_each()
        elif self._is_before_goods(word) or (word == "pak" and self._is_pack()):
            self.at += 1
        elif self._is_a_name(word):
            self._take_name()
        elif self._begins_a_product():
            self._begin_item(text)
        elif is_filler(word) or word in UNITS:
            self.at += 1
        elif not self._take_quantity():
            self._begin_item(text)

    def _is_a_name(self, word: str) -> bool:
        named = begins_name(self.tokens, self.at) and not self._begins_a_product()
        return named or self._is_a_woman() or self._is_a_buyer(word)

    def _begin_item(self, text: str) -> None:
        """Add a word to the product or begin the next; a word about no product is left out."""
        if self._is_chatter(text.lower()):
            self.at += 1
            return
        if self.item.is_complete:
            self._finish()
        self._add_word(text)

    def _is_chatter(self, word: str) -> bool:
        """Returns whether a word is about no article: like none, and beside no number."""
        if not self.has_goods or self.broken or is_like_goods(word, self.called):
            return False
        counted_first = self.item.quantity is not None and not self.item.query
        continues = bool(self.item.query) and not self.item.is_complete
        following = self._kind(1)
        return not (counted_first or continues or following in {None, TokenKind.NUMBER})

    def _is_for_each(self) -> bool:
        """Returns whether "satu" says that the amount before it is for each: `25rb satu`."""
        before = self.tokens[self.at - 1].kind if self.at else None
        last = self.item if self.item != WrittenItem() or not self.items else self.items[-1]
        return (
            before is TokenKind.MONEY
            and last.quantity is not None
            and last.bare is not None
            and self._kind(1) is not TokenKind.WORD
        )

    def _is_before_goods(self, word: str) -> bool:
        """Returns whether a word such as "ke" comes before goods and not before a name."""
        following = self.tokens[self.at + 1 : self.at + 2]
        return (
            word in TO
            and bool(following)
            and following[0].text.lower() in self.called.places
            and not self.item.query
        )

    def _without_ending(self, text: str) -> str:
        """Returns `sabun` for `sabunnya`, `sabune` and `sabunnn`, if that is a product's word."""
        word = text.lower()
        if word in self.called.places or not word.isalpha():
            return text
        for ending in ENDINGS:
            stem = word.removesuffix(ending)
            if stem != word and stem in self.called.places:
                return stem
        stem = word.rstrip(word[-1]) + word[-1]
        if stem in self.called.places:
            return stem
        whole = unabbreviated(word, self.called)
        return text if whole == word else whole

    def _is_a_woman(self) -> bool:
        """Returns whether "teh" is a title, as in Bandung: no tea is called like the next word."""
        if self.tokens[self.at].text.lower() not in {"teh", "teteh"} or self.item.query:
            return False
        following = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        if following is None or following.kind is not TokenKind.WORD:
            return False
        word = following.text.lower()
        others = sum(
            token.kind is TokenKind.WORD and is_like_goods(token.text.lower(), self.called)
            for token in self.tokens
        )
        return others > 1 and not (
            is_filler(word) or is_like_goods(word, self.called) or quantity_at([word])
        )

    def _is_a_buyer(self, word: str) -> bool:
        """Returns whether a name without title stands before a verb: `ayu beli sabun 1`."""
        following = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        return (
            following is not None
            and following.text.lower() in BUYING
            and not self.customers
            and word.isalpha()
            and not is_filler(word)
            and not is_like_goods(word, self.called)
        )

    def _is_pack(self) -> bool:
        """Returns whether "pak" is a pack and no man: `2 pak teh`."""
        before = self.tokens[self.at - 1] if self.at else None
        following = self.tokens[self.at + 1 : self.at + 2]
        if before is None or before.kind is not TokenKind.NUMBER or not following:
            return False
        words = spelled(following[0].text)
        return bool(words and with_words(words, self.called))

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
        if not self.item.query and self.broken:
            self.item = replace(self.item, listed=True)
        self.item = replace(self.item, query=f"{self.item.query} {text}".strip())
        self.at += 1

    def _take_name(self) -> None:
        name, self.at = name_at(self.tokens, self.at, self.called, self.counted)
        self.customers.append(name)
        self.name_end = self.at

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
