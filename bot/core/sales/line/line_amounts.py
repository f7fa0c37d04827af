"""Reads the numbers and amounts of a line about a sale: what each of them is the price of."""

from dataclasses import replace

from bot.core.input.number_words import spelled_out
from bot.core.input.quantity import UNITS
from bot.core.sales.line.line_goods import FOR_GOODS
from bot.core.sales.line.line_payments import LinePayments
from bot.core.sales.line.line_state import SHORT_TOTAL_MIN, STOPS
from bot.core.sales.line.scanning.tokens import Token, TokenKind
from bot.core.sales.line.words.around_buyers import PARTICLES
from bot.core.sales.line.words.part_paid import ENTRUSTED, ITS_MONEY, MONEY_ITSELF, PAID_BY
from bot.core.sales.line.words.vocabulary import CHANGE, COUNTED_OTHERS, FIRST, MORE
from bot.core.sales.line.written import WrittenItem
from bot.core.sales.payments import is_half

__all__ = ["LineAmounts"]

PRICE_IN_DIGITS_MIN = 10
HUNDRED = 100
AS = frozenset({"as", "for", "sebagai", "buat", "untuk", "utk"})
"""Words between an amount and what says that it was paid in advance."""
SHIPPING = frozenset({"ongkir", "ongkirnya", "ongkirna", "ongkire", "postage", "shipping"})
FREE = frozenset({"gratis", "free", "bebas"})
FEES = frozenset({"ongkos", "biaya", "ongkosnya"})
_DONE = frozenset(["udah", "sudah", "sdh", "udh", "termasuk", "masuk"])
"""Behind a word for a discount they say that the amount before it is without it already."""
_FOR_EACH = ("masing", "podo", "sama-sama", "sami-sami")
_PER = frozenset(["per", "tiap", "setiap", "saben"])
_ONE_OF_A_UNIT = frozenset(f"{one}{unit}" for one in ("se", "sa") for unit in UNITS)


