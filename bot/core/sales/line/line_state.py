"""How far a line about a sale is read, and what the next token means there."""

from collections.abc import Sequence

from bot.core.input.quantity import UNITS, quantity_at
from bot.core.sales.buyers import SHOPS, TITLES, TO
from bot.core.sales.line.candidates import NamedBuyer, Run
from bot.core.sales.line.scanning.tokens import Token, TokenKind
from bot.core.sales.line.words.around_buyers import AT, PARTICLES, PLACES
from bot.core.sales.line.words.vocabulary import (
    CHANGE,
    FILLERS,
    FIRST,
    ONE,
    PRICES,
)
from bot.core.sales.line.written import PromisedDay, WrittenItem
from bot.core.sales.products import (
    QUERY_CHARACTERS_MAX,
    ProductNames,
    has_words,
    is_of_one_name,
    spelled,
)

__all__ = [
    "BEHIND",
    "MARKS",
    "PHRASE_WORDS_MAX",
    "PRICE_MIN",
    "SHORT_PRICE_MIN",
    "SHORT_TOTAL_MIN",
    "STOPS",
    "LineState",
]

BEHIND = "x"
"""The sign between a price and its quantity, which comes behind it."""
PHRASE_WORDS_MAX = 6

# From here on a number after a product is its price: no line sells a thousand pieces.
PRICE_MIN = 1_000
# "J 2 SABUN 50" means fifty thousand; what "J 2 SABUN 5" means is unknown.
SHORT_PRICE_MIN = 10
# "2 sabun, bu ani, 100" likewise; behind a comma a smaller number may count something.
SHORT_TOTAL_MIN = 30
STOPS = frozenset({TokenKind.BREAK, TokenKind.LINE, TokenKind.PAUSE, TokenKind.AND})
"""What ends a name: a comma, a new line, a full stop, "dan"."""
MARKS = frozenset({TokenKind.EACH, TokenKind.TOTAL})
"""What says whether an amount is for each or for all."""


