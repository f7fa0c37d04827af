"""How far a line about a sale is read, and what the next token means there."""

from collections.abc import Sequence

from bot.core.input.quantity import quantity_at
from bot.core.sales.buyers import (
    BUYING,
    SHOPS,
    TO,
    begins_name,
    counts_on,
    is_filler,
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
from bot.core.sales.written import WrittenItem

__all__ = ["BEHIND", "ONE", "LineState"]

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


class LineState:
    """The tokens of a line, and what was read so far; `item` is the product being collected."""

    def __init__(self, tokens: Sequence[Token], called: ProductNames) -> None:
        self.tokens = tokens
        self.called = called
        self.counted = counts_on(tokens)
        self.at = 0
        self.goods = sum(
            token.kind is TokenKind.WORD
            and is_like_goods(self.without_ending(token.text).lower(), called)
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

    def is_said_again(self, text: str) -> bool:
        """Returns whether a number repeats the quantity: `sabun 4 60rb x 4`."""
        last = self.item if self.item.query or not self.items else self.items[-1]
        if not text.isdigit() or last.quantity != int(text):
            return False
        multiplies = self.kind(1) is TokenKind.EACH and self.tokens[self.at + 1].text == "@"
        return multiplies or (last.each is not None and self.kind(1) is not TokenKind.WORD)

    def belongs_to_name(self, text: str) -> bool:
        """Returns whether a number behind a name is part of it: `2 sabun Toko Maju 99`."""
        counted = self.item.quantity is not None if self.item.query else bool(self.items)
        if not counted or not text.isdigit() or len(text) >= len(str(PRICE_MIN)):
            return False
        following = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        last = self.item if self.item.query else self.items[-1]
        if int(text) >= SHORT_TOTAL_MIN and not last.is_priced and not self.is_of_a_shop():
            return False
        return (
            following is None
            or following.kind is not TokenKind.WORD
            or begins_name(self.tokens, self.at + 1)
            or is_filler(following.text.lower())
        )

    def is_of_a_shop(self) -> bool:
        """Returns whether the customer is a shop, whose name may have a number."""
        return bool(self.customers) and self.customers[-1].split()[0].lower() in SHOPS

    def is_amount(self, text: str) -> bool:
        """Returns whether a number without unit is money, by the tokens around it."""
        following = self.kind(1)
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

    def is_marker_behind(self) -> bool:
        """Returns whether a marker follows its amount: `50rb/pcs`, not `50rb total 100rb`."""
        kind = self.kind(0)
        if kind not in {TokenKind.EACH, TokenKind.TOTAL} or self.tokens[self.at].text == "@":
            return False
        return self.kind(1) not in {TokenKind.MONEY, TokenKind.NUMBER}

    def is_for_all(self) -> bool:
        """Returns whether a total is for several products together."""
        several = len(self.items) + (self.item != WrittenItem()) > 1
        before = self.items if self.item != WrittenItem() else self.items[:-1]
        last = self.item if self.item != WrittenItem() else (self.items or [self.item])[-1]
        apart = self.broken or last.is_priced or not all(one.is_priced for one in before)
        return several and apart

    def is_a_name(self, word: str) -> bool:
        """Returns whether a customer's name begins here."""
        named = begins_name(self.tokens, self.at) and not self.begins_a_product()
        return named or self.is_a_woman() or self.is_a_buyer(word)

    def is_chatter(self, word: str) -> bool:
        """Returns whether a word is about no article: like none, and beside no number."""
        if not self.goods or self.broken or is_like_goods(word, self.called):
            return False
        counted_first = self.item.quantity is not None and not self.item.query
        continues = bool(self.item.query) and not self.item.is_complete
        following = self.kind(1)
        return not (counted_first or continues or following in {None, TokenKind.NUMBER})

    def is_for_each(self) -> bool:
        """Returns whether "satu" says that the amount before it is for each: `25rb satu`."""
        before = self.tokens[self.at - 1].kind if self.at else None
        last = self.item if self.item != WrittenItem() or not self.items else self.items[-1]
        return (
            before is TokenKind.MONEY
            and last.quantity is not None
            and last.bare is not None
            and self.kind(1) is not TokenKind.WORD
        )

    def is_before_goods(self, word: str) -> bool:
        """Returns whether a word such as "ke" comes before goods and not before a name."""
        following = self.tokens[self.at + 1 : self.at + 2]
        return (
            word in TO
            and bool(following)
            and following[0].text.lower() in self.called.places
            and not self.item.query
        )

    def without_ending(self, text: str) -> str:
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

    def is_a_woman(self) -> bool:
        """Returns whether "teh" is a title, as in Bandung: no tea is called like the next word."""
        if self.tokens[self.at].text.lower() not in {"teh", "teteh"} or self.item.query:
            return False
        following = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        if following is None or following.kind is not TokenKind.WORD:
            return False
        word = following.text.lower()
        return self.goods > 1 and not (
            is_filler(word) or is_like_goods(word, self.called) or quantity_at([word])
        )

    def is_a_buyer(self, word: str) -> bool:
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

    def is_pack(self) -> bool:
        """Returns whether "pak" is a pack and no man: `2 pak teh`."""
        before = self.tokens[self.at - 1] if self.at else None
        following = self.tokens[self.at + 1 : self.at + 2]
        if before is None or before.kind is not TokenKind.NUMBER or not following:
            return False
        words = spelled(following[0].text)
        return bool(words and with_words(words, self.called))

    def continues(self, text: str) -> bool:
        """Returns whether the text continues a product's name: the 250 of `madu hutan 250`."""
        words = f"{self.item.query} {text}"
        if not self.item.query or len(words) > QUERY_CHARACTERS_MAX:
            return False
        return bool(with_words(spelled(words), self.called))

    def begins_a_product(self) -> bool:
        """Returns whether this word and the next are in a product's name: `Tiga Daun`."""
        two = [token.text for token in self.tokens[self.at : self.at + 2]]
        words = [word for text in two for word in spelled(text)]
        return len(words) > 1 and bool(with_words(words, self.called))

    def kind(self, ahead: int) -> TokenKind | None:
        """Returns the kind of the token so many places ahead; None behind the last one."""
        at = self.at + ahead
        return self.tokens[at].kind if at < len(self.tokens) else None


def _is_large(text: str) -> bool:
    return text.isdigit() and int(text[:12]) >= PRICE_MIN