class LineAmounts(LinePayments):
    """How many, and for how much."""

    def take_number(self, token: Token) -> None:
        """Take a number: of a name, of an address, an amount or a quantity."""
        text = token.text if token.number is None else str(token.number)
        number = token.number or 0
        if self.takes_part_paid(text, number) or self.takes_rest(text, number):
            return
        if self._takes_change(text) or self._takes_aside(token):
            return
        if self.is_amount(token) and (self.takes_listed() or self.takes_handed_over(text)):
            return
        if self.marker is None and self.continues(text):
            self.add_word(text, goods=True)
        elif self.at == self.name_end and self.belongs_to_name(token):
            self.take_address(token.text)
        elif self.is_said_again(token):
            self.at += 1
        elif self.is_one_each(token):
            self._take_one_each()
        elif self.is_amount(token):
            self.take_money(text)
        elif not self.take_quantity():
            self.at += 1
            self.count(text, text)

    def _takes_aside(self, token: Token) -> bool:
        """Take a number that counts others, is for sending, for each, or half of a price."""
        if self._is_of_others():
            self.at += 2
        elif self._is_for_shipping():
            self.at += 1
        elif self._is_paid_in_so_many():
            self.payments.append(self.tokens[self.at - 1].text)
            self.at += 1
        elif (times := self._times_for_each(token)) > 1:
            self.spread = token.number
            self.at += times
        elif (tens := self._two_digits(token)) is not None:
            self.at += 1
            self.take_money(tens)
        else:
            return False
        return True

    def _is_of_others(self) -> bool:
        """Returns whether persons or times are counted: `satu orang pembeli`, `tiga kali`."""
        others = self.word(1) in COUNTED_OTHERS and not self.is_goods(2)
        others |= self.kind(1) is TokenKind.NAMED
        others |= self.word(1) in MORE and not (
            self.items or self.buyers
        )  # "satu lagi: Bu Nur ..."
        return others and self.marker is None and not self.item.query

    def _is_paid_in_so_many(self) -> bool:
        """Returns whether a number tells in how many parts it is paid: `nyicil 3x`."""
        before = self.tokens[self.at - 1] if self.at else None
        parts = before is not None and before.kind is TokenKind.DEPOSIT and "icil" in before.text
        return parts and bool(self.tokens[self.at].typed)

    def _two_digits(self, token: Token) -> str | None:
        """Returns `45` for `empat lima`, where a price in thousands is said digit by digit."""
        behind = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        ready = self.marker is not None or (self.last.is_counted and not self.last.is_priced)
        if behind is None or not ready or not _is_a_digit_in_words(token, above=HUNDRED):
            return None
        digit = (token.number or 0) % HUNDRED
        tens = (token.number or 0) - digit + 10 * digit
        if behind.kind is TokenKind.MONEY:
            said, *unit = behind.text.split()
            last = spelled_out([said.lower()])
            if len(unit) != 1 or last is None or last[0] >= PRICE_IN_DIGITS_MIN:
                return None
            return f"{tens + last[0]} {unit[0]}" if tens > PRICE_IN_DIGITS_MIN else None
        ends = self.place_of_mark(2) is not None or self.kind(2) in {*STOPS, TokenKind.PAID, None}
        if not _is_a_digit_in_words(behind) or not ends or tens <= PRICE_IN_DIGITS_MIN:
            return None
        return str(tens + (behind.number or 0))

    def _times_for_each(self, token: Token) -> int:
        """Returns how often the number of each is said, before them all: `2 2 2 ya: a, b, c`."""
        times = 1
        while self.at == 0 and self.kind(times) is TokenKind.NUMBER:
            if self.tokens[times].number != token.number or token.number is None:
                return 1
            times += 1
        behind = times + (self.word(times) in PARTICLES)
        return times if self.kind(behind) is TokenKind.PAUSE else 1

    def _is_for_shipping(self) -> bool:
        """Returns whether an amount is what sending cost: `98rb, di luar ongkir 15rb`."""
        sends = self.word(-1) == "kirim" and self.word(-2) in FEES
        return sends or (self.word(-1) in SHIPPING and self.word(-2) not in FREE)

    def _take_one_each(self) -> None:
        if self.amount_end == self.at:
            self.last = self.last.marked(TokenKind.EACH)
        else:
            self.marker = TokenKind.EACH
        self.at += 1

    def takes_entrusted(self, word: str) -> bool:
        """Take that the money is with another one: `uangnya dititip ke bu RT`, who is no buyer."""
        if word not in ENTRUSTED or self.word(-1) not in ITS_MONEY:
            return False
        self.at += 1
        self.describing = True
        return True

    def take_money(self, text: str) -> None:
        """Take an amount with what stands before it or behind it and says what it is."""
        if self.takes_part_paid(text, SHORT_TOTAL_MIN) or self.takes_rest(text, SHORT_TOTAL_MIN):
            return
        if self.takes_listed() or self.takes_handed_over(text) or self._takes_change(text):
            return
        if self._is_for_shipping():
            self.at += 1
            return
        if self._takes_price_per_goods(text):
            return
        marker, self.marker = self.marker, None
        said = self.tokens[self.at - 1].text.lower() if self.at else ""
        self.at += 1
        self.amount_end = self.at
        behind = self._marker_behind() if marker in {None, TokenKind.TOTAL} else None
        again = marker is TokenKind.EACH and self.kind(0) is TokenKind.EACH
        if again and not self.is_amount_at(1) and self.tokens[self.at].text != "@":
            self.at += 1  # "at 55k each"
        if marker is None or behind is TokenKind.EACH:
            marker = behind  # "jadi 50rb sebotol" is for each
        if marker is TokenKind.EACH and said.startswith(_FOR_EACH) and self._are_unpriced():
            self.each_of_all = text
        elif marker is TokenKind.DISCOUNT:
            self.discount = text
        elif marker is TokenKind.DEPOSIT:
            self.deposit = text
        else:
            self._put_amount(text, marker)

    def _takes_price_per_goods(self, text: str) -> bool:
        """Take the price of goods that were named before: `sabun 2 teh 1, 45rb per sabun`."""
        end = 2
        while self.is_goods(end):
            end += 1
        words = {self.tokens[self.at + ahead].word for ahead in range(2, end)}
        named = [*self.items, self.item]
        meant = [at for at, item in enumerate(named) if words <= set(item.goods)]
        if self.word(1) not in _PER or not words or len(meant) != 1:
            return False
        named[meant[0]] = named[meant[0]].priced(text, TokenKind.EACH)
        *self.items, self.item = named
        self.marker = None
        self.at += end
        return True

    def _takes_change(self, text: str) -> bool:
        """Take what was given back: `dikasih uang seratus, kembaliannya 20`."""
        comes_back = self.word(-1) == "kembali" and self.kind(0) is TokenKind.MONEY
        if self.word(-1) not in CHANGE and not comes_back:
            return False
        # The money, the comma behind it, and the word before what was given back.
        money = self.tokens[self.at - 2 - (self.kind(-2) in STOPS)]
        given = money.text if money.number is None else str(money.number)
        prices = (self.total, self.last.bare, self.last.total)
        is_price = any(price is not None and given == price for price in prices)
        said = self._last_word(-3 - (self.kind(-2) in STOPS))
        if is_price and said in PAID_BY | ITS_MONEY | MONEY_ITSELF:
            self.change = text  # not where the price is said apart
        self.at += 1
        return True

    def _are_unpriced(self) -> bool:
        """Returns whether several items are named, and none has a price."""
        return self.several and not any(one.is_priced for one in (*self.items, self.item))

    def _marker_behind(self) -> TokenKind | None:
        """Take the words behind an amount that say what it is: `50rb/pcs`, `50rb dulu`."""
        if not self.item.query and self._is_for_what_follows():
            return TokenKind.TOTAL
        aside = 1 if self.word(0) in PARTICLES else 0
        if self.kind(aside) is TokenKind.DISCOUNT and not self._is_discount_at(aside + 1):
            if self.word(aside + 1) in _DONE:
                return None  # "160rb, diskon sudah masuk"
            self.at += aside + 1
            return TokenKind.DISCOUNT
        if self.word(0) in AS and self.kind(1) is TokenKind.DEPOSIT:
            self.at += 2
            return TokenKind.DEPOSIT
        if self.word(0) in FIRST or self._is_deposit_behind():
            self.at += 1
            return TokenKind.DEPOSIT
        if (behind := self.place_of_mark(0)) is not None:
            total = self.kind(behind) is TokenKind.TOTAL or self.is_whole_pack(self.at + behind)
            self.one_each |= self.tokens[self.at + behind].text.lower() in _ONE_OF_A_UNIT
            self.at += behind + 1
            return TokenKind.TOTAL if total else TokenKind.EACH
        if self.is_for_the_count():
            self.at += 2
            return TokenKind.TOTAL
        return None

    def _is_discount_at(self, at: int) -> bool:
        """Returns whether what was taken off follows: `45rb diskon 10%`."""
        return self.is_amount_at(at) or self.kind(at) in {TokenKind.PERCENT, TokenKind.OFF}

    def _is_deposit_behind(self) -> bool:
        """Returns whether `uang muka` follows its amount; `160rb bayar separuh` is a price."""
        said = self.kind(0) is TokenKind.DEPOSIT and not self.is_amount_at(1)
        return said and not is_half(self.tokens[self.at].text)

    def _is_for_what_follows(self) -> bool:
        """Returns whether goods with their number follow an amount: `1jt2 dari 10 madu`."""
        at = 1 if self.word(0) in {"itu", "tadi", "ini", "td"} else 0
        linked = self.word(at) in FOR_GOODS
        at += 2 if self.word(at + 1) == "the" else 1
        if not linked or self.kind(at) is not TokenKind.NUMBER:
            return False
        return self.is_goods(at + 2 if self.word(at + 1) in UNITS else at + 1)

    def _put_amount(self, text: str, marker: TokenKind | None) -> None:
        """Give the amount to its item, or to all of them together."""
        if self.revising and self.last.is_priced:
            self.revising = False
            one = replace(self.last, bare=None, each=None, total=None)
            self.last = one.priced(text, marker or _kind_of_price(self.last))
        elif (marker is TokenKind.TOTAL and self.is_for_all()) or (
            marker is None and self._is_for_the_whole()
        ):
            self.total = text
        elif self.item.query or self.item.is_counted or not self.items:
            self.item = self.item.priced(text, marker)
        else:
            self.items[-1] = self.items[-1].priced(text, marker)

    def _is_for_the_whole(self) -> bool:
        """Returns whether an amount without a word is for all: it stands apart, behind several."""
        if not self.item.query and self.item.is_counted:
            return False
        named = [*self.items, self.item]
        return self.several and self.apart and not any(item.is_priced for item in named)


def _is_a_digit_in_words(token: Token, *, above: int = 0) -> bool:
    """Returns whether a token is a number from one to nine in words, perhaps above hundreds."""
    number = token.number or 0
    spelled = token.text.isalpha() or (bool(above) and number > above)
    return 0 < (number % above if above else number) < PRICE_IN_DIGITS_MIN and spelled


def _kind_of_price(item: WrittenItem) -> TokenKind | None:
    if item.each is not None:
        return TokenKind.EACH
    return TokenKind.TOTAL if item.total is not None else None