class LineState:
    """The tokens of a line, and what was read so far; `item` is the product being collected."""

    def __init__(self, tokens: Sequence[Token], called: ProductNames) -> None:
        self.tokens = tokens
        self.called = called
        self.at = 0
        self.goods = sum(token.goods for token in tokens)
        self.counts = [0] * (len(tokens) + 1)  # the numbers from each place on
        for at in range(len(tokens) - 1, -1, -1):
            self.counts[at] = self.counts[at + 1] + (tokens[at].kind is TokenKind.NUMBER)
        self.name_end = -1  # the place just behind a name
        self.word_end = -1  # the place just behind a word of the item
        self.counted_at = -1  # the place just behind the number of the item
        self.amount_end = -1  # the place just behind an amount
        self.item = WrittenItem()
        self.items: list[WrittenItem] = []
        self.buyers: list[NamedBuyer] = []
        self.run: list[str] = []
        self.run_end = -1  # the place just behind these words
        self.unnamed = ""  # who bought, if nobody is named: "tetangga"
        self.runs: list[Run] = []
        self.days: list[str] = []
        self.promised: list[PromisedDay] = []
        self.own_use = False
        self.total: str | None = None
        self.payments: list[str] = []
        self.deposit: str | None = None
        self.handed_over: str | None = None
        self.rest: str | None = None  # what is still to be paid
        self.share: str | None = None  # how much of the price was paid: "50%"
        self.discount: str | None = None
        self.change: str | None = None  # what was given back
        self.in_one_crate = False  # "1 dus isi 12"
        self.one_each = False  # "sebotol" says so behind an amount
        self.each_of_all: str | None = None  # a price for each item: "masing2 40rb"
        self.spread: int | None = None  # a quantity for each item: "masing2 1"
        self.marker: TokenKind | None = None  # "@" or "total", waiting for its amount
        self.broken = False  # a comma or a new line comes just before
        self.apart = False  # what is neither item nor amount came behind the last item
        self.revising = False  # "eh" was read: what comes now replaces what was said
        self.describing = False  # a description of the buyer is being read

    # What is around

    def kind(self, ahead: int) -> TokenKind | None:
        """Returns the kind of the token so many places ahead; None behind the last one."""
        at = self.at + ahead
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else None

    def word(self, ahead: int) -> str:
        """Returns the word so many places ahead, in lower case; nothing if it is no word."""
        at = self.at + ahead
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def is_goods(self, ahead: int) -> bool:
        """Returns whether the token so many places ahead is a word of a product's name."""
        at = self.at + ahead
        return 0 <= at < len(self.tokens) and self.tokens[at].goods

    @property
    def last(self) -> WrittenItem:
        """The item that is being collected, or the last one that was."""
        return self.item if self.item.query or not self.items else self.items[-1]

    @last.setter
    def last(self, item: WrittenItem) -> None:
        if self.item.query or not self.items:
            self.item = item
        else:
            self.items[-1] = item

    @property
    def several(self) -> bool:
        """Whether more than one item was named so far."""
        return len(self.items) + bool(self.item.query) > 1

    # What a number is

    def is_said_again(self, token: Token) -> bool:
        """Returns whether a number repeats the quantity: `1 (satu)`, `sabun 4 60rb x 4`."""
        if token.number is None or self.last.quantity != token.number:
            return False
        multiplies = self.kind(1) is TokenKind.EACH and self.tokens[self.at + 1].text == "@"
        repeats = self.kind(-1) is TokenKind.PAUSE and self.kind(-2) is TokenKind.NUMBER
        multiplies |= self.kind(-1) is TokenKind.EACH and self.tokens[self.at - 1].text == BEHIND
        complete = bool(self.last.query) and not self.is_amount_at(1)
        named = self.word(1) and self.word(1) not in UNITS | FILLERS
        return multiplies or repeats or (complete and not self.is_goods(1) and not named)

    def is_one_each(self, token: Token) -> bool:
        """Returns whether a "satu" says that the amount beside it is for each: `25rb satu`."""
        if token.number == 1 and self._is_named_again() and self.amount_end == self.at:
            return True
        if token.number != 1 or self.last.quantity in {None, 1} or self.is_goods(1):
            return False
        amount = self.kind(1) is TokenKind.MONEY or self.is_short_amount(1)
        behind = self.amount_end == self.at and self.last.bare is not None
        return behind or (amount and token.text.lower() in ONE | {"1"})

    def is_short_amount(self, ahead: int) -> bool:
        """Returns whether a number so many places ahead may be a price in thousands."""
        if self.kind(ahead) is not TokenKind.NUMBER:
            return False
        number = self.tokens[self.at + ahead].number
        return number is not None and number >= SHORT_PRICE_MIN and not self.is_goods(ahead + 1)

    def is_amount(self, token: Token) -> bool:
        """Returns whether a number without unit is money, by the tokens around it."""
        if self.marker is not None:
            return self._is_marked_amount(token.number)
        if token.number is None or not (self.item.query or self.items):
            return False
        if token.number >= PRICE_MIN:
            return True
        if token.number < SHORT_PRICE_MIN:
            return False
        if self._is_named_again() or (self._is_for_one() and not self.last.is_priced):
            return True
        first = self.word(1) in FIRST and token.number >= SHORT_TOTAL_MIN
        if (first or self.word(-1) in PRICES) and not self.last.is_priced:
            return True
        if self.revising and self.last.is_priced and not self.counts_something():
            return token.number >= SHORT_TOTAL_MIN  # "100rb, eh 170"
        return self.place_of_mark(1) is not None or self._is_short_price(token.number)

    def _is_for_one(self) -> bool:
        """Returns whether one of several pieces is named behind a number: `45 sebotol`."""
        one = self.last.quantity not in {None, 1} and quantity_at([self.word(1)]) == (1, 1)
        return one and not self.is_goods(2)

    def _is_named_again(self) -> bool:
        """Returns whether goods are named for their price: `sabun 4 minyak 2, sabun 50 satu`."""
        waits = bool(self.item.query) and not self.item.is_counted
        before = [one for one in self.items if self.item.is_of(one)]
        return waits and len(before) == 1 and before[0].is_counted and not before[0].is_priced

    def _is_marked_amount(self, number: int | None) -> bool:
        """Returns whether a number behind a marker is its amount; `total 3 botol` is none."""
        if not number or number >= PRICE_MIN:
            return True
        if self.marker is TokenKind.TOTAL:
            counts = self.counts_something() and not self._is_for_one()
            return number >= SHORT_PRICE_MIN and not counts
        if self.at and self.tokens[self.at - 1].text == "@":
            for_all = self.several and not any(one.is_counted for one in self.items)
            return number >= SHORT_PRICE_MIN or not for_all  # "sabun, sampo, kurma @ 2"
        return self.marker is not TokenKind.EACH or number >= SHORT_PRICE_MIN

    def _is_short_price(self, number: int) -> bool:
        """Returns whether a number below a thousand is a price: the 50 of `2 sabun 50`."""
        aside = self.kind(1) is not TokenKind.WORD or self.is_aside(self.word(1))
        aside |= self.word(1) == "nego" and self.kind(2) in {*STOPS, None}
        if self.counts_something() or self.last.is_priced:
            return False
        if not aside:  # "2 rosela 84 siti"
            return self.last.is_counted and bool(self.item.query) and number >= SHORT_TOTAL_MIN
        if self.apart and number >= SHORT_TOTAL_MIN:
            return True
        least = SHORT_PRICE_MIN if self.item.query else SHORT_TOTAL_MIN
        return self.last.is_counted and number >= least

    def is_aside(self, word: str) -> bool:
        """Returns whether a word says nothing of goods: a filler, a title, a shop."""
        return word in FILLERS or word in TITLES or word in SHOPS or word in CHANGE

    def counts_something(self) -> bool:
        """Returns whether goods or a unit follow the number: `2 sabun`, `3 botol`."""
        return self.is_goods(1) or self.word(1) in UNITS or quantity_at([self.word(1)]) is not None

    def place_of_mark(self, ahead: int) -> int | None:
        """Returns how far ahead the marker behind an amount is: `50rb/pcs`, `170 lah semua`."""
        if self._is_marked_at(ahead):
            return ahead
        aside = self.word(ahead) in PARTICLES or (
            self.kind(ahead) is TokenKind.PAUSE and self.tokens[self.at + ahead].text[0] in "(["
        )
        return ahead + 1 if aside and self._is_marked_at(ahead + 1) else None

    def _is_marked_at(self, ahead: int) -> bool:
        """Returns whether a marker of the amount before it is there: not in `50rb total 100rb`."""
        if self.kind(ahead) is None:
            return False
        if self.kind(ahead) not in MARKS or self.tokens[self.at + ahead].text in {"@", "="}:
            one = self.kind(ahead) is TokenKind.NUMBER and self.last.quantity not in {None, 1}
            return one and self.word_of_one(ahead)
        is_times = self.tokens[self.at + ahead].text == BEHIND
        counts = self.kind(ahead + 1) is TokenKind.NUMBER and self.word(ahead + 2) in UNITS
        return is_times or counts or not self.is_amount_at(ahead + 1)

    def is_amount_at(self, ahead: int) -> bool:
        """Returns whether an amount or a number is so many places ahead."""
        return self.kind(ahead) in {TokenKind.MONEY, TokenKind.NUMBER}

    def word_of_one(self, ahead: int) -> bool:
        """Returns whether the token so many places ahead is a "satu" beside no goods."""
        return self.tokens[self.at + ahead].text.lower() in ONE and not self.is_goods(ahead + 1)

    def is_for_the_count(self) -> bool:
        """Returns whether the quantity follows an amount for all: `100rb untuk dua`."""
        if self.word(0) not in TO | {"dari", "dr"} or self.kind(1) is not TokenKind.NUMBER:
            return False
        return self.tokens[self.at + 1].number == self.last.quantity and not self.is_goods(2)

    def is_for_all(self) -> bool:
        """Returns whether a total is for several products together."""
        before = self.items if self.item.query else self.items[:-1]
        apart = self.broken or self.apart or self.last.is_priced
        return self.several and (apart or not all(one.is_priced for one in before))

    # What a word is

    def stands_before_goods(self, word: str) -> bool:
        """Returns whether a word that else begins a name says nothing here.

        Such is "ke" before goods, "pak" where it is a pack as in `2 pak teh`, and a shop where
        it is only the place: `di toko Gek Ayu beli ...`.
        """
        if word in SHOPS:
            return self.word(-1) in AT and (self.word(1) in TITLES or word in PLACES)
        if not self.is_goods(1):
            return False
        slip = bool(self.tokens[self.at + 1].typed)
        is_pack = word == "pak" and self.kind(-1) is TokenKind.NUMBER and not slip
        return is_pack or (word in TO and not self.item.query)

    def is_whole_name(self) -> bool:
        """Returns whether the item's words are all of a product's name, so that none is left."""
        return len(self.item.goods) > 1 and self.item.goods in self.called.whole

    def continues(self, text: str) -> bool:
        """Returns whether the text continues a product's name: the 250 of `madu hutan 250`."""
        words = f"{self.item.query} {text}"
        if not self.item.query or len(words) > QUERY_CHARACTERS_MAX or self.item.is_complete:
            return False
        return self._fits(spelled(words)) or self._fits((*self.item.goods, *spelled(text)))

    def _fits(self, words: tuple[str, ...]) -> bool:
        if len(words) < 2 or words[-1] in words[:-1]:  # noqa: PLR2004 - one is continued
            return False
        return is_of_one_name(words, self.called)

    def begins_a_product(self) -> bool:
        """Returns whether this word and the next are in a product's name: `Tiga Daun`."""
        two = [token.text for token in self.tokens[self.at : self.at + 2]]
        words = [word for text in two for word in spelled(text)]
        return len(words) > 1 and has_words(words, self.called)
