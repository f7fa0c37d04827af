"""Groups the tokens of a line about a sale into products, buyers, days and amounts."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.input.quantity import UNITS
from bot.core.sales.buyers import TITLES
from bot.core.sales.line.candidates import Certainty, NamedBuyer, best_names, buyers_among
from bot.core.sales.line.line_amounts import LineAmounts
from bot.core.sales.line.line_goods import PRICE_BEFORE_MIN
from bot.core.sales.line.line_state import BEHIND, STOPS
from bot.core.sales.line.name_state import TEA, is_said_of_no_one
from bot.core.sales.line.names import name_at
from bot.core.sales.line.scanning.tokens import Token, TokenKind
from bot.core.sales.line.words.everyday_words import is_everyday
from bot.core.sales.line.words.vocabulary import (
    ABOUT_BUYERS,
    ARTICLES,
    BUYING,
    KIN,
    MORE,
    RELATING,
    REVISING,
)
from bot.core.sales.line.written import Written, WrittenItem, with_prices_said_later
from bot.core.sales.products import ProductNames

__all__ = ["read_tokens"]

_NOT = frozenset(["bukan", "bkn", "dudu", "not", "sanes", "lain"])
_BUT = frozenset(["tapi", "tp", "melainkan", "but"])
SOLD = frozenset(["laku", "payu", "pajeng", "kejual", "terjual", "ical", "beak", "seep"])
_IF = frozenset(["kalo", "kalau", "klo", "kl"])
_ASIDE = frozenset({TokenKind.DAY, TokenKind.PAID, TokenKind.OWN, TokenKind.DEPOSIT})


def read_tokens(tokens: Sequence[Token], called: ProductNames) -> Written:
    """Returns the parts of the line, product by product."""
    return _Reader(tokens, called).read()


def _priced_by_its_number(item: WrittenItem) -> WrittenItem:
    """Returns a product whose number is its price, where the quantity is said for all."""
    number = item.quantity
    if not isinstance(number, int) or number < PRICE_BEFORE_MIN or item.is_priced:
        return item
    return replace(item, quantity=None, bare=str(number))


class _Reader(LineAmounts):
    """Reads the tokens in one pass."""

    def read(self) -> Written:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            before = self.at
            self._take(token)
            self.broken = token.kind in STOPS - {TokenKind.PAUSE} or (
                self.broken and token.kind is TokenKind.TOTAL
            )
            assert self.at > before, "every token is consumed"
        self.end_run()
        if self.item != WrittenItem() and not self.item.query:
            self.item = self.item.as_words()
        self.finish()
        return self._written()

    def _written(self) -> Written:
        early = self.items[0].total if self.several and self.items[0].is_early else None
        if early is not None and self.total is None:
            self.total = early
            self.items[0] = replace(self.items[0], total=None)
        if self.spread is not None:
            self.items = [_priced_by_its_number(item) for item in self.items]
        if self.one_each and len(self.items) == 1 and not self.items[0].is_counted:
            self.spread = 1  # "37rb sebotol"
        if self.each_of_all is not None:
            self.items = [replace(item, each=self.each_of_all) for item in self.items]
        items = [
            item if item.is_counted else replace(item, quantity=self.spread) for item in self.items
        ]
        return Written(
            with_prices_said_later(items),
            self._customers(),
            tuple(self.days),
            self.own_use and not self.is_sold_to_a_user(),
            self.total,
            tuple(self.payments),
            self.deposit,
            self.discount,
            tuple(self.promised),
            self.handed_over,
            self.rest,
            self.share,
            self.change,
        )

    def _customers(self) -> tuple[str, ...]:
        """Returns the surest names; for the seller's own use only what is certainly one."""
        if self.own_use:
            titled = [one for one in self.buyers if one.certainty >= Certainty.TITLED]
            return best_names(titled, len(self.items))
        return buyers_among(self.buyers, self.runs, self.unnamed, len(self.items))

    def _take(self, token: Token) -> None:
        if token.kind is not TokenKind.WORD:
            self.end_run()
        match token.kind:
            case TokenKind.MONEY:
                self.take_money(token.text)
            case TokenKind.NUMBER:
                self.take_number(token)
            case TokenKind.WORD:
                self._take_word(token)
            case TokenKind.NAMED:
                self._take_introduction()
            case TokenKind.BUYER:
                self.take_name(NamedBuyer(token.text, Certainty.KNOWN, self.at + 1))
            case TokenKind.PHONE | TokenKind.PLACE:
                self.take_address(token.text)
            case TokenKind.LINE | TokenKind.BREAK | TokenKind.AND | TokenKind.PAUSE:
                self._take_stop(token.kind)
            case _:
                self._take_note(token)

    def _take_introduction(self) -> None:
        """Take `pembelinya`, before a name; `namanya` may come behind it."""
        found = name_at(self.tokens, self.at, self.called)
        if found is None and self.runs and self.run_end == self.at:
            self.name_the_run(Certainty.SAID)
        self.take_name(found)

    def _take_stop(self, kind: TokenKind) -> None:
        self.describing = False
        if kind is TokenKind.PAUSE and self.takes_bracket():
            return
        if kind is not TokenKind.PAUSE and self.item.query:
            self.finish()
        if kind is TokenKind.AND:
            self.revising = False
        if kind is TokenKind.LINE:
            self.begin_line()
        self.at += 1

    def _take_note(self, token: Token) -> None:
        """Take what is about the whole line: day, payment, or a word before an amount."""
        self.at += 1
        self.describing = False
        self.apart = self.apart or token.kind in _ASIDE
        match token.kind:
            case TokenKind.DAY:
                if self.revising and self.days:
                    self.days.clear()  # "kemarin, eh hari Jumat"
                    self.revising = False
                self.take_day(token.text)
            case TokenKind.PAID | TokenKind.DEPOSIT:
                self.take_payment(token)
            case TokenKind.PERCENT | TokenKind.OFF if not self.takes_share(token.text):
                self.discount, self.marker = token.text, None
            case TokenKind.OWN:
                self.own_use = True
            case TokenKind.SPREAD:
                self.spread = 1
            case TokenKind.EACH if token.text == BEHIND and self.word_end == self.at - 1:
                pass  # "madu hutan 500 x 8"
            case TokenKind.EACH if token.text == BEHIND:
                self.last = self.last.marked(TokenKind.EACH)
            case TokenKind.EACH if token.text != "@" and self._counts_each():
                self.item = WrittenItem()
            case _:
                self.marker = token.kind

    def _counts_each(self) -> bool:
        """Take the quantity before "each" for all that follow: `1 each of ...`."""
        quantity = self.item.quantity
        if not isinstance(quantity, int) or self.item.query or self.item.is_priced:
            return False
        self.spread = quantity
        return True

    def _take_word(self, token: Token) -> None:
        word = token.word
        if self.is_verb(token):
            self.take_verb(word)
        elif self.describing and not token.goods:
            self.at += 1
        elif self.continues(token.text):
            self.add_word(token.text, goods=True)
        elif word in REVISING or word in _NOT or word in _BUT:
            self._take_revision(word)
        elif word in ARTICLES and self.is_goods(1) and not self.item.is_counted:
            self.at += 1
            self.count(1, word)
        elif self.stands_before_goods(word) or self._is_small_tea(word):
            self.at += 1
        elif self.run and word in KIN and self.word(1) in ABOUT_BUYERS:
            self.leave_out(word)  # "Tia, anak kosan"
        elif not self._is_counted_tea(token) and (
            found := name_at(self.tokens, self.at, self.called)
        ):
            self.take_name(found)
        elif token.goods or self.begins_a_product():
            self.begin_item(token.text)
        else:
            self._take_other(token)

    def _is_small_tea(self, word: str) -> bool:
        """Returns whether "teh" only stresses the goods before it: `sabun teh laku`, in Sunda."""
        sold = self.word(1) in SOLD | BUYING
        return word in TEA and self.word_end == self.at and bool(self.item.query) and sold

    def _is_counted_tea(self, token: Token) -> bool:
        """Returns whether "teh" is no title: the number before it counts it, `2 sabun 3 teh`."""
        waits = self.item.is_counted and not self.item.query
        return waits and bool(self.items) and token.goods and token.word in TEA

    def _take_other(self, token: Token) -> None:
        """Take a word that is neither goods nor a title: part of a name, or of nothing."""
        word = token.word
        if self.takes_contents(word) or self.takes_entrusted(word):
            self.end_run()
            return
        if word in UNITS and self.kind(1) is TokenKind.MONEY and self.last.is_counted:
            self.end_run()
            self.marker = TokenKind.EACH  # "pcs 45rb"
            self.at += 1
        elif word in RELATING and self._is_called_by_price():
            self.end_run()
            self.marker = TokenKind.EACH  # "yang seratus ribu itu"
            self.at += 1
        elif word in RELATING and self.kind(1) is TokenKind.NUMBER and self.word(2) in MORE:
            self.at += 3  # "yang satu lagi"
        elif self._is_of_nothing(word):
            self.leave_out(word)
        elif self.take_quantity():
            self.end_run()
        elif self._is_of_the_product(token):
            self.add_word(token.text, goods=False)
        else:
            self.add_to_run(token.text)

    def _is_of_nothing(self, word: str) -> bool:
        """Returns whether a word says nothing here; "2 teh" is goods even if none is sold."""
        waits = self.item.is_counted and not self.item.query
        titled = word in TITLES and not (waits and word in TEA)
        if titled or is_said_of_no_one(word) or word in KIN:
            return True
        few = isinstance(self.item.quantity, int) and self.item.quantity < PRICE_BEFORE_MIN
        sold = few and any(one.goods and one.is_counted for one in self.items)
        if waits and is_everyday(word) and (self.counts[self.at] or sold):
            self.item = WrittenItem()  # "tiga kali", and what is sold comes later
            return True
        return not waits and is_everyday(word)

    def _is_called_by_price(self) -> bool:
        """Returns whether the price says which one is meant: `yang 130rb`, `nu 45`."""
        if self.kind(1) is TokenKind.MONEY:
            return self.last.is_counted
        if not self.is_short_amount(1) or self.kind(2) is not TokenKind.WORD:
            return False
        of_a_name = self.continues(str(self.tokens[self.at + 1].number))
        return bool(self.item.query) and self.word(2) not in UNITS and not of_a_name

    def _is_of_the_product(self, token: Token) -> bool:
        """Returns whether an unknown word belongs to what is sold: `2 krim`, `2 sabun wangi`."""
        if not self.item.query:
            return self.item.is_counted or not self.goods
        if self.item.is_complete or self.word_end != self.at or self.is_whole_name():
            return False
        return not (token.text.istitle() and self.item.query.islower())

    def _take_revision(self, word: str) -> None:
        """Take `eh`, before what is said anew, or `bukan`, before what is wrong."""
        self.end_run()
        self.at += 1
        if word in _NOT and self.word(-2) in _IF:
            return  # "siapa lagi kalo bukan bu ani"
        if word in REVISING or word in _BUT:
            self.revising = word in REVISING or self.revising
            return
        if self.revising:
            self._skip_the_wrong_goods()
            return  # "eh bukan B"
        while self.at < len(self.tokens) and self.kind(0) not in STOPS | _ASIDE:
            if self.word(0) in _BUT:
                self.revising = True
                return
            self.at += 1

    def _skip_the_wrong_goods(self) -> None:
        """Skip goods that are said again as the wrong ones: `losion 2, eh bukan losion, sampo`."""
        end = self.at
        while end < len(self.tokens) and self.tokens[end].goods:
            end += 1
        named = {token.text.lower() for token in self.tokens[self.at : end]}
        stops = end < len(self.tokens) and self.tokens[end].kind in STOPS
        if stops and named <= set(self.last.goods):
            self.at = end + 1
